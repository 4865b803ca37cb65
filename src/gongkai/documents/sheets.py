"""A plain list as .xlsx: a title, a head row, rows; figures as numbers, everything else as text."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTH = 14


def table(
    title: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    wide: Sequence[int] = (),
    notes: Sequence[str] = (),
) -> bytes:
    """Equal lists give equal bytes. `wide` are columns (from 0) that hold titles; an empty value stays empty."""
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True})
    # A fixed day: the file would otherwise differ each time it is made.
    book.set_properties({"title": title, "created": datetime(2000, 1, 1)})  # noqa: DTZ001
    base = {"font_name": "宋体", "font_size": 10, "valign": "vcenter", "text_wrap": True, "border": 1}
    big = book.add_format({"font_name": "黑体", "font_size": 14, "align": "center", "valign": "vcenter"})
    head, text = book.add_format({**base, "bold": True, "align": "center"}), book.add_format(base)
    note = book.add_format({"font_name": "宋体", "font_size": 9})
    sheet = book.add_worksheet()
    sheet.merge_range(0, 0, 0, max(1, len(heads) - 1), title, big)
    for column, words in enumerate(heads):
        sheet.set_column(column, column, WIDTH * 4 if column in wide else WIDTH)
        sheet.write_string(1, column, words, head)
    at = 1
    for at, row in enumerate(rows, 2):
        for column, value in enumerate(row):
            if isinstance(value, int | float):
                sheet.write_number(at, column, value, text)
            else:  # as text, always: a title that begins with = is no formula
                sheet.write_string(at, column, _written(value), text)
    for number, words in enumerate(notes, at + 1):
        sheet.write_string(number, 0, words, note)
    sheet.freeze_panes(2, 0)
    book.close()
    return written.getvalue()


def _written(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:%Y-%m-%d}" if isinstance(value, date) else str(value)
