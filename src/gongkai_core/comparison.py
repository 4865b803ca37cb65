"""Two texts compared by words (文稿对照): what was taken out, what was put in, what stayed.

Chinese is written without blanks, so a "word" is told without a dictionary: figures, Latin words and dates hold together,
and the characters of a change grow to the nearest boundary instead of leaving single ones between two changes.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

SHORT_ISLAND = 1
"""A run of so few equal characters between two changes reads worse than one longer change."""
LOOK_AHEAD = 30
"""Changed paragraphs in which the counterpart of one is looked for."""
TOO_LONG = 4_000_000
"""Products of lengths beyond this are shown as replaced as a whole: a paragraph of thousands of words."""
_TOKEN = re.compile(r"\d[\d,，.]*(?:年|月|日|元|万元|亿元|%|％)?|[A-Za-z]+|\s+|.", re.S)


class Change(Enum):
    """What became of a piece of text."""

    SAME = "same"
    OUT = "out"
    IN = "in"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that stayed, went or came."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of the comparison, as pieces in reading order."""

    pieces: tuple[Piece, ...]

    @property
    def same(self) -> bool:
        return all(piece.change is Change.SAME for piece in self.pieces)

    @property
    def text(self) -> str:
        """The paragraph as it reads now."""
        return "".join(piece.text for piece in self.pieces if piece.change is not Change.OUT)


def compare_texts(old: str, new: str) -> list[Line]:
    """The paragraphs of both texts (one a line), aligned, each compared by words."""
    before, after = _paragraphs(old), _paragraphs(new)
    lines: list[Line] = []
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            lines += [Line((Piece(Change.SAME, text),)) for text in after[j1:j2]]
        else:
            lines += _aligned(before[i1:i2], after[j1:j2])
    return lines


def compare_words(old: str, new: str) -> tuple[Piece, ...]:
    """One line compared by words."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(before) * len(after) > TOO_LONG:
        return (Piece(Change.OUT, old), Piece(Change.IN, new))
    pieces: list[Piece] = []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece(Change.SAME, "".join(before[i1:i2])))
            continue
        pieces += [
            Piece(change, text)
            for change, text in ((Change.OUT, "".join(before[i1:i2])), (Change.IN, "".join(after[j1:j2])))
            if text
        ]
    return tuple(_whole_words(pieces))


def counted(lines: Iterable[Line]) -> tuple[int, int]:
    """How many pieces were put in and taken out."""
    changes = [piece.change for line in lines for piece in line.pieces]
    return changes.count(Change.IN), changes.count(Change.OUT)


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _aligned(before: Sequence[str], after: Sequence[str]) -> Iterator[Line]:
    """Changed paragraphs side by side: each new one with the old one most like it, in order."""
    waiting = list(before)
    for text in after:
        likeness = [_likeness(old, text) for old in waiting[:LOOK_AHEAD]]
        best = max(range(len(likeness)), key=likeness.__getitem__, default=None)
        if best is None or likeness[best] < 0.4:
            yield Line((Piece(Change.IN, text),))
            continue
        yield from (Line((Piece(Change.OUT, old),)) for old in waiting[:best])
        yield Line(compare_words(waiting[best], text))
        del waiting[: best + 1]
    yield from (Line((Piece(Change.OUT, old),)) for old in waiting)


def _likeness(old: str, new: str) -> float:
    """Between 0 and 1, by the characters that both have; quick, for choosing only."""
    return difflib.SequenceMatcher(None, old, new, autojunk=False).quick_ratio()


def _whole_words(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Join changes that only a single character keeps apart, so that a reader meets words, not crumbs."""
    out, came = "", ""
    for place, piece in enumerate(pieces):
        if piece.change is Change.OUT:
            out += piece.text
        elif piece.change is Change.IN:
            came += piece.text
        elif out and came and place + 1 < len(pieces) and _crumb(piece.text):
            out, came = out + piece.text, came + piece.text
        else:
            yield from _flushed(out, came)
            out, came = "", ""
            yield piece
    yield from _flushed(out, came)


def _crumb(text: str) -> bool:
    return len(text) <= SHORT_ISLAND and text.isalnum()


def _flushed(out: str, came: str) -> Iterator[Piece]:
    if out:
        yield Piece(Change.OUT, out)
    if came:
        yield Piece(Change.IN, came)
