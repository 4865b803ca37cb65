"""Periods for which figures are filed: a year, its quarters, its months, each by a short code."""

from __future__ import annotations

import calendar
from datetime import date

from gongkai.agencies.ledger import Period
from gongkai_core.errors import InputError

YEAR = "year"
QUARTERS = tuple(f"Q{number}" for number in range(1, 5))
MONTHS = tuple(f"M{number:02d}" for number in range(1, 13))
CODES = (YEAR, *QUARTERS, *MONTHS)
CHOICES = [
    (YEAR, "全年"),
    *((code, f"第{numeral}季度") for code, numeral in zip(QUARTERS, "一二三四", strict=True)),
    *((code, f"{int(code[1:])}月") for code in MONTHS),
]


def period_of(year: int, code: str) -> Period:
    """The days of a period. InputError for a code that is none."""
    if code == YEAR:
        return Period.of_year(year)
    if code in QUARTERS:
        last = int(code[1:]) * 3
        return _months(year, last - 2, last)
    if code in MONTHS:
        return _months(year, int(code[1:]), int(code[1:]))
    raise InputError(f"没有这个统计期：{code}")


def _months(year: int, first: int, last: int) -> Period:
    return Period(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]))


def label_of(year: int, code: str) -> str:
    """2026 年度, 2026 年第三季度, 2026 年 9月."""
    return f"{year} 年度" if code == YEAR else f"{year} 年{dict(CHOICES)[code]}"


def parts_of(code: str) -> tuple[tuple[str, ...], ...]:
    """The ways in which shorter periods make up a longer one; none for a month."""
    if code == YEAR:
        return QUARTERS, MONTHS
    if code in QUARTERS:
        last = int(code[1:]) * 3
        return (MONTHS[last - 3 : last],)
    return ()
