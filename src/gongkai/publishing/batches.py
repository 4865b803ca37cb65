"""Batches (批次): rows as they are pasted, their pre-check, and one digest over all of them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from gongkai.publishing.attachments import Brought
from gongkai.publishing.content import batch_digest
from gongkai.publishing.derivation import one_line
from gongkai.publishing.models import Batch, Item, ItemVersion, NormativeKind, Openness
from gongkai_core.refusals import Refusal
from gongkai_core.states import ITEM_VERSION

OPEN = str(Openness.OPEN.label)
MOST_ROWS = 20_000
CHUNK = 500
"""Rows a statement: well below any database's limit of parameters."""


@dataclass(frozen=True)
class BatchRow:
    """One item of an import. `body` may be HTML or bare text."""

    title: str
    body: str
    docno: str = ""
    formed_on: date | None = None
    normative_kind: str = ""
    interprets: Item | None = None
    valid_until: date | None = None
    backdated_reason: str = ""
    shown_until: date | None = None
    imported_from: str = ""
    files: tuple[Brought, ...] = ()
    """What was brought for it: attachments, and the pictures that the body shows."""

    @property
    def facts(self) -> dict[str, Any]:
        return {
            "title": one_line(self.title),
            "docno": self.docno,
            "formed_on": self.formed_on,
            "normative_kind": self.normative_kind,
            "interprets": self.interprets,
            "valid_until": self.valid_until,
            "shown_until": self.shown_until,
        }


def live_versions(batch: Batch) -> QuerySet[ItemVersion]:
    """The batch's versions in their order, without those taken out and those of isolated items.

    The isolated ones are few and named by key: a join with the items would be entered from their side, pair by pair.
    """
    isolated = list(Item.objects.filter(isolated_at__isnull=False).values_list("pk", flat=True))
    found = batch.versions.exclude(state="discarded").order_by("batch_position")
    return found.exclude(item__in=isolated) if isolated else found


def redigest(batch: Batch) -> None:
    """Bind the batch anew to the items that are in it."""
    digests = list(live_versions(batch).values_list("digest", flat=True))
    batch.size, batch.digest = len(digests), batch_digest(batch.title, digests)
    batch.save(update_fields=["size", "digest"])


def update_items(keys: Sequence[int], **changes: Any) -> None:
    """Change items by key, some at a time.

    A subquery over the versions reads better and is ruinous: with stale statistics PostgreSQL walks every pair.
    """
    for start in range(0, len(keys), CHUNK):
        Item.objects.filter(pk__in=keys[start : start + CHUNK]).update(**changes)


