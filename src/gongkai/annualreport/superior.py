"""上级报表模板: what each column of a superior's table means, and all organs' figures written in that order."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

import xlsxwriter
from django.urls import reverse

from gongkai.agencies.models import Installation
from gongkai.annualreport.digest import cells
from gongkai.annualreport.models import SuperiorTemplate
from gongkai.annualreport.standing import Standing, standings
from gongkai.design.words import day
from gongkai_core.reading.sheet import sheets
from gongkai_core.refusals import Refusal, Refused
from gongkai_core.returns import form_for, form_of

WORDS = {
    "序号": "index",
    "单位名称": "organ",
    "统一社会信用代码": "code",
    "公布日期": "published",
    "公布网址": "url",
    "留空": "-",
}
"""What a column may hold besides a figure, as the office says it."""
_ALSO = {
    "单位": "organ", "机关": "organ", "机关名称": "organ", "填报单位": "organ", "报送单位": "organ", "名称": "organ",
    "信用代码": "code", "发布日期": "published", "公布时间": "published", "发布时间": "published", "网址": "url", "链接": "url",
    "公开链接": "url", "备注": "-",
}  # fmt: skip
MOST_HEAD_ROWS, MOST_COLUMNS = 12, 400
SHORTEST = 2
"""Characters: 其他, 总计 alone may be said of many cells."""
_ID = re.compile(r"t(?:2|3|4|14)\.[a-z0-9_.]+")
_NUMBERED = re.compile(r"^(?:[（(][一二三四五六七八九十]+[）)]|[一二三四五六七八九十]+、|\d+[.．、])+")


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a sheet: its rows as text, and the heading of every column."""

    sheet: str
    rows: list[list[str]]
    headings: list[str]


def read_head(data: bytes, rows: int | None = None) -> Head:
    """The head of the first visible sheet; `rows` says how many rows it has, else that is told from the sheet.

    Raises Refused for a sheet without one, Unreadable for a file that is none.
    """
    for name, found, hidden in sheets(data):
        if hidden or not any(any(row) for row in found):
            continue
        height = rows or _height(found)
        head = [row[:MOST_COLUMNS] for row in found[:height]]
        headings = _headings(head)
        if not any(headings):
            break
        return Head(name, head, headings)
    raise Refused(Refusal("no_head", "表格里没有找到表头：第一个工作表的上面几行要写明各列是什么"))


def _height(rows: Sequence[Sequence[str]]) -> int:
    """The head ends with the last of the first rows that names two columns or more in words."""
    named = [at for at, row in enumerate(rows[:MOST_HEAD_ROWS], 1) if sum(_is_word(cell) for cell in row) >= 2]
    return named[-1] if named else min(len(rows), 1)


def _is_word(text: str) -> bool:
    return bool(text) and not re.fullmatch(r"[\d.,%\-\s]+", text)


def _headings(rows: Sequence[Sequence[str]]) -> list[str]:
    """One heading a column: the words above each other, a merged cell reaching to the right until the next one."""
    width = max((len(row) for row in rows), default=0)
    spread: list[list[str]] = []
    for at, row in enumerate(rows):
        full = [*row, *[""] * (width - len(row))]
        if len({cell for cell in full if cell}) < 2 and len(rows) > 1:
            continue  # a title over the whole table
        if at < len(rows) - 1:
            full = _filled(full, rows[at + 1])
        spread.append(full)
    headings = ["·".join(dict.fromkeys(filter(None, (row[column] for row in spread)))) for column in range(width)]
    while headings and not headings[-1]:
        headings.pop()
    return headings


def _filled(row: list[str], below: Sequence[str]) -> list[str]:
    filled, last = [], ""
    for column, cell in enumerate(row):
        last = cell or (last if column < len(below) and below[column] else "")
        filled.append(last)
    return filled


def meanings(headings: Iterable[str], edition: str) -> list[list[str]]:
    """[heading, meaning] a column: what the office said of such a heading before, else what its words say, else blank."""
    kept = said_before(edition)
    return [[heading, _meaning(heading, edition, kept)] for heading in headings]


def said_before(edition: str) -> dict[str, str]:
    """Heading (bare) → meaning, of every template brought before, the newest winning."""
    found: dict[str, str] = {}
    for columns in SuperiorTemplate.objects.filter(edition=edition).order_by("pk").values_list("columns", flat=True):
        found |= {bare(heading): meaning for heading, meaning in columns if meaning}
    return found


