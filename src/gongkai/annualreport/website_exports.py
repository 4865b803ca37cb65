"""The files of a website's return: .docx, .xlsx and .pdf draw the same lines; equal returns give equal bytes."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from gongkai.annualreport.models import WebsiteReturn, WebsiteReturnState
from gongkai.annualreport.website_figures import SCOPE_NOTE, figures_of, label_of, lines, signed_facts, site_facts
from gongkai.documents import fonts, pdf
from gongkai.documents import word as office
from gongkai.documents.sheets import XLSX
from gongkai_core.website_return import TITLE

_TEMPLATE = Path(__file__).parent / "typst" / "website_return.typ"
SONG = "宋体"
WIDTHS = (24, 40, 62, 40)
"""Millimetres of the four columns: part, matter, figure's name, figure."""
LINE_POINTS = 9.5
TYPES: Mapping[str, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": XLSX,
}


def one(row: WebsiteReturn, kind: str) -> bytes:
    """One file of the return as it stands; FontsMissing for a PDF without a Chinese face, KeyError for no format."""
    return FORMATS[kind](row)


def everything(row: WebsiteReturn) -> dict[str, bytes]:
    """All files by kind; without a Chinese face there is no PDF, and the rest is whole."""
    return {kind: make(row) for kind, make in FORMATS.items() if kind != "pdf" or fonts.available()}


def title_lines(row: WebsiteReturn) -> tuple[str, str]:
    draft = "（填报稿）" if row.state == WebsiteReturnState.FILLING else ""
    return TITLE, f"（{row.year} 年度）{draft}"


# PDF ----------------------------------------------------------------------------------------------------------------


def _pdf(row: WebsiteReturn) -> bytes:
    name, year = title_lines(row)
    data = {
        "title": str(row),
        "name": name,
        "year": year,
        "site": [list(pair) for pair in site_facts(row)],
        "lines": [
            {
                "section": line.section,
                "section_rows": line.section_rows,
                "group": line.group,
                "group_rows": line.group_rows,
                "grouped": bool(line.cell.group),
                "label": label_of(line),
                "text": line.text,
            }
            for line in lines(figures_of(row))
        ],
        "signed": [list(pair) for pair in signed_facts(row)],
        "note": SCOPE_NOTE,
    }
    return pdf.typeset(_TEMPLATE, data)


# Excel --------------------------------------------------------------------------------------------------------------


def _xlsx(row: WebsiteReturn) -> bytes:
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True})
    # A fixed day: the file would otherwise differ each time it is made.
    book.set_properties({"title": str(row), "author": row.agency.name, "created": datetime(2000, 1, 1)})  # noqa: DTZ001
    base = {"font_name": SONG, "font_size": 10, "valign": "vcenter", "text_wrap": True, "border": 1}
    plain, middle = book.add_format(base), book.add_format({**base, "align": "center"})
    big = book.add_format({"font_name": "黑体", "font_size": 14, "align": "center", "valign": "vcenter"})
    sheet = book.add_worksheet("工作年度报表")
    for column, width in enumerate((14, 22, 34, 22)):
        sheet.set_column(column, column, width)
    sheet.merge_range(0, 0, 0, 3, "".join(title_lines(row)), big)
    at = _pairs(sheet, 1, site_facts(row), plain)
    figures = figures_of(row)
    for line in lines(figures):
        if line.section:
            _down(sheet, at, 0, line.section_rows, line.section, middle)
        if not line.cell.group:
            sheet.merge_range(at, 1, at, 2, label_of(line), plain)
        else:
            if line.group:
                _down(sheet, at, 1, line.group_rows, line.group, plain)
            sheet.write_string(at, 2, label_of(line), plain)
        value = figures.values.get(line.cell.id)
        if isinstance(value, Decimal):
            sheet.write_number(at, 3, float(value), middle)
        else:
            sheet.write_string(at, 3, line.text, middle)
        at += 1
    at = _pairs(sheet, at, signed_facts(row), plain)
    sheet.write_string(at, 0, SCOPE_NOTE)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)
    book.close()
    return written.getvalue()


