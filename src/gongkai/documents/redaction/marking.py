"""What is to be blacked out (遮蔽), where it was found, and how words are compared: alike in every kind of file."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

SCALE = 1000
"""A box is measured in thousandths of the page's width and height, from its upper left corner."""
SHORTEST = 2
"""Signs of a phrase: one alone would stand everywhere."""
BLACK = "█"
CONTEXT = 20
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Zs", "Zl", "Zp", "Pd"})


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page; pages count from 1."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Hit:
    """One place at which a phrase stands: its page (0 where a file has none) and the words around it."""

    page: int
    before: str
    words: str
    after: str
    boxes: tuple[Box, ...] = ()


def folded(text: str) -> str:
    """A text as it is compared: width and case folded, without spaces, dashes and signs that nobody sees.

    A telephone number is the same with dashes; what is found too much is shown before anything is done.
    """
    return "".join(map(fold, text))


@lru_cache(maxsize=1 << 16)
def fold(sign: str) -> str:
    """One sign as it is compared: nothing for a space, a dash or an invisible sign."""
    return "".join(
        part
        for part in unicodedata.normalize("NFKC", sign).casefold()
        if not part.isspace() and unicodedata.category(part) not in _UNSEEN
    )


def places(signs: Sequence[str], phrase: str) -> list[tuple[int, int]]:
    """Where the phrase stands among signs, as ranges of their indices; signs that fold to nothing may lie between."""
    text: list[str] = []
    index: list[int] = []
    for number, sign in enumerate(signs):
        for part in fold(sign):
            text.append(part)
            index.append(number)
    whole, wanted = "".join(text), folded(phrase)
    found, at = [], whole.find(wanted) if wanted else -1
    while at >= 0:
        found.append((index[at], index[at + len(wanted) - 1] + 1))
        at = whole.find(wanted, at + 1)
    return found


def context(signs: Sequence[str], first: int, last: int) -> tuple[str, str, str]:
    """The words before, at and after a range."""
    before, after = signs[max(0, first - CONTEXT) : first], signs[last : last + CONTEXT]
    return _line(before), _line(signs[first:last]), _line(after)


def _line(signs: Iterable[str]) -> str:
    return " ".join("".join(signs).split())