def _meaning(heading: str, edition: str, kept: dict[str, str]) -> str:
    if not heading:
        return "-"
    known = set(form_of(edition).cell_ids)
    named = _ID.search(heading)
    if named and named[0] in known:
        return named[0]
    plain = bare(heading)
    words = {bare(word): meaning for word, meaning in {**WORDS, **_ALSO}.items()}
    return kept.get(plain) or words.get(plain) or labels(edition).get(plain) or ""


@cache
def labels(edition: str) -> dict[str, str]:
    """Bare label → cell: the form's own, without numbering, and a row's alone for its total; none that means two cells."""
    pairs: list[tuple[str, str]] = []
    for cell in form_of(edition).cells:
        row, dot, column = cell.label.rpartition("·")
        names = {cell.label, _NUMBERED.sub("", cell.label), cell.label.replace(" ", "·")}
        if dot:
            names |= {f"{_NUMBERED.sub('', row)}·{column}", f"{row.rpartition(' ')[2]}·{column}"}
            names |= {f"{_NUMBERED.sub('', row.rpartition(' ')[2])}·{column}"}
            if column == "总计":
                names |= {name.removesuffix("·总计") for name in names} | {f"{name[:-2]}合计" for name in names}
        pairs += [(bare(name), cell.id) for name in names]
    often = Counter(name for name, _ in set(pairs))
    return {name: cell for name, cell in pairs if len(name) > SHORTEST and often[name] == 1}


def bare(text: str) -> str:
    """A heading without signs, blanks and remarks in brackets that name its unit."""
    text = re.sub(r"[（(](?:单位[：:]?)?(?:件|项|条|个|次|万元|亿元|元|人|人次)[）)]", "", text)
    return re.sub(r"[^\w]|_", "", text).lower()


def said(meaning: str, edition: str) -> str:
    """A meaning as the office reads and writes it: a cell's label with its id, or one of WORDS."""
    form = form_of(edition)
    if meaning in form.by_id:
        return f"{form.cell(meaning).label}［{meaning}］"
    return next((word for word, key in WORDS.items() if key == meaning), "")


def understood(text: str, edition: str) -> str | None:
    """What the office wrote for a column: an id, a label, one of WORDS; blank stays open, None is not understood."""
    text = text.strip()
    if not text:
        return ""
    meaning = _meaning(text, edition, {})
    return meaning or None


def choices(edition: str) -> list[str]:
    """All that a column may be said to mean."""
    return [*WORDS, *(said(cell, edition) for cell in form_of(edition).cell_ids)]


def figures(template: SuperiorTemplate, year: int, *, today: date) -> bytes:
    """All organs' figures in the template's order, under its head; equal figures give equal bytes. Raises Refused."""
    if template.open_columns:
        raise Refused(Refusal("open_columns", f"还有 {template.open_columns} 列没有说明是什么，说明后再导出"))
    if form_for(year).edition != template.edition:
        raise Refused(Refusal("other_form", f"{year} 年度用的不是这一版统计表"))
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True})
    book.set_properties({"title": template.name, "created": datetime(2000, 1, 1)})  # noqa: DTZ001 - see sheets.render
    sheet = book.add_worksheet(template.sheet)
    look = {"font_name": "宋体", "font_size": 10, "valign": "vcenter", "text_wrap": True, "border": 1}
    head, plain = book.add_format({**look, "bold": True, "align": "center"}), book.add_format(look)
    for at, row in enumerate(template.head):
        for column, text in enumerate(row):
            sheet.write_string(at, column, text, head)
    domain = getattr(Installation.current(), "domain", "")
    for number, one in enumerate(standings(year, today=today), 1):
        line = len(template.head) + number - 1
        for column, (_, meaning) in enumerate(template.columns):
            value = _value(meaning, number, one, domain)
            if isinstance(value, int | float):
                sheet.write_number(line, column, value, plain)
            else:
                sheet.write_string(line, column, value or "", plain)
    book.close()
    return written.getvalue()


def _value(meaning: str, number: int, one: Standing, domain: str) -> Any:
    out = one.report if one.published_on else None
    others: dict[str, Any] = {
        "index": number,
        "organ": one.agency.name,
        "code": one.agency.code,
        "published": day(one.published_on),
        "url": f"https://{domain}{reverse('annualreport:report', args=[out.public_id])}" if out and domain else "",
        "-": "",
    }
    return others[meaning] if meaning in others else cells((meaning,), one.snapshot and one.snapshot.figures)[0]
