"""The page of an official paper (GB/T 9704—2012), and where signature and date stand on it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from gongkai_core.letters import RenderedLetter

# Millimetres of an A4 page: 天头37、订口28; the type area is 156 by 225.
TOP, BOTTOM, LEFT, RIGHT = 37, 35, 28, 26
SIZE_BODY = 16.0  # 三号
SIZE_TITLE = 22.0  # 二号
SIZE_LETTERHEAD = 26.0  # 一号
SIZE_PAGE_NUMBER = 14.0  # 四号
PITCH = 28.95  # points from line to line: 22 lines a page
SQUEEZE = -0.2  # points taken from each character, so that 28 stand on a line
BLANK_BEFORE = {"addressee": 1, "signature": 2}


@dataclass(frozen=True, slots=True)
class Signature:
    """Right indents, in characters, of the organ's name and of the date below it."""

    organ: float
    date: float


def width(text: str) -> float:
    """How many characters wide a text prints; a Latin letter or digit is half a character."""
    return sum(1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.5 for char in text)


def signature(organ: str, date: str) -> Signature:
    """Centre the shorter line over the longer: 成文日期右空四字, a longer organ name 右空二字 (GB/T 9704 7.3.5)."""
    spare = (width(organ) - width(date)) / 2
    return Signature(organ=2, date=2 + spare) if spare > 2 else Signature(organ=max(0.0, 4 - spare), date=4)


def blank_lines(letter: RenderedLetter) -> list[int]:
    """How many lines stay empty before each block.

    Forms and internal papers keep what their template leaves for handwriting. Other papers run on without
    gaps, as GB/T 9704 wants, but for one line above the 主送 and two for the seal above the signature.
    """
    if letter.kind in ("form", "internal"):
        return [block.blank_before for block in letter.blocks]
    return [BLANK_BEFORE.get(block.kind, 0) for block in letter.blocks]