def _pairs(sheet: Any, at: int, pairs: list[tuple[str, str]], look: Any) -> int:
    for label, text in pairs:
        sheet.merge_range(at, 0, at, 1, label, look)
        sheet.merge_range(at, 2, at, 3, text, look)
        at += 1
    return at


def _down(sheet: Any, at: int, column: int, rows: int, text: str, look: Any) -> None:
    """A box that reaches down over `rows` lines; one line alone is no merge."""
    if rows > 1:
        sheet.merge_range(at, column, at + rows - 1, column, text, look)
    else:
        sheet.write_string(at, column, text, look)


# Word ---------------------------------------------------------------------------------------------------------------


def _docx(row: WebsiteReturn) -> bytes:
    paper = office.paper(str(row))
    for text, face, size in zip(title_lines(row), (office.TITLE, SONG), (20.0, 12.0), strict=True):
        line = paper.add_paragraph()
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        office.set_face(line.add_run(text), face, size)
    for section in paper.sections:
        section.top_margin = section.bottom_margin = Mm(18)
        section.left_margin = section.right_margin = Mm(22)
    _pairs_table(paper, site_facts(row))
    _lines_table(paper, row)
    _pairs_table(paper, signed_facts(row))
    note = paper.add_paragraph()
    office.set_face(note.add_run(SCOPE_NOTE), SONG, LINE_POINTS)
    return office.packed(paper)


def _table(paper: Any, rows: int, caption: str, widths: tuple[int, ...]) -> Any:
    table = paper.add_table(rows=rows, cols=len(widths))
    table.style = "Table Grid"
    table.autofit = False
    table._tbl.tblPr.append(office.element("w:tblCaption", val=caption))
    for column, width in zip(table.columns, widths, strict=True):
        for cell in column.cells:
            cell.width = Mm(width)
    return table


def _pairs_table(paper: Any, pairs: list[tuple[str, str]]) -> None:
    table = _table(paper, len(pairs), "网站基本情况和签署", (64, 102))
    for cells, (label, text) in zip((row.cells for row in table.rows), pairs, strict=True):
        _write(cells[0], label)
        _write(cells[1], text)
    paper.add_paragraph().paragraph_format.line_spacing = Pt(4)  # two tables that touch would be one


def _lines_table(paper: Any, row: WebsiteReturn) -> None:
    drawn = lines(figures_of(row))
    table = _table(paper, len(drawn), TITLE, WIDTHS)
    grid = [list(each.cells) for each in table.rows]
    for at, line in enumerate(drawn):
        if line.section:
            _write(grid[at][0].merge(grid[at + line.section_rows - 1][0]), line.section, centred=True)
        if not line.cell.group:
            _write(grid[at][1].merge(grid[at][2]), label_of(line))
        else:
            if line.group:
                _write(grid[at][1].merge(grid[at + line.group_rows - 1][1]), line.group)
            _write(grid[at][2], label_of(line))
        _write(grid[at][3], line.text, centred=True)
    paper.add_paragraph().paragraph_format.line_spacing = Pt(4)


def _write(cell: Any, text: str, *, centred: bool = False) -> None:
    for extra in cell.paragraphs[1:]:  # a merge leaves the empty paragraphs of the cells it took up
        extra._p.getparent().remove(extra._p)
    line = cell.paragraphs[0]
    line.paragraph_format.line_spacing = Pt(LINE_POINTS + 3)
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT
    office.set_face(line.add_run(text), SONG, LINE_POINTS)
    properties = cell._tc.get_or_add_tcPr()
    if properties.find(qn("w:vAlign")) is None:
        properties.append(office.element("w:vAlign", val="center"))


FORMATS: Mapping[str, Callable[[WebsiteReturn], bytes]] = {"docx": _docx, "xlsx": _xlsx, "pdf": _pdf}
