"""电子邮箱 of persons. A mailbox of a government, or one named for letters to an office, is public by purpose."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai_core.checks.hits import Found, Kind, Severity
from gongkai_core.checks.page import NARROW, Page
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


def look(page: Page) -> Iterator[Found]:
    text = page.text
    for at in re.finditer("[@＠]", text):
        domain = _DOMAIN.match(text, at.end())
        start = at.start()
        while start > 0 and at.start() - start < _LONGEST_NAME and _SIGNS.match(text[start - 1]):
            start -= 1
        if domain is None or start == at.start():
            continue
        if _OF_AN_ORGAN.search(domain.group().translate(NARROW).lower()) or _FOR_LETTERS.search(page.line(start, 60)):
            continue
        yield Found(start, domain.end(), "删去；是单位公务邮箱的，写明单位或者用途")


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
