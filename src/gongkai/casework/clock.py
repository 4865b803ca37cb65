"""The legal clock of a case: its events replayed by the core on the office's calendar.

Nothing here decides a date. The projection columns of a case are a copy of the replay, refreshed with each act and
when the calendar changes; "overdue" is told from them against today and never kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from gongkai.agencies.calendar import office_calendar
from gongkai.agencies.models import User
from gongkai.casework import rules
from gongkai.casework.models import Case, ClockEvent, EventType, Notice, Redecision
from gongkai.casework.models.clock_event import DATES
from gongkai.trail.chain import record
from gongkai_core import clock
from gongkai_core.batches import batches
from gongkai_core.clock.contract import read_case
from gongkai_core.letters import VARIABLE_LABELS
from gongkai_core.refusals import Refusal, Refused
from gongkai_core.workdays import Calendar

BATCH = 2000
PROJECTION = ("due_on", "reply_by", "reply_by_original", "longest_reply_by", "correction_notice_by", "open_ended")
_DUE = PROJECTION.index("due_on")

_READ = (
    *PROJECTION, "public_id", "number", "subject", "agency", "channel", "submitted_on", "signed_on", "confirmed_on",
    "received_on", "law", "state", "abandoned_on", "agreed_reply_on", "redecided", "counted_on",
)  # fmt: skip
"""What a replay reads of a case, and what a list of moved cases shows: nothing sealed."""


def receipt(case: Case) -> clock.Case:
    """The legal day of receipt and the law by the channel (条例第三十一条). Raises Refused (no_receipt)."""
    facts = {"channel": case.channel, "submitted_on": _iso(case.submitted_on)}
    for name in ("signed_on", "confirmed_on"):
        if day := getattr(case, name):
            facts[name] = _iso(day)
    try:
        return read_case(facts)
    except clock.ClockError as error:
        raise _refused(error) from error


def replay(
    case: Case, today: date, *, calendar: Calendar | None = None, events: Iterable[ClockEvent] | None = None
) -> clock.Result:
    """Where the case stands by its events. Raises Refused with the code of the clock's contract.

    Of a case that is answered anew, the clock of that answer: its events alone, from the day its order came in.
    """
    calendar = calendar or office_calendar()
    anew = redecision_of(case)
    facts = {"today": _iso(today), "events": [event.as_event() for event in running(case, events, anew)]}
    try:
        if anew:
            facts |= {"received_on": _iso(anew.received_on), "law": case.law}
            return clock.replay_redecision(read_case(facts), calendar, source=anew.source, due_on=anew.due_on)
        known = case if case.received_on else receipt(case)
        assert known.received_on
        return clock.replay(
            read_case({**facts, "received_on": _iso(known.received_on), "law": known.law or "auto"}), calendar
        )
    except clock.ClockError as error:
        raise _refused(error) from error


def redecision_of(case: Case) -> Redecision | None:
    """The 重新答复 whose clock runs now (or ran last)."""
    if not case.redecided:
        return None
    return case.redecisions.select_related("review", "lawsuit").order_by("pk").last()


_NOT_ANEW = (EventType.CORRECTION_ASKED, EventType.CORRECTION_RECEIVED)


def running(case: Case, events: Iterable[ClockEvent] | None = None, anew: Redecision | None = None) -> list[ClockEvent]:
    """The events in force that the present clock is made of.

    A correction belongs to the application; asked while it is answered anew, it moves nothing.
    """
    anew = anew or redecision_of(case)
    found = list(case.clock_events.in_force()) if events is None else events
    if anew is None:
        return [event for event in found if event.redecision_id is None]
    return [event for event in found if event.redecision_id == anew.pk and event.type not in _NOT_ANEW]


def add(case: Case, kind: str, *, by: User | None, today: date, ref: str = "", **days: date | None) -> clock.Result:
    """Write one event after trying it, and return the replay with it.

    Raises Refused for a day after today (`future_date`) and for whatever the clock refuses.
    """
    given = {name: day for name, day in days.items() if day}
    event = ClockEvent(case=case, type=kind, ref=ref, recorded_by=by, redecision=redecision_of(case), **given)
    refuse_future(event.day, today)
    result = replay(case, today, events=[*case.clock_events.in_force(), event])
    event.save()
    return result


def correct(event: ClockEvent, *, by: User | None, today: date, void: bool = False, **days: date | None) -> ClockEvent:
    """Put an event right by a row that replaces it (a delivery day learned later), or strike it out."""
    changed = ClockEvent(
        case=event.case, type=event.type, ref=event.ref, replaces=event, void=void, recorded_by=by,
        redecision=event.redecision,
    )  # fmt: skip
    for name in ("on", "sent_on", "delivered_on", "return_by", "notice_sent_on"):
        setattr(changed, name, days.get(name, getattr(event, name)))
    others = [row for row in event.case.clock_events.in_force() if row.pk != event.pk]
    replay(event.case, today, events=others if void else [*others, changed])
    changed.save()
    return changed


def refuse_future(day: date | None, today: date) -> None:
    if day is not None and day > today:
        raise Refused(Refusal("future_date", f"日期 {day} 还没有到，只能登记已经发生的事"))


def project(
    case: Case, today: date, *, calendar: Calendar | None = None, events: Iterable[ClockEvent] | None = None
) -> None:
    """Refresh the projection columns in memory; the caller saves."""
    calendar = calendar or office_calendar()
    for name, value in projection(case, today, calendar, events).items():
        setattr(case, name, value)
    case.projected_on, case.calendar_version = today, calendar.version


def projection(
    case: Case, today: date, calendar: Calendar, events: Iterable[ClockEvent] | None = None
) -> dict[str, Any]:
    """The projection columns as they must be."""
    events = running(case, events)
    try:
        result = replay(case, today, calendar=calendar, events=events)
    except Refused:
        # A letter by ordinary post that nobody has confirmed yet has no day of receipt (条例第三十一条).
        if case.received_on:
            raise
        return dict.fromkeys(PROJECTION, None) | {
            "due_on": calendar.add_workdays(case.submitted_on, rules.REGISTER_WITHIN.value()),
            "open_ended": False,
        }
    return {
        "due_on": _due(case, result, events, calendar),
        "reply_by": result.reply_by,
        "reply_by_original": result.reply_by_original,
        "longest_reply_by": result.longest_reply_by,
        "correction_notice_by": result.correction_notice_by,
        "open_ended": result.projected and not _all_questions_end(result, events),
    }


def _due(case: Case, result: clock.Result, events: list[ClockEvent], calendar: Calendar) -> date | None:
    """The last day of what is owed now."""
    if case.finished:
        return None
    if case.state == "received":
        return calendar.add_workdays(case.submitted_on, rules.REGISTER_WITHIN.value())
    if case.abandoned_on:
        return case.abandoned_on
    if case.state == "waiting_correction":
        asked = next(event for event in reversed(events) if event.type == "correction_asked")
        return calendar.next_workday_on_or_after(asked.return_by)
    if case.state == "waiting_fee":
        return result.fee_pay_by
    return lawful_day(case, result.reply_by)


def lawful_day(case: Case, reply_by: date | None) -> date | None:
    """The day by which an answer is lawful: the clock's, or the later one agreed under 条例第三十五条 (延迟答复)."""
    if reply_by and case.agreed_reply_on:
        return max(reply_by, case.agreed_reply_on)
    return reply_by


