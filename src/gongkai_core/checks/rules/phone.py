"""电话号码 of persons: every mobile, and a landline that is said to be somebody's at home.

An organ's landline is public by law (条例第十二条、第二十条) and is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai_core.checks.hits import Found, Kind, Severity
from gongkai_core.checks.page import Page
from gongkai_core.checks.rule import Rule
from gongkai_core.identity import mask_phone

_MOBILE = re.compile(r"(?:86|0086)?1(?:3[0-9]|4[0-9]|5[0-35-9]|6[2567]|7[0-8]|8[0-9]|9[0-9])[0-9]{8}")
_LANDLINE = re.compile(r"(?:0[0-9]{2,3})?[2-8][0-9]{6,7}")
_AT_HOME = re.compile(
    r"(?:家庭|家里|家中|住宅|宅|本人|个人|私人)(?:的|联系)?(?:电话|座机|号码)?(?:号码)?[:：为是]?\s{0,2}$"
)
_SAYS_HOME = re.compile(r"电话|座机|号码|宅电")


def look(page: Page) -> Iterator[Found]:
    for number in page.numbers:
        digits = number.digits
        if 11 <= len(digits) <= 15 and _MOBILE.fullmatch(digits):
            if not (page.is_amount(number) or page.is_serial(number)):
                yield Found(number.start, number.end, "删去，改用办公电话，或者遮蔽为 138****8000")
        elif 7 <= len(digits) <= 12 and _LANDLINE.fullmatch(digits) and _at_home(page.before(number.start)):
            yield Found(number.start, number.end, "住宅电话删去，改用办公电话")


def _at_home(before: str) -> bool:
    return _AT_HOME.search(before) is not None and _SAYS_HOME.search(before) is not None


RULE = Rule(
    id="phone",
    name="手机号、住宅电话",
    kind=Kind.PRIVACY,
    severity=Severity.REASON,
    article="条例第十五条；个人信息保护法第四条、第三十四条",
    look=look,
    mask=mask_phone,
)
