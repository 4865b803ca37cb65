"""Interpretations (政策解读): which documents want one, by when, and how the organs do (domain-spec §5.3)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery

from gongkai.agencies.calendar import office_calendar
from gongkai.agencies.ledger import Period
from gongkai.agencies.models import Agency
from gongkai.agencies.office_settings import Declared, declare
from gongkai.design.words import BEIJING
from gongkai.publishing.content import plain_text
from gongkai.publishing.models import InterpretationForm, InterpretationNeed, Item, ItemVersion, NormativeKind
from gongkai.publishing.querysets import ItemQuerySet, first_published_in
from gongkai_core.interpretation import TOO_MANY_MISSING, copying, missing_elements
from gongkai_core.states.items import UNDER_WAY
from gongkai_core.workdays import Calendar

RULE = "政策解读制度（三同步：同步组织、同步审签、同步发布）"


def _kinds(text: str) -> str:
    names = [name for name in re.split(r"[、，,\s]+", text) if name]
    if unknown := [name for name in names if name not in NormativeKind.labels]:
        raise ValueError(f"没有“{unknown[0]}”这一种文件；可写 {'、'.join(map(str, NormativeKind.labels))}")
    return "、".join(names)


def _share(text: str) -> float:
    value = float(text)
    if not 0 < value <= 1:
        raise ValueError("应在 0 和 1 之间，如 0.7")
    return value


DAYS = declare(Declared("publishing.interpretation_days", "解读材料在文件公开后几个工作日内公开", 3, RULE))
KINDS = declare(
    Declared("publishing.interpreted_kinds", "应当解读的文件（用顿号分开）", "规章、行政规范性文件", RULE, parse=_kinds)
)
COPIED = declare(
    Declared("publishing.interpretation_copied", "解读与原文相似到几成提示", 0.7, "解读不得摘抄原文", parse=_share)
)


def wanted() -> Q:
    """Documents that should be explained: by their kind, or said so by hand; never those said not to."""
    kinds = [value for value, label in NormativeKind.choices if label in str(KINDS.value()).split("、")]
    by_kind = Q(normative_kind__in=kinds) & ~Q(interpretation_need=InterpretationNeed.EXEMPT)
    return Q(interprets__isnull=True) & (by_kind | Q(interpretation_need=InterpretationNeed.REQUIRED))


def unexplained() -> ItemQuerySet:
    """Public documents that should be explained and are not."""
    return Item.objects.public().filter(wanted()).exclude(interpreting_items__state="published")


def due_on(item: Item, calendar: Calendar) -> date:
    """The last working day for the interpretation of a public document."""
    return calendar.add_workdays(legal_day(item.first_published_at), int(DAYS.value()))


def legal_day(at: datetime) -> date:
    return at.astimezone(BEIJING).date()


def companions(item: Item) -> QuerySet[ItemVersion]:
    """Interpretations of a document by its own organ that are on their way: they are to go with it."""
    found = ItemVersion.objects.filter(interprets=item, item__agency=item.agency, state__in=UNDER_WAY, batch=None)
    return found.select_related("item__agency", "column", "author").order_by("pk")


def findings(version: ItemVersion) -> list[str]:
    """What is to be said of an interpretation before it is approved; warnings, never refusals."""
    if version.interprets is None:
        return []
    text, found = plain_text(version.body), []
    missing = missing_elements(text)
    if len(missing) >= TOO_MANY_MISSING:
        found.append(f"解读要素缺 {len(missing)} 项：{'、'.join(missing)}")
    original = version.interprets.published_version or version.interprets.versions.order_by("-number").first()
    copied = copying(plain_text(original.body), text) if original else None
    if copied and copied.share > float(COPIED.value()):
        own = "" if copied.own_paragraphs else "，没有解释性段落"
        found.append(f"与原文相同的文字占 {copied.share:.0%}{own}；解读不是摘抄原文")
    if not version.interpreter:
        found.append("没有写明解读人")
    return found


# The board ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Moments:
    """One text's three moments: 组织 (drafting began), 审签 (reviewed), 发布."""

    organised: date
    reviewed: date
    published: date


