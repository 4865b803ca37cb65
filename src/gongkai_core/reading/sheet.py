"""Reads .xlsx: every sheet as a table; hidden sheets, comments and whatever else lies in the file as passages."""

from __future__ import annotations

import io
import re
from typing import Any

import python_calamine

from gongkai_core.reading import office, xml
from gongkai_core.reading.archive import Archive
from gongkai_core.reading.paper import Cell, Draft, Heading, Paper, Span, Table, Unreadable
from gongkai_core.reading.spans import joined

MOST_CELLS = 2_000_000
"""Of one sheet, empty ones within its bounds counted: a single cell at the far end may claim them all."""
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml$", re.I)
_REFERENCE = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"')


def read(data: bytes) -> Paper:
    draft = Draft("xlsx")
    archive = Archive(data)
    office.look_for_dangers(archive, draft)
    for name, rows, hidden in sheets(data, archive):
        text = "\n".join("\t".join(row) for row in rows)
        if hidden:
            draft.hide(text, f"隐藏工作表“{name}”")
        elif rows:
            draft.blocks.append(Heading(1, joined([Span(name)])))
            draft.blocks.append(Table(tuple(tuple(Cell(joined([Span(cell)])) for cell in row) for row in rows)))
    office.properties(archive, draft)
    known = ["xl/sharedStrings.xml", *(name for name in archive.names() if name.startswith("docProps/"))]
    office.other_parts(archive, [*known, *filter(_SHEET.match, archive.names())], draft)
    for name in filter(_SHEET.match, archive.names()):
        part = xml.parse(archive.read(name))
        for tag in ("headerFooter", "dataValidations"):
            for element in part.iter(tag):
                draft.hide(xml.all_text(element), "页眉页脚" if tag == "headerFooter" else "下拉选项")
    return Paper(draft.kind, tuple(draft.blocks), tuple(draft.facts), tuple(draft.hidden), tuple(draft.dangers))


def sheets(data: bytes, archive: Archive | None = None) -> list[tuple[str, list[list[str]], bool]]:
    """Every sheet: its name, its rows as the person sees them, whether it is hidden. Raises Unreadable."""
    archive = archive or Archive(data)
    for name in filter(_SHEET.match, archive.names()):
        _check_bounds(archive.read(name))
    found = []
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        for facts in book.sheets_metadata:
            if facts.typ != python_calamine.SheetTypeEnum.WorkSheet:
                continue
            rows = book.get_sheet_by_name(facts.name).to_python(skip_empty_area=False)
            texts = [[written(value) for value in row] for row in rows]
            hidden = facts.visible != python_calamine.SheetVisibleEnum.Visible
            found.append((facts.name, texts, hidden))
    except (python_calamine.CalamineError, OSError, ValueError):
        raise Unreadable("damaged", "读不出这个表格：请用 Excel 2007 以后的格式（.xlsx）保存，不要设打开口令") from None
    return found


def _check_bounds(part: bytes) -> None:
    across = down = 0
    for column, row in _REFERENCE.findall(part):
        number = 0
        for letter in column:
            number = number * 26 + letter - 64
        across, down = max(across, number), max(down, int(row))
    if across * down > MOST_CELLS:
        raise Unreadable("bomb", "表格的范围过大：请删去最右、最下的空行空列后再保存")


def written(value: Any) -> str:
    """A cell as the person sees it: Excel keeps whole numbers as floats and days as instants."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if hasattr(value, "hour") and hasattr(value, "year") and not (value.hour or value.minute or value.second):
        value = value.date()
    return str(value).strip()
