"""公民身份号码: 18 characters whose check character fits, or 15 digits of the old kind with a sensible day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from gongkai_core.checks.hits import Found, Kind, Severity
from gongkai_core.checks.page import Number, Page
from gongkai_core.checks.rule import Rule
from gongkai_core.identity import PROVINCES, mask_id_number, valid_credit_code, valid_resident_id

_LABEL = re.compile(r"身份|证件|居民")
_SAYS_CREDIT_CODE = re.compile(r"信用代码|机构代码|纳税人|税号")
_MASK = "删去，或者只保留需要的几位，其余以 * 代替"
_WRONG = "像是身份证号，但校验码不符：核对后删去，或者以 * 遮蔽"
_EXTRA = "xXＸｘ"


def look(page: Page) -> Iterator[Found]:
    text = page.text
    for number in page.numbers:
        length = len(number.digits)
        if length == 17 and text[number.end : number.end + 1] in tuple(_EXTRA):
            number = number._replace(end=number.end + 1, digits=f"{number.digits}X")
            length = 18
        if length == 18 and (suggestion := _of_18(page, number)):
            yield Found(number.start, number.end, suggestion)
        elif length == 15 and _old_kind(number.digits) and not page.is_serial(number):
            yield Found(number.start, number.end, _MASK)


def _of_18(page: Page, number: Number) -> str:
    if valid_resident_id(number.digits) and _shaped(number.digits):
        doubtful = valid_credit_code(number.digits) and _SAYS_CREDIT_CODE.search(page.before(number.start, 20))
        return "" if doubtful else _MASK
    if _shaped(number.digits) and _LABEL.search(page.before(number.start, 20)):
        return _WRONG
    return ""


def _shaped(digits: str) -> bool:
    return digits[:2] in PROVINCES and _is_day(digits[6:10], digits[10:12], digits[12:14])


def _old_kind(digits: str) -> bool:
    return digits[:2] in PROVINCES and digits[2:6] > "0100" and _is_day(f"19{digits[6:8]}", digits[8:10], digits[10:12])


def _is_day(year: str, month: str, day: str) -> bool:
    try:
        return 1900 <= date(int(year), int(month), int(day)).year <= 2099
    except ValueError:
        return False


RULE = Rule(
    id="identity_card",
    name="身份证号",
    kind=Kind.PRIVACY,
    severity=Severity.REASON,
    article="条例第十五条；个人信息保护法第二十八条、第三十四条；GB 11643—1999",
    look=look,
    mask=mask_id_number,
)
