"""机动车号牌 (GA 36—2018): a province's sign, a letter, five or six letters and digits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai_core.checks.hits import Found, Kind, Severity
from gongkai_core.checks.page import Page
from gongkai_core.checks.rule import Rule

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
# Beginning with the letter, which is rare in Chinese, is several times faster than beginning with the province.
_PLATE = re.compile(
    r"[A-HJ-NP-Z][·•・ ]?(?:[A-HJ-NP-Z0-9]{6}|[A-HJ-NP-Z0-9]{5}|[A-HJ-NP-Z0-9]{4}[挂学警港澳])(?![A-Za-z0-9\-〔（(])"
)
_DIGITS = re.compile(r"[0-9]")


def look(page: Page) -> Iterator[Found]:
    for plate in _PLATE.finditer(page.text):
        of_a_province = plate.start() > 0 and page.text[plate.start() - 1] in _PROVINCES
        if of_a_province and len(_DIGITS.findall(plate.group())) >= 3:
            yield Found(plate.start() - 1, plate.end(), "删去，或者遮蔽中间几位；公务用车、拍卖标的须公开的，写明理由")


def mask(text: str) -> str:
    """The province and the last sign only."""
    return f"{text[:2]}****{text[-1]}"


RULE = Rule(
    id="plate",
    name="车牌号",
    kind=Kind.PRIVACY,
    severity=Severity.REASON,
    article="条例第十五条；个人信息保护法第四条、第三十四条",
    look=look,
    mask=mask,
)
