"""电子邮箱 of persons. A mailbox of a government, or one named for letters to an office, is public by purpose."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai_core.checks.hits import Found, Kind, Severity
from gongkai_core.checks.page import NARROW, Page, places_of
from gongkai_core.checks.rule import Rule
from gongkai_core.identity import mask_email

_SIGNS = re.compile(r"[A-Za-z0-9._%+\-０-９．－]")
_DOMAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9\-]{0,62}(?:[.．][A-Za-z0-9][A-Za-z0-9\-]{0,62}){1,5}")
_LONGEST_NAME = 64
_OF_AN_ORGAN = re.compile(r"(?:^|\.)(?:gov|mil|edu|org)\.cn$")
_FOR_LETTERS = re.compile(
    r"反馈|意见|报送|报名|发送|发至|寄至|监督|举报|咨询|受理|投诉|公务|办公|单位|政务|征集|来信|投稿|办公室|政府|局|委员会"
    r"|中心|公司|大厅|信访|服务|申请"
)

# The block in which an office says where it is found, a line for each thing.
_OFFICE_BLOCK = re.compile(r"办公地址|办公时间|工作机构|受理机构|通信地址|传真|邮政编码|邮编")
_BLOCK = 200
_LABEL_ALONE = re.compile(
    r"[ \t\u3000]{0,8}[\u4e00-\u9fff]{0,8}(?:邮箱|邮件|E-?mail)(?:地址)?[ \u3000]{0,4}[:：]?\s{0,4}", re.I
)


def look(page: Page) -> Iterator[Found]:
    text = page.text
    for at in places_of("@＠", text):
        domain = _DOMAIN.match(text, at + 1)
        start = at
        while start > 0 and at - start < _LONGEST_NAME and _SIGNS.match(text[start - 1]):
            start -= 1
        if domain is None or start == at:
            continue
        if _OF_AN_ORGAN.search(domain.group().translate(NARROW).lower()) or _of_an_office(page, start):
            continue
        yield Found(start, domain.end(), "删去；是单位公务邮箱的，写明单位或者用途")


def _of_an_office(page: Page, place: int) -> bool:
    if _FOR_LETTERS.search(page.line(place, 60)):
        return True
    alone = _LABEL_ALONE.fullmatch(page.before(place, 40)) is not None
    return alone and _OFFICE_BLOCK.search(page.text, max(0, place - _BLOCK), place) is not None


RULE = Rule(
    id="email",
    name="个人电子邮箱",
    kind=Kind.PRIVACY,
    severity=Severity.REASON,
    article="条例第十五条；个人信息保护法第四条、第三十四条",
    look=look,
    mask=lambda text: mask_email(text.replace("＠", "@")),
    needs=("@", "＠"),
)
