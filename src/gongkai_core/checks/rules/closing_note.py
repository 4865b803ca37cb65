"""附注 such as （此件不公开）, which contradicts a text that is to be open (domain-spec §11.1 item 2)."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai_core.checks.hits import Found, Kind, Severity
from gongkai_core.checks.page import Page
from gongkai_core.checks.rule import Rule
from gongkai_core.closing_notes import ARTICLE, contradicts, note_on
from gongkai_core.marks import MARGIN

_HEAD = "此件"


def look(page: Page) -> Iterator[Found]:
    text, place = page.text, 0
    while page.to_be_open and (found := text.find(_HEAD, place)) >= 0:
        begin = text.rfind("\n", 0, found) + 1
        place = end if (end := text.find("\n", found)) >= 0 else len(text)
        line = text[begin:place]
        if contradicts(note_on(line), "open"):
            start = begin + len(line) - len(line.lstrip(MARGIN))
            yield Found(start, start + len(line.strip(MARGIN)), "核对公开属性：注明不公开的，不得主动公开")


RULE = Rule(
    id="closing_note",
    name="不公开附注",
    kind=Kind.SECRECY,
    severity=Severity.REASON,
    article=ARTICLE,
    look=look,
    needs=(_HEAD,),
)
