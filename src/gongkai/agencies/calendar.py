"""The office's calendar: the core's, with the years and local holidays that the office entered."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from django.core.cache import cache

from gongkai.agencies.models import CalendarRange, CalendarYear, DayKind
from gongkai_core.workdays import Calendar

_built: dict[str, Calendar] = {}


def days_of(ranges: list[tuple[str, date, date]]) -> dict[str, list[date]]:
    """Spread ranges (kind, first, last) into days by kind."""
    days: dict[str, list[date]] = defaultdict(list)
    for kind, first, last in ranges:
        days[kind] += [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return days


def lay_over(
    calendar: Calendar, year: int, notice: str, ranges: list[tuple[str, date, date]], *, local: bool
) -> Calendar:
    """The calendar with one entered year, or one year of local holidays, laid over it."""
    days = days_of(ranges)
    off, work = days[DayKind.OFF], days[DayKind.WORK]
    return calendar.with_local(off, work) if local else calendar.with_year(year, off, work, notice)


def office_calendar() -> Calendar:
    """The calendar in force in this office now."""
    stamp = cache.get_or_set("agencies.calendar", _stamp, 2)
    if stamp not in _built:
        _built.clear()
        _built[stamp] = _build()
    return _built[stamp]


def calendar_changed() -> None:
    """Forget the cached stamp in this process after an entry; others follow within two seconds."""
    cache.delete("agencies.calendar")


def _stamp() -> str:
    rows = CalendarYear.objects.order_by("pk").values_list("pk", "entered_at")
    return ";".join(f"{pk}@{at.isoformat()}" for pk, at in rows) or "none"


def _build() -> Calendar:
    calendar = Calendar.default()
    ranges: dict[int, list[tuple[str, date, date]]] = defaultdict(list)
    for row in CalendarRange.objects.all():
        ranges[row.calendar_id].append((row.kind, row.first, row.last))
    for entered in CalendarYear.objects.order_by("local", "year"):
        calendar = lay_over(calendar, entered.year, entered.notice, ranges[entered.pk], local=entered.local)
    return calendar
