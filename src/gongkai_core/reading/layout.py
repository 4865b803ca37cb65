"""From marks on a page (PDF, OFD) to blocks: ruled tables, and lines that run on to the right margin as paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

from gongkai_core.reading.grid import Grid, Rule, grids
from gongkai_core.reading.paper import Block, Cell, Paragraph, Span, Table
from gongkai_core.reading.spans import joined

_PAGE_NUMBER = re.compile(r"[-—–－\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:[\s，,/]*共\s*\d{1,4}\s*页)?[-—–－\s]*")
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’—…]")
_BEGINS = re.compile(r"[\u3000（(]|第?[一二三四五六七八九十]+[、章节条]|\d+[.．、]")

_NARROW = 18
"""Signs: what is narrower was broken on purpose (titles, addressees)."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign or a run of signs; points, `top` and `bottom` from the page's upper edge."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def size(self) -> float:
        return max(self.bottom - self.top, 0.1)

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(slots=True)
class Page:
    marks: list[Mark] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)


def blocks(pages: Iterable[Page]) -> Iterator[Block]:
    """All pages as one text; a table that goes on over the page's end is one table."""
    lines: list[Mark] = []
    waiting: Table | None = None
    for page in pages:
        parts = list(_parts(page))
        if parts and isinstance(parts[-1], Mark) and _PAGE_NUMBER.fullmatch(parts[-1].text.strip()):
            parts.pop()
        for part in parts:
            if isinstance(part, Mark):
                if waiting:
                    yield waiting
                    waiting = None
                lines.append(part)
            elif waiting and _columns(waiting) == _columns(part):
                waiting = Table((*waiting.rows, *part.rows))
            else:
                if waiting:
                    yield waiting
                yield from paragraphs(lines)
                lines, waiting = [], part
    if waiting:
        yield waiting
    yield from paragraphs(lines)


def _columns(table: Table) -> int:
    return max(sum(cell.across for cell in row) for row in table.rows)


def _parts(page: Page) -> Iterator[Mark | Table]:
    """Lines and tables of a page from its top to its bottom."""
    found = grids(page.rules)
    inside: dict[int, list[Mark]] = {place: [] for place in range(len(found))}
    outside: list[Mark] = []
    for mark in page.marks:
        place = next(
            (place for place, grid in enumerate(found) if grid.holds((mark.left + mark.right) / 2, mark.middle)), None
        )
        (outside if place is None else inside[place]).append(mark)
    parts: list[tuple[float, Mark | Table]] = [(line.top, line) for line in lines_of(outside)]
    parts += [(grid.top, _table(grid, inside[place])) for place, grid in enumerate(found) if inside[place]]
    return (part for _, part in sorted(parts, key=lambda row: row[0]))


def _table(grid: Grid, marks: Sequence[Mark]) -> Table:
    held: dict[tuple[int, int], list[Mark]] = {}
    for mark in marks:
        held.setdefault(grid.cell_at((mark.left + mark.right) / 2, mark.middle), []).append(mark)
    rows = []
    for row in grid.cells():
        cells = []
        for at, across, down in row:
            lines = [line.text.strip() for line in lines_of(held.get(at, []))]
            cells.append(Cell(joined([Span(_run_on(lines))]), across, down))
        rows.append(tuple(cells))
    return Table(tuple(row for row in rows if row))


def _run_on(lines: Sequence[str]) -> str:
    """The lines of one cell: broken by its width, not by the writer."""
    text = ""
    for line in lines:
        text += (" " if text and not (_WIDE.match(text[-1]) or _WIDE.match(line)) else "") + line
    return text


def lines_of(marks: Iterable[Mark]) -> list[Mark]:
    """Marks that stand side by side, joined from left to right."""
    rows: list[list[Mark]] = []
    for mark in sorted(marks, key=lambda mark: mark.middle):
        if rows and abs(mark.middle - rows[-1][-1].middle) < 0.45 * max(mark.size, rows[-1][-1].size):
            rows[-1].append(mark)
        else:
            rows.append([mark])
    return [line for row in rows if (line := _line(sorted(row, key=lambda mark: mark.left))).text.strip()]


def _line(row: Sequence[Mark]) -> Mark:
    text = ""
    for place, mark in enumerate(row):
        if place and text and not text.endswith(" "):
            gap, size = mark.left - row[place - 1].right, mark.size
            narrow = not (_WIDE.match(text[-1]) or _WIDE.match(mark.text[:1] or "x"))
            text += " " if gap > (0.2 if narrow else 1.2) * size else ""
        text += mark.text
    return Mark(
        text, row[0].left, min(m.top for m in row), max(m.right for m in row), max(m.bottom for m in row)
    )  # fmt: skip


def paragraphs(lines: Sequence[Mark]) -> Iterator[Paragraph]:
    if not lines:
        return
    right = sorted(line.right for line in lines)[int(len(lines) * 0.9)]
    left = min(line.left for line in lines)
    body = median(line.size for line in lines)
    text = ""
    for place, line in enumerate(lines):
        text = _run_on([text, line.text.strip()])
        following = lines[place + 1] if place + 1 < len(lines) else None
        if following and _goes_on(line, following, left, right, body):
            continue
        if spans := joined([Span(text)]):
            yield Paragraph(spans)
        text = ""


def _goes_on(line: Mark, following: Mark, left: float, right: float, body: float) -> bool:
    """Full to the margin, of one size with the next, which is neither indented nor numbered."""
    full = line.right > right - 2 * body and line.right - line.left > _NARROW * body
    same = abs(line.size - following.size) < 0.3 * body
    indented = following.left > left + 1.2 * body
    return (
        full
        and same
        and not indented
        and not (_BEGINS.match(following.text) and line.text.rstrip().endswith(("。", "；", "：")))
    )
