"""Tables told by their ruled lines."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_NEAR = 2.5
MOST_RULES = 4_000


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight ruled line, level or upright; points from the page's upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def level(self) -> bool:
        return self.right - self.left >= self.bottom - self.top

    @property
    def length(self) -> float:
        return max(self.right - self.left, self.bottom - self.top)


class Grid:
    """One table's columns and rows; neighbouring fields without a rule between them are one cell."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._level = [rule for rule in rules if rule.level]
        self._upright = [rule for rule in rules if not rule.level]
        self.columns = _places([rule.left for rule in self._upright])
        self.rows = _places([rule.top for rule in self._level])
        self._cell_of: dict[tuple[int, int], tuple[int, int]] = {}
        self._cells: list[list[tuple[tuple[int, int], int, int]]] = []
        if self.whole:
            self._divide()

    @property
    def whole(self) -> bool:
        return (len(self.columns) > 2 and len(self.rows) > 1) or (len(self.rows) > 2 and len(self.columns) > 1)

    @property
    def top(self) -> float:
        return self.rows[0]

    def holds(self, x: float, y: float) -> bool:
        return self.columns[0] <= x <= self.columns[-1] and self.rows[0] <= y <= self.rows[-1]

    def cell_at(self, x: float, y: float) -> tuple[int, int]:
        row = min(max(bisect_right(self.rows, y) - 1, 0), len(self.rows) - 2)
        column = min(max(bisect_right(self.columns, x) - 1, 0), len(self.columns) - 2)
        return self._cell_of[row, column]

    def cells(self) -> Iterator[list[tuple[tuple[int, int], int, int]]]:
        """Row by row the cells that begin there: where, how many columns across, how many rows down."""
        yield from self._cells

    def _divide(self) -> None:
        for row in range(len(self.rows) - 1):
            found = []
            for column in range(len(self.columns) - 1):
                if (row, column) in self._cell_of:
                    continue
                across = down = 1
                while column + across < len(self.columns) - 1 and not self._wall(column + across, row):
                    across += 1
                while row + down < len(self.rows) - 1 and not self._floor(row + down, column):
                    down += 1
                for y in range(row, row + down):
                    for x in range(column, column + across):
                        self._cell_of.setdefault((y, x), (row, column))
                found.append(((row, column), across, down))
            self._cells.append(found)

    def _wall(self, column: int, row: int) -> bool:
        x, y = self.columns[column], (self.rows[row] + self.rows[row + 1]) / 2
        return any(
            abs(rule.left - x) < _NEAR and rule.top - _NEAR <= y <= rule.bottom + _NEAR for rule in self._upright
        )

    def _floor(self, row: int, column: int) -> bool:
        y, x = self.rows[row], (self.columns[column] + self.columns[column + 1]) / 2
        return any(abs(rule.top - y) < _NEAR and rule.left - _NEAR <= x <= rule.right + _NEAR for rule in self._level)


def grids(rules: Sequence[Rule]) -> list[Grid]:
    """The tables of a page: rules that touch each other, with rows and columns among them."""
    rules = [rule for rule in rules if rule.length > 6][:MOST_RULES]
    groups: list[tuple[list[Rule], list[float]]] = []
    for rule in sorted(rules, key=lambda rule: rule.top):
        near = [group for group in groups if _overlap(group[1], rule)]
        merged: list[Rule] = [rule]
        box = [rule.left, rule.top, rule.right, rule.bottom]
        for group in near:
            merged += group[0]
            box = [
                min(box[0], group[1][0]),
                min(box[1], group[1][1]),
                max(box[2], group[1][2]),
                max(box[3], group[1][3]),
            ]
            groups.remove(group)
        groups.append((merged, box))
    found = [Grid(group) for group, _ in groups if len(group) >= 4]
    return [grid for grid in found if grid.whole]


def _overlap(box: Sequence[float], rule: Rule) -> bool:
    return (
        rule.left <= box[2] + _NEAR and rule.right >= box[0] - _NEAR
        and rule.top <= box[3] + _NEAR and rule.bottom >= box[1] - _NEAR
    )  # fmt: skip


def _places(values: Sequence[float]) -> list[float]:
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > _NEAR:
            places.append(value)
    return places
