"""密级标志: only marks count, not the words; a line of its own, or one with a star (domain-spec §11.1 item 2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai_core.checks.hits import Found, Kind, Severity
from gongkai_core.checks.page import Page
from gongkai_core.checks.rule import Rule

_WORDS = re.compile(r"绝密|机密|秘密|内部资料|注意保存|不得翻印")
_STARRED = re.compile(r"(?:绝密|机密|秘密)[ \t\u3000]{0,9}[★☆]|[★☆][ \t\u3000]{0,9}(?:绝密|机密|秘密)")
_ALONE = re.compile(
    r"(?:绝密|机密|秘密|内部资料|注意保存|不得翻印|工作秘密)级?(?:[，、 \u3000]{0,9}(?:注意保存|不得翻印))?"
)
_MARGIN = " \t\u3000\r。"


def look(page: Page) -> Iterator[Found]:
    text, done = page.text, -1
    for word in _WORDS.finditer(text):
        if word.start() < done:
            continue
        begin = text.rfind("\n", 0, word.start()) + 1
        done = end if (end := text.find("\n", word.start())) >= 0 else len(text)
        line = text[begin:done]
        if _STARRED.search(line) or _ALONE.fullmatch(line.strip(_MARGIN)):
            start = begin + len(line) - len(line.lstrip(_MARGIN))
            yield Found(start, start + len(line.strip(_MARGIN)), "本系统是非涉密系统：不要保存，转保密员线下处理")


RULE = Rule(
    id="secrecy_mark",
    name="密级标志、内部标注",
    kind=Kind.SECRECY,
    severity=Severity.REASON,
    article="保守国家秘密法第三十一条、第三十五条；条例第十四条、第十七条",
    look=look,
)
