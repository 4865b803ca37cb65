"""今年以来: the year's figures to a day beside those of the same days last year, on one sheet for leaders.

Every count is a `Figure` of records and opens into them; a share is told from two counts. What the records do not keep
of a day gone by, such as who was late then, is shown for today alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db.models import Q, QuerySet

from gongkai.agencies.ledger import Figure, Period, Scope
from gongkai.casework.figures import figures as casework_figures
from gongkai.casework.models import Case, Lawsuit
from gongkai.casework.models.case import Timely
from gongkai.casework.models.remedy import CORRECTED
from gongkai.design.words import grouped, long_day
from gongkai.documents import pdf
from gongkai.publishing.deadlines import LATE
from gongkai.publishing.figures import figures as publishing_figures
from gongkai.publishing.interpretations import wanted
from gongkai.publishing.models import Item, ItemVersion, Obligation
from gongkai.publishing.querysets import first_published_in, midnight
from gongkai.registers.figures import figures as register_figures
from gongkai_core.outcomes import OUTCOMES, cell_for

_TEMPLATE = Path(__file__).parent / "typst" / "year_so_far.typ"
NOT_KEPT = "—"
"""Printed where a figure cannot be told: of a past day, or a share of nothing."""


@dataclass(frozen=True)
class SheetLine:
    """One figure, this year's and last year's; None where it cannot be told. A share has two counts of its own."""

    key: str
    label: str
    unit: str
    now: Figure | None = None
    before: Figure | None = None
    share: tuple[str, str] = ("", "")
    """Of a percentage: as printed for this year and for last year."""

    @property
    def is_share(self) -> bool:
        return self.share != ("", "")

    @property
    def shown(self) -> str:
        return self.share[0] if self.is_share else _number(self.now)

    @property
    def shown_before(self) -> str:
        return self.share[1] if self.is_share else _number(self.before)

    @property
    def change(self) -> str:
        """How it moved against last year, in words."""
        if self.is_share or self.now is None or self.before is None:
            return ""
        moved = self.now.value - self.before.value
        if not moved:
            return "持平"
        words = f"{'增' if moved > 0 else '减'} {grouped(abs(moved))}"
        return f"{words}（{moved / self.before.value:+.1%}）" if self.before.value else words


@dataclass(frozen=True)
class SheetPart:
    title: str
    lines: tuple[SheetLine, ...]


@dataclass(frozen=True)
class YearSheet:
    """The whole sheet: `now` is 1 January to the day, `before` the same days of last year."""

    scope: Scope
    now: Period
    before: Period
    parts: tuple[SheetPart, ...]

    @property
    def title(self) -> str:
        return f"{self.scope.agency.name.removesuffix('人民政府')}政务公开工作{self.now.year}年以来情况"

    @property
    def span(self) -> str:
        return f"{long_day(self.now.first)}至{long_day(self.now.last)}"

    def line(self, key: str) -> SheetLine | None:
        """The line of that name."""
        return next((line for part in self.parts for line in part.lines if line.key == key), None)


def periods(day: date) -> tuple[Period, Period]:
    """1 January to the day, and the same days of the year before (29 February's last year is the 28th)."""
    leap = (day.month, day.day) == (2, 29)
    last = date(day.year - 1, 2, 28) if leap else day.replace(year=day.year - 1)
    return Period(date(day.year, 1, 1), day), Period(date(day.year - 1, 1, 1), last)


def sheet(scope: Scope, day: date, *, today: date) -> YearSheet:
    """The sheet of a scope to a day; `today` decides whether what only today knows can be told."""
    now, before = periods(day)
    this, last = _counts(now, scope), _counts(before, scope)
    present = _present(scope, now) if day == today else {}
    parts = []
    for title, rows in _PARTS.items():
        lines = tuple(_line(row, this | present, last) for row in rows)
        parts.append(SheetPart(title, lines))
    return YearSheet(scope, now, before, tuple(parts))


@dataclass(frozen=True)
class _Row:
    """What a line shows: a count by its key, or the share of `key` in `of`."""

    key: str
    label: str
    unit: str = "件"
    of: str = ""


_PARTS: Mapping[str, tuple[_Row, ...]] = {
    "主动公开": (
        _Row("items", "主动公开政府信息", "条"),
        _Row("documents", "公开规范性文件"),
        _Row("made", "制发行政规范性文件"),
        _Row("read", "政策解读", "条"),
    ),
    "依申请公开": (
        _Row("received", "收到申请"),
        _Row("closed", "办结申请"),
        _Row("open", "期末未办结"),
        _Row("granted", "予以公开"),
        _Row("partial", "部分公开"),
        _Row("refused", "不予公开"),
        _Row("unable", "无法提供"),
        _Row("declined", "不予处理"),
        _Row("other", "其他处理"),
    ),
    "时限": (
        _Row("in_time", "期限内办结申请"),
        _Row("extended", "其中依法延期办结"),
        _Row("overdue", "超期办结申请"),
        _Row("in_time", "期限内办结率", "", of="closed"),
        _Row("late_now", "目前超期未办结"),
        _Row("items_due", "有法定期限的公开条目", "条"),
        _Row("items_late", "其中逾期公开", "条"),
        _Row("owed", "到期的公开义务", "项"),
        _Row("owed_late", "其中期末逾期未公开", "项"),
    ),
    "会议培训等台账": (
        _Row("conferences", "新闻发布会", "场"),
        _Row("principals", "其中主要负责同志参加", "场"),
        _Row("meetings", "工作会议", "次"),
        _Row("trainings", "培训", "次"),
        _Row("trained", "接受培训", "人次"),
    ),
    "质量": (
        _Row("explained", "应解读文件解读率", "", of="to_explain"),
        _Row("corrected_items", "更正公开内容", "条"),
        _Row("withdrawn", "撤下公开内容", "条"),
        _Row("reviews", "收到行政复议"),
        _Row("reviews_corrected", "复议结果纠正"),
        _Row("suits", "收到行政诉讼"),
        _Row("suits_corrected", "诉讼结果纠正"),
        _Row("complaints", "举报投诉"),
    ),
}


def _line(row: _Row, now: Mapping[str, Figure], before: Mapping[str, Figure]) -> SheetLine:
    if not row.of:
        return SheetLine(row.key, row.label, row.unit, now.get(row.key), before.get(row.key))
    shares = tuple(_share(counts.get(row.key), counts.get(row.of)) for counts in (now, before))
    return SheetLine(f"{row.key}_share", row.label, "", share=(shares[0], shares[1]))


def _share(part: Figure | None, whole: Figure | None) -> str:
    return f"{part.value / whole.value:.1%}" if part and whole and whole.value else NOT_KEPT


def _number(figure: Figure | None) -> str:
    return NOT_KEPT if figure is None else grouped(figure.value)


# The counts ---------------------------------------------------------------------------------------------------------

_OF_APPS = {
    "items": "t14.1_1",
    "documents": "t14.1_1_a",
    "made": "t2.normdoc.made",
    "read": "t14.2_2_3",
    "conferences": "t14.2_2_1",
    "principals": "t14.2_2_1_a",
    "meetings": "t14.9_1",
    "trainings": "t14.9_2",
    "trained": "t14.9_3",
    "reviews": "t14.4",
    "reviews_corrected": "t4.review.corrected",
    "suits": "t14.5",
    "complaints": "t14.6",
    "received": "t14.3_1",
    "closed": "t14.3_2",
}
"""Counts that an app gives as a cell of some form, whatever the year: the same records, the same rule."""
_RESULTS = {
    "granted": "r3_1",
    "partial": "r3_2",
    "refused": "r3_3",
    "unable": "r3_4",
    "declined": "r3_5",
    "other": "r3_6",
}


def _counts(period: Period, scope: Scope) -> dict[str, Figure]:
    cells = publishing_figures(period, scope) | casework_figures(period, scope) | register_figures(period, scope)
    own: dict[str, QuerySet[Any]] = {
        **_cases(period, scope), **_items(period, scope), **_obligations(period, scope), **_disputes(period, scope),
    }  # fmt: skip
    return {key: cells[cell] for key, cell in _OF_APPS.items()} | {
        key: Figure(query.count(), _records(query)) for key, query in own.items()
    }


def _records(query: QuerySet[Any]) -> Callable[[], QuerySet[Any]]:
    return lambda: query.select_related("agency")


def _cases(period: Period, scope: Scope) -> dict[str, QuerySet[Case]]:
    organs = scope.agencies(period)
    cases = Case.objects.filter(agency__in=organs).defer("info_desc").order_by("pk")
    closed = cases.filter(counted_on__range=(period.first, period.last))
    results = {
        key: closed.filter(counted_outcome__in=[code for code in OUTCOMES if _result(code) == row])
        for key, row in _RESULTS.items()
    }
    not_yet = Q(counted_on=None) | Q(counted_on__gt=period.last)
    return results | {
        "open": cases.filter(not_yet, received_on__lte=period.last),
        "in_time": closed.exclude(counted_timely=Timely.OVERDUE),
        "extended": closed.filter(counted_timely=Timely.EXTENDED),
        "overdue": closed.filter(counted_timely=Timely.OVERDUE),
    }


def _result(code: str) -> str:
    """The group of table three in which an outcome counts: r3_1 to r3_6."""
    return "_".join((cell_for(code, "2021") or "").split("_")[:2])


def _items(period: Period, scope: Scope) -> dict[str, QuerySet[Item]]:
    items = Item.objects.filter(agency__in=scope.agencies(period)).order_by("pk")
    due = items.filter(publish_by__isnull=False, shown_on__range=(period.first, period.last))
    to_explain = items.filter(wanted(), first_published_in(period))
    span = (midnight(period.first), midnight(period.last + timedelta(days=1)))
    versions = ItemVersion.objects.filter(item__agency__in=scope.agencies(period))
    withdrawn = versions.filter(state="withdrawn", withdrawn_at__gte=span[0], withdrawn_at__lt=span[1])
    corrected = versions.exclude(correction="").filter(published_at__gte=span[0], published_at__lt=span[1])
    explained = Item.objects.filter(first_published_at__lt=span[1], interprets__isnull=False)
    return {
        "items_due": due,
        "items_late": due.filter(LATE),
        "to_explain": to_explain,
        "explained": to_explain.filter(pk__in=explained.values("interprets")),
        "withdrawn": items.filter(pk__in=withdrawn.values("item")),
        "corrected_items": items.filter(pk__in=corrected.values("item")),
    }


def _obligations(period: Period, scope: Scope) -> dict[str, QuerySet[Obligation]]:
    """What had to be public by a day of the period; still owed on its last. Nothing for a year that none were kept of."""
    if not Obligation.objects.filter(agency__in=scope.agencies(period), year=period.year).exists():
        return {}
    due = Obligation.objects.with_statements().filter(
        agency__in=scope.agencies(period), due_on__range=(period.first, period.last)
    )
    owing = Q(served_on=None) | Q(served_on__gt=period.last)
    late = due.filter(owing, stated=False, due_on__lt=period.last)
    return {
        key: query.select_related("entry__column").order_by("due_on", "pk")
        for key, query in (("owed", due), ("owed_late", late))
    }


def _disputes(period: Period, scope: Scope) -> dict[str, QuerySet[Lawsuit]]:
    suits = Lawsuit.objects.filter(agency__in=scope.agencies(period), closed_on__range=(period.first, period.last))
    return {"suits_corrected": suits.filter(outcome__in=CORRECTED).defer("claimant").order_by("pk")}


def _present(scope: Scope, period: Period) -> dict[str, Figure]:
    """What only today knows: open cases whose present last day is over."""
    late = Case.objects.open().filter(agency__in=scope.agencies(period), due_on__lt=period.last)
    query = late.defer("info_desc").order_by("due_on", "pk")
    return {"late_now": Figure(query.count(), _records(query))}


# On paper -----------------------------------------------------------------------------------------------------------


def printed(found: YearSheet, *, made_on: date) -> bytes:
    """The sheet as a PDF of one A4 page. Raises FontsMissing without a Chinese face."""
    data = {
        "title": found.title,
        "span": found.span,
        "scope": f"{found.scope.label}（{found.scope.agency.name}）",
        "made": long_day(made_on),
        "years": [f"{found.now.year}年", f"{found.before.year}年同期"],
        "parts": [
            {
                "title": part.title,
                "lines": [[line.label, line.unit, line.shown, line.shown_before, line.change] for line in part.lines],
            }
            for part in found.parts
        ],
        "notes": list(NOTES),
    }
    return pdf.typeset(_TEMPLATE, data)


NOTES = (
    "“期末”指所列期间的最后一日；上年同期按上年同一日计。",
    "期限内办结含依法延期办结和申请人撤回；目前超期未办结只能按今天计，过去的日子不列。",
)