@dataclass(frozen=True)
class Explained:
    """A public document that should be explained, its first interpretation, and how far they went together."""

    item: Item
    interpretation: Item | None
    due: date
    days_left: int
    calendar: Calendar = field(repr=False)

    @cached_property
    def document_moments(self) -> Moments:
        return _moments(self.item)

    @cached_property
    def moments(self) -> Moments | None:
        return _moments(self.interpretation) if self.interpretation else None

    @property
    def on_time(self) -> bool:
        return self.moments is not None and self.document_moments.published <= self.moments.published <= self.due

    @property
    def verdict(self) -> str:
        """同步, or which of the three was not."""
        if self.moments is None:
            return ""
        if self.moments.published < self.document_moments.published:
            return "解读早于文件，请核对"
        limit, late = int(DAYS.value()), []
        for words in ("organised", "reviewed", "published"):
            mine, theirs = getattr(self.moments, words), getattr(self.document_moments, words)
            gap = self.calendar.workdays_between(theirs, mine)
            if gap > limit:
                late.append(f"{_MOMENTS[words]}晚 {gap} 个工作日")
        return "、".join(late) or "同步"


_MOMENTS = {"organised": "组织", "reviewed": "审签", "published": "发布"}


def _moments(item: Item) -> Moments:
    """Of the text that was first public."""
    organised = min(item.created_at, item.first_submitted_at)  # entered afterwards: the day it went for review
    return Moments(legal_day(organised), legal_day(item.first_reviewed_at), legal_day(item.first_published_at))


def _timed(items: ItemQuerySet) -> ItemQuerySet:
    first = ItemVersion.objects.filter(item=OuterRef("pk"), published_at__isnull=False).order_by("published_at")
    return items.annotate(
        first_submitted_at=Subquery(first.values("submitted_at")[:1]),
        first_reviewed_at=Subquery(first.values("secrecy_passed_at")[:1]),
    ).select_related("agency")


def explained(items: ItemQuerySet, on: date) -> list[Explained]:
    """The documents among `items` with their interpretations, oldest first."""
    calendar = office_calendar()
    public = _timed(Item.objects.public()).order_by("first_published_at", "pk")
    found = _timed(items).prefetch_related(Prefetch("interpreting_items", public, to_attr="explaining"))
    rows = []
    for item in found.order_by("first_published_at", "pk"):
        due = due_on(item, calendar)
        first = item.explaining[0] if item.explaining else None
        rows.append(Explained(item, first, due, calendar.workdays_between(on, due), calendar))
    return rows


@dataclass
class Score:
    """One organ's year (domain-spec INT-02, INT-05, INT-06)."""

    agency: Agency
    wanted: int = 0
    explained: int = 0
    on_time: int = 0
    texts: int = 0
    """Interpretations published, and of them those that are more than text, and those by the head."""
    varied: int = 0
    by_head: int = 0

    @property
    def share(self) -> str:
        return _percent(self.explained, self.wanted)

    @property
    def varied_share(self) -> str:
        return _percent(self.varied, self.texts)


def _percent(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "—"


def of_year(agencies: Iterable[Agency], year: int) -> ItemQuerySet:
    """The documents first public in a year, still public, that should be explained."""
    return Item.objects.public().filter(wanted(), first_published_in(Period.of_year(year)), agency__in=agencies)


def scores(agencies: QuerySet[Agency], year: int, on: date) -> list[Score]:
    """Each organ's share of explained documents in a year, by the documents' first day."""
    found = {agency.pk: Score(agency) for agency in agencies.order_by("path")}
    for row in explained(of_year(agencies, year), on):
        score = found[row.item.agency_id]
        score.wanted += 1
        score.explained += row.interpretation is not None
        score.on_time += row.on_time
    texts = Item.objects.public().interpreting().filter(first_published_in(Period.of_year(year)), agency__in=agencies)
    for agency, form, by_head in texts.values_list("agency", "interpretation_form", "by_head"):
        score = found[agency]
        score.texts += 1
        score.varied += form not in ("", InterpretationForm.TEXT)
        score.by_head += by_head or form == InterpretationForm.HEAD
    return list(found.values())
