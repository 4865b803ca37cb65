"""The lists that checks go by: what an office pastes, one entry a line, and the starter lists that come with us.

A line is the wording, and after a tab or an arrow what belongs to it: what is right instead, or a leader's titles.
Empty lines and lines that begin with # are left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Final

from gongkai_core.checks.phrases import SHORTEST

LONGEST: Final = 60
MOST: Final = 50_000
_PARTED = re.compile(r"\t|→|=>|＝＞")
_BLANKS = " \t\u3000\ufeff"
_TITLES = re.compile(r"[、，,；;]")


@dataclass(frozen=True, slots=True)
class Lists:
    """White list (白名单), wordings with what is right instead, and the names that must be right."""

    white: frozenset[str] = frozenset()
    forbidden: Mapping[str, str] = field(default_factory=dict)
    obsolete: Mapping[str, str] = field(default_factory=dict)
    leaders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Name → titles (职务)."""
    organs: tuple[str, ...] = ()
    laws: tuple[str, ...] = ()

    @property
    def spared(self) -> frozenset[str]:
        """Wordings within which no other wording is found: the white list, and what the lists say is right."""
        right = (*self.forbidden.values(), *self.obsolete.values(), *self.organs, *self.laws)
        return self.white | {wording for wording in right if len(wording) >= SHORTEST}

    def with_starters(self) -> Lists:
        """These lists and the starter lists; what an office says of a wording is preferred."""
        return replace(
            self,
            forbidden={**starter("forbidden"), **self.forbidden},
            obsolete={**starter("obsolete"), **self.obsolete},
            laws=tuple(dict.fromkeys([*self.laws, *starter("laws")])),
        )


@dataclass(frozen=True, slots=True)
class Problem:
    """A line of a pasted block that can't be used, and why."""

    number: int
    line: str
    message: str


def read_block(text: str, *, right_side: str = "") -> tuple[dict[str, str], list[Problem]]:
    """The entries of a pasted block, and the lines that can't be used.

    `right_side` names what must follow the wording (such as 职务); empty: it may be missing.
    """
    entries: dict[str, str] = {}
    problems = []
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip(_BLANKS)
        if not line or line.startswith("#"):
            continue
        wording, *rest = (part.strip(_BLANKS) for part in _PARTED.split(line, maxsplit=1))
        if complaint := _complaint(wording, rest, right_side, entries):
            problems.append(Problem(number, line[:80], complaint))
        else:
            entries[wording] = rest[0] if rest else ""
    return entries, problems


def _complaint(wording: str, rest: Sequence[str], right_side: str, entries: Mapping[str, str]) -> str:
    if len(wording) < SHORTEST:
        return f"至少 {SHORTEST} 个字"
    if len(wording) > LONGEST:
        return f"最多 {LONGEST} 个字"
    if right_side and not (rest and rest[0]):
        return f"缺少{right_side}：写在词的后面，用制表符或者 → 隔开"
    if rest and rest[0] == wording:
        return "改成的与原来的相同"
    if wording in entries:
        return "与上面的一行重复"
    return f"最多 {MOST} 条" if len(entries) >= MOST else ""


def titles(text: str) -> tuple[str, ...]:
    """The titles of a leader as they stand in one line: 县委副书记、县长."""
    return tuple(title for title in (part.strip() for part in _TITLES.split(text)) if title)


@cache
def starter(name: str) -> dict[str, str]:
    """A list that comes with the program (`data/checks/<name>.txt`)."""
    text = (files("gongkai_core") / "data" / "checks" / f"{name}.txt").read_text("utf-8")
    entries, problems = read_block(text)
    assert not problems, problems[0]
    return entries
