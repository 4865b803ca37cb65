"""Standard catalogues (基层政务公开标准目录) as files: the official Excel read and written, organs found by their names."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import python_calamine
import xlsxwriter

from gongkai.agencies.models import Agency, LegalKind
from gongkai.publishing.models import Level, StandardCatalogue
from gongkai_core.disclosure import Frequency, Kind, Term, frequency_words
from gongkai_core.disclosure.standard import COLUMNS, FIELDS, Sheet, StandardRow, read, written
from gongkai_core.reading import Unreadable
from gongkai_core.reading.sheet import sheets
from gongkai_core.refusals import Refusal, Refused

TOWN_WORDS = ("乡镇", "镇人民政府", "乡人民政府", "街道", "乡（镇）", "镇（街", "各镇", "各乡")


@dataclass(frozen=True)
class FieldSheet:
    """One sheet of an uploaded file, judged."""

    name: str
    sheet: Sheet

    @property
    def field_name(self) -> str:
        return FIELDS[self.sheet.field_code][0] if self.sheet.field_code else ""

    @property
    def whole(self) -> bool:
        return bool(self.sheet.field_code and self.sheet.rows and not self.sheet.faults)


def read_book(data: bytes) -> list[FieldSheet]:
    """Every visible sheet that holds anything, of a file that came in through the door. Raises Refused."""
    try:
        tables = [(name, rows) for name, rows, hidden in sheets(data) if rows and not hidden]
    except Unreadable as problem:
        raise Refused(Refusal(problem.code, problem.message)) from None
    merged = _merged(data)
    found = [FieldSheet(name, read(_filled(rows, merged.get(name, [])), name)) for name, rows in tables]
    if not found:
        raise Refused(Refusal("empty", "文件里没有一张有内容的表"))
    return found


Range = tuple[tuple[int, int], tuple[int, int]]


def _merged(data: bytes) -> dict[str, list[Range]]:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: list(book.get_sheet_by_name(name).merged_cell_ranges or []) for name in book.sheet_names}


def _filled(rows: list[list[str]], merged: Iterable[Range]) -> list[list[str]]:
    """Merged cells written out: each place holds what the whole shows. Titles over the table stay where they are."""
    for (top, left), (bottom, right) in merged:
        if top >= len(rows) or left >= len(rows[top]):
            continue
        value = rows[top][left]
        for row in rows[top : bottom + 1]:
            for place in range(left, min(right + 1, len(row))):
                row[place] = value
    return rows


def frequency_of(row: StandardRow) -> tuple[str, str]:
    """How often a row is owed, and how long after each period, as its 公开时限 says; once a year where it doesn't."""
    frequency = frequency_words(row.term_text) or Frequency.YEARLY.value
    if frequency in (Frequency.YEARLY, Frequency.STANDING):
        return frequency, ""
    counted = row.term.kind in (Kind.WORKDAYS, Kind.DAYS, Kind.MONTHS)
    return frequency, (row.term if counted else Term(Kind.WORKDAYS, 20)).code


def organs_named(text: str, organs: Collection[Agency], *, level: str) -> list[Agency]:
    """The organs that a cell 公开主体 names: by name, or all towns and subdistricts where it speaks of them."""
    towns = [organ for organ in organs if is_town(organ)]
    named = [organ for organ in organs if organ.name in text or organ.short_name in text]
    if named:
        # “财政局” also stands in “某某财政局”: the longest names are meant.
        return [
            one for one in named if not any(one is not other and one.short_name in other.short_name for other in named)
        ]
    return towns if level == Level.TOWN or any(word in text for word in TOWN_WORDS) else []


def is_town(organ: Agency) -> bool:
    return organ.legal_kind == LegalKind.SUBDISTRICT or (
        organ.legal_kind == LegalKind.GOVERNMENT and organ.parent_id is not None
    )


def unknown_organs(found: Sequence[FieldSheet], organs: Collection[Agency], *, level: str) -> list[str]:
    """What stands under 公开主体 and names no organ here: to be assigned by hand after the import."""
    texts = dict.fromkeys(row.organ for each in found for row in each.sheet.rows)
    return [text for text in texts if not organs_named(text, organs, level=level)]


WIDTHS = (6, 14, 18, 28, 28, 16, 16, 34, 6, 12, 6, 6, 6, 6)


@dataclass(frozen=True)
class Printed:
    """One field's table as it is written: the sheet's name, the title over it, its rows."""

    name: str
    title: str
    rows: Sequence[StandardRow]


def printed(catalogues: Iterable[StandardCatalogue], county: str = "") -> list[Printed]:
    """Catalogues as tables of the official layout."""
    return [
        Printed(
            f"{catalogue.get_field_code_display()}（{catalogue.get_level_display()}）",
            f"{county}{catalogue.get_field_code_display()}领域基层政务公开标准目录",
            [entry.as_row() for entry in catalogue.entries.order_by("position")],
        )
        for catalogue in catalogues
    ]


def book(tables: Iterable[Printed]) -> bytes:
    """Tables in the official layout, a sheet a field; what is written is read back by `read_book`."""
    output = io.BytesIO()
    with xlsxwriter.Workbook(output, {"in_memory": True}) as file:
        look = {"font_name": "宋体", "font_size": 10, "valign": "vcenter", "text_wrap": True, "border": 1}
        big = file.add_format({"font_name": "黑体", "font_size": 16, "align": "center", "valign": "vcenter"})
        head, text = file.add_format({**look, "bold": True, "align": "center"}), file.add_format(look)
        for table in tables:
            page = file.add_worksheet(table.name[:31])
            lines = written(table.rows)
            page.merge_range(0, 0, 0, len(COLUMNS) - 1, table.title, big)
            _write_head(page, lines[:2], head)
            for at, line in enumerate(lines[2:], start=3):
                for place, cell in enumerate(line):
                    page.write_string(at, place, cell, text)
            for place, width in enumerate(WIDTHS):
                page.set_column(place, place, width)
            page.freeze_panes(3, 0)
            page.repeat_rows(1, 2)
            page.set_landscape()
            page.set_paper(8)
            page.fit_to_pages(1, 0)
        if not file.worksheets():
            file.add_worksheet("目录").write_string(0, 0, "还没有导入标准目录")
    return output.getvalue()


def _write_head(page: xlsxwriter.worksheet.Worksheet, heads: list[list[str]], look: object) -> None:
    """Two lines of headings, merged as the official table has them."""
    tops, belows = heads
    at = 0
    while at < len(tops):
        across = next((n for n in range(at + 1, len(tops)) if tops[n] != tops[at]), len(tops)) - at
        if not belows[at]:
            page.merge_range(1, at, 2, at, tops[at], look)
        else:
            page.merge_range(1, at, 1, at + across - 1, tops[at], look)
            for place in range(at, at + across):
                page.write_string(2, place, belows[place], look)
        at += across
