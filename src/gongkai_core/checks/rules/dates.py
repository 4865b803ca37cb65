"""日期: a day that no calendar has, a weekday that isn't that day's, a document dated later than today."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from gongkai_core.checks.hits import Found, Kind, Severity
from gongkai_core.checks.page import Page
from gongkai_core.checks.rule import Rule

# Each begins with a sign by which the search hurries on; what stands before it is looked at afterwards.
_IN_DIGITS = re.compile(r"月[ ]?([0-9]{1,2})[ ]?日(?:[（(]?(?:星期|周)([一二三四五六日天]))?")
_MONTH_BEFORE = re.compile(r"(?:(?<![0-9])([0-9]{4})[ ]?年[ ]?)?(?<![0-9.\-])([0-9]{1,2})[ ]?$")
_WITH_HYPHENS = re.compile(r"(?:19|20)([0-9]{2})([\-/.])([0-9]{1,2})\2([0-9]{1,2})(?![0-9A-Za-z\-/.])")
_CODE_BEFORE = re.compile(r"[0-9A-Za-z\-/.]$")
_IN_CHINESE = re.compile(
    r"[〇○零一二三四五六七八九]{4}年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)
_SIGNS = {
    sign: value
    for value, signs in enumerate(("〇○零", "一", "二", "三", "四", "五", "六", "七", "八", "九"))
    for sign in signs
}
_WEEK = "一二三四五六日"
_LEAP_YEAR = 2000
_BLANK = " \t\u3000\r"


def look(page: Page) -> Iterator[Found]:
    for match in _IN_DIGITS.finditer(page.text):
        if before := _MONTH_BEFORE.search(page.before(match.start())):
            year, month = before.groups()
            start = match.start() - len(before.group())
            day = _Day(start, match.end(), int(year) if year else None, int(month), int(match.group(1)))
            yield from _judged(page, day, match.group(2))
    for match in _WITH_HYPHENS.finditer(page.text):
        year, mark, month, last = match.groups()
        if _CODE_BEFORE.search(page.before(match.start(), 1)) or (mark != "-" and int(month) > 12):
            continue  # part of a code; 2025.13.5 may be anything
        yield from _judged(page, _Day(*match.span(), int(match.group()[:4]), int(month), int(last)))
    for match in _IN_CHINESE.finditer(page.text):
        in_signs = int("".join(str(_SIGNS[sign]) for sign in match.group()[:4]))
        yield from _judged(page, _Day(*match.span(), in_signs, _tens(match.group(1)), _tens(match.group(2))))


class _Day(NamedTuple):
    start: int
    end: int
    year: int | None
    month: int
    day: int


def _judged(page: Page, given: _Day, weekday: str | None = None) -> Iterator[Found]:
    start, end, year, month, day = given
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(year or _LEAP_YEAR, month)[1]:
        yield Found(start, end, "没有这一天，请核对")
    elif not year:
        return
    elif weekday and (right := _WEEK[date(year, month, day).weekday()]) != weekday.replace("天", "日"):
        yield Found(start, end, f"这一天是星期{right}，请核对日期和星期")
    elif page.today and date(year, month, day) > page.today and _stands_alone(page.text, start, end):
        yield Found(start, end, "落款日期在今天之后，请核对")


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether the date is a line by itself, as the one under a document is."""
    while start > 0 and text[start - 1] in _BLANK:
        start -= 1
    while end < len(text) and text[end] in _BLANK:
        end += 1
    return (start == 0 or text[start - 1] == "\n") and (end == len(text) or text[end] == "\n")


def _tens(signs: str) -> int:
    """十 10, 十二 12, 二十 20, 三十一 31, 四 4; 0 for what is no such number."""
    tens, ten, ones = signs.rpartition("十")
    if len(tens) > 1 or len(ones) > 1 or "十" in tens:
        return 0
    return (_SIGNS[tens] if tens else 1) * 10 * bool(ten) + (_SIGNS[ones] if ones else 0)


RULE = Rule(
    id="dates",
    name="日期",
    kind=Kind.FORMAT,
    severity=Severity.CLICK,
    article="党政机关公文处理工作条例第九条",
    look=look,
)
