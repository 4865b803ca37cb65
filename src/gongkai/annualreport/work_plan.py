"""年度工作日历: computed entries and the office's own, each with where it stands by working day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.db.models import Q

from gongkai.agencies.calendar import office_calendar
from gongkai.agencies.ledger import Scope
from gongkai.agencies.models import Agency, Installation, User
from gongkai.agencies.office_settings import read_once
from gongkai.agencies.permissions import is_disclosure_office
from gongkai.annualreport.models import PlanEntry, PlanEntryKind
from gongkai.annualreport.plan_rules import Asked, PlanRule, open_cases, rules
from gongkai.annualreport.plan_standing import PlanStanding, standing
from gongkai.annualreport.screens import SCREENS
from gongkai_core.icalendar import DayEvent, to_ics

FIRST_YEAR, LAST_YEAR = 2008, 2100
REMIND_DAYS = 3


@dataclass(frozen=True)
class PlanLine:
    """One line of the calendar."""

    key: str
    title: str
    first: date
    due: date
    article: str
    confirmed: bool
    responsible: str
    progress: str
    standing: PlanStanding
    url: str
    kind: str
    entry: PlanEntry | None = None
    markable: bool = False
    """Whether a person says that it is done: no ledger can tell."""

    @property
    def months(self) -> list[tuple[int, str, str]]:
        """(month, due, run or blank, the day of the last day) for the wall chart."""
        found = []
        for month in range(1, 13):
            begins = (self.first.year, self.first.month) <= (self.due.year, month)
            if month == self.due.month:
                found.append((month, "due", f"{self.due.day}日"))
            else:
                found.append((month, "run" if begins and month < self.due.month else "", ""))
        return found


def scope_of(user: User, organ: Agency | None, *, on: date) -> Scope | None:
    """Whose calendar a person sees: the region's in the disclosure office, else the organ's they work in now."""
    installation = Installation.current()
    if installation and is_disclosure_office(user, on=on):
        return Scope(installation.government, whole_region=True)
    works_here = organ and any(post.agency_id == organ.pk for post in user.business_posts_on(on))
    return Scope(organ, whole_region=False) if organ and works_here else None


def plan(scope: Scope, year: int, *, today: date) -> list[PlanLine]:
    """The year's lines by their last day."""
    asked = Asked(year, scope, today, office_calendar())
    with read_once():
        marks = {
            row.rule: row
            for row in PlanEntry.objects.standing().filter(agency=scope.agency, year=year, kind=PlanEntryKind.RULE)
        }
        computed = [line for rule in rules(asked) if (line := _of_rule(rule, asked, marks.get(rule.key)))]
    own = [_of_entry(entry, asked) for entry in entries(scope, year)]
    return sorted([*computed, *own], key=lambda line: (line.due, line.kind, line.key))


def entries(scope: Scope, year: int) -> Iterable[PlanEntry]:
    """What persons wrote: of the region what the office arranged; of an organ its own and what was given to it."""
    mine = Q(agency=scope.agency) if scope.whole_region else Q(agency=scope.agency) | Q(responsible=scope.agency)
    rows = PlanEntry.objects.standing().filter(mine, year=year).exclude(kind=PlanEntryKind.RULE)
    return rows.select_related("agency", "responsible", "done_by")


def _of_rule(rule: PlanRule, asked: Asked, mark: PlanEntry | None) -> PlanLine | None:
    due, article, confirmed = rule.due, rule.article, rule.confirmed(asked)
    if rule.progress is None:
        words = mark.done_note if mark else (open_cases(asked) if rule.screen == "year_end" else "")
        done, done_on = mark is not None, mark.done_on if mark else None
    else:
        found = rule.progress(asked)
        if found is None:
            return None
        words, done, done_on = found.words, found.done, found.done_on
        if found.due:
            (due, article), confirmed = found.due, True
    return PlanLine(
        key=rule.key, title=rule.title, first=min(rule.first, due), due=due, article=article, confirmed=confirmed,
        responsible="政务公开办" if rule.of_region else asked.scope.agency.short_name if not asked.scope.whole_region else "各单位",
        progress=words,
        standing=standing(rule.first, due, done=done, done_on=done_on, today=asked.today, calendar=asked.calendar),
        url=rule.address, kind=PlanEntryKind.RULE, entry=mark, markable=rule.progress is None,
    )  # fmt: skip


def _of_entry(entry: PlanEntry, asked: Asked) -> PlanLine:
    return PlanLine(
        key=str(entry.public_id), title=entry.title, first=entry.first, due=entry.due_on, article=entry.source,
        confirmed=True, responsible=entry.responsible.short_name, progress=entry.done_note,
        standing=standing(
            entry.first, entry.due_on, done=False, done_on=entry.done_on, today=asked.today, calendar=asked.calendar
        ),
        url=SCREENS[entry.screen].url if entry.screen in SCREENS else "",
        kind=entry.kind, entry=entry,
    )  # fmt: skip


def by_month(lines: Sequence[PlanLine]) -> list[tuple[int, list[PlanLine]]]:
    """(month, its lines) for the months in which something is due."""
    return [(month, found) for month in range(1, 13) if (found := [line for line in lines if line.due.month == month])]


def for_telephone(scope: Scope, year: int, lines: Sequence[PlanLine], *, today: date) -> bytes:
    """The calendar as .ics: on the last day of each entry, named by what it is and where it stands; no person's name."""
    events = [
        DayEvent(
            uid=f"{scope.agency.code}-{year}-{line.key}@gongkai",
            title=line.title,
            first=line.due,
            last=line.due,
            description="\n".join(filter(None, [
                f"责任单位：{line.responsible}", f"依据：{line.article}" if line.article else "",
                "" if line.confirmed else "期限待核", f"状态（{today}）：{line.standing.words}",
            ])),
            done=line.standing.is_done,
            remind_days=REMIND_DAYS,
        )
        for line in lines
    ]  # fmt: skip
    return to_ics(
        f"{scope.agency.short_name}{year}年政务公开工作日历", events, made_at=datetime.combine(today, time(), UTC)
    )
