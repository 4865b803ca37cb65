"""重复标点 (GB/T 15834—2011): two marks of pause or end in a row. ……, —— and ？！ are marks by themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from gongkai_core.checks.hits import Found, Kind, Severity
from gongkai_core.checks.page import Page
from gongkai_core.checks.rule import Rule

# Each begins with a set of signs, by which the search hurries on.
_MARKS = (re.compile(r"[，、。；：][，、。；：]+"), re.compile(r"([《》“”])\1+"))


def look(page: Page) -> Iterator[Found]:
    for marks in chain.from_iterable(pattern.finditer(page.text) for pattern in _MARKS):
        dots = set(marks.group()) == {"。"} and len(marks.group()) > 2
        yield Found(*marks.span(), "省略号写作“……”" if dots else f"只留一个，如“{marks.group()[0]}”")


RULE = Rule(
    id="doubled_marks",
    name="重复标点",
    kind=Kind.FORMAT,
    severity=Severity.CLICK,
    article="GB/T 15834—2011",
    look=look,
)
