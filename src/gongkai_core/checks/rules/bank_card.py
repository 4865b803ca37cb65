"""银行卡号: 16 to 19 digits that begin like a card's and satisfy Luhn's check (GB/T 15694; ISO/IEC 7812)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai_core.checks.hits import Found, Kind, Severity
from gongkai_core.checks.page import Page
from gongkai_core.checks.rule import Rule
from gongkai_core.identity import valid_credit_code, valid_resident_id

_DOUBLED = str.maketrans("0123456789", "0246813579")
# UnionPay's numbers, and the older ones of Chinese banks (955880…, 6013…, 6858…).
_OF_CHINA = re.compile(r"62|60(?:1[0-9]|3[0-9])|68[57]|9[45]5|95")
_ABROAD = re.compile(r"4|5[1-5]|35")
_LABEL = re.compile(r"卡号|银行卡|信用卡|储蓄卡|社保卡|一卡通|[账帐][号户]|开户")
_NEAR = 400


def look(page: Page) -> Iterator[Found]:
    for number in page.numbers:
        digits = number.digits
        if not (16 <= len(digits) <= 19 and satisfies_luhn(digits)) or page.is_serial(number):
            continue
        if _OF_CHINA.match(digits):
            if len(digits) == 18 and (valid_resident_id(digits) or valid_credit_code(digits)):
                continue
        elif not (len(digits) == 16 and _ABROAD.match(digits) and _labelled(page, number.start)):
            continue
        yield Found(number.start, number.end, "删去；确须公开账户的，写明是哪个单位的账户并说明理由")


def satisfies_luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of the others."""
    doubled = digits[-2::-2].translate(_DOUBLED)
    return (sum(map(int, doubled)) + sum(map(int, digits[::-2]))) % 10 == 0


def _labelled(page: Page, place: int) -> bool:
    """Whether cards or accounts are spoken of shortly before, such as in the head of the table."""
    return _LABEL.search(page.text, max(0, place - _NEAR), place) is not None


def mask(text: str) -> str:
    """A card number with its last four digits only."""
    digits = re.sub(r"\D", "", text)
    return f"{'*' * (len(digits) - 4)}{digits[-4:]}"


RULE = Rule(
    id="bank_card",
    name="银行卡号",
    kind=Kind.PRIVACY,
    severity=Severity.REASON,
    article="条例第十五条；个人信息保护法第二十八条、第三十四条",
    look=look,
    mask=mask,
)
