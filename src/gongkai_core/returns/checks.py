"""Judge a filled form by its declared equations (勾稽), and compute the cells that are sums of others."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from gongkai_core.errors import InputError
from gongkai_core.returns.expressions import (
    CellValue,
    Comparison,
    Condition,
    Figures,
    Number,
    Skip,
    Total,
)
from gongkai_core.returns.forms import Form, Rule
from gongkai_core.returns.wording import OUTSIDE_LABELS, say

Value = int | float | Decimal | None

GOVERNMENT_LEVELS: Final = {"province": "省级", "city": "市级", "county": "县级", "town": "乡镇级"}
# Far above any figure of a form, and well within exact arithmetic.
_LARGEST: Final = 10**15

_APPLIES: Final = {"county_and_below": (frozenset({"county", "town"}), "只适用于县级及以下")}


@dataclass(frozen=True, slots=True)
class Finding:
    """An equation that does not hold.

    `level` is "error" or "warning"; `left` and `right` are the sides of the failing comparison (None for a
    blank cell); `expected` and `found` are texts as in the labels; `detail` is the arithmetic in Chinese.
    """

    rule: str
    type: str
    level: str
    cells: tuple[str, ...]
    left: Number | None
    right: Number | None
    expected: str
    found: str
    detail: str
    why: str
    src: str

    def as_json(self) -> dict[str, Any]:
        """The finding as JSON; `severity` is the same word as `level`, as the labels name it."""
        return {
            "rule": self.rule,
            "type": self.type,
            "level": self.level,
            "severity": self.level,
            "cells": list(self.cells),
            "left": json_number(self.left),
            "right": json_number(self.right),
            "expected": self.expected,
            "found": self.found,
            "detail": self.detail,
            "why": self.why,
            "src": self.src,
        }


@dataclass(frozen=True, slots=True)
class Skipped:
    """A rule that could not be judged, and so has not passed."""

    rule: str
    cells: tuple[str, ...]
    reason: str

    def as_json(self) -> dict[str, Any]:
        """The skipped rule as JSON."""
        return {"rule": self.rule, "cells": list(self.cells), "reason": self.reason}


@dataclass(frozen=True, slots=True)
class Report:
    """What the equations say about one filled form; `judged` counts the rules that were evaluated."""

    edition: str
    judged: int
    findings: tuple[Finding, ...]
    skipped: tuple[Skipped, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that cannot be explained away."""
        return tuple(finding for finding in self.findings if finding.level == "error")

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings that need a look or an explanation."""
        return tuple(finding for finding in self.findings if finding.level == "warning")

    def as_json(self) -> dict[str, Any]:
        """The report as JSON."""
        return {
            "form": self.edition,
            "judged": self.judged,
            "findings": [finding.as_json() for finding in self.findings],
            "skipped": [skipped.as_json() for skipped in self.skipped],
        }


def check(
    form: Form,
    values: Mapping[str, Value],
    *,
    prev: Mapping[str, Value] | None = None,
    ext: Mapping[str, Value] | None = None,
    explained: Collection[str] = frozenset(),
    level_of_government: str = "county",
) -> Report:
    """Judge `values` by the equations of `form`.

    `values` maps cell ids to figures; None is a blank cell (counted as 0, and reported), a cell that is
    not in the mapping was not read, and rules about it are skipped. `prev` is the same organ's table of the
    year before, `ext` the figures from outside the table (carried_in 件, info_fee_amount 元), `explained` the
    cells with a written explanation, `level_of_government` province, city, county or town. InputError for
    an unknown cell or level and for a value that is no finite number. Money is compared within half a unit
    of the last digit shown, everything else exactly.
    """
    if level_of_government not in GOVERNMENT_LEVELS:
        raise InputError(f"没有这一级政府：{level_of_government}（可用 {'、'.join(GOVERNMENT_LEVELS)}）")
    figures = _figures(form, values, prev, ext, explained)
    findings: list[Finding] = []
    skipped: list[Skipped] = []
    for rule in form.rules:
        if rule.applies_to is not None:
            levels, reason = _APPLIES[rule.applies_to]
            if level_of_government not in levels:
                skipped.append(Skipped(rule.id, rule.cells, reason))
                continue
        try:
            holds = rule.condition.holds(figures)
        except Skip as missing:
            skipped.append(Skipped(rule.id, rule.cells, str(missing)))
            continue
        if not holds:
            findings.append(_finding(form, rule, figures))
    return Report(form.edition, len(form.rules) - len(skipped), tuple(findings), tuple(skipped))


def derive(form: Form, values: Mapping[str, Value]) -> dict[str, Value]:
    """Return `values` with every cell that is a sum of other cells computed anew.

    Those are the cells with a `formula`: t14.3_3, t14.3_3_4, t14.8_3; the 总计 column and row of table 3; the
    总计 of table 4. Blank or missing parts count as 0; if all parts are blank or missing, so is the sum.
    InputError for a cell the form doesn't have.
    """
    numbers, blanks, _ = _numbers(form, values)
    present = set(numbers) - blanks
    result = dict(values)
    for cell_id, formula in form.derived:
        parts = tuple(formula.cells())
        if present.isdisjoint(parts):
            result[cell_id] = None
            numbers[cell_id] = 0
            present.discard(cell_id)
            continue
        for part in parts:
            numbers.setdefault(part, 0)
        numbers[cell_id] = formula.value(Figures(numbers))
        result[cell_id] = numbers[cell_id]
        present.add(cell_id)
    return result


def json_number(number: Number | None) -> int | float | None:
    """A number as JSON writes it."""
    return float(number) if isinstance(number, Decimal) else number


def _figures(
    form: Form,
    values: Mapping[str, Value],
    prev: Mapping[str, Value] | None,
    ext: Mapping[str, Value] | None,
    explained: Collection[str],
) -> Figures:
    numbers, blanks, tolerances = _numbers(form, values)
    for name in ext or ():
        if name not in OUTSIDE_LABELS:
            raise InputError(f"没有这个表外数：{name}（可用 {'、'.join(OUTSIDE_LABELS)}）")
    known = ((name, value) for name, value in (ext or {}).items() if value is not None)
    outside = {name: _number(value, f"表外数 {name}") for name, value in known}
    # Last year's report may be of another edition, so its cells are not held against this form's.
    previous = None
    if prev is not None:
        previous = {cell: _number(value, f"上年单元格 {cell}") for cell, value in prev.items()}
    notes = {form.cell(cell).id for cell in explained}
    return Figures(numbers, blanks, tolerances, previous, outside, notes)


def _numbers(form: Form, values: Mapping[str, Value]) -> tuple[dict[str, Number], set[str], dict[str, Decimal]]:
    numbers: dict[str, Number] = {}
    blanks: set[str] = set()
    tolerances: dict[str, Decimal] = {}
    for cell_id, value in values.items():
        if value is None:
            blanks.add(cell_id)
        numbers[cell_id] = number = _number(value, f"单元格 {cell_id}")
        if form.cell(cell_id).is_money and value is not None:
            tolerances[cell_id] = _half_unit(number)
    return numbers, blanks, tolerances


def _number(value: Value, what: str) -> Number:
    """Read a figure exactly; blank counts as 0."""
    if value is None:
        return 0
    number: Number | None = None
    if isinstance(value, int) and not isinstance(value, bool):
        number = value
    elif isinstance(value, float | Decimal):
        # str() gives the digits as shown: 2.43, not the nearest binary fraction.
        number = Decimal(str(value))
    if number is None or (isinstance(number, Decimal) and not number.is_finite()):
        raise InputError(f"{what} 的值不是数：{value}")
    if not -_LARGEST <= number <= _LARGEST:
        raise InputError(f"{what} 的值过大")
    return number


def _half_unit(number: Number) -> Decimal:
    """Half a unit of the last digit shown: 2.43 → 0.005, 17 → 0.5."""
    exponent = number.as_tuple().exponent if isinstance(number, Decimal) else 0
    assert isinstance(exponent, int)
    return Decimal(1).scaleb(min(exponent, 0)) / 2


def _finding(form: Form, rule: Rule, figures: Figures) -> Finding:
    """Describe a rule that does not hold."""
    said = say(rule.condition, figures, form.by_id, truth=False)
    blank_parent = _is_blank_parent(rule.condition, figures)
    return Finding(
        rule=rule.id,
        type="blank_parent" if blank_parent else rule.type,
        level="warning" if blank_parent else rule.level,
        cells=rule.cells,
        left=said.left,
        right=said.right,
        expected=said.expected,
        found="" if blank_parent else said.found,
        detail=said.text,
        why=rule.why,
        src=rule.src,
    )


def _is_blank_parent(condition: Condition, figures: Figures) -> bool:
    """Whether the single left cell of a sum is blank; its rule fails, so the parts are not 0."""
    if not isinstance(condition, Comparison) or condition.signs != ("=",):
        return False
    parent, parts = condition.terms
    return (
        isinstance(parent, CellValue)
        and parent.id in figures.blanks
        and isinstance(parts, Total)
        and all(isinstance(part, CellValue) for part in parts.children())
    )
