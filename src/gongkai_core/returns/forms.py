"""The statistical forms (统计表) of 2014, 2019 and 2021 as data.

Read from `data/forms.json`: cells in official order, their units and sources, the layout a renderer
prints and the declared equations (勾稽式).
Sources: 国办发〔2014〕32号, 国办公开办函〔2019〕60号, 国办公开办函〔2021〕30号.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

from gongkai_core.errors import InputError
from gongkai_core.returns import layout
from gongkai_core.returns.cells import Cell
from gongkai_core.returns.expressions import Condition, Quantity
from gongkai_core.returns.grammar import parse_formula, parse_rule

# forms.json says "warn"; everything we put out says "warning" (metrics.md, `severity`).
LEVELS: Final = {"error": "error", "warn": "warning"}


@dataclass(frozen=True)
class Rule:
    """One declared equation, with its placeholders filled in (`binding`).

    `level` is error (cannot hold) or warning (must be explained); `type` is the anomaly type of the labels.
    """

    id: str
    expr: str
    level: str
    type: str
    why: str
    src: str
    applies_to: str | None
    binding: Mapping[str, str]
    condition: Condition

    @cached_property
    def cells(self) -> tuple[str, ...]:
        """This year's cells named by the rule, in order, each once; the first one carries an explanation."""
        return tuple(dict.fromkeys(self.condition.cells()))


