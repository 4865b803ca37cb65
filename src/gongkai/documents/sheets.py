"""A list as .xlsx: a head row, dates as dates, figures as numbers, text always as text; frozen and ready to print."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from gongkai.design.words import BEIJING

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTH = 16
_LOOK = {"font_name": "宋体", "font_size": 10, "valign": "vcenter", "text_wrap": True, "border": 1}


def list_file(name: str, heads: Sequence[str], rows: Iterable[Sequence[Any]], **form: Any) -> HttpResponse:
    """A list (`list_sheet`) as a file to be saved under `name`."""
    return saved_as(name, list_sheet(name, heads, rows, **form))


def saved_as(name: str, data: bytes) -> HttpResponse:
    """The bytes of an .xlsx as a file to be saved under `name`."""
    response = HttpResponse(data, content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.xlsx") or ""
    return response


def list_sheet(
    name: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    widths: Sequence[int] = (),
    titled: bool = False,
    notes: Sequence[str] = (),
) -> bytes:
    """Equal lists give equal bytes. `titled` writes the name above the heads, `notes` stand below the rows."""
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True})
    # A fixed day: the file would otherwise differ each time it is made.
    book.set_properties({"title": name, "created": datetime(2000, 1, 1)})  # noqa: DTZ001
    sheet = book.add_worksheet("".join(sign for sign in name if sign not in "[]:*?/\\")[:31])
    top = int(titled)
    if titled:
        big = book.add_format({"font_name": "黑体", "font_size": 14, "align": "center", "valign": "vcenter"})
        sheet.merge_range(0, 0, 0, max(1, len(heads) - 1), name, big)
    head = book.add_format({**_LOOK, "bold": True, "align": "center"})
    for column, label in enumerate(heads):
        sheet.set_column(column, column, widths[column] if widths else WIDTH)
        sheet.write_string(top, column, label, head)
    after = _write_rows(book, sheet, rows, top + 1)
    for number, words in enumerate(notes, after):
        sheet.write_string(number, 0, words)
    sheet.freeze_panes(top + 1, 0)
    sheet.repeat_rows(0, top)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    book.close()
    return written.getvalue()


def _write_rows(book: Any, sheet: Any, rows: Iterable[Sequence[Any]], first: int) -> int:
    """Write the rows from line `first` on; returns the line after them."""
    plain = book.add_format(_LOOK)
    day, minute = (book.add_format({**_LOOK, "num_format": form}) for form in ("yyyy-mm-dd", "yyyy-mm-dd hh:mm"))
    number = first
    for number, row in enumerate(rows, first + 1):
        for column, value in enumerate(row):
            place = (number - 1, column)
            if isinstance(value, datetime):
                sheet.write_datetime(*place, value.astimezone(BEIJING).replace(tzinfo=None), minute)
            elif isinstance(value, date):
                sheet.write_datetime(*place, value, day)
            elif isinstance(value, int | float):
                sheet.write_number(*place, value, plain)
            else:  # as text, always: a title that begins with = is no formula
                sheet.write_string(*place, "" if value is None else str(value), plain)
    return number
