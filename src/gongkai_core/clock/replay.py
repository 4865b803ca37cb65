"""Replaying a case: its events one after the other, and where that leaves it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from gongkai_core.clock import explain
from gongkai_core.clock.count import Count, Stop
from gongkai_core.clock.facts import (
    CORRECTION_NOTICE_WORKDAYS,
    EVENT_NAMES,
    OPINION_WORKDAYS,
    PAYMENT_WORKDAYS,
    QUESTION_OF,
    Case,
    Event,
    Line,
    Question,
    Result,
    State,
    Warning,
)
from gongkai_core.clock.sequence import in_order
from gongkai_core.workdays import Calendar


@dataclass(slots=True)
class Wait:
    """A returned correction or a payment that is waited for until `by`; in time it starts the clock anew."""

    kind: Literal["correction", "fee"]
    request: Event
    by: date
    over: bool = False


def replay(case: Case, calendar: Calendar) -> Result:
    """Return where `case` stands, with every date and its explanation. Raises `ClockError`."""
    return _Replay(case, calendar).run()


class _Replay:
    __slots__ = (
        "abandoned",
        "answer_by",
        "calendar",
        "case",
        "correction",
        "correction_tried",
        "count",
        "end",
        "extension_tried",
        "fee",
        "fee_tried",
        "frozen_on",
        "law",
        "lines",
        "notice_by",
        "seen_from",
        "stop_of",
        "warnings",
    )

    def __init__(self, case: Case, calendar: Calendar) -> None:
        self.case = case
        self.law = case.law
        self.calendar = calendar
        self.count = Count(calendar, case.law, case.received_on)
        self.seen_from = case.received_on
        self.warnings: list[Warning] = []
        self.lines: list[Line] = []
        self.answer_by: dict[Question, dict[str, date | None]] = {"third_party": {}, "co_maker": {}, "agency": {}}
        self.notice_by: date | None = None
        self.stop_of: dict[str, Stop] = {}

        # What is waited for, since when the count is frozen by it, and what has been tried once already.
        self.correction: Wait | None = None
        self.fee: Wait | None = None
        self.frozen_on: date | None = None
        self.correction_tried = False
        self.fee_tried = False
        self.extension_tried = False

        self.abandoned: Wait | None = None
        self.end: Event | None = None

    def run(self) -> Result:
        events, future = in_order(self.case)
        self._begin()
        for event in events:
            if self.frozen_on is not None:
                self._lapse(event.on)
            kind = QUESTION_OF.get(event.type)
            last = self._opinion_by(event, kind) if kind else None
            if self.abandoned is not None:
                continue  # given up for good (条例第三十条, 国办函〔2020〕109号): nothing revives it
            if kind:
                self._asked(event, kind, last)
            else:
                HANDLERS[event.type](self, event)
        if self.end is not None:
            self.seen_from = self.end.on
        else:
            self.seen_from = self.case.today or (events[-1].on if events else self.case.received_on)
            self._lapse(self.seen_from)
        for event in future:
            self.warnings.append(explain.future_event(event.on, EVENT_NAMES[event.type]))
        return self._result(events)

    def _begin(self) -> None:
        case = self.case
        self.lines.append(explain.received(case.received_on))
        if not case.receipt_confirmed:
            self.warnings.append(explain.receipt_not_confirmed(case.received_on))
        if self.law == "711":
            days = CORRECTION_NOTICE_WORKDAYS
            self.notice_by = self.calendar.add_workdays(case.received_on, days)
            self.lines.append(explain.correction_window(case.received_on, self.notice_by, days))

    # --- events -------------------------------------------------------------------------------------------

    def _opinion_by(self, event: Event, kind: Question) -> date | None:
        """Return the last day of a question and name it; None: it has no last day."""
        last = None
        if kind != "agency" and self.law == "711" and event.delivered_on is not None:
            last = self.calendar.add_workdays(event.delivered_on, OPINION_WORKDAYS)
            self.lines.append(explain.opinion_by(kind, event.ref, event.delivered_on, last, OPINION_WORKDAYS))
        self.answer_by[kind][event.ref] = last
        return last

    def _asked(self, event: Event, kind: Question, last: date | None) -> None:
        if self.law == "492" and kind != "third_party":
            self.warnings.append(explain.not_excluded_under_492(event.on, kind, event.ref))
        elif self.frozen_on is None and self.count.is_due(event.on):
            self.warnings.append(explain.question_after_due(event.on, kind, event.ref, self.law))
        else:
            self.stop_of[event.ref] = self.count.stop(kind, event.ref, event.on, last)

    def _answered(self, event: Event) -> None:
        stop = self.stop_of.get(event.ref)
        if stop is not None:
            self.count.answer(stop, event.on)

    def _extended(self, event: Event) -> None:
        if self.extension_tried:
            self.warnings.append(explain.second_extension(event.on, self.law))
            return
        self.extension_tried = True
        if self.frozen_on is None and event.on > (due := self.count.due(event.on)):
            self.warnings.append(explain.late_extension(event.on, due, self.law))
            return
        self.count.extension = self.count.limit
        self.lines.append(explain.extended(event.on, self.count.extension, self.law))

    def _correction_asked(self, event: Event) -> None:
        if self.notice_by is None:  # 2007年条例: it changes neither clock nor state
            return
        if self.correction_tried:
            self.warnings.append(explain.correction_only_once(event.on))
            return
        self.correction_tried = True
        if event.on > self.notice_by:
            self.warnings.append(explain.late_correction_notice(event.on, self.notice_by))
            return
        assert event.return_by is not None
        by = self.calendar.next_workday_on_or_after(event.return_by)
        self._freeze(event.on)
        self.correction = Wait("correction", event, by)
        days = self.calendar.workdays_between(event.on, by)
        self.lines.append(explain.correction_asked(event.on, event.return_by, by, days))

    def _correction_received(self, event: Event) -> None:
        if self.correction is not None and self.correction.request is event.request:
            self.correction.over = True
            self._reset(event.on)
            self.lines.append(explain.correction_received(event.on, self.count.limit))

    def _fee_notified(self, event: Event) -> None:
        if self.fee_tried:
            self.warnings.append(explain.fee_only_once(event.on))
            return
        self.fee_tried = True
        if self.frozen_on is None and event.on > (due := self.count.due(event.on)):
            self.warnings.append(explain.fee_after_due(event.on, due))
            return
        by = self.calendar.add_workdays(event.on, PAYMENT_WORKDAYS)
        self._freeze(event.on)
        self.fee = Wait("fee", event, by)
        self.lines.append(explain.fee_notified(event.on, by, PAYMENT_WORKDAYS))

    def _fee_paid(self, event: Event) -> None:
        if self.fee is not None and self.fee.request is event.request:
            self.fee.over = True
            self._reset(event.on)
            self.lines.append(explain.fee_paid(event.on, self.count.limit))

    def _ended(self, event: Event) -> None:
        self.end = event

    # --- waiting and starting anew --------------------------------------------------------------------------

    def _waits(self) -> list[Wait]:
        return [wait for wait in (self.fee, self.correction) if wait is not None and not wait.over]

    def _freeze(self, on: date) -> None:
        if self.frozen_on is None:
            self.count.explain(self.lines, on, on, explain.FROZEN, on)
            self.frozen_on = on

    def _reset(self, on: date) -> None:
        self.count.restart(on)
        self.extension_tried = False
        if not self._waits():
            self.frozen_on = None

    def _lapse(self, day: date) -> None:
        """Find out whether a wait has run out before `day`: then the application was given up."""
        if self.frozen_on is None or self.abandoned is not None:
            return
        over = [wait for wait in self._waits() if wait.by < day]
        if over:
            self.abandoned = min(over, key=lambda wait: wait.by)  # on one day: the fee, first in the list
            self.lines.append(explain.abandoned(self.abandoned.kind, self.abandoned.request.on, self.abandoned.by))

    # --- the result -----------------------------------------------------------------------------------------

    def _result(self, events: list[Event]) -> Result:
        case, today, seen_from = self.case, self.case.today, self.seen_from
        waits = [] if self.abandoned else self._waits()
        over = self.end is not None or self.abandoned is not None
        open_stops = [] if over else [stop for stop in self.count.stops if stop.open_at(seen_from)]
        due, original, longest = self._due_dates(waits, open_stops)
        used = days_left = overdue = None
        if today is not None:
            used = self.count.used(seen_from if self.frozen_on is None else self.frozen_on)
            overdue = due is not None and seen_from > due
            if due is not None:
                days_left = self.count.ranks[due] - self.count.ranks[seen_from]
        result = Result(
            id=case.id,
            law=self.law,
            received_on=case.received_on,
            correction_notice_by=self.notice_by,
            reply_by=due,
            reply_by_original=original,
            longest_reply_by=longest,
            third_party_answer_by=self.answer_by["third_party"],
            co_maker_answer_by=self.answer_by["co_maker"],
            fee_pay_by=self.fee.by if self.fee is not None else None,
            working_days_used=used,
            days_left=days_left,
            state=self._state(waits, open_stops),
            overdue=overdue,
            warnings=self.warnings,
            projected=bool(open_stops),
            provisional=False,
            explanation=self.lines,
        )
        self._mark_provisional(result, events)
        return result

    def _due_dates(self, waits: list[Wait], open_stops: list[Stop]) -> tuple[date | None, date | None, date | None]:
        """Return `reply_by`, `reply_by_original`, `longest_reply_by` and explain them; None: there is none."""
        count, seen_from, today = self.count, self.seen_from, self.case.today
        if waits or self.abandoned is not None or (self.end is not None and self.end.type == "withdrawn"):
            self._explain_end(seen_from)
            return None, None, None
        if today is None and any(stop.closes is None for stop in open_stops):
            # An answer cannot be projected to a day that is not known.
            count.explain(self.lines, seen_from, seen_from, explain.LATEST, seen_from)
            return None, None, None
        projected = self.end is None
        now, limit = count.ranks[seen_from], count.limit + count.extension
        day_of_rank = self.calendar.day_of_rank
        due = original = longest = day_of_rank(count.due_rank(now, limit, projected=projected))
        if count.extension:
            original = day_of_rank(count.due_rank(now, count.limit, projected=projected))
        elif seen_from <= due:
            longest = day_of_rank(count.due_rank(now, 2 * limit, projected=projected))
        count.explain(self.lines, due, seen_from, None if projected else explain.ENDED, today or seen_from)
        self.lines.append(explain.reply_by(count.base, due, limit, self.law, projected=bool(open_stops)))
        if longest != due:
            self.lines.append(explain.longest(count.base, longest, 2 * limit, self.law))
        if self.end is not None:
            self.lines.append(explain.replied(seen_from, due, self.law))
        return due, original, longest

    def _explain_end(self, on: date) -> None:
        """Explain an end without a day for the reply: a withdrawal; waits and abandonments have their lines."""
        if self.abandoned is None and self.end is not None:
            if self.frozen_on is None:
                self.count.explain(self.lines, on, on, explain.ENDED, on)
            if self.end.type == "withdrawn":
                self.lines.append(explain.withdrawn(on))
            else:
                self.lines.append(explain.replied_while_waiting(on, self.law))

    def _state(self, waits: list[Wait], open_stops: list[Stop]) -> State:
        if self.abandoned is not None:
            return "abandoned_fee" if self.abandoned.kind == "fee" else "abandoned_correction"
        if self.end is not None:
            return "withdrawn" if self.end.type == "withdrawn" else "replied"
        if waits:
            return "waiting_fee" if waits[0].kind == "fee" else "waiting_correction"
        kinds = {stop.kind for stop in open_stops}
        if "third_party" in kinds:
            return "waiting_third_party"
        if "co_maker" in kinds:
            return "waiting_co_maker"
        return "waiting_agency" if kinds else "running"

    def _mark_provisional(self, result: Result, events: list[Event]) -> None:
        """Set `provisional` when a date of the result or of an event lies in a year without its notice."""
        days = [
            result.received_on,
            result.correction_notice_by,
            result.reply_by,
            result.reply_by_original,
            result.longest_reply_by,
            result.fee_pay_by,
            *result.third_party_answer_by.values(),
            *result.co_maker_answer_by.values(),
        ]
        if self.correction is not None:
            days.append(self.correction.by)
        for event in events:
            days += event.on, event.delivered_on, event.return_by
        years = {day.year for day in days if day is not None}
        missing = years - self.calendar.published_years
        if missing:
            result.provisional = True
            result.warnings.append(explain.provisional_calendar(sorted(missing)))


HANDLERS: Final[dict[str, Callable[[_Replay, Event], None]]] = {
    "correction_asked": _Replay._correction_asked,
    "correction_received": _Replay._correction_received,
    "third_party_answered": _Replay._answered,
    "co_maker_answered": _Replay._answered,
    "agency_answered": _Replay._answered,
    "extended": _Replay._extended,
    "fee_notified": _Replay._fee_notified,
    "fee_paid": _Replay._fee_paid,
    "withdrawn": _Replay._ended,
    "replied": _Replay._ended,
}
