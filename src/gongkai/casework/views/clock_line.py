"""The clock of the case page: the sum line by line, and a strip of working days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.agencies.calendar import office_calendar
from gongkai.casework import clock
from gongkai.casework.models import Case
from gongkai_core.clock import Result

STOPS = "RPY-02"
"""The rule of the computation lines that leave days out (domain-spec §1.4)."""
LONGEST_STRIP = 45
"""Working days shown at most: a strip is for the eye."""


@dataclass(frozen=True)
class Day:
    """One working day of the strip: its look, what it is in words, and the little that is written on it."""

    on: date
    look: str
    words: str
    label: str


@dataclass(frozen=True)
class ClockLine:
    result: Result
    days: list[Day]


def clock_line(case: Case, today: date) -> ClockLine:
    """The replay with its strip of working days, from receipt to the last day (or today, when that is later)."""
    result = clock.replay(case, today)
    anew = clock.redecision_of(case)
    closed = anew.replied_on if anew else case.counted_on
    return ClockLine(result, _strip(case, result, today, closed))


def _strip(case: Case, result: Result, today: date, closed: date | None) -> list[Day]:
    calendar, first = office_calendar(), result.received_on
    end = max(result.reply_by or closed or today, min(today, closed or today))
    span = [first + timedelta(days=n) for n in range((end - first).days + 1)]
    worked = [day for day in span if calendar.is_workday(day) or day in (first, today, result.reply_by)]
    stopped, shown = _stopped(result), worked[-LONGEST_STRIP:]
    return [
        Day(
            day,
            _look(day, case, result, today, stopped, closed),
            _words(day, result, today, stopped, closed),
            f"{day.month}/{day.day}" if n == 0 or day.month != shown[n - 1].month else str(day.day),
        )
        for n, day in enumerate(shown)
    ]


def _look(day: date, case: Case, result: Result, today: date, stopped: set[date], closed: date | None) -> str:
    due = result.reply_by
    looks = []
    if day in stopped:
        looks.append("day-stop")
    if day == due:
        looks.append("day-due")
    if due and due < day <= min(today, closed or today):
        looks.append("day-late")
    if day == today and not case.finished:
        looks.append("day-today")
    if day > today:
        looks.append("day-ahead")
    return " ".join(looks)


def _words(day: date, result: Result, today: date, stopped: set[date], closed: date | None) -> str:
    said = [
        ("收到日，不计入", day == result.received_on),
        ("征求意见，不计入", day in stopped),
        ("今天", day == today),
        ("答复期限", day == result.reply_by),
        ("办结", day == closed),
    ]
    return "，".join([f"{day.month} 月 {day.day} 日", *(words for words, holds in said if holds)])


def _stopped(result: Result) -> set[date]:
    """Days that the computation says do not count."""
    days: set[date] = set()
    for line in result.explanation:
        if line["rule"] == STOPS:
            first, last = date.fromisoformat(line["from"]), date.fromisoformat(line["to"])
            days |= {first + timedelta(days=n) for n in range((last - first).days + 1)}
    return days
