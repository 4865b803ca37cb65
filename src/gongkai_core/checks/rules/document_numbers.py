"""发文字号: hexagonal brackets 〔〕, the whole year, no padding, no 第, no year that is still to come (GB/T 9704—2012)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from gongkai_core.checks.hits import Found, Kind, Severity
from gongkai_core.checks.page import Page
from gongkai_core.checks.rule import Rule

_NUMBER = re.compile(
    r"(?<=[\u4e00-\u9fff〇A-Za-z])([〔［\[【（(〈《])[ \u3000]?([0-9]{2,4})[ \u3000]?年?([〕］\]】）)〉》])"
    r"[ \u3000]?(第?)[ \u3000]?([0-9]{1,5})[ \u3000]?(号)"
)
_EARLIEST = 1949


def look(page: Page) -> Iterator[Found]:
    for number in _NUMBER.finditer(page.text):
        if advice := _advice(number, page.today):
            yield Found(*number.span(), advice)


def _advice(number: re.Match[str], today: date | None) -> str:
    opening, year, closing, ordinal, serial, _ = number.groups()
    right = f"〔{year}〕{int(serial)}号"
    if len(year) != 4:
        return f"年份写全四位，如〔20{year[-2:]}〕"
    if int(year) < _EARLIEST or (today and int(year) > today.year):
        return f"年份 {year} 不合理，请核对"
    if (opening, closing) != ("〔", "〕"):
        return f"年份用六角括号：{right}"
    if ordinal:
        return f"不加“第”：{right}"
    if serial.startswith("0"):
        return f"序号不编虚位：{right}" if int(serial) else "没有 0 号，请核对"
    return "" if number.group() == right else f"中间不留空：{right}"


RULE = Rule(
    id="document_numbers",
    name="发文字号",
    kind=Kind.FORMAT,
    severity=Severity.CLICK,
    article="GB/T 9704—2012 第7.2.5条；党政机关公文处理工作条例第九条",
    look=look,
    needs=("号",),
)
