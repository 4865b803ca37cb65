"""密级标志: only marks count, not the words; a line of its own, or one with a star (domain-spec §11.1 item 2)."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai_core.checks.hits import Found, Kind, Severity
from gongkai_core.checks.page import Page, places_of
from gongkai_core.checks.rule import Rule
from gongkai_core.marks import ARTICLE, MARGIN, is_mark

_WORDS = ("绝密", "机密", "秘密", "内部资料", "注意保存", "不得翻印")


def look(page: Page) -> Iterator[Found]:
    text, done = page.text, -1
    for word in places_of(_WORDS, text):
        if word < done:
            continue
        begin = text.rfind("\n", 0, word) + 1
        done = end if (end := text.find("\n", word)) >= 0 else len(text)
        line = text[begin:done]
        if is_mark(line):
            start = begin + len(line) - len(line.lstrip(MARGIN))
            yield Found(start, start + len(line.strip(MARGIN)), "本系统是非涉密系统：不要保存，转保密员线下处理")


RULE = Rule(
    id="secrecy_mark",
    name="密级标志、内部标注",
    kind=Kind.SECRECY,
    severity=Severity.REASON,
    article=ARTICLE,
    look=look,
)
