"""Signs of the same sound (同音字), tones aside: the 3,755 signs of GB 2312's first level by their first reading."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files


@cache
def _same_sound() -> dict[str, str]:
    """Sign → all signs that sound like it, itself among them."""
    text = (files("gongkai_core") / "data" / "checks" / "same-sound.txt").read_text("utf-8")
    groups = (line.split()[1] for line in text.splitlines() if not line.startswith("#"))
    return {sign: group for group in groups for sign in group}


def variants(word: str) -> Iterator[str]:
    """The word with one sign replaced by another of the same sound, in every way."""
    same_sound = _same_sound()
    for place, sign in enumerate(word):
        for other in same_sound.get(sign, ""):
            if other != sign:
                yield f"{word[:place]}{other}{word[place + 1 :]}"
