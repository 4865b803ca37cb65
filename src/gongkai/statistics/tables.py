"""The official form with its figures, ready for a template: pages, Word and PDF draw the same rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gongkai_core.returns import Box, Finding, Form


def _sides(finding: Finding) -> str:
    if finding.left is None or finding.right is None:
        return "须填写" if finding.type == "blank_parent" else "空白"
    return f"{finding.left} ≠ {finding.right}" if finding.level == "error" else ""


@dataclass(frozen=True)
class Square:
    """One box of a printed table: a text, or a figure with what is to be said of it."""

    box: Box
    value: Any = None
    previous: Any = None
    failing: str = ""
    """The two sides of the first cross-check that fails here; the whole sentence stands beside the table."""


def squares(
    form: Form,
    values: Mapping[str, Any],
    findings: tuple[Finding, ...] = (),
    previous: Mapping[str, Any] | None = None,
) -> list[tuple[str, str, list[list[Square]], int]]:
    """(table id, title, rows of squares, head rows) for each table of the form."""
    failing: dict[str, str] = {}
    for finding in findings:
        for cell in finding.cells[:1]:
            failing.setdefault(cell, _sides(finding))

    def square(box: Box) -> Square:
        if box.cell is None:
            return Square(box)
        return Square(box, values.get(box.cell), (previous or {}).get(box.cell), failing.get(box.cell, ""))

    return [
        (table.id, table.title, [[square(box) for box in row] for row in table.rows], table.head_rows)
        for table in form.layout
    ]
