"""栏目×单位更新表: what each organ owes under each column, or in each field of the standard catalogue, in a year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet

from gongkai.agencies.calendar import office_calendar
from gongkai.agencies.models import Agency, User
from gongkai.agencies.permissions import visible_agencies
from gongkai.publishing.models import Column, Duty, Obligation
from gongkai.publishing.obligations import standing_of
from gongkai.publishing.standard import is_town
from gongkai_core.disclosure.standard import FIELDS

MOST_ACROSS = 26
"""Organs beside each other in one table: what a desk's width and a page's width hold."""


@dataclass
class Cell:
    """What one organ owes under one column: obligations by where they stand, and what it has public there."""

    owed: int = 0
    """Obligations that have opened."""
    served: int = 0
    late: int = 0
    stated: int = 0
    overdue: int = 0
    pending: int = 0
    duties: int = 0
    items: int = 0
    empty: int = 0
    """Entries under which nothing was ever public and nothing is stated."""
    last_on: date | None = None

    def add(self, other: Cell) -> None:
        for name in ("owed", "served", "late", "stated", "overdue", "pending", "duties", "items", "empty"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.last_on = max(filter(None, (self.last_on, other.last_on)), default=None)

    @property
    def state(self) -> str:
        """The worst that is true of it: none, overdue, empty, pending, stated or ok."""
        if not self.duties and not self.owed:
            return "none"
        if self.overdue:
            return "overdue"
        if self.empty and self.pending:
            return "empty"
        if self.pending:
            return "pending"
        return "stated" if self.stated and not self.served else "ok"

    MARKS = {"none": "", "overdue": "逾", "empty": "空", "pending": "待", "stated": "无", "ok": "✓"}
    WORDS = {
        "none": "不承担",
        "overdue": "逾期未公开",
        "empty": "空栏，未到期",
        "pending": "待公开",
        "stated": "本年度无此类事项",
        "ok": "已公开",
    }

    @property
    def mark(self) -> str:
        return self.MARKS[self.state]

    @property
    def words(self) -> str:
        """For who can't see the mark, and for whom it is too short."""
        last = f"，最近 {self.last_on:%Y-%m-%d}" if self.last_on else ""
        return f"{self.WORDS[self.state]}（公开 {self.items} 条{last}）" if self.state != "none" else ""

    @property
    def met(self) -> int:
        return self.served + self.stated

    @property
    def rate(self) -> str:
        """覆盖率: met of what has opened."""
        return f"{100 * self.met / self.owed:.0f}%" if self.owed else "—"


@dataclass(frozen=True)
class Line:
    """A row of the board: a column or a field, with a cell for each organ."""

    key: str
    name: str
    cells: list[tuple[Agency, Cell]]
    total: Cell


@dataclass(frozen=True)
class Block:
    """Organs that stand beside each other, and their rows."""

    name: str
    organs: list[Agency]
    lines: list[Line]


@dataclass
class Board:
    year: int
    standard: bool
    cells: dict[tuple[str, int], Cell] = field(default_factory=dict)
    organs: list[Agency] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    """The rows, in order."""

    def cell(self, key: str, agency: Agency) -> Cell:
        return self.cells.get((key, agency.pk), Cell())

    def of_organ(self, agency: Agency) -> Cell:
        return _sum(self.cell(key, agency) for key in self.names)

    def of_key(self, key: str, organs: Iterable[Agency] | None = None) -> Cell:
        return _sum(self.cell(key, organ) for organ in (self.organs if organs is None else organs))

    @property
    def whole(self) -> Cell:
        return _sum(self.cells.values())

    def per_organ(self) -> list[tuple[Agency, Cell]]:
        return [(organ, self.of_organ(organ)) for organ in self.organs]

    def blocks(self) -> list[Block]:
        """County organs and towns apart, in tables no wider than a page."""
        towns = [organ for organ in self.organs if is_town(organ)]
        groups = (("县级单位", [organ for organ in self.organs if not is_town(organ)]), ("乡镇（街道）", towns))
        return [
            Block(name, organs[at : at + MOST_ACROSS], self._lines(organs[at : at + MOST_ACROSS]))
            for name, organs in groups
            for at in range(0, len(organs), MOST_ACROSS)
        ]

    def _lines(self, organs: list[Agency]) -> list[Line]:
        lines = [
            Line(key, name, [(organ, self.cell(key, organ)) for organ in organs], self.of_key(key, organs))
            for key, name in self.names.items()
        ]
        return [line for line in lines if line.total.state != "none"]


