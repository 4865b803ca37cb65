"""Wordings that are not to be used (禁用、慎用词语): the office's list and the starter list."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai_core.checks.hits import Kind, Severity
from gongkai_core.checks.lists import Lists
from gongkai_core.checks.rule import Phrase, Rule


def phrases(lists: Lists) -> Iterator[Phrase]:
    for wording, right in lists.forbidden.items():
        yield Phrase(wording, f"改为“{right}”" if right else "不用这个词")


RULE = Rule(
    id="forbidden_words",
    name="禁用词语",
    kind=Kind.WORDING,
    severity=Severity.CLICK,
    article="本单位词表",
    phrases=phrases,
)
