"""Text tables for people: columns aligned where a Chinese character is two places wide."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence


def width(text: str) -> int:
    """How many places of a terminal a text takes."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def aligned(rows: Sequence[Sequence[str]], *, right: Collection[int] = ()) -> str:
    """Lay out `rows` (the first is the head) in columns; those numbered in `right` are flush right."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    head, *body = [_line(row, widths, right) for row in rows]
    return "\n".join([head, "─" * (sum(widths) + 2 * (len(widths) - 1)), *body])


def _line(row: Sequence[str], widths: Sequence[int], right: Collection[int]) -> str:
    boxes = []
    for index, (text, wide) in enumerate(zip(row, widths, strict=True)):
        space = " " * (wide - width(text))
        boxes.append(space + text if index in right else text + space)
    return "  ".join(boxes).rstrip()
