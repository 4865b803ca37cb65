"""法律法规名称 against the list: a title in 《》 that differs from a listed one by a single sign is meant to be it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from gongkai_core.checks.hits import Found, Kind, Severity
from gongkai_core.checks.lists import Lists
from gongkai_core.checks.page import Page
from gongkai_core.checks.rule import Rule

_STATE = "中华人民共和国"
_SHORTEST = 6
"""Shorter names differ by one sign from other laws' too easily: 《水法》《税法》."""
_TITLE = re.compile(r"《([^《》\n]{5,40})》")


def prepare(lists: Lists) -> Callable[[Page], Iterator[Found]]:
    names = {short for law in lists.laws for short in (law, law.removeprefix(_STATE))}
    lacking = {lacks: name for name in sorted(names) if len(name) >= _SHORTEST for lacks in _one_less(name)}

    def look(page: Page) -> Iterator[Found]:
        for title in _TITLE.finditer(page.text):
            given = title.group(1)
            if given not in names and (right := _meant(given, names, lacking)):
                yield Found(*title.span(), f"应为《{right}》")

    return look


def _meant(given: str, names: set[str], lacking: dict[str, str]) -> str:
    """The listed name that `given` becomes by adding, leaving out, changing or exchanging one sign; or nothing."""
    if given in lacking:
        return lacking[given]
    for less in _one_less(given):
        if less in names and len(less) >= _SHORTEST:
            return less
        if less in lacking:
            return lacking[less]
    return ""


def _one_less(word: str) -> Iterator[str]:
    return (word[:place] + word[place + 1 :] for place in range(len(word)))


RULE = Rule(
    id="law_names",
    name="法律法规名称",
    kind=Kind.NAME,
    severity=Severity.CLICK,
    article="国家法律法规数据库所载名称",
    prepare=prepare,
    needs=("《",),
)
