"""The guide to government information (政府信息公开指南): its nine statutory elements (条例第十二条第二款)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

ARTICLE: Final = "条例第十二条第二款"

_PHONE = r"(?:\(?0\d{2,3}\)?[-－—\s]?)?\d{7,8}(?:[-转]\d{1,6})?|\d{3,4}[-－]\d{4,8}|1\d{10}|12345"
_FAX_VALUE: Final = re.compile(rf"传真[^\n]{{0,12}}?(?:{_PHONE})")


@dataclass(frozen=True, slots=True)
class Element:
    """One element: whether the guide has it, and the words that show it."""

    name: str
    quote: str

    @property
    def found(self) -> bool:
        return bool(self.quote)


ELEMENTS: Final[Mapping[str, re.Pattern[str]]] = {
    "政府信息的分类": re.compile(r"[^\n。]{0,16}分类[^\n。]{0,24}"),
    "编排体系": re.compile(r"[^\n。]{0,16}(?:编排体系|编排|编码规则|索引号的组成)[^\n。]{0,24}"),
    "获取方式": re.compile(r"[^\n。]{0,16}(?:获取方式|获取途径|获取渠道|公开形式|如何获取)[^\n。]{0,24}"),
    "工作机构名称": re.compile(r"(?:工作机构|受理机构|机构名称)[^\n]{0,8}?[:：是为]\s*[^\n，。；]{2,40}"),
    "办公地址": re.compile(r"(?:办公地址|办公地点|通信地址|地\s*址)\s*[:：是为]\s*[^\n，。；]{4,60}"),
    "办公时间": re.compile(r"(?:办公时间|受理时间|工作时间)[^\n。]{0,30}?\d{1,2}\s*[:：时点][^\n。]{0,40}"),
    "联系电话": re.compile(rf"(?:联系电话|咨询电话|办公电话|电话)[^\n。真]{{0,12}}?(?:{_PHONE})"),
    "传真号码": _FAX_VALUE,
    "互联网联系方式": re.compile(
        r"[^\n。]{0,12}(?:[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:https?://|www\.)[\w.-]+)", re.ASCII | re.I
    ),
}
"""The nine elements, each with how it looks when it is really given: a bare heading is not an address."""


def check_guide(text: str) -> tuple[Element, ...]:
    """Look for the nine elements in a guide's text, one line a paragraph; those not found have no quote."""
    plain = text.replace("\u3000", " ")
    return tuple(
        Element(name, match[0].strip() if (match := pattern.search(plain)) else "")
        for name, pattern in ELEMENTS.items()
    )


def outdated(text: str, particulars: Mapping[str, str]) -> tuple[str, ...]:
    """Names of the organ's particulars (电话, 地址…) whose present value does not stand in the guide.

    Spaces, dashes and the width of characters do not count; a particular that is empty is not asked for.
    """
    written = _bare(text)
    return tuple(name for name, value in particulars.items() if value and _bare(value) not in written)


_WIDTH: Final = {
    ord("："): ":",
    ord("（"): "(",
    ord("）"): ")",
    ord("，"): ",",
    **{ord("０") + n: str(n) for n in range(10)},
}


def _bare(text: str) -> str:
    return re.sub(r"[\s\-－—–~～至]+", "", text.translate(_WIDTH)).lower()
