"""How alike two Chinese texts are (雷同): by the pairs of neighbouring characters that both have.

Figures and years are left out, since 雷同 means last year's sentences with this year's numbers in them; so are signs and
blanks, which an editor changes without changing anything. The measure needs no dictionary and takes time in proportion
to the length of the texts.
"""

from __future__ import annotations

import re
from collections import Counter

_LEFT_OUT = re.compile(r"[\d\W_]+")


def likeness(one: str, other: str) -> float:
    """Between 0 (nothing in common) and 1 (the same but for figures and signs); 0 where either says nothing.

    Twice the pairs they share over the pairs of both, counted as often as they stand (Dice).
    """
    left, right = pairs(one), pairs(other)
    if not left or not right:
        return 0.0
    return 2 * (left & right).total() / (left.total() + right.total())


def containment(part: str, whole: str) -> float:
    """How much of `part` stands somewhere in `whole`: the share of its pairs, between 0 and 1."""
    asked = pairs(part)
    return (asked & pairs(whole)).total() / asked.total() if asked else 0.0


def pairs(text: str) -> Counter[str]:
    """The pairs of neighbouring characters of a text without figures, signs and blanks."""
    plain = _LEFT_OUT.sub("", text)
    return Counter(plain[at : at + 2] for at in range(len(plain) - 1))