def _all_questions_end(result: clock.Result, events: list[ClockEvent]) -> bool:
    """Whether every open question has a last day of its own, so that the reply's day does not move with today."""
    answered = {event.ref for event in events if event.type.endswith("_answered")}
    ends = {**result.third_party_answer_by, **result.co_maker_answer_by}
    asked = [event.ref for event in events if event.type.endswith(("_asked", "_consulted")) and event.ref]
    return all(ends.get(ref) for ref in asked if ref not in answered)


def due_now(case: Case, today: date) -> date | None:
    """The day owed now, as of today: the stored one, unless an open question moves it with each day."""
    if not case.open_ended or case.projected_on == today:
        return case.due_on
    due: date | None = projection(case, today, office_calendar())["due_on"]
    return due


def owed_by(case: Case, today: date) -> date | None:
    """The day by which the organ owes something, for lamps; None while it is the applicant's term that has passed.

    Waiting for a correction or a fee, or abandoned, a case is never overdue (clock contract, rule 9).
    """
    due = due_now(case, today)
    if case.abandoned_on or (case.state in ("waiting_correction", "waiting_fee") and due and today > due):
        return None
    return due


def days_left(due: date | None, today: date, calendar: Calendar | None = None) -> int | None:
    """Working days after today up to a last day; negative when it has passed."""
    return None if due is None else (calendar or office_calendar()).workdays_between(today, due)