def _sum(cells: Iterable[Cell]) -> Cell:
    total = Cell()
    for cell in cells:
        total.add(cell)
    return total


def build_board(user: User, *, year: int, today: date, standard: bool = False) -> Board:
    """The board of the organs that the person may see."""
    organs = visible_agencies(user, on=today)
    obligations = Obligation.objects.filter(agency__in=organs, year=year, entry__catalogue__isnull=not standard)
    duties = Duty.objects.filter(agency__in=organs, until=None, entry__retired_on=None)
    return _board(
        obligations, duties.filter(entry__catalogue__isnull=not standard), year=year, today=today, standard=standard
    )


def _board(
    obligations: QuerySet[Obligation], duties: QuerySet[Duty], *, year: int, today: date, standard: bool
) -> Board:
    board = Board(year, standard)
    calendar = office_calendar()
    barren = set()
    for duty in duties.select_related("entry__column", "entry__catalogue"):
        cell = board.cells.setdefault((_key(duty.entry, standard), duty.agency_id), Cell())
        last = duty.last_on
        cell.add(Cell(duties=1, items=duty.items, last_on=last))
        if not duty.items:
            barren.add((duty.entry_id, duty.agency_id))
    rows = obligations.with_statements().select_related("entry__column", "entry__catalogue")
    seen = set()
    for row in rows:
        cell = board.cells.setdefault((_key(row.entry, standard), row.agency_id), Cell())
        state = standing_of(row, today=today, calendar=calendar).state
        if state == "ahead":
            continue
        cell.owed += 1
        cell.late += state == "late"
        counted = "served" if state == "late" else state
        setattr(cell, counted, getattr(cell, counted) + 1)
        place = (row.entry_id, row.agency_id)
        if place in barren and place not in seen and state in ("pending", "overdue"):
            seen.add(place)
            cell.empty += 1
    keys = {key for key, _ in board.cells}
    board.names = {key: name for key, name in _names(standard).items() if key in keys}
    present = {agency for _, agency in board.cells}
    board.organs = list(Agency.objects.filter(pk__in=present).order_by("position", "path"))
    return board


def _key(entry: Any, standard: bool) -> str:
    return entry.catalogue.field_code if standard else entry.column.slug


def _names(standard: bool) -> dict[str, str]:
    if standard:
        return {code: names[0] for code, names in FIELDS.items()}
    return dict(Column.objects.order_by("position", "pk").values_list("slug", "name"))


SHEET_HEADS = ("栏目（领域）", "单位", "应公开", "已公开", "其中逾期公开", "无此类事项", "待公开", "逾期未公开", "空栏", "公开条数", "最近公开", "覆盖率")  # fmt: skip


def sheet_rows(board: Board) -> list[list[Any]]:
    """The board for Excel: a line for each organ under each column, so that it can be filtered and summed there."""
    found = []
    for key, name in board.names.items():
        for organ in board.organs:
            cell = board.cell(key, organ)
            if cell.state != "none":
                found.append(
                    [
                        name, organ.short_name, cell.owed, cell.served, cell.late, cell.stated, cell.pending,
                        cell.overdue, cell.empty, cell.items, cell.last_on, cell.rate,
                    ]
                )  # fmt: skip
    return found