@dataclass(frozen=True)
class Form:
    """One edition of the form."""

    edition: str
    doc: str
    years: str
    cells: tuple[Cell, ...]
    layout: tuple[layout.Table, ...]
    rule_specs: tuple[Mapping[str, Any], ...]
    notes: tuple[str, ...]

    @cached_property
    def by_id(self) -> Mapping[str, Cell]:
        """The cells by id."""
        return MappingProxyType({cell.id: cell for cell in self.cells})

    @cached_property
    def cell_ids(self) -> tuple[str, ...]:
        """The cell ids in official order."""
        return tuple(cell.id for cell in self.cells)

    @cached_property
    def derived(self) -> tuple[tuple[str, Quantity], ...]:
        """The cells that are sums of others with their formula, in an order in which they can be computed."""
        found = [(cell.id, parse_formula(cell.formula, self.cell_ids)) for cell in self.cells if cell.formula]
        # A sum of sums (r3_7, t14.3_3) comes after what it adds.
        ids = {cell_id for cell_id, _ in found}
        return tuple(sorted(found, key=lambda pair: sum(cell in ids for cell in pair[1].cells())))

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The declared equations, placeholders expanded, compiled once."""
        return tuple(rule for spec in self.rule_specs for rule in self._expand(spec))

    def cell(self, cell_id: str) -> Cell:
        """Return the cell with this id; InputError if the edition has none."""
        found = self.by_id.get(cell_id)
        if found is None:
            raise InputError(f"{self.edition} 年统计表没有这个单元格：{cell_id}")
        return found

    def _expand(self, spec: Mapping[str, Any]) -> Iterator[Rule]:
        names = {key: self.cell_ids if ids == "all" else ids for key, ids in spec.get("for", {}).items()}
        for combination in itertools.product(*names.values()):
            binding = dict(zip(names, combination, strict=True))
            expr = spec["expr"]
            for key, value in binding.items():
                expr = expr.replace(f"{{{key}}}", value)
            yield Rule(
                id=spec["id"],
                expr=expr,
                level=LEVELS[spec["level"]],
                type=spec["type"],
                why=spec.get("why", ""),
                src=spec.get("src", self.doc),
                applies_to=spec.get("applies_to"),
                binding=MappingProxyType(binding),
                condition=parse_rule(expr, self.cell_ids),
            )


def edition_for(year: int) -> str:
    """Return the edition of a year (统计年度): 2014–2018, 2019–2020, from 2021; InputError before 2014."""
    if isinstance(year, bool) or not isinstance(year, int) or not 2014 <= year <= 9999:
        raise InputError(f"{year} 年度没有全国统一的统计表：统计表自 2014 年度起才有")
    if year <= 2018:
        return "2014"
    return "2019" if year <= 2020 else "2021"


def form_for(year: int) -> Form:
    """Return the form that a reporting year (统计年度) uses; InputError before 2014."""
    return FORMS[edition_for(year)]


def form_of(edition: str) -> Form:
    """Return an edition of the form ("2014", "2019", "2021"); InputError for any other."""
    found = FORMS.get(edition)
    if found is None:
        raise InputError(f"没有这一版统计表：{edition}（有 2014、2019、2021）")
    return found


def _form_2014(raw: Mapping[str, Any]) -> tuple[Cell, ...]:
    return tuple(
        Cell(
            id=row["id"],
            label=row["label"],
            unit=row["unit"],
            source=row["source"],
            manual=row["manual"],
            table="t14",
            parent=row["parent"],
            confirm_with=row.get("confirm_with"),
            calc=row["calc"],
            note=row["note"],
            # Here a sum of cells is told by its own text: t14.3_3, t14.3_3_4, t14.8_3.
            formula=row["calc"] if row["calc"].startswith(("sum(t14.", "t14.")) else None,
        )
        for row in raw["cells"]
    )


def _table2(raw: Mapping[str, Any]) -> Iterator[Cell]:
    calc = {cell_id: text for ids, text in raw["table2_calc"].items() for cell_id in ids.split("|")}
    for row in raw["table2"]:
        yield Cell(
            id=row["id"],
            label=f"{row['row']}·{row['column']}",
            unit=row["unit"],
            source=row["source"],
            manual=row["manual"],
            table="t2",
            row=row["row"],
            column=row["column"],
            article=row["article"],
            confirm_with=row.get("confirm_with"),
            calc=calc[row["id"]],
            note=row.get("note", ""),
        )


def _table3(raw: Mapping[str, Any]) -> Iterator[Cell]:
    for row in raw["table3"]["rows"]:
        for column in raw["table3"]["cols"]:
            yield Cell(
                id=f"t3.{row['id']}.{column['id']}",
                label=f"{row['label']}·{column['label']}",
                unit=row["unit"],
                source=row["source"],
                manual=row["manual"],
                table="t3",
                parent=None if column["id"] == "total" else f"t3.{row['id']}.total",
                row=row["id"],
                column=column["id"],
                calc=row["calc"],
                formula=_table3_formula(row, column["id"]),
            )


def _table3_formula(row: Mapping[str, Any], column: str) -> str | None:
    """总计 adds the six columns; the row 总计 adds the outcome rows of its own column."""
    if row["source"] == "cells":
        return re.sub(r"r\d+(?:_\d+)*", lambda match: f"t3.{match[0]}.{column}", row["calc"])
    if column == "total":
        return f"sum(t3.{row['id']}.natural_person..t3.{row['id']}.other)"
    return None


def _table4(raw: Mapping[str, Any]) -> Iterator[Cell]:
    for group in raw["table4"]["groups"]:
        for column in raw["table4"]["cols"]:
            total = column["id"] == "total"
            prefix = f"t4.{group['id']}"
            yield Cell(
                id=f"{prefix}.{column['id']}",
                label=f"{group['label']}·{column['label']}",
                unit=group["unit"],
                source=group["source"],
                manual=group["manual"],
                table="t4",
                parent=None if total else f"{prefix}.total",
                row=group["id"],
                column=column["id"],
                confirm_with=group.get("confirm_with"),
                calc=f"{raw['table4_calc'][group['id']]}; {raw['table4_calc'][column['id']]}",
                formula=f"sum({prefix}.upheld..{prefix}.pending)" if total else None,
            )


def _form(edition: str, raw: Mapping[str, Any]) -> Form:
    if edition == "2014":
        cells = _form_2014(raw)
        tables = layout.list_of_2014(cells)
        notes: tuple[str, ...] = ()
    else:
        cells = (*_table2(raw), *_table3(raw), *_table4(raw))
        tables = layout.tables_of_six_parts(raw)
        notes = tuple(row["text"] for row in raw["table4_notes"])
    return Form(
        edition=edition,
        doc=raw["doc"],
        years=raw["years"],
        cells=cells,
        layout=tables,
        rule_specs=tuple(MappingProxyType(spec) for spec in raw["rules"]),
        notes=notes,
    )


def _load() -> Mapping[str, Form]:
    raw = json.loads((files("gongkai_core") / "data" / "forms.json").read_text("utf-8"))
    return MappingProxyType({edition: _form(edition, raw[f"form_{edition}"]) for edition in ("2014", "2019", "2021")})


FORMS: Final[Mapping[str, Form]] = _load()
