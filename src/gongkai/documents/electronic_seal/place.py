"""Where the seal stands on a letter, and what a PDF says: both read from its own bytes."""

from __future__ import annotations

from dataclasses import dataclass

import pypdfium2

from gongkai_core.refusals import Refusal, Refused

RAISED = 6.0
"""Points by which the seal's centre lies above that of name and date (GB/T 9704—2012 7.3.5.1: 居中偏下位置)."""


@dataclass(frozen=True, slots=True)
class Place:
    """The centre of the seal, in points from the lower left corner of a page (from 0)."""

    page: int
    x: float
    y: float


Box = tuple[float, float, float, float]


def locate(pdf: bytes, organ: str, day: str) -> Place:
    """The middle of the last 落款 (organ's name, date below) of a letter, 骑年盖月. Raises Refused without one."""
    with pypdfium2.PdfDocument(pdf) as document:
        for number in reversed(range(len(document))):
            page = document[number]
            text = page.get_textpage()
            name, date = _last(text, organ), _last(text, day)
            text.close()
            page.close()
            if name and date and date[1] < name[1]:
                left, right = min(name[0], date[0]), max(name[2], date[2])
                return Place(number, (left + right) / 2, (date[1] + name[3]) / 2 + RAISED)
    raise Refused(Refusal("no_place", "文书上没有找到落款的机关名称和成文日期，不能确定印章的位置", "GB/T 9704—2012"))


def _last(text: pypdfium2.PdfTextPage, words: str) -> Box | None:
    """The box of the last place where these words stand on the page."""
    if not words:
        return None
    found = None
    searcher = text.search(words, match_case=True)
    while place := searcher.get_next():
        found = place
    searcher.close()
    if found is None:
        return None
    boxes = [text.get_charbox(sign) for sign in range(found[0], found[0] + found[1])]
    return (
        min(box[0] for box in boxes), min(box[1] for box in boxes),
        max(box[2] for box in boxes), max(box[3] for box in boxes),
    )  # fmt: skip


def what_it_says(pdf: bytes) -> tuple[str, ...]:
    """The text of each page in the order of its signs: pages and words in one."""
    with pypdfium2.PdfDocument(pdf) as document:
        pages = []
        for page in document:
            text = page.get_textpage()
            pages.append(text.get_text_range())
            text.close()
            page.close()
    return tuple(pages)