# Calendar changes ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Moved:
    """An open case whose last day a new calendar moves."""

    case: Case
    old: date | None
    new: date | None


@dataclass(frozen=True)
class PrintedDate:
    """A last day printed in a letter that a new calendar moves."""

    notice: Notice
    name: str
    printed: date
    new: date | None

    @property
    def label(self) -> str:
        """What the day is, in the letter's words."""
        return VARIABLE_LABELS[self.name]


def preview(calendar: Calendar, *, today: date) -> list[Moved]:
    """Every open case that the calendar would move, soonest first (domain-spec §11.5 item 37)."""
    new = {key: values[_DUE] for key, values, _ in _projections(Case.objects.open(), today, calendar)}
    moves = {
        key: (values[_DUE], new[key])
        for key, values, _ in _projections(Case.objects.open(), today, office_calendar())
        if values[_DUE] != new[key]
    }
    rows = [
        Moved(case, *moves[case.pk])
        for some in batches(list(moves), BATCH)
        for case in Case.objects.filter(pk__in=some).select_related("agency").only(*_READ)
    ]
    return sorted(rows, key=lambda row: (row.old or date.max, row.case.pk))


def printed_dates_affected(calendar: Calendar, *, today: date) -> list[PrintedDate]:
    """Every last day of an open case that stands in a letter and that the calendar would move."""
    notices = Notice.objects.filter(voided_on=None, case__in=Case.objects.open()).exclude(printed_dates=[])
    by_case: dict[int, list[Notice]] = defaultdict(list)
    for notice in notices.select_related("inquiry").defer("content", "addressee"):
        by_case[notice.case_id].append(notice)
    affected = []
    for case, events in _with_events(Case.objects.filter(pk__in=by_case).select_related("agency")):
        old, new = (replay(case, today, calendar=each, events=events) for each in (office_calendar(), calendar))
        anew = redecision_of(case)
        for notice in by_case[case.pk]:
            if anew and notice.signed_on < anew.received_on:
                continue  # a letter of the first answer, whose days have passed
            for row in notice.printed_dates:
                printed = date.fromisoformat(row["date"])
                before = _computed(row["name"], printed, notice, old, office_calendar())
                after = _computed(row["name"], printed, notice, new, calendar)
                if before != after:
                    affected.append(PrintedDate(notice, row["name"], printed, after))
    return affected


def _computed(name: str, printed: date, notice: Notice, result: clock.Result, calendar: Calendar) -> date | None:
    """What the day printed under this name is by the calendar."""
    inquiry = getattr(notice, "inquiry", None)
    ref = inquiry.ref if inquiry else ""
    computed = {
        "reply_by": result.reply_by_original,
        "extended_by": result.reply_by,
        "third_by": result.third_party_answer_by.get(ref),
        "co_by": result.co_maker_answer_by.get(ref),
        "pay_by": result.fee_pay_by,
    }
    # A day that the office set itself moves only when it becomes a day off (民法典第二百零三条); so does that of a
    # 协办函, which prints its day under a co-maker's name.
    if name not in computed or (name in ("third_by", "co_by") and inquiry is None):
        return calendar.next_workday_on_or_after(printed)
    return computed[name]


