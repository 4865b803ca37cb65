"""When in a year an organ owes what a catalogue entry asks of it: the occasions of 公开义务."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from gongkai_core.disclosure.terms import GENERAL_WORKDAYS, Term
from gongkai_core.workdays import Calendar

_DAY: Final = timedelta(days=1)


class Frequency(StrEnum):
    """How often an entry must be served. 长期 is a text that stands (指南, 机构职能) and is looked at once a year."""

    STANDING = "standing"
    YEARLY = "yearly"
    HALF_YEARLY = "half_yearly"
    QUARTERLY = "quarterly"
    MONTHLY = "monthly"


_MONTHS: Final = {
    Frequency.STANDING: 12,
    Frequency.YEARLY: 12,
    Frequency.HALF_YEARLY: 6,
    Frequency.QUARTERLY: 3,
    Frequency.MONTHLY: 1,
}


@dataclass(frozen=True, slots=True)
class Occasion:
    """One period in which something is owed: what is published from `opens_on` to `closes_on` serves it.

    `due_on` is the last day; what comes after it and before `closes_on` serves it late.
    """

    period: str
    year: int
    opens_on: date
    due_on: date
    closes_on: date


def occasions(
    frequency: Frequency, *, year: int, calendar: Calendar, after: Term | None = None, since: date | None = None
) -> tuple[Occasion, ...]:
    """The occasions of a year, in order.

    With `after` the information comes into being at the end of each period and is due that long after it (季度统计);
    it is then owed in the following period. Without it, it may come at any time and is looked for by the period's end.
    An organ that owes it only `since` some day has at least 20 working days from that day (条例第二十六条).
    """
    found = []
    closes = date.min
    for number, (first, last) in enumerate(_periods(year, _MONTHS[frequency]), start=1):
        opens, due, end = first, last, last
        if frequency == Frequency.STANDING:
            due = calendar.add_workdays(first - _DAY, GENERAL_WORKDAYS)
        elif after is not None:
            opens, due = last + _DAY, after.due(last, calendar)
            end = _end_of(opens, _MONTHS[frequency])
        if since is not None and since > end:
            continue
        if since is not None and since > opens:
            due = max(due, calendar.add_workdays(since, GENERAL_WORKDAYS))
        # A term longer than its period (a month's over the spring festival) takes its days from the next one.
        opens = max(opens, closes + _DAY)
        due = max(due, opens)
        closes = max(due, end)
        found.append(Occasion(_name(frequency, year, number), year, opens, due, closes))
    return tuple(found)


def _periods(year: int, months: int) -> list[tuple[date, date]]:
    starts = [date(year, month, 1) for month in range(1, 13, months)]
    return [(start, _end_of(start, months)) for start in starts]


def _end_of(start: date, months: int) -> date:
    years, month = divmod(start.month - 1 + months, 12)
    return date(start.year + years, month + 1, 1) - _DAY


def _name(frequency: Frequency, year: int, number: int) -> str:
    mark = {Frequency.HALF_YEARLY: f"H{number}", Frequency.QUARTERLY: f"Q{number}", Frequency.MONTHLY: f"-{number:02d}"}
    return f"{year}{mark.get(frequency, '')}"


def period_words(period: str) -> str:
    """`2026Q3` → 2026年第三季度."""
    year, rest = period[:4], period[4:]
    if not rest:
        return f"{year}年"
    if rest[0] == "H":
        return f"{year}年{'上' if rest == 'H1' else '下'}半年"
    return f"{year}年第{'一二三四'[int(rest[1]) - 1]}季度" if rest[0] == "Q" else f"{year}年{int(rest[1:])}月"
