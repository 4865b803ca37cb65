"""The note under a document that says whether it is public (附注), compared with its 公开属性 (国办发〔2016〕80号)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

ARTICLE: Final = "国办发〔2016〕80号；党政机关公文格式国家标准（GB/T 9704—2012）7.3.6"

_NOTE: Final = re.compile(
    r"[（(]?\s*(此件(?:主动公开|公开发布|公开|依申请公开|不予公开|不公开)(?:发布)?)\s*[。.]?\s*[）)]?"
)
_SAYS: Final = (("依申请公开", "on_request"), ("不予公开", "closed"), ("不公开", "closed"), ("公开", "open"))
LABELS: Final = {"open": "主动公开", "on_request": "依申请公开", "closed": "不予公开"}


@dataclass(frozen=True, slots=True)
class ClosingNote:
    """A note as it stands in the text (此件不公开), and the attribute it states: open, on_request or closed."""

    words: str
    openness: str


def closing_note(text: str) -> ClosingNote | None:
    """The last note on a line of its own, or None. The text is one line per paragraph."""
    return next((note for line in reversed(text.split("\n")) if (note := note_on(line))), None)


def note_on(line: str) -> ClosingNote | None:
    """The note that a line is, or None."""
    match = _NOTE.fullmatch(line.strip(" \t\u3000\r。"))
    return ClosingNote(match[1], next(said for part, said in _SAYS if part in match[1])) if match else None


def contradicts(note: ClosingNote | None, openness: str) -> bool:
    """Whether the note says something else than the attribute chosen."""
    return note is not None and note.openness != openness
