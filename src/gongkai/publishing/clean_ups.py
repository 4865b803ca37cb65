"""The September round over documents in force (规范性文件清理): progress, who is late, and its outcome as a text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from gongkai.agencies.models import Agency, Installation, User
from gongkai.agencies.permissions import is_disclosure_office, visible_agencies
from gongkai.publishing.models import CleanUp, CleanUpEntry, CleanUpVerdict, Item, WithdrawalKind
from gongkai.publishing.querysets import ItemQuerySet, in_force_on, seen
from gongkai_core.refusals import Refusal

GROUND = "国办发〔2018〕37号（规范性文件清理）；条例第六条"
SEASON = 9
"""The month in which offices begin the year's round (domain-spec §11.7 item 51)."""
IN_THE_RESULT = (CleanUpVerdict.CONTINUE, CleanUpVerdict.AMEND, CleanUpVerdict.REPEAL, CleanUpVerdict.EXPIRE)


def rounds_for(user: User, *, on: date) -> QuerySet[CleanUp]:
    """The rounds that exist for this person: those in which an organ of theirs has documents; for the office, all."""
    if is_disclosure_office(user, on=on):
        return CleanUp.objects.all()
    organs = visible_agencies(user, on=on).values("pk")
    return CleanUp.objects.filter(pk__in=CleanUpEntry.objects.filter(agency__in=organs).values("clean_up"))


def entries_for(user: User, *, on: date) -> QuerySet[CleanUpEntry]:
    return CleanUpEntry.objects.filter(seen(), agency__in=visible_agencies(user, on=on))


def in_force(government: Agency, on: date) -> ItemQuerySet:
    """Public rules and normative documents in force of the government and all below it."""
    found = Item.objects.public().normative().filter(in_force_on(on), agency__in=Agency.objects.within(government))
    return found.order_by("agency__path", "formed_on", "pk")


def office_refusal(by: User, today: date) -> Refusal | None:
    if is_disclosure_office(by, on=today):
        return None
    return Refusal("office", "文件清理由政务公开办组织", GROUND)


def open_round() -> CleanUp | None:
    return CleanUp.objects.filter(result=None).first()


def government() -> Agency | None:
    installation = Installation.current()
    return installation.government if installation else None


@dataclass(frozen=True)
class Progress:
    """How far one organ is."""

    agency: Agency
    total: int
    judged: int
    late: bool

    @property
    def open(self) -> int:
        return self.total - self.judged


def progress(entries: QuerySet[CleanUpEntry], due_on: date, on: date) -> list[Progress]:
    """By organ, those with the most still to do first."""
    counted = entries.order_by().values("agency").annotate(total=Count("pk"), judged=Count("pk", filter=~Q(verdict="")))
    agencies = Agency.objects.in_bulk([row["agency"] for row in counted])
    rows = [
        Progress(agencies[row["agency"]], row["total"], row["judged"], on > due_on and row["judged"] < row["total"])
        for row in counted
    ]
    return sorted(rows, key=lambda row: (-row.open, row.agency.path))


def result_body(clean_up: CleanUp, entries: Iterable[CleanUpEntry]) -> SafeString:
    """The announcement's text: what was done, then a table for each verdict."""
    rows = list(entries)
    counts = "，".join(f"{verdict.label} {sum(row.verdict == verdict for row in rows)} 件" for verdict in IN_THE_RESULT)
    opening = format_html(
        "<p>按照规范性文件清理工作部署，对截至 {} 现行有效的规章、行政规范性文件共 {} 件逐件清理，结果公布如下：{}。</p>",
        f"{clean_up.as_of.year}年{clean_up.as_of.month}月{clean_up.as_of.day}日", len(rows), counts,
    )  # fmt: skip
    tables = [_table(verdict, [row for row in rows if row.verdict == verdict]) for verdict in IN_THE_RESULT]
    return opening + format_html_join("", "{}", ((table,) for table in tables if table))


def told(clean_up: CleanUp) -> QuerySet[CleanUpEntry]:
    """What the announcement names: of a document that was silently withdrawn meanwhile, nothing."""
    silent = Q(item__withdrawal_kind=WithdrawalKind.SILENT)
    return clean_up.entries.exclude(silent).select_related("item", "agency")


def _table(verdict: CleanUpVerdict, rows: list[CleanUpEntry]) -> SafeString | None:
    if not rows:
        return None
    lines = format_html_join(
        "\n",
        "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
        ((number, row.item.title, row.item.docno, row.agency.name) for number, row in enumerate(rows, 1)),
    )
    head = '<tr><th scope="col">序号</th><th scope="col">文件名称</th><th scope="col">发文字号</th><th scope="col">制定机关</th></tr>'
    return format_html(
        "<h3>{}的文件（{} 件）</h3><table><thead>{}</thead><tbody>{}</tbody></table>",
        verdict.label, len(rows), SafeString(head), lines,
    )  # fmt: skip
