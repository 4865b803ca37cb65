"""回填: addresses and times pasted back from Excel, checked row by row before anything is stored."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from gongkai.agencies.models import User
from gongkai.design.words import BEIJING
from gongkai.publishing.actions.fill_back import can_fill_back
from gongkai.publishing.models import SuperiorPage
from gongkai.publishing.superior import approved_at, clean_address, pages_for
from gongkai_core.refusals import Refusal

HEADINGS = {
    "索引号": "index_no",
    "网址": "url",
    "链接": "url",
    "地址": "url",
    "发布时间": "posted_at",
    "发布日期": "posted_at",
    "标题": "title",
}
_MOMENT = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]*(\d{1,2})[:：时](\d{1,2})(?:[:：分]\d{1,2}(?:\.\d+)?秒?)?分?)?"
)


@dataclass(frozen=True)
class ReturnRow:
    """One pasted row: the page it is for with what was read, or why it is wrong."""

    number: int
    label: str
    page: SuperiorPage | None = None
    url: str = ""
    posted_at: datetime | None = None
    refusal: Refusal | None = None


@dataclass(frozen=True)
class Returned:
    rows: list[ReturnRow] = field(default_factory=list)
    problem: str = ""
    """Why the whole block can't be read; empty when it can."""

    @property
    def good(self) -> list[ReturnRow]:
        return [row for row in self.rows if row.refusal is None]

    @property
    def wrong(self) -> list[ReturnRow]:
        return [row for row in self.rows if row.refusal is not None]


def read_moment(text: str, *, approved: datetime) -> datetime:
    """`2026-4-2 9:30`, `2026/4/2` or `2026年4月2日9时30分`. ValueError for anything else.

    A bare day begins at midnight, on the day of the approval with the approval.
    """
    match = _MOMENT.fullmatch(text.strip())
    if match is None:
        raise ValueError(text)
    year, month, day, hour, minute = match.groups()
    found = datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0), tzinfo=BEIJING)
    bare_same_day = hour is None and found.date() == approved.astimezone(BEIJING).date()
    return approved.replace(second=0, microsecond=0) if bare_same_day else found


def read_returns(text: str, *, by: User, today: date) -> Returned:
    """Read a block pasted from Excel (headings 索引号、网址、发布时间); stores nothing."""
    delimiter = "\t" if "\t" in text.split("\n", 1)[0] else ","
    lines = [
        line for line in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if any(map(str.strip, line))
    ]
    if not lines:
        return Returned(problem="没有内容：请连同表头一起粘贴")
    heads = [HEADINGS.get(value.strip().lstrip("\ufeff"), "") for value in lines[0]]
    if not {"index_no", "url", "posted_at"} <= set(heads):
        return Returned(problem="第一行须是表头，其中要有“索引号”“网址”“发布时间”三列")
    rows = list(_rows(heads, lines[1:], by, today))
    return Returned(rows) if rows else Returned(problem="只有表头，没有内容")


def _rows(heads: Sequence[str], lines: Sequence[Sequence[str]], by: User, today: date) -> Iterator[ReturnRow]:
    given = [{head: value.strip() for head, value in zip(heads, line, strict=False) if head} for line in lines]
    numbers = [row.get("index_no", "") for row in given]
    known: dict[str, list[SuperiorPage]] = {}
    for page in pages_for(by, on=today).filter(item__index_no__in=numbers).select_related("version"):
        known.setdefault(page.item.index_no, []).append(page)
    addresses: dict[str, int] = {}
    for number, row in enumerate(given, start=2):
        read = _row(number, row, known.get(row.get("index_no", ""), []), by, today)
        same = addresses.setdefault(read.url, number) if read.refusal is None else number
        yield read if same == number else ReturnRow(number, read.label, refusal=_twice(same))


def _twice(number: int) -> Refusal:
    return Refusal("twice", f"与第 {number} 行的网址相同")


def _row(number: int, row: dict[str, str], pages: list[SuperiorPage], by: User, today: date) -> ReturnRow:
    label = row.get("index_no", "") or row.get("title", "")

    def wrong(code: str, message: str) -> ReturnRow:
        return ReturnRow(number, label, refusal=Refusal(code, message))

    if len(pages) != 1:
        return wrong("unknown", f"没有索引号为“{label}”的待回填条目" if not pages else f"索引号“{label}”不止一条")
    (page,) = pages
    try:
        posted_at = read_moment(row.get("posted_at", ""), approved=approved_at(page.version))
    except ValueError:
        return wrong("time", f"发布时间“{row.get('posted_at', '')}”不是日期时间，如 2026-04-02 09:30")
    if refusal := can_fill_back(page, by=by, today=today, url=row.get("url", ""), posted_at=posted_at):
        return ReturnRow(number, label, refusal=refusal)
    return ReturnRow(number, label, page, clean_address(row["url"]), posted_at)
