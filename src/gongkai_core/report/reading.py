"""One report as read: whose, of which year, in which form, its facts and tables, each value with its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from gongkai_core.report import header, tables
from gongkai_core.report.layout import normalise
from gongkai_core.report.tables import Value


@dataclass(frozen=True)
class LeftOut:
    """A row whose cells could not be told apart: its label, its cells, and how many values stand there."""

    label: str
    cells: tuple[str, ...]
    found: int


@dataclass(frozen=True)
class Reading:
    """What a report says. Cell ids and `form` are those of the labels; a blank cell is None, never 0.

    `table_units` names the unit printed with money cells; `places` gives (start, end) of each value in the
    text; `shifts` the rows left out; `mixed` the editions when there is more than one. `facts` are the
    figures of the prose.
    """

    name: str
    organ: str | None
    year: int | None
    form: str
    facts: list[dict[str, Any]] = field(default_factory=list)
    table: dict[str, Value] = field(default_factory=dict)
    table_units: dict[str, str] = field(default_factory=dict)
    places: dict[str, tuple[int, int]] = field(default_factory=dict)
    shifts: tuple[LeftOut, ...] = ()
    mixed: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The reading with the keys of the labels."""
        return {
            "name": self.name,
            "organ": self.organ,
            "year": self.year,
            "form": self.form,
            "facts": self.facts,
            "table": self.table,
            "table_units": self.table_units,
        }


def read(text: str, name: str = "") -> Reading:
    """Read the text of one annual report (年度报告). Never raises: what is not there is left out."""
    clean = normalise(text)
    organ, year = header.organ_and_year(clean)
    found = tables.read_tables(clean, year)
    return Reading(
        name=name,
        organ=organ,
        year=year,
        form=found.form,
        table=found.values,
        table_units=found.units,
        places=found.places,
        shifts=tuple(LeftOut(shift.label, shift.cells, shift.found) for shift in found.shifts),
        mixed=found.mixed,
    )
