"""Time limits of publication (公开时限) as catalogues write them: 实时, n 个工作日, n 日, n 个月, 及时 (rule CAT-01)."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from gongkai_core.workdays import Calendar

GENERAL_WORKDAYS: Final = 20
"""条例第二十六条: what 及时 means at the latest."""


class Kind(StrEnum):
    """How a limit counts."""

    REALTIME = "realtime"
    WORKDAYS = "workdays"
    DAYS = "days"
    MONTHS = "months"
    PROMPTLY = "promptly"


@dataclass(frozen=True, slots=True)
class Term:
    """A limit: `count` of its kind, 0 where the kind has none."""

    kind: Kind
    count: int = 0

    def __post_init__(self) -> None:
        counted = self.kind in (Kind.WORKDAYS, Kind.DAYS, Kind.MONTHS)
        if counted != (self.count > 0):
            raise ValueError(f"公开时限的数不对：{self.kind} {self.count}")

    def due(self, start: date, calendar: Calendar) -> date:
        """Return the last day when the term runs from `start`, which is not counted (民法典第二百零一条).

        A last day that is a day off moves to the next working day (第二百零三条). 实时 is the day itself.
        """
        if self.kind == Kind.REALTIME:
            return start
        if self.kind == Kind.DAYS:
            return calendar.add_natural_days(start, self.count)
        if self.kind == Kind.MONTHS:
            return calendar.next_workday_on_or_after(_months_after(start, self.count))
        return calendar.add_workdays(start, self.count or GENERAL_WORKDAYS)

    @property
    def words(self) -> str:
        """The limit as a catalogue writes it."""
        return {
            Kind.REALTIME: "实时",
            Kind.WORKDAYS: f"{self.count}个工作日",
            Kind.DAYS: f"{self.count}日",
            Kind.MONTHS: f"{self.count}个月",
            Kind.PROMPTLY: "及时",
        }[self.kind]

    @property
    def code(self) -> str:
        """`workdays:20`, `realtime`: for storing; `Term.from_code` reads it."""
        return f"{self.kind}:{self.count}" if self.count else str(self.kind)

    @classmethod
    def from_code(cls, code: str) -> Term:
        """The term of a `code`; ValueError when it is none."""
        kind, _, count = code.partition(":")
        return cls(Kind(kind), int(count or 0))


def _months_after(day: date, count: int) -> date:
    years, month = divmod(day.month - 1 + count, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


_DIGITS: Final = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_NUMBER = r"(?P<number>\d{1,3}|[一二三四五六七八九两]?十[一二三四五六七八九]?|[一二三四五六七八九两])"
_LIMITS: Final = (
    (Kind.WORKDAYS, re.compile(_NUMBER + r"个?(?:法定)?工作日")),
    (Kind.MONTHS, re.compile(_NUMBER + r"个月")),
    (Kind.DAYS, re.compile(_NUMBER + r"个?(?:自然日|日历日|日|天)(?!前|起|以后)")),
    (Kind.DAYS, re.compile(_NUMBER + r"个?小时")),
)
_FULL_WIDTH: Final = str.maketrans("０１２３４５６７８９（）：；", "0123456789():;")
# 公示期不少于五日 says how long it stays up, not by when it must be up; 每月10日前 is a day of the calendar.
_NO_LIMIT: Final = re.compile(
    r"(?:公示期?(?:限|间|时间)?|公告期(?:限|间)?|展示|征求意见(?:期限|时间)?)[^，,;。]*?(?:不少于|不得少于|不低于|为|:)?"
    r"(?:不少于|不得少于|不低于|为|:)\s*(?:\d+|[一二三四五六七八九十]+)个?(?:工作日|自然日|日|天|个月)|"
    r"(?:不少于|不得少于|不低于)(?:\d+|[一二三四五六七八九十]+)个?(?:工作日|自然日|日|天)"
)
_REALTIME: Final = re.compile(r"实时|即时|当日|当天|立即|同步")
_PROMPTLY: Final = re.compile(r"及时|长期|常年|适时|动态|随时|尽快|定期|按[^，,;。]{0,12}(?:规定|要求)|从其规定")
_FREQUENCIES: Final = (
    ("monthly", re.compile(r"每月|按月|月度|逐月|一月一次")),
    ("quarterly", re.compile(r"每季|按季|季度|每三个月")),
    ("half_yearly", re.compile(r"每半年|半年一次|半年度")),
    ("yearly", re.compile(r"每年|按年|年度|一年一次")),
    ("standing", re.compile(r"长期|常年|动态")),
)


def _number(text: str) -> int:
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.partition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else _DIGITS[tens]) + _DIGITS.get(ones, 0)


def parse_term(text: str) -> Term | None:
    """Return the limit that a cell 公开时限 states, the strictest where it states several; None when it states none.

    Hours become days (24 小时 is one day). A frequency alone (每季度公开) means 及时 within it.
    """
    bare = _NO_LIMIT.sub("", re.sub(r"\s+", "", text).translate(_FULL_WIDTH))
    found: list[Term] = []
    for kind, pattern in _LIMITS:
        for match in pattern.finditer(bare):
            count = _number(match["number"])
            if "小时" in match[0]:
                count = -(-count // 24)
            if count:
                found.append(Term(kind, count))
        bare = pattern.sub("", bare)
    if found:
        return min(found, key=_rough_days)
    if _REALTIME.search(bare):
        return Term(Kind.REALTIME)
    if _PROMPTLY.search(bare) or frequency_words(bare):
        return Term(Kind.PROMPTLY)
    return None


def _rough_days(term: Term) -> float:
    return term.count * {Kind.WORKDAYS: 1.4, Kind.DAYS: 1.0, Kind.MONTHS: 30.0}[term.kind]


def frequency_words(text: str) -> str:
    """How often a cell 公开时限 asks: monthly, quarterly, half_yearly, yearly, standing; empty when it doesn't say."""
    return next((name for name, pattern in _FREQUENCIES if pattern.search(text)), "")
