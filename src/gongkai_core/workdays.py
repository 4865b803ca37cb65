"""Working days (工作日) by the State Council's yearly arrangement of holidays (放假安排).

A day is a working day when a notice makes it one (调休上班), else not when a notice makes it a day off, else
from Monday to Friday. A year whose notice has not been entered is computed by weekends alone: provisional.
The yearly entries are united, because a notice may move days of the neighbouring year.

Everything rests on one table: for each day, how many working days there are up to and including it (its
rank), and the list of working days by rank. So the n-th working day after a date is two look-ups.
Days outside the table are computed by weekends.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def iso_date(text: object) -> date:
    """Return the date written as YYYY-MM-DD; `ValueError` for anything else, other ISO forms included."""
    if not isinstance(text, str) or not ISO_DATE.fullmatch(text):
        raise ValueError(f"不是日期（应为 YYYY-MM-DD）：{text!r}")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"没有这一天：{text}") from None


@dataclass(frozen=True, slots=True)
class Arrangement:
    """One year's arrangement of holidays: days off, working days moved to a weekend, the notices (文号或者网址)."""

    off_days: frozenset[date]
    work_days: frozenset[date]
    notices: tuple[str, ...]


class _Ranks(dict[date, int]):
    """Ranks by date: the table's are stored, those of other days are computed."""

    def __init__(self, calendar: Calendar, days: Iterable[tuple[date, int]]) -> None:
        super().__init__(days)
        self.calendar = calendar

    def __missing__(self, day: date) -> int:
        return self.calendar.rank(day)


@dataclass(frozen=True, eq=False)
class Calendar:
    """An immutable calendar of working days. Make it with `default`, `from_json`, `with_year`, `with_local`.

    `years` are the national arrangements; `local` says for single days whether they are worked here, and goes
    before them. `version` is a digest of the content: equal calendars have equal versions.
    """

    years: Mapping[int, Arrangement]
    local: Mapping[date, bool] = field(default_factory=dict)
    version: str = field(init=False)
    published_years: frozenset[int] = field(init=False, repr=False)  # those entered with their notice
    ranks: Mapping[date, int] = field(init=False, repr=False)  # `rank` by subscript, for code that is in a hurry
    _first: int = field(init=False, repr=False)  # ordinal of the table's first day
    _size: int = field(init=False, repr=False)  # days in the table
    _ranks: list[int] = field(init=False, repr=False)  # by day: working days in the table up to and with it
    _days: list[date] = field(init=False, repr=False)  # by rank; entry 0 only fills the place
    _weekdays_before: int = field(init=False, repr=False)  # Monday to Friday, from 0001-01-01 to the table

    def __post_init__(self) -> None:
        set_ = object.__setattr__
        set_(self, "years", MappingProxyType(dict(sorted(self.years.items()))))
        set_(self, "local", MappingProxyType(dict(sorted(self.local.items()))))
        set_(self, "version", _digest(self.years, self.local))
        set_(self, "published_years", frozenset(year for year, entry in self.years.items() if entry.notices))
        exceptions = _exceptions(self.years, self.local)
        spoken_for = [*self.years, *(day.year for day in exceptions)] or [2000]
        first = date(max(min(spoken_for) - 1, 1), 1, 1).toordinal()
        last = date(min(max(spoken_for) + 1, date.max.year), 12, 31).toordinal()
        ranks, days, rank = [], [date.min], 0
        for ordinal in range(first, last + 1):
            day = date.fromordinal(ordinal)
            if exceptions.get(day, day.weekday() < 5):
                rank += 1
                days.append(day)
            ranks.append(rank)
        set_(self, "_first", first)
        set_(self, "_size", len(ranks))
        set_(self, "_ranks", ranks)
        set_(self, "_days", days)
        table = zip(map(date.fromordinal, range(first, last + 1)), ranks, strict=True)
        set_(self, "ranks", _Ranks(self, table))
        set_(self, "_weekdays_before", _weekdays_up_to(first - 1))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Calendar) and self.version == other.version

    def __hash__(self) -> int:
        return hash(self.version)

    @classmethod
    @cache
    def default(cls) -> Calendar:
        """Return the calendar shipped with the package: 2016–2026, each year with its notice."""
        text = (files("gongkai_core") / "data" / "cn-workdays.json").read_text(encoding="utf-8")
        return cls.from_json(json.loads(text))

    @classmethod
    def from_json(cls, data: object) -> Calendar:
        """Build a calendar from `{"2026": {"off_days": [...], "work_days": [...], "papers": [...]}}`."""
        return cls(_parse_years(data))

    def with_json(self, data: object) -> Calendar:
        """Return this calendar with the years of `data` (format of `from_json`) in place of its own."""
        return Calendar({**self.years, **_parse_years(data)}, self.local)

    def with_year(self, year: int, off_days: Iterable[date], work_days: Iterable[date], notice: str) -> Calendar:
        """Return this calendar with the arrangement of `year` as an office entered it from `notice`."""
        if not notice.strip():
            raise ValueError("须写明放假安排的文号")
        arrangement = Arrangement(frozenset(off_days), frozenset(work_days), (notice.strip(),))
        _check_arrangement(year, arrangement)
        return Calendar({**self.years, year: arrangement}, self.local)

    def with_local(self, off_days: Iterable[date] = (), work_days: Iterable[date] = ()) -> Calendar:
        """Return this calendar with local holidays and local working days laid over it."""
        off, work = set(off_days), set(work_days)
        if both := off & work:
            raise ValueError(f"同一天不能既放假又上班：{min(both)}")
        days = dict.fromkeys(off, False) | dict.fromkeys(work, True)
        return Calendar(self.years, {**self.local, **days})

    def published(self, year: int) -> bool:
        """Say whether the arrangement of `year` has been entered with its notice (else it is provisional)."""
        return year in self.published_years

    def rank(self, day: date) -> int:
        """Return the number of working days up to and including `day`, counted from a fixed day.

        Only differences mean something: `rank(b) - rank(a)` are the working days after a, up to b.
        """
        index = day.toordinal() - self._first
        if 0 <= index < self._size:
            return self._ranks[index]
        weekdays = _weekdays_up_to(day.toordinal()) - self._weekdays_before
        return weekdays if index < 0 else weekdays + self._holidays_in_table()

    def day_of_rank(self, rank: int) -> date:
        """Return the working day that has this rank; `OverflowError` when it lies after the year 9999."""
        if 0 < rank < len(self._days):
            return self._days[rank]
        if rank > 0:
            rank -= self._holidays_in_table()
        weeks, days = divmod(rank + self._weekdays_before - 1, 5)
        try:
            return date.fromordinal(7 * weeks + days + 1)
        except ValueError:
            raise OverflowError("日期超出可以计算的范围") from None

    def is_workday(self, day: date) -> bool:
        """Say whether `day` is a working day."""
        index = day.toordinal() - self._first
        if 0 < index < self._size:
            return self._ranks[index] != self._ranks[index - 1]
        return day.weekday() < 5

    def add_workdays(self, day: date, count: int) -> date:
        """Return the `count`-th working day after `day`; `day` itself is not counted (民法典第二百零一条)."""
        if count < 1:
            raise ValueError("工作日数至少是 1")
        index = day.toordinal() - self._first
        if index >= 0:
            try:
                return self._days[self._ranks[index] + count]
            except IndexError:
                pass
        return self.day_of_rank(self.rank(day) + count)

    def workdays_between(self, after: date, up_to: date) -> int:
        """Return how many working days lie after `after`, up to and including `up_to`; negative backwards."""
        return self.rank(up_to) - self.rank(after)

    def next_workday_on_or_after(self, day: date) -> date:
        """Return `day` when it is a working day, else the next one (民法典第二百零三条)."""
        return day if self.is_workday(day) else self.day_of_rank(self.rank(day) + 1)

    def add_natural_days(self, day: date, count: int) -> date:
        """Return the last day of a period of `count` days after `day`, which is not counted; a last day that is
        a day off moves to the next working day (民法典第二百零一条、第二百零三条)."""
        if count < 1:
            raise ValueError("天数至少是 1")
        return self.next_workday_on_or_after(day + timedelta(days=count))

    def _holidays_in_table(self) -> int:
        # Working days of the table less its weekdays: after the table, the count by weekends is off by this.
        last = self._first + self._size - 1
        return self._ranks[-1] - (_weekdays_up_to(last) - self._weekdays_before)


