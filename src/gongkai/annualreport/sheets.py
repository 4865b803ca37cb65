"""The report's tables as .xlsx: one sheet a table, merged as the form prints it, figures as numbers."""

from __future__ import annotations

import io
from datetime import datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from gongkai.annualreport.content import Box, Document, Table

WIDTHS = {"t2": (26, 16), "t3": (10, 12, 34, 9), "t4": (9,), "t14": (60, 10, 14)}
NAMES = {"t2": "主动公开", "t3": "依申请公开", "t4": "复议诉讼", "t14": "统计表"}


def render(document: Document) -> bytes:
    """Equal documents give equal bytes; a blank cell stays empty, zero is 0."""
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True})
    # A fixed day: the file would otherwise differ each time it is made.
    book.set_properties({"title": document.title, "author": document.organ, "created": datetime(2000, 1, 1)})  # noqa: DTZ001
    formats = _Formats(book)
    for table in document.tables:
        _sheet(book.add_worksheet(NAMES[table.id]), table, document, formats)
    if document.pictures:
        _charts(book.add_worksheet("图表数据"), document, formats)
    book.close()
    return written.getvalue()


class _Formats:
    def __init__(self, book: Any) -> None:
        base = {"font_name": "宋体", "font_size": 10, "valign": "vcenter", "text_wrap": True, "border": 1}
        self.title = book.add_format({"font_name": "黑体", "font_size": 14, "align": "center", "valign": "vcenter"})
        self.head = book.add_format({**base, "bold": True, "align": "center"})
        self.label = [book.add_format({**base, "indent": level}) for level in range(4)]
        self.figure = book.add_format({**base, "align": "center"})
        self.note = book.add_format({"font_name": "宋体", "font_size": 9})


def _sheet(sheet: Worksheet, table: Table, document: Document, formats: _Formats) -> None:
    widths = WIDTHS[table.id]
    for column in range(table.columns):
        sheet.set_column(column, column, widths[min(column, len(widths) - 1)])
    sheet.merge_range(0, 0, 0, table.columns - 1, f"{document.title}　{table.title}", formats.title)
    taken: set[tuple[int, int]] = set()
    for at, boxes in enumerate(table.rows, 1):
        column = 0
        for box in boxes:
            while (at, column) in taken:
                column += 1
            _box(sheet, at, column, box, document, formats)
            taken |= {(at + down, column + right) for down in range(box.rowspan) for right in range(box.colspan)}
    for number, note in enumerate(table.notes, len(table.rows) + 1):
        sheet.write_string(number, 0, note, formats.note)
    if table.head_rows:
        sheet.freeze_panes(table.head_rows + 1, 0)
        sheet.repeat_rows(1, table.head_rows)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    if table.columns > 6:
        sheet.set_landscape()


def _box(sheet: Worksheet, row: int, column: int, box: Box, document: Document, formats: _Formats) -> None:
    look = formats.head if box.header else formats.figure if box.cell else formats.label[min(box.indent, 3)]
    value: Any = document.values.get(box.cell) if box.cell else box.text
    value = float(value) if isinstance(value, Decimal) else value
    if box.rowspan > 1 or box.colspan > 1:
        sheet.merge_range(row, column, row + box.rowspan - 1, column + box.colspan - 1, "", look)
    if value is None or value == "":
        sheet.write_blank(row, column, None, look)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, look)
    else:
        sheet.write_number(row, column, value, look)


def _charts(sheet: Worksheet, document: Document, formats: _Formats) -> None:
    sheet.set_column(0, 0, 24)
    row = 0
    for picture in document.pictures:
        sheet.write_string(row, 0, f"图{picture.number}　{picture.chart.title}", formats.head)
        sheet.write_string(row, 1, picture.chart.unit, formats.head)
        for label, value in picture.chart.rows:
            row += 1
            sheet.write_string(row, 0, label, formats.label[0])
            sheet.write_number(row, 1, float(value), formats.figure)
        row += 2
