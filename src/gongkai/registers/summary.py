"""What all registers of a year give at a glance, and a register as a sheet of Excel."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.urls import reverse

from gongkai.agencies.ledger import Figure, Period, Scope
from gongkai.agencies.models import Agency
from gongkai.registers.figures import figures, metrics, supplied
from gongkai.registers.forms import EntryForm
from gongkai.registers.models import RegisterEntry, SuppliedFigure
from gongkai_core.returns import form_of

_OF_METRICS = (
    # metric, label, unit, register
    ("org.zones", "政务公开专区（年末在用）", "个", "disclosureplace"),
    ("visit.people", "接待查阅", "人次", "placevisits"),
    ("org.rules", "本年制定的工作制度", "项", "workrule"),
)
_OF_CELLS = (
    # cell of the form of 2014, register
    ("t14.2_2_1", "pressconference"),
    ("t14.2_2_1_a", "pressconference"),
    ("t14.9_1", "meeting"),
    ("t14.9_2", "training"),
    ("t14.9_3", "training"),
    ("t14.8_2", "disclosureplace"),
    ("t14.8_3_1", "staffmember"),
    ("t14.8_3_2", "staffmember"),
    ("t14.8_4", "fund"),
)


@dataclass(frozen=True)
class Line:
    """One figure: None where the register is not kept."""

    label: str
    value: int | Decimal | None
    unit: str
    url: str
    register: str


def of_year(period: Period, scope: Scope) -> list[Line]:
    """The figures of the registers, with the register behind each."""
    cells, prose = figures(period, scope), metrics(period, scope)
    form = form_of("2014")
    lines = [
        _line(form.cell(cell).short, cells.get(cell), form.cell(cell).kept_unit, name, period)
        for cell, name in _OF_CELLS
    ]
    return lines + [_line(label, prose[metric], unit, name, period) for metric, label, unit, name in _OF_METRICS]


def _line(label: str, figure: Figure | None, unit: str, name: str, period: Period) -> Line:
    value = figure.value if figure else None
    if isinstance(value, Decimal):
        value = Decimal(f"{value.normalize():f}")  # 17.0000 is 17, and 100 is not 1E+2
    url = f"{reverse('registers:register', args=[name])}?year={period.year}"
    return Line(label, value, unit, url, name)


def supplied_lines(period: Period, scope: Scope) -> list[SuppliedFigure]:
    """Confirmed figures of other offices, in the order in which they are declared."""
    return sorted(supplied(period, scope), key=lambda row: (row.declared.group, row.declared.label, row.first, row.pk))


def sheet_of(form_class: type[EntryForm], rows: Iterable[Any], agency: Agency) -> tuple[list[str], list[list[Any]]]:
    """Heads and lines of a register: the columns of its form, then who entered it and whether it still counts."""
    fields = {
        name: one for name, one in form_class(agency=agency).fields.items() if not isinstance(one, forms.FileField)
    }
    heads = [*(str(one.label) for one in fields.values()), "单位", "划去理由"]
    return heads, [[*(_shown(row, name) for name in fields), row.agency.short_name, row.struck_out] for row in rows]


def _shown(row: RegisterEntry, name: str) -> Any:
    """A field as the paste page reads it again."""
    if name == "month":
        return f"{row.held_on:%Y-%m}"
    if name == "amount_fen":
        return f"{row.amount.normalize():f}" if hasattr(row, "amount") else ""
    value = getattr(row, name)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, RegisterEntry):
        return value.title
    if hasattr(row, f"get_{name}_display"):
        return getattr(row, f"get_{name}_display")()
    return value if isinstance(value, date | int) else value or ""
