"""The arithmetic of the clock: the events of a case, one after the other, and where that leaves it.

Time that counts is measured in ranks (see `workdays`): the reply is due on the working day whose rank is the
rank of the starting day, plus the limit, plus the working days that questions stopped.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from gongkai_core.clock import explain
from gongkai_core.clock.facts import (
    CORRECTION_NOTICE_WORKDAYS,
    EVENT_NAMES,
    OPINION_WORKDAYS,
    PAYMENT_WORKDAYS,
    QUESTION_OF,
    REPLY_WORKDAYS,
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
class Stop:
    """A question that stops the clock from the day after it was sent (条例第三十三条第三款)."""

    kind: Question
    ref: str
    sent_on: date
    sent_rank: int
    last: date | None  # with this day its silence ends; None: it is waited for until it answers
    answered_on: date | None = None

    def open_at(self, day: date) -> bool:
        """Say whether the question is still waited for on `day`; on its last day it is."""
        return self.answered_on is None and (self.last is None or day <= self.last)

    def end(self, day: date, *, projected: bool = False) -> date:
        """Return the last day stopped as known on `day`; `projected`: an open one lasts to its last day."""
        if self.answered_on is not None:
            end = self.answered_on if self.last is None or self.answered_on < self.last else self.last
            return end if projected or end < day else day
        if self.last is not None and (projected or self.last < day):
            return self.last
        return day


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
        "base",
        "base_rank",
        "calendar",
        "case",
        "correction",
        "correction_tried",
        "end",
        "extension",
        "extension_tried",
        "fee",
        "fee_tried",
        "frozen_on",
        "law",
        "limit",
        "lines",
        "notice_by",
        "stop_of",
        "stops",
        "warnings",
    )

    def __init__(self, case: Case, calendar: Calendar) -> None:
        self.case = case
        self.law = case.law
        self.calendar = calendar
        self.limit = REPLY_WORKDAYS[case.law]
        self.warnings: list[Warning] = []
        self.lines: list[Line] = []
        self.answer_by: dict[Question, dict[str, date | None]] = {"third_party": {}, "co_maker": {}, "agency": {}}
        self.notice_by: date | None = None

        # The clock: from where it counts, for how long, and what stops it.
        self.base = case.received_on
        self.base_rank = calendar.rank(case.received_on)
        self.extension = 0
        self.stops: list[Stop] = []
        self.stop_of: dict[str, Stop] = {}

        # What is waited for, and what has been tried once already.
        self.correction: Wait | None = None
        self.fee: Wait | None = None
        self.correction_tried = False
        self.fee_tried = False
        self.extension_tried = False
        self.frozen_on: date | None = None
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
            at = self.end.on
        else:
            at = self.case.today or (events[-1].on if events else self.case.received_on)
            self._lapse(at)
        for event in future:
            self.warnings.append(explain.future_event(event.on, EVENT_NAMES[event.type]))
        return self._result(at, events)

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
        elif not self._waiting() and self._due_rank(event.on) <= self.calendar.rank(event.on):
            self.warnings.append(explain.question_after_due(event.on, kind, event.ref, self.law))
        else:
            stop = Stop(kind, event.ref, event.on, self.calendar.rank(event.on), last)
            self.stops.append(stop)
            self.stop_of[event.ref] = stop

    def _answered(self, event: Event) -> None:
        stop = self.stop_of.get(event.ref)
        if stop is not None:
            stop.answered_on = event.on

    def _extended(self, event: Event) -> None:
        if self.extension_tried:
            self.warnings.append(explain.second_extension(event.on, self.law))
            return
        self.extension_tried = True
        if not self._waiting() and event.on > (due := self._due(event.on)):
            self.warnings.append(explain.late_extension(event.on, due, self.law))
            return
        self.extension = self.limit
        self.lines.append(explain.extended(event.on, self.extension, self.law))

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
            self.lines.append(explain.correction_received(event.on, self.limit))

    def _fee_notified(self, event: Event) -> None:
        if self.fee_tried:
            self.warnings.append(explain.fee_only_once(event.on))
            return
        self.fee_tried = True
        if not self._waiting() and event.on > (due := self._due(event.on)):
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
            self.lines.append(explain.fee_paid(event.on, self.limit))

    def _ended(self, event: Event) -> None:
        self.end = event

    # --- waiting and starting anew --------------------------------------------------------------------------

    def _waits(self) -> list[Wait]:
        return [wait for wait in (self.fee, self.correction) if wait is not None and not wait.over]

    def _waiting(self) -> bool:
        return self.frozen_on is not None

    def _freeze(self, on: date) -> None:
        if self.frozen_on is None:
            self._count_lines(on, on)
            self.frozen_on = on

    def _reset(self, on: date) -> None:
        self.base = on
        self.base_rank = self.calendar.rank(on)
        self.extension = 0
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

    # --- counting -------------------------------------------------------------------------------------------

    def _due_rank(self, day: date, limit: int | None = None, *, projected: bool = False) -> int:
        """Return the rank of the day the reply is due, with the stops as known (or projected) on `day`."""
        due = self.base_rank + (self.limit + self.extension if limit is None else limit)
        reach = self.base_rank
        rank = self.calendar.rank
        for stop in self.stops:
            start = stop.sent_rank if stop.sent_rank > reach else reach
            if start >= due:
                break  # sent on or after the day the reply is due
            end = rank(stop.end(day, projected=projected))
            if end > start:
                due += end - start
                reach = end
        return due

    def _due(self, day: date) -> date:
        return self.calendar.day_of_rank(self._due_rank(day))

    def _used(self, day: date) -> int:
        """Return the working days counted up to and including `day`."""
        if day <= self.base:
            return 0
        rank = self.calendar.rank
        reach, stopped = self.base_rank, 0
        for stop in self.stops:
            start = stop.sent_rank if stop.sent_rank > reach else reach
            end = rank(stop.end(day))
            if end > start:
                stopped += end - start
                reach = end
        return rank(day) - self.base_rank - stopped

    def _count_lines(self, up_to: date, day: date, *, projected: bool = False) -> None:
        """Explain the days after the base up to `up_to`, stretch by stretch, as known (or projected) on `day`."""
        rank = self.calendar.rank
        reach, reach_rank, total = self.base, self.base_rank, 0
        for stop in self.stops:
            start = stop.sent_on if stop.sent_on > reach else reach
            if start >= up_to:
                break
            end = stop.end(day, projected=projected)
            start_rank = stop.sent_rank if start is stop.sent_on else reach_rank
            end_rank = rank(end)
            if end_rank <= start_rank:
                continue
            if start_rank > reach_rank:
                total += start_rank - reach_rank
                self.lines.append(explain.counted(reach, start, start_rank - reach_rank, total, self.law))
            self.lines.append(
                explain.stopped(
                    start,
                    end,
                    end_rank - start_rank,
                    stop.kind,
                    stop.ref,
                    stop.sent_on,
                    self._how_it_ends(stop, day, end),
                    self.law,
                )
            )
            reach, reach_rank = end, end_rank
        count = rank(up_to) - reach_rank
        if count > 0:
            self.lines.append(explain.counted(reach, up_to, count, total + count, self.law))

    def _how_it_ends(self, stop: Stop, day: date, end: date) -> str:
        if stop.answered_on == end:
            return explain.ANSWERED
        if stop.last == end:
            return explain.LAST_DAY if stop.open_at(day) else explain.SILENT
        return explain.REPLIED if self.end is not None else explain.TODAY

    # --- the result -----------------------------------------------------------------------------------------

    def _result(self, at: date, events: list[Event]) -> Result:
        case, today = self.case, self.case.today
        waits = [] if self.abandoned else self._waits()
        over = self.end is not None or self.abandoned is not None
        open_stops = [] if over else [stop for stop in self.stops if stop.open_at(at)]
        due, original, longest = self._due_dates(at, waits, open_stops)
        if self.abandoned is None and self.end is not None and self.end.type == "withdrawn":
            if not waits:
                self._count_lines(at, at)
            self.lines.append(explain.withdrawn(at))
        used = days_left = None
        overdue = None if today is None else due is not None and at > due
        if today is not None:
            used = self._used(self.frozen_on if self.frozen_on is not None else at)
            if due is not None:
                days_left = self.calendar.workdays_between(at, due)
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

    def _due_dates(
        self, at: date, waits: list[Wait], open_stops: list[Stop]
    ) -> tuple[date | None, date | None, date | None]:
        """Return `reply_by`, `reply_by_original`, `longest_reply_by` and explain them; None: there is none."""
        if waits or self.abandoned is not None or (self.end is not None and self.end.type == "withdrawn"):
            return None, None, None
        if self.end is None and self.case.today is None and any(stop.last is None for stop in open_stops):
            return None, None, None  # an answer cannot be projected on an unknown day
        projected = self.end is None
        day_of_rank = self.calendar.day_of_rank
        due = original = day_of_rank(self._due_rank(at, projected=projected))
        longest = due
        if self.extension:
            original = day_of_rank(self._due_rank(at, self.limit, projected=projected))
        elif at <= due:
            longest = day_of_rank(self._due_rank(at, 2 * self.limit, projected=projected))
        self._count_lines(due, at, projected=projected)
        limit = self.limit + self.extension
        self.lines.append(explain.reply_by(self.base, due, limit, self.law, projected=bool(open_stops)))
        if longest != due:
            self.lines.append(explain.longest(self.base, longest, 2 * self.limit, self.law))
        if self.end is not None:
            self.lines.append(explain.replied(at, due, self.law))
        return due, original, longest

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
        years = {day.year for day in days if day is not None}
        for event in events:
            years.add(event.on.year)
            if event.delivered_on is not None:
                years.add(event.delivered_on.year)
            if event.return_by is not None:
                years.add(event.return_by.year)
        if not years <= self.calendar.published_years:
            result.provisional = True
            missing = sorted(years - self.calendar.published_years)
            result.warnings.append(explain.provisional_calendar(missing))


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