def set_each(columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Give each item values of its own: rows of (key, value of the first column, …), some at a time.

    Both engines call the columns of VALUES so. bulk_update would build a CASE of thousands of branches, and one
    statement a row is a savepoint a row.
    """
    table = connection.ops.quote_name(Item._meta.db_table)
    changes = ", ".join(f"{name} = given.column{place}" for place, name in enumerate(columns, start=2))
    one = f"({', '.join(['%s'] * (len(columns) + 1))})"
    with connection.cursor() as cursor:
        for start in range(0, len(rows), CHUNK // 4):
            chunk = rows[start : start + CHUNK // 4]
            values = ", ".join([one] * len(chunk))
            cursor.execute(
                f"UPDATE {table} SET {changes} FROM (VALUES {values}) AS given WHERE {table}.id = given.column1",  # noqa: S608
                [value for row in chunk for value in row],
            )


def step_batch(batch: Batch, event: str, *changed: str, facts: Collection[str] = (), **version_changes: Any) -> None:
    """Take the machine's step for a batch whose refusals were asked, and for all that is in it."""
    versions = live_versions(batch).order_by()
    batch.state = ITEM_VERSION.next(batch.state, event, facts).next
    # Items first: once discarded, the versions are no longer among the live ones.
    update_items(list(versions.values_list("item_id", flat=True)), state=batch.state)
    versions.update(state=batch.state, **version_changes)
    batch.save(update_fields=["state", *changed])


HEADINGS = {
    "标题": "title",
    "正文": "body",
    "发文字号": "docno",
    "文号": "docno",
    "成文日期": "formed_on",
    "形成日期": "formed_on",
    "作出决定日期": "formed_on",
    "文件性质": "kind",
    "补登说明": "reason",
    "有效期至": "valid_until",
    "公示截止日": "shown_until",
    "公开属性": "openness",
    "栏目": "column",
    "附件": "files",
}
"""Headings of a pasted table; only 标题 and 正文 are asked for."""
_NAMES = re.compile(r"[;；、\n]")

_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")


@dataclass(frozen=True)
class RowReport:
    """What the pre-check says of one pasted row: the row, or why it is wrong."""

    number: int
    title: str
    row: BatchRow | None
    refusal: Refusal | None = None


@dataclass(frozen=True)
class Precheck:
    reports: list[RowReport] = field(default_factory=list)
    problem: str = ""
    """Why the whole block can't be read; empty when it can."""

    @property
    def good(self) -> list[BatchRow]:
        return [report.row for report in self.reports if report.row is not None]

    @property
    def wrong(self) -> list[RowReport]:
        return [report for report in self.reports if report.refusal is not None]


def precheck(
    text: str,
    *,
    check: Callable[[BatchRow], Refusal | None],
    column: str = "",
    files: Sequence[Brought] = (),
) -> Precheck:
    """Read a block pasted from Excel (tabs) or a CSV text and check each row; stores nothing.

    Rows are numbered as the sheet numbers them. A row that names another column than `column` is wrong, and one that
    names a file that is not among `files`, or that an earlier row has.
    """
    left = {file.name: file for file in files}
    try:
        lines = [(number, line) for number, line in enumerate(_table(text), 1) if any(map(str.strip, line))]
    except csv.Error:
        return Precheck(problem=f"读不出这张表：有一格超过 {csv.field_size_limit()} 字，或者有不能识别的字符")
    if not lines:
        return Precheck(problem="没有内容：请连同表头一起粘贴")
    if len(lines) > MOST_ROWS:
        return Precheck(problem=f"一次最多 {MOST_ROWS} 行，这里有 {len(lines)} 行，请分几批")
    heads = [HEADINGS.get(value.strip().lstrip("\ufeff")) for value in lines[0][1]]
    if "title" not in heads or "body" not in heads:
        return Precheck(problem="第一行须是表头，其中要有“标题”和“正文”两列")
    titles: dict[str, int] = {}
    reports = []
    for number, values in lines[1:]:
        given = {head: value.strip() for head, value in zip(heads, values, strict=False) if head}
        report = _check_row(number, given, check, column, left)
        same = titles.setdefault(f"{report.title}\n{given.get('docno', '')}", number)
        if same != number and report.refusal is None:
            refusal = Refusal("twice", f"与第 {same} 行的标题、文号相同")
            report = RowReport(number, report.title, None, refusal)
        reports.append(report)
    return Precheck(reports) if reports else Precheck(problem="只有表头，没有内容")


def _table(text: str) -> Iterable[Sequence[str]]:
    delimiter = "\t" if "\t" in text.split("\n", 1)[0] else ","
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _check_row(
    number: int,
    given: dict[str, str],
    check: Callable[[BatchRow], Refusal | None],
    column: str,
    left: dict[str, Brought],
) -> RowReport:
    title, kind = given.get("title", ""), given.get("kind", "")
    kinds = {"": "", "规章": NormativeKind.RULE, "规范性文件": NormativeKind.NORMDOC}
    kinds |= {"行政规范性文件": NormativeKind.NORMDOC, "其他": ""}
    if kind not in kinds:
        return RowReport(number, title, None, Refusal("kind", f"文件性质“{kind}”只能填规章、行政规范性文件或者空着"))
    if given.get("openness", OPEN) not in ("", OPEN):
        words = f"公开属性是“{given['openness']}”，成批导入的只能是主动公开"
        return RowReport(number, title, None, Refusal("not_open", words))
    if column and given.get("column", column) not in ("", column):
        return RowReport(number, title, None, Refusal("column", f"栏目是“{given['column']}”，这一批导入“{column}”"))
    days: dict[str, date | None] = {}
    for name, words in (("formed_on", "成文日期"), ("valid_until", "有效期至"), ("shown_until", "公示截止日")):
        try:
            days[name] = read_day(given.get(name, ""))
        except ValueError:
            return RowReport(number, title, None, Refusal("date", f"{words}“{given[name]}”不是日期"))
    facts: dict[str, Any] = {**days, "normative_kind": str(kinds[kind]), "backdated_reason": given.get("reason", "")}
    names = [name.strip() for name in _NAMES.split(given.get("files", "")) if name.strip()]
    if missing := next((name for name in names if name not in left), ""):
        return RowReport(number, title, None, Refusal("no_file", f"附件“{missing}”没有添加，或者已随前面一行"))
    facts["files"] = tuple(left.pop(name) for name in dict.fromkeys(names))
    row = BatchRow(title, given.get("body", ""), given.get("docno", ""), **facts)
    refusal = check(row)
    return RowReport(number, title, None if refusal else row, refusal)


def read_day(text: str) -> date | None:
    """`2026-4-2`, `2026/4/2` or `2026年4月2日`; None when empty. ValueError for anything else."""
    if not text:
        return None
    match = _DAY.fullmatch(text)
    if match is None:
        raise ValueError(text)
    return date(*map(int, match.groups()))
