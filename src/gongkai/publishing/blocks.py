"""A sanitised text as plain data for setting it in type: paragraphs, headings, lists, pictures, tables with a whole grid.

The reading is the core's, the same as for texts that come in from files.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from gongkai_core.reading.html import blocks_of as blocks_below
from gongkai_core.reading.html import parse
from gongkai_core.reading.paper import Cell, Heading, Listing, Paragraph, Picture, Spans, Table

Block = dict[str, Any]
Run = dict[str, Any]

FORMATS = {".png": "png", ".jpg": "jpg", ".jpeg": "jpg", ".gif": "gif", ".webp": "webp"}
MOST_BYTES = 3 * 1024 * 1024
"""A larger picture is named instead of shown."""


def blocks_of(body: str, pictures: Mapping[str, bytes] | None = None) -> list[Block]:
    """The blocks of a body in their order; `pictures` are the bytes of those it shows, by address."""
    found: list[Block] = []
    for block in blocks_below(parse(body)):
        if isinstance(block, Heading):
            found.append({"kind": "h", "level": block.level, "runs": _runs(block.spans)})
        elif isinstance(block, Paragraph):
            found.append({"kind": "p", "runs": _runs(block.spans)})
        elif isinstance(block, Listing):
            found += _listing(block, 1)
        elif isinstance(block, Picture):
            found.append(_picture(block, pictures or {}))
        elif isinstance(block, Table):
            found.append(_grid(block))
    return found


def _runs(spans: Spans) -> list[Run]:
    """Runs of text with their marks; a line break is a run of its own."""
    runs: list[Run] = []
    for span in spans:
        for place, line in enumerate(span.text.split("\n")):
            if place:
                runs.append({"text": "", "br": True})
            if line:
                runs.append({"text": line, **dict.fromkeys(span.marks, True)})
    return runs


def _listing(listing: Listing, depth: int) -> Iterator[Block]:
    for number, entry in enumerate(listing.entries, 1):
        mark = f"{number}." if listing.ordered else "●"
        yield {"kind": "li", "mark": mark, "depth": depth, "runs": _runs(entry.spans)}
        for inner in entry.inner:
            yield from _listing(inner, depth + 1)


def _picture(picture: Picture, pictures: Mapping[str, bytes]) -> Block:
    """A picture with its bytes as numbers (the setter takes text alone); else what it shows, in words."""
    data = pictures.get(picture.source, b"")
    form = FORMATS.get(PurePosixPath(picture.source).suffix.lower())
    if data and form and len(data) <= MOST_BYTES:
        return {"kind": "img", "format": form, "data": list(data), "alt": picture.alt or "图片"}
    return {"kind": "p", "runs": [{"text": f"（图：{picture.alt or '略'}）"}]}


def _grid(table: Table) -> Block:
    """The table with every cell at its place and no place empty: what a ragged one lacks is filled up."""
    taken: set[tuple[int, int]] = set()
    cells: list[Block] = []
    height = len(table.rows)
    for y, row in enumerate(table.rows):
        x = 0
        for cell in row:
            while (x, y) in taken:
                x += 1
            across, down = _fitting(cell, x, y, height, taken)
            taken |= {(x + right, y + below) for right in range(across) for below in range(down)}
            place = {"x": x, "y": y, "colspan": across, "rowspan": down, "header": cell.heads}
            cells.append({**place, "runs": _runs(cell.spans)})
            x += across
    # A cell may claim more columns than there are: only those count in which one begins.
    columns = max(cell["x"] for cell in cells) + 1
    for cell in cells:
        cell["colspan"] = min(cell["colspan"], columns - cell["x"])
    empty = ((x, y) for y in range(height) for x in range(columns) if (x, y) not in taken)
    cells += [{"x": x, "y": y, "colspan": 1, "rowspan": 1, "header": False, "runs": []} for x, y in empty]
    head = 0
    while head < height - 1 and _heads_only(cells, head):
        head += 1
    return {"kind": "table", "columns": columns, "head": head, "cells": cells, "caption": table.caption}


def _heads_only(cells: list[Block], y: int) -> bool:
    row = [cell for cell in cells if cell["y"] == y]
    return bool(row) and all(cell["header"] and cell["rowspan"] == 1 for cell in row)


def _fitting(cell: Cell, x: int, y: int, height: int, taken: set[tuple[int, int]]) -> tuple[int, int]:
    """How far the cell may really stretch: not over others, not out of the table."""
    down = min(cell.down, height - y)
    across = 1
    while across < cell.across and (x + across, y) not in taken:
        across += 1
    while down > 1 and any((x + right, y + below) in taken for right in range(across) for below in range(1, down)):
        down -= 1
    return across, down
