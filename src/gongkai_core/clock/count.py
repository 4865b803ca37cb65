"""Counting working days from a base, questions that stop the count left out.

Time is measured in ranks (see `workdays`): the reply is due on the working day whose rank is the rank of the
base, plus the limit, plus the working days that questions stopped.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai_core.clock import explain
from gongkai_core.clock.facts import REPLY_WORKDAYS, Law, Line, Question
from gongkai_core.workdays import Calendar


@dataclass(slots=True)
class Stop:
    """A question that stops the count from the day after it was sent (条例第三十三条第三款).

    It closes on the day of its answer, and in silence on the last day for it; None: only an answer closes it.
    """

    kind: Question
    ref: str
    sent_on: date
    sent_rank: int
    closes: date | None
    closes_rank: int | None
    answered: bool = False

    def open_at(self, day: date) -> bool:
        """Say whether the answer is still waited for on `day`; on its last day it is."""
        return not self.answered and (self.closes is None or day <= self.closes)


class Count:
    """The working days that count towards the reply, from `base` on, which is not counted itself."""

    __slots__ = ("base", "base_rank", "calendar", "extension", "law", "limit", "ranks", "stops")

    def __init__(self, calendar: Calendar, law: Law, base: date) -> None:
        self.calendar = calendar
        self.ranks = calendar.ranks
        self.law = law
        self.limit = REPLY_WORKDAYS[law]
        self.stops: list[Stop] = []
        self.restart(base)

    def restart(self, base: date) -> None:
        """Count from `base` anew; extensions fall away, a stop still open goes on."""
        self.base = base
        self.base_rank = self.ranks[base]
        self.extension = 0

    def stop(self, kind: Question, ref: str, sent_on: date, last: date | None) -> Stop:
        """Stop the count for a question; questions come in the order in which they were sent."""
        last_rank = None if last is None else self.ranks[last]
        stop = Stop(kind, ref, sent_on, self.ranks[sent_on], last, last_rank)
        self.stops.append(stop)
        return stop

    def answer(self, stop: Stop, on: date) -> None:
        """Close a stop by its answer; one that comes after the last day changes nothing."""
        if stop.closes is None or on <= stop.closes:
            stop.closes, stop.closes_rank, stop.answered = on, self.ranks[on], True

    def due_rank(self, now: int, limit: int, *, projected: bool = False) -> int:
        """Return the rank of the `limit`-th counted day.

        `now` is the rank of the day it is seen from: an open question stops the count up to it, or, `projected`,
        up to its last day.
        """
        reach = self.base_rank
        due = reach + limit
        for stop in self.stops:
            start = stop.sent_rank if stop.sent_rank > reach else reach
            if start >= due:
                break  # sent on or after the day the reply is due
            end = stop.closes_rank
            if end is None or (end > now and not projected):
                end = now
            if end > start:
                due += end - start
                reach = end
        return due

    def due(self, day: date) -> date:
        """Return the day the reply is due, as seen from `day`."""
        return self.calendar.day_of_rank(self.due_rank(self.ranks[day], self.limit + self.extension))

    def is_due(self, day: date) -> bool:
        """Say whether `day` is the day the reply is due, or after it."""
        now = self.ranks[day]
        return self.due_rank(now, self.limit + self.extension) <= now

    def used(self, day: date) -> int:
        """Return the working days counted up to and including `day`."""
        now = self.ranks[day]
        reach = self.base_rank
        if now <= reach:
            return 0
        used = now - reach
        for stop in self.stops:
            start = stop.sent_rank if stop.sent_rank > reach else reach
            end = stop.closes_rank
            if end is None or end > now:
                end = now
            if end > start:
                used -= end - start
                reach = end
        return used

    def explain(self, lines: list[Line], up_to: date, day: date, open_ends: str | None, today: date) -> None:
        """Append the stretches of days from the base to `up_to` as seen from `day`.

        `open_ends` says what ends a question on `day` that is open on it; None: it is projected to its last day,
        or to `today`.
        """
        ranks = self.ranks
        reach, reach_rank, total = self.base, self.base_rank, 0
        for stop in self.stops:
            if stop.sent_on > reach:
                start, start_rank = stop.sent_on, stop.sent_rank
            else:
                start, start_rank = reach, reach_rank
            if start >= up_to:
                break
            if open_ends is None:
                end, ends = _projected_end(stop, day, today)
            else:
                end, ends = _known_end(stop, day, open_ends)
            end_rank = ranks[end]
            if end_rank <= start_rank:
                continue
            if start_rank > reach_rank:
                total += start_rank - reach_rank
                lines.append(explain.counted(reach, start, start_rank - reach_rank, total, self.law))
            days = end_rank - start_rank
            lines.append(explain.stopped(start, end, days, stop.kind, stop.ref, stop.sent_on, ends, self.law))
            reach, reach_rank = end, end_rank
        count = ranks[up_to] - reach_rank
        if count > 0:
            lines.append(explain.counted(reach, up_to, count, total + count, self.law))


def _known_end(stop: Stop, day: date, open_ends: str) -> tuple[date, str]:
    """Return the last day a question stops as known on `day`, and what ends it."""
    if stop.closes is None or stop.closes > day or stop.open_at(day):
        return day, open_ends
    return stop.closes, explain.ANSWERED if stop.answered else explain.SILENT


def _projected_end(stop: Stop, day: date, today: date) -> tuple[date, str]:
    """Return the last day a question stops, supposing that an open one is answered as late as may be."""
    if stop.closes is None:
        return today, explain.TODAY
    if stop.answered:
        return stop.closes, explain.ANSWERED
    return stop.closes, explain.LAST_DAY if day <= stop.closes else explain.SILENT