@transaction.atomic
def recompute(cases: QuerySet[Case], *, today: date, by: User | None = None, reason: str = "放假安排变更") -> int:
    """Refresh the projection of these cases on the calendar now in force; one trail row for the run.

    Returns how many moved. Rows that move alike are updated together: a calendar moves many cases to few days.
    """
    calendar = office_calendar()
    groups: dict[Values, list[int]] = defaultdict(list)
    same: list[int] = []
    for key, values, kept in _projections(cases, today, calendar):
        groups[values].append(key) if values != kept else same.append(key)
    stamp = {"projected_on": today, "calendar_version": calendar.version}
    for values, members in groups.items():
        for some in batches(members, BATCH):
            Case.objects.filter(pk__in=some).update(**dict(zip(PROJECTION, values, strict=True)), **stamp)
    for some in batches(same, BATCH):
        Case.objects.filter(pk__in=some).update(**stamp)
    moved = sum(map(len, groups.values()))
    record(
        "casework.recompute", None, by=by, today=today, ground="条例第三十三条", seen=moved + len(same), moved=moved,
        reason=reason, calendar=calendar.version,
    )  # fmt: skip
    return moved


_FACTS = (
    "state", "abandoned_on", "received_on", "law", "channel", "submitted_on", "signed_on", "confirmed_on",
    "agreed_reply_on",
)  # fmt: skip
"""What a projection depends on, beside the events."""
_EVENT = ("type", "ref", *DATES)
Facts = tuple[Any, ...]
Values = tuple[Any, ...]
"""The values of `PROJECTION`."""


def _projections(cases: QuerySet[Case], today: date, calendar: Calendar) -> Iterable[tuple[int, Values, Values]]:
    """Key, projection as it must be, and as it is kept, of each case."""
    alike = Alike(today, calendar)
    for key, facts, kept, events in _facts_and_events(cases.filter(redecided=False)):
        yield key, alike.projection(facts, events), kept
    for case, happened in _with_events(cases.filter(redecided=True)):  # each by an order of its own
        values = projection(case, today, calendar, happened)
        yield case.pk, tuple(values[name] for name in PROJECTION), tuple(getattr(case, name) for name in PROJECTION)


class Alike:
    """Projections on one day and calendar, each computed once: most cases of a day have met with the same events."""

    def __init__(self, today: date, calendar: Calendar) -> None:
        self._today, self._calendar = today, calendar
        self._known: dict[tuple[Facts, tuple[Facts, ...]], Values] = {}

    def projection(self, facts: Facts, events: tuple[Facts, ...]) -> Values:
        """For a case of these `_FACTS` with events of these `_EVENT`."""
        known = self._known.get((facts, events))
        if known is None:
            case = Case(**dict(zip(_FACTS, facts, strict=True)))
            happened = [ClockEvent(**dict(zip(_EVENT, event, strict=True))) for event in events]
            values = projection(case, self._today, self._calendar, happened)
            known = self._known[facts, events] = tuple(values[name] for name in PROJECTION)
        return known


def _facts_and_events(
    cases: QuerySet[Case],
) -> Iterable[tuple[int, Facts, Values, tuple[Facts, ...]]]:
    """Key, facts, projection as kept, and events in force of each case, without making models of them."""
    ordered, last, end = cases.order_by("pk").values_list("pk", *_FACTS, *PROJECTION), 0, 1 + len(_FACTS)
    while rows := list(ordered.filter(pk__gt=last)[:BATCH]):
        first, last = rows[0][0], rows[-1][0]
        events: dict[int, list[Facts]] = defaultdict(list)
        between = ClockEvent.objects.in_force().filter(case__gte=first, case__lte=last).order_by("pk")
        for case, *event in between.values_list("case", *_EVENT):
            events[case].append(tuple(event))
        for row in rows:
            yield row[0], row[1:end], row[end:], tuple(events.get(row[0], ()))


def _with_events(cases: QuerySet[Case]) -> Iterable[tuple[Case, list[ClockEvent]]]:
    """The cases with their events in force, without opening anything sealed."""
    keys = list(cases.order_by("pk").values_list("pk", flat=True))
    for some in batches(keys, BATCH):
        events: dict[int, list[ClockEvent]] = defaultdict(list)
        for event in ClockEvent.objects.in_force().filter(case__in=some).order_by("pk"):
            events[event.case_id].append(event)
        for case in cases.filter(pk__in=some).order_by("pk").only(*_READ):
            yield case, events[case.pk]


def _iso(day: date) -> str:
    return day.isoformat()


def _refused(error: clock.ClockError) -> Refused:
    return Refused(Refusal(error.code, error.message, error.article or ""))
