"""One passage made ready for the rules, with what several of them need computed once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

from gongkai_core.passages import Passage

NARROW = str.maketrans("０１２３４５６７８９Ｘｘ－＠．", "0123456789Xx-@.")
"""Full-width signs as they are typed by a Chinese input method; one for one, so places stay."""

# Groups of digits held together by one blank or hyphen: 360722 1985 0101 123X, 138-0013-8000.
_RUN = re.compile(r"[0-9０-９](?:[ \u00a0\u3000\-－]?+[0-9０-９]){6,}+")
_GROUP = re.compile(r"[0-9０-９]+")
_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_０１２３４５６７８９")
_MOST_GROUPS = 6
_LONGEST = 21
# What a number is called when it is no person's: the words right before it.
_SERIAL = re.compile(
    r"(?:单号|编号|流水号|批号|票号|登记号|注册号|许可证号|证书号|备案号|项目代码|统一代码|信用代码|机构代码|条码|序列号"
    r"|受理号|索引号|档案号|合同号|发票号码|发票代码|文号|案号|宗地号|不动产单元号|税号|设备号|货号)"
    r"[）)〕\]]?[ \u3000]{0,2}[:：为是]?[ \u3000]{0,2}$"
)
_UNIT = re.compile(r"[ \u3000]?(?:[元万亿吨亩户只件株头册份套米条个本台项%％]|人次|公里|公斤|平方|立方|千瓦|美元|欧元)")


class Number(NamedTuple):
    """A number as it may be meant: `digits` are plain, `start` and `end` its place in the text."""

    start: int
    end: int
    digits: str


class Page:
    """A passage and the day on which it is judged."""

    def __init__(self, passage: Passage, today: date | None = None, *, to_be_open: bool = True) -> None:
        self.text, self.where, self.today, self.to_be_open = passage.text, passage.where, today, to_be_open

    @cached_property
    def numbers(self) -> Sequence[Number]:
        """Every number of seven digits and more, joined over its separators in each way that may be meant."""
        text = self.text
        numbers: list[Number] = []
        for run in _RUN.finditer(text):
            start, end = run.span()
            digits = run.group()
            if not digits.isdigit():
                numbers += _readings(text, start, digits)
            elif end - start <= _LONGEST and _stands_free(text, start, end):  # most are plain
                numbers.append(Number(start, end, digits if digits.isascii() else digits.translate(NARROW)))
        return numbers

    def before(self, place: int, length: int = 12) -> str:
        """The signs before a place, within its line."""
        head = self.text[max(0, place - length) : place]
        return head[head.rfind("\n") + 1 :]

    def line(self, place: int, reach: int = 80) -> str:
        """The line around a place, at most `reach` signs to each side."""
        start = max(self.text.rfind("\n", max(0, place - reach), place) + 1, place - reach, 0)
        end = self.text.find("\n", place, place + reach)
        return self.text[start : end if end >= 0 else place + reach]

    def is_serial(self, number: Number) -> bool:
        """Whether the words before say that it is the number of a thing: 订单编号, 统一社会信用代码."""
        return _SERIAL.search(self.before(number.start, 14)) is not None

    def is_amount(self, number: Number) -> bool:
        """Whether a unit follows or a currency sign stands before: an amount."""
        return self.text[number.start - 1 : number.start] in ("¥", "￥", "$") or (
            _UNIT.match(self.text, number.end) is not None
        )


def places_of(signs: Iterable[str], text: str) -> list[int]:
    """Every place of some rare signs or words, in order: faster one after the other than as a set of them."""
    found = []
    for sign in signs:
        place = text.find(sign)
        while place >= 0:
            found.append(place)
            place = text.find(sign, place + 1)
    found.sort()
    return found


def _readings(text: str, start: int, run: str) -> Iterator[Number]:
    """The numbers that groups of digits with separators may be meant to be."""
    groups = [(start + group.start(), start + group.end()) for group in _GROUP.finditer(run)]
    for first in range(len(groups)):
        begin, digits = groups[first][0], ""
        for group_start, group_end in groups[first : first + _MOST_GROUPS]:
            if digits and group_end - group_start < 3:
                break  # no card or telephone is written with so short a group
            digits += text[group_start:group_end]
            if len(digits) > _LONGEST:
                break
            if len(digits) >= 7 and _stands_free(text, begin, group_end):
                yield Number(begin, group_end, digits.translate(NARROW))


def _stands_free(text: str, start: int, end: int) -> bool:
    """Not part of a longer code, of a decimal, or of an address on the web."""
    if start:
        last = text[start - 1]
        if last in _LETTERS or last in ".．=" or (last == "/" and (start == 1 or text[start - 2].isascii())):
            return False
    after = text[end : end + 2]
    if not after:
        return True
    if after[0] in ".．":
        return not after[1:].isdigit()
    return after[0] not in _LETTERS or after[0] in "xXＸｘ"