def _weekdays_up_to(ordinal: int) -> int:
    """Return the number of days from Monday to Friday in 1..ordinal; day 1 (0001-01-01) is a Monday."""
    weeks, days = divmod(ordinal, 7)
    return 5 * weeks + min(days, 5)


def _exceptions(years: Mapping[int, Arrangement], local: Mapping[date, bool]) -> dict[date, bool]:
    """Return for each day that a notice or the place speaks of whether it is worked."""
    exceptions: dict[date, bool] = {}
    for arrangement in years.values():
        exceptions.update(dict.fromkeys(arrangement.off_days, False))
    for arrangement in years.values():  # a working day made so by any notice stands
        exceptions.update(dict.fromkeys(arrangement.work_days, True))
    exceptions.update(local)
    return exceptions


def _parse_years(data: object) -> dict[int, Arrangement]:
    if not isinstance(data, dict):
        raise ValueError("放假安排应为以年份为键的 JSON 对象")
    years = {}
    for key, entry in data.items():
        if not re.fullmatch(r"[0-9]{4}", str(key)) or not isinstance(entry, dict):
            raise ValueError(f"放假安排的年份或者内容不对：{key}")
        if unknown := sorted(set(entry) - {"off_days", "work_days", "papers"}):
            raise ValueError(f"{key} 年放假安排有未知的字段：{unknown[0]}")
        notices = _list(key, entry, "papers")
        if not all(isinstance(notice, str) and notice.strip() for notice in notices):
            raise ValueError(f"{key} 年放假安排的 papers 应为文号或者网址")
        arrangement = Arrangement(
            frozenset(iso_date(day) for day in _list(key, entry, "off_days")),
            frozenset(iso_date(day) for day in _list(key, entry, "work_days")),
            tuple(notices),
        )
        _check_arrangement(int(key), arrangement)
        years[int(key)] = arrangement
    return years


def _list(year: str, entry: dict[str, Any], name: str) -> list[Any]:
    value = entry.get(name, [])
    if not isinstance(value, list):
        raise ValueError(f"{year} 年放假安排的 {name} 应为列表")
    return value


def _check_arrangement(year: int, arrangement: Arrangement) -> None:
    if both := arrangement.off_days & arrangement.work_days:
        raise ValueError(f"同一天不能既放假又上班：{min(both)}")
    for day in sorted(arrangement.off_days | arrangement.work_days):
        if abs(day.year - year) > 1:
            raise ValueError(f"{day} 不在 {year} 年或者相邻的年份")


def _digest(years: Mapping[int, Arrangement], local: Mapping[date, bool]) -> str:
    content = {
        "years": {
            str(year): [
                sorted(map(str, arrangement.off_days)),
                sorted(map(str, arrangement.work_days)),
                list(arrangement.notices),
            ]
            for year, arrangement in years.items()
        },
        "local": {str(day): worked for day, worked in local.items()},
    }
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()[:16]
