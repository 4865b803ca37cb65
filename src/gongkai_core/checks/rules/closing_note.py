"""附注 such as （此件不公开）, which contradicts a text that is to be open (domain-spec §11.1 item 2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai_core.checks.hits import Found, Kind, Severity
from gongkai_core.checks.page import Page
from gongkai_core.checks.rule import Rule

# The blanks before belong to the line; they are bounded so that a page of blanks costs nothing.
_NOTE = re.compile(
    r"^[ \t\u3000\r。]{0,40}([（(]?[ \u3000]{0,4}此件(?:不公开|依申请公开|不予公开)(?:发布)?[ \u3000]{0,4}[）)]?)"
    r"[ \t\u3000\r。]{0,40}$",
    re.M,
)


def look(page: Page) -> Iterator[Found]:
    if page.to_be_open:
        for note in _NOTE.finditer(page.text):
            yield Found(*note.span(1), "核对公开属性：注明不公开的，不得主动公开")


RULE = Rule(
    id="closing_note",
    name="不公开附注",
    kind=Kind.SECRECY,
    severity=Severity.REASON,
    article="国办发〔2016〕80号；条例第十四条、第十七条",
    look=look,
    needs=("此件",),
)
