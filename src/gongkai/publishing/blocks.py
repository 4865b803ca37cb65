"""A sanitised text as plain data (paragraphs, headings, lists, tables with a whole grid) for setting it in type."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

_MARKS = {"strong": "b", "b": "b", "em": "i", "i": "i", "u": "u", "sup": "sup", "sub": "sub"}
_HEADINGS = {"h2": 1, "h3": 2, "h4": 3}
_BLANK = re.compile(r"[ \t\r\n\f]+")
MOST_COLUMNS = 60

Run = dict[str, Any]
Block = dict[str, Any]


def blocks_of(body: str) -> list[Block]:
    """The blocks of a body in their order; what is empty is left out."""
    reader = _Reader()
    reader.feed(body)
    reader.close()
    reader.end_block()
    return reader.blocks


@dataclass
class _Cell:
    runs: list[Run]
    colspan: int
    rowspan: int
    header: bool


@dataclass
class _Table:
    rows: list[list[_Cell]] = field(default_factory=list)
    caption: list[Run] = field(default_factory=list)


class _Reader(HTMLParser):
    """Reads what `content.clean_body` lets through; nested tables run into the cell they stand in."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._runs: list[Run] = []
        self._marks: list[str] = []
        self._kind: Block = {"kind": "p"}
        self._lists: list[int | None] = []
        self._table: _Table | None = None
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in _MARKS:
            self._marks.append(_MARKS[tag])
        elif tag == "br":
            self._runs.append({"text": "", "br": True})
        elif tag == "img":
            self._add(f"（图：{given.get('alt') or '略'}）")
        elif tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.end_block()
                self._table = _Table()
        elif self._table is not None:
            self._start_in_table(tag, given)
        elif tag in ("ul", "ol"):
            self.end_block()
            self._lists.append(0 if tag == "ol" else None)
        elif tag == "hr":
            self.end_block()
            self.blocks.append({"kind": "hr"})
        elif tag in ("p", "blockquote", "li", *_HEADINGS):
            self.end_block()
            self._kind = self._kind_of(tag)

    def _start_in_table(self, tag: str, given: dict[str, str | None]) -> None:
        assert self._table is not None
        if self._depth > 1:
            return
        if tag == "tr":
            self._table.rows.append([])
        elif tag in ("td", "th"):
            if not self._table.rows:
                self._table.rows.append([])
            self._runs = []
            spans = (_span(given.get("colspan")), _span(given.get("rowspan")))
            self._table.rows[-1].append(_Cell(self._runs, *spans, tag == "th"))
        elif tag == "caption":
            self._runs = self._table.caption
        elif tag in ("p", "li") and any(run["text"] for run in self._runs):
            self._runs.append({"text": "", "br": True})

    def _kind_of(self, tag: str) -> Block:
        if tag in _HEADINGS:
            return {"kind": "h", "level": _HEADINGS[tag]}
        if tag == "li":
            number = self._lists[-1] if self._lists else None
            if number is None:
                return {"kind": "li", "mark": "●", "depth": len(self._lists)}
            self._lists[-1] = number + 1
            return {"kind": "li", "mark": f"{number + 1}.", "depth": len(self._lists)}
        return {"kind": "p"}

    def handle_endtag(self, tag: str) -> None:
        if tag in _MARKS:
            if _MARKS[tag] in self._marks:
                self._marks.remove(_MARKS[tag])
        elif tag == "table" and self._depth:
            self._depth -= 1
            if self._depth == 0 and self._table is not None:
                if grid := _grid(self._table):
                    self.blocks.append(grid)
                self._table, self._runs = None, []
        elif self._table is None and tag in ("ul", "ol"):
            self.end_block()
            if self._lists:
                self._lists.pop()
        elif self._table is None and tag in ("p", "blockquote", "li", *_HEADINGS):
            self.end_block()

    def handle_data(self, data: str) -> None:
        self._add(_BLANK.sub(" ", data))

    def _add(self, text: str) -> None:
        if (
            self._table is not None
            and self._table.rows
            and not self._table.rows[-1]
            and self._runs is not self._table.caption
        ):
            return  # blanks between the rows of a table
        if text.strip() or (text and any(run["text"] for run in self._runs)):
            self._runs.append({"text": text, **dict.fromkeys(self._marks, True)})

    def end_block(self) -> None:
        runs = _trimmed(self._runs)
        if runs:
            self.blocks.append({**self._kind, "runs": runs})
        self._runs, self._kind = [], {"kind": "p"}


def _span(text: str | None) -> int:
    return min(max(int(text), 1), MOST_COLUMNS) if text and text.isdecimal() and len(text) < 4 else 1


def _trimmed(runs: list[Run]) -> list[Run]:
    while runs and not runs[0]["text"].strip():
        runs = runs[1:]
    while runs and not runs[-1]["text"].strip():
        runs = runs[:-1]
    return runs


def _grid(table: _Table) -> Block | None:
    """The table with every cell at its place and no place empty: what a ragged one lacks is filled up."""
    taken: set[tuple[int, int]] = set()
    cells = []
    height = len(table.rows)
    for y, row in enumerate(table.rows):
        x = 0
        for cell in row:
            while (x, y) in taken:
                x += 1
            width, depth = _fitting(cell, x, y, height, taken)
            taken |= {(x + right, y + down) for right in range(width) for down in range(depth)}
            place = {"x": x, "y": y, "colspan": width, "rowspan": depth, "header": cell.header}
            cells.append({**place, "runs": _trimmed(cell.runs)})
            x += width
    if not taken:
        return None
    # A cell may claim more columns than there are: only those count in which one begins.
    columns = max(cell["x"] for cell in cells) + 1
    for cell in cells:
        cell["colspan"] = min(cell["colspan"], columns - cell["x"])
    empty = ((x, y) for y in range(height) for x in range(columns) if (x, y) not in taken)
    cells += [{"x": x, "y": y, "colspan": 1, "rowspan": 1, "header": False, "runs": []} for x, y in empty]
    head = 0
    while head < height - 1 and all(cell["header"] for cell in cells if cell["y"] == head):
        head += 1
    caption = _trimmed(table.caption)
    return {"kind": "table", "columns": columns, "head": head, "cells": cells, "caption": caption}


def _fitting(cell: _Cell, x: int, y: int, height: int, taken: set[tuple[int, int]]) -> tuple[int, int]:
    """How far the cell may really stretch: not over others, not out of the table."""
    depth = min(cell.rowspan, height - y)
    width = 1
    while width < cell.colspan and all((x + width, y + down) not in taken for down in range(depth)):
        width += 1
    while depth > 1 and any((x + right, y + down) in taken for right in range(width) for down in range(1, depth)):
        depth -= 1
    return width, depth
