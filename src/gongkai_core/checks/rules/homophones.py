"""同音错字: an official term with one sign replaced by another of the same sound, and the confusions that are common.

A hint: the sense decides, and a machine doesn't know it.
"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai_core.checks.hits import Kind, Severity
from gongkai_core.checks.lists import Lists, starter
from gongkai_core.checks.rule import Phrase, Rule
from gongkai_core.checks.sounds import variants

SHORTEST = 4
"""A shorter term with a sign replaced is too often another word."""


def phrases(lists: Lists) -> Iterator[Phrase]:
    for wrong, right in starter("confusions").items():
        yield Phrase(wrong, f"可能是“{right}”")
    terms = starter("official-terms")
    for term in terms:
        if len(term) >= SHORTEST:
            yield from (Phrase(wrong, f"可能是“{term}”") for wrong in variants(term) if wrong not in terms)


RULE = Rule(
    id="homophones",
    name="同音错字",
    kind=Kind.HINT,
    severity=Severity.HINT,
    article="",
    phrases=phrases,
)
