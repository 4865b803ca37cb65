"""By when an item must be public, and whether it was (条例第二十六条; rules PUB-01, PUB-02): the core's rules on rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import F, Q

from gongkai.agencies.calendar import office_calendar
from gongkai.agencies.office_settings import Declared, declare
from gongkai.publishing.batches import CHUNK, update_items
from gongkai.publishing.models import Item, ItemVersion
from gongkai.publishing.models.facts import Facts
from gongkai_core.disclosure import Rule, Timeliness, parse_rules, rule_for, timeliness
from gongkai_core.workdays import Calendar


def _checked(text: str) -> str:
    parse_rules(text)
    return text.strip()


OWN = declare(
    Declared(
        "publishing.special_deadlines",
        "本地特别公开期限（一项写成：栏目编码/标题中的词/时限/依据；几项用；分开，先于全国规定适用）",
        "",
        "条例第二十六条（法律、法规对期限另有规定的，从其规定）",
        confirmed=True,
        parse=_checked,
    )
)


@dataclass(frozen=True)
class Rules:
    """The rules and the calendar of one moment, read once for many items."""

    own: tuple[Rule, ...]
    calendar: Calendar

    @classmethod
    def now(cls) -> Rules:
        return cls(parse_rules(OWN.value()), office_calendar())

    def rule(self, facts: Facts) -> Rule:
        return rule_for(facts.column.code, facts.title, own=self.own)

    def last_day(self, facts: Facts) -> date | None:
        """None where nobody said on which day it was formed or changed."""
        return self.rule(facts).term.due(facts.formed_on, self.calendar) if facts.formed_on else None

    def owed_by(self, version: ItemVersion) -> date | None:
        """By when a version under way must be public; a mere correction of what is public owes nothing any more."""
        item = version.item
        corrects = item.shown_on is not None and item.formed_on == version.formed_on
        return None if corrects else self.last_day(version)


@dataclass(frozen=True)
class Pending:
    """A version on its way, with its last day."""

    version: ItemVersion
    due: date
    timeliness: Timeliness
    rule: Rule

    @cached_property
    def days_left(self) -> int:
        return self.timeliness.days


def pending(versions: Iterable[ItemVersion], *, today: date, rules: Rules | None = None) -> list[Pending]:
    """Those of some versions under way (with item, agency and column) that have a last day, the first due first."""
    rules = rules or Rules.now()
    found = []
    for version in versions:
        due = rules.owed_by(version)
        if due is not None:
            standing = timeliness(due, None, today=today, calendar=rules.calendar)
            found.append(Pending(version, due, standing, rules.rule(version)))
    return sorted(found, key=lambda each: (each.due, each.version.pk))


def judge(item: Item, version: ItemVersion, *, on: date) -> None:
    """Write on an item that becomes public by when it had to be, and when it was first shown; the caller saves it.

    A text whose day of formation moved (变更) is judged by its own publication; a mere correction is not.
    """
    if item.shown_on is None or (version.formed_on and version.formed_on != item.formed_on):
        item.shown_on = on
    item.publish_by = Rules.now().last_day(version)


def judge_all(versions: Collection[ItemVersion], *, on: date) -> None:
    """The same for all that is published in one batch."""
    rules, by_day = Rules.now(), defaultdict(list)
    for version in versions:
        by_day[rules.last_day(version)].append(version.item_id)
    for due, keys in by_day.items():
        update_items(keys, publish_by=due, shown_on=on)


def shown_elsewhere(items: Collection[Item], *, on: date) -> None:
    """Items were public in another statutory channel on a day: the first one counts (PUB-02)."""
    keys = [item.pk for item in items]
    for start in range(0, len(keys), CHUNK):
        earlier = Item.objects.filter(pk__in=keys[start : start + CHUNK], shown_on__gt=on)
        earlier.filter(Q(formed_on__isnull=True) | Q(formed_on__lte=on)).update(shown_on=on)


def judged(item: Item, *, today: date) -> Timeliness | None:
    """Where a public item stands; None without a day of formation."""
    if item.publish_by is None:
        return None
    return timeliness(item.publish_by, item.shown_on, today=today, calendar=office_calendar())


LATE = Q(shown_on__gt=F("publish_by"))
"""Public after its last day."""


def facts(item: Item, version: ItemVersion, *, today: date) -> list[tuple[str, str]]:
    """What an item's page says of its time limit and of its place in the standard catalogues."""
    rows: list[tuple[str, str]] = []
    if version.formed_on and not version.docno:
        rows.append(("形成（变更）日期", f"{version.formed_on}"))
    rules = Rules.now()
    rule = rules.rule(version)
    if version.state not in ("published", "superseded", "withdrawn", "discarded"):
        if due := rules.owed_by(version):
            standing = timeliness(due, None, today=today, calendar=rules.calendar)
            rows.append(("公开期限", f"{due}，{standing.words}（{rule.article}）"))
    elif (judgement := judged(item, today=today)) is not None:
        rows.append(("公开时限", f"{judgement.words}（期限 {item.publish_by}，{rule.article}）"))
    if hangings := [str(hanging.entry) for hanging in item.hangings.select_related("entry")]:
        rows.append(("目录事项", "；".join(hangings)))
    return rows
