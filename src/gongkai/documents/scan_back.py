"""扫描回传: a stamped paper that was scanned, held against the version that was approved (domain-spec §11.6 item 43)."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

from gongkai.documents.redaction import count_pages, folded
from gongkai_core.reading import Paper, Unreadable, read

MOST_DIFFERENCES = 60
AROUND = 8
"""Signs shown on each side of a difference."""
LEAST_SHARE = 0.5
"""Of the approved words: with fewer the text layer is a stamp of the scanner's, no reading of the page."""
LONGEST = 30_000


@dataclass(frozen=True, slots=True)
class Compared:
    """What was found: pages of both (None where the approved paper has no fixed ones) and where words differ."""

    pages_approved: int | None
    pages_scanned: int
    has_words: bool
    differences: tuple[tuple[str, str], ...]
    """(as approved, as scanned), each with the signs around it."""


def compare(approved: str, approved_pdf: bytes | None, scan: bytes, name: str) -> Compared:
    """Hold a scan against the approved text, and its pages against those of the approved PDF. Raises Unreadable, Refused."""
    paper = read(scan, name)
    if paper.kind not in ("pdf", "picture"):
        raise Unreadable("kind", "扫描件须为 PDF 或者图片（JPG、PNG）")
    wanted = _words(read(approved_pdf, "approved.pdf")) if approved_pdf else folded(approved)
    found = _words(paper)
    has_words = len(found) >= LEAST_SHARE * len(wanted) and len(found) > 0
    return Compared(
        count_pages(approved_pdf, "pdf") if approved_pdf else None,
        count_pages(scan, "pdf") if paper.kind == "pdf" else 1,
        has_words,
        tuple(_differences(wanted[:LONGEST], found[:LONGEST])) if has_words else (),
    )


def _words(paper: Paper) -> str:
    return folded(paper.text)


def _differences(wanted: str, found: str) -> list[tuple[str, str]]:
    matcher = difflib.SequenceMatcher(None, wanted, found, autojunk=False)
    rows = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            rows.append((_around(wanted, a, b), _around(found, c, d)))
    return rows[:MOST_DIFFERENCES]


def _around(text: str, first: int, last: int) -> str:
    return f"{text[max(0, first - AROUND) : first]}【{text[first:last]}】{text[last : last + AROUND]}"
