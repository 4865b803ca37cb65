"""What the equations find: every single slip in a covered cell of a correct report, and which swaps.

Covered means that some equality (a sum, a balance, 上年结转, the chain of valid documents) names the cell. A slip is
judged by the rules that name the cell, which is what `check` does; a sample is put before `check` itself.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from gongkai_core.returns import FORMS, Form, Rule, check, derive
from gongkai_core.returns.expressions import Comparison, Figures, Skip

Table = dict[str, Any]
SUPPLIES = ("license", "othersvc", "penalty", "coercion", "fee")


def covered(form: Form) -> frozenset[str]:
    """Cells that some equality names."""
    equalities = (rule for rule in form.rules if isinstance(rule.condition, Comparison) and "=" in rule.condition.signs)
    return frozenset(cell for rule in equalities for cell in rule.cells)


@pytest.mark.parametrize(
    ("edition", "shares"),
    [
        ("2014", {"t14": "31/58"}),
        ("2019", {"t2": "8/22", "t3": "161/161", "t4": "15/15"}),
        ("2021", {"t2": "6/10", "t3": "175/175", "t4": "15/15"}),
    ],
)
def test_the_share_of_cells_that_an_equality_covers(edition: str, shares: Mapping[str, str]) -> None:
    form = FORMS[edition]
    known, tables = covered(form), Counter(cell.id.partition(".")[0] for cell in form.cells)
    by_table = Counter(cell.partition(".")[0] for cell in known)
    found = {table: f"{by_table[table]}/{count}" for table, count in tables.items()}
    print(
        f"\n{edition} 表，等式核到的格：{found}，共 {len(known)}/{len(form.cells)}（{len(known) / len(form.cells):.0%}）"
    )
    assert found == shares


# Correct reports -----------------------------------------------------------------------------------------------------


def correct(form: Form, chance: random.Random) -> tuple[Table, Table]:
    """A year's table in which everything holds, and what of last year's table it hangs on."""
    values: Table = {cell.id: _figure(chance) for cell in form.cells}
    previous: Table = {}
    if form.edition == "2014":
        _of_2014(values, chance)
    else:
        _table_two(form, values, previous, chance)
        _table_three(form, values, previous, chance)
        for group in ("review", "suit_direct", "suit_after"):
            previous[f"t4.{group}.pending"] = values[f"t4.{group}.upheld"]
    return dict(derive(form, values)), previous


def _figure(chance: random.Random) -> int:
    """Mostly small, often nothing, sometimes large: as reports are."""
    return chance.choice((0, 0, chance.randint(1, 9), chance.randint(1, 99), chance.randint(1, 50_000)))


def _of_2014(values: Table, chance: random.Random) -> None:
    channels = [values[f"t14.1_2_{n}"] for n in range(1, 6)]
    values["t14.1_1"] = chance.randint(max(channels), sum(channels))
    values["t14.1_1_a"] = chance.randint(0, values["t14.1_1"])
    values["t14.1_1_b"] = values["t14.1_1_a"] + _figure(chance)
    for whole, part in (("t14.2_2_1", "t14.2_2_1_a"), ("t14.2_2_2", "t14.2_2_2_a")):
        values[part] = chance.randint(0, values[whole])
    answered = sum(values[f"t14.3_3_{n}"] for n in range(1, 9) if n != 4)
    answered += sum(values[f"t14.3_3_4_{letter}"] for letter in "abcdef")
    # As many came in and were closed as were answered, in time or extended.
    values["t14.3_2"] = values["t14.3_1"] = answered
    values["t14.3_2_1"] = chance.randint(0, answered)
    values["t14.3_2_2"] = answered - values["t14.3_2_1"]
    left = answered
    for n in (1, 2, 3):
        values[f"t14.3_1_{n}"] = chance.randint(0, left)
        left -= values[f"t14.3_1_{n}"]
    values["t14.3_1_4"] = left
    for prefix in ("t14.4", "t14.5"):
        values[prefix] = sum(values[f"{prefix}_{n}"] for n in (1, 2, 3))
    values["t14.9_3"] = values["t14.9_2"] * chance.randint(1, 60)


def _table_two(form: Form, values: Table, previous: Table, chance: random.Random) -> None:
    for cell in form.cell_ids:
        if cell.startswith("t2.rule."):
            values[cell] = 0
    if form.edition == "2019":
        values["t2.normdoc.public"] = chance.randint(0, values["t2.normdoc.made"])
        values["t2.normdoc.total"] = values["t2.normdoc.public"] + _figure(chance)
        for row in SUPPLIES:
            previous[f"t2.{row}.prev"] = chance.randint(0, values[f"t2.{row}.prev"])
            previous[f"t2.{row}.delta"] = values[f"t2.{row}.prev"] - previous[f"t2.{row}.prev"]
            values[f"t2.{row}.delta"] = chance.randint(-values[f"t2.{row}.prev"], 40)
        return
    made, repealed = values["t2.normdoc.made"], values["t2.normdoc.repealed"]
    values["t2.normdoc.valid"] = max(0, made - repealed) + _figure(chance)
    previous["t2.normdoc.valid"] = values["t2.normdoc.valid"] - made + repealed
    previous["t2.rule.valid"] = 0


def _table_three(form: Form, values: Table, previous: Table, chance: random.Random) -> None:
    """Received and carried in are closed or carried on, column by column; nothing was paid, so nothing is to be told."""
    columns = list(dict.fromkeys(cell.column for cell in form.cells if cell.table == "t3" and cell.column != "total"))
    rows = list(
        dict.fromkeys(cell.row for cell in form.cells if cell.table == "t3" and str(cell.row).startswith("r3_"))
    )
    for column in columns:
        if form.edition == "2021":
            values[f"t3.r3_6_2.{column}"] = 0
        closed = sum(values[f"t3.{row}.{column}"] for row in rows if row != "r3_7")
        values[f"t3.r2.{column}"] = chance.randint(0, closed + values[f"t3.r4.{column}"])
        values[f"t3.r1.{column}"] = closed + values[f"t3.r4.{column}"] - values[f"t3.r2.{column}"]
        previous[f"t3.r4.{column}"] = values[f"t3.r2.{column}"]
    previous["t3.r4.total"] = sum(values[f"t3.r2.{column}"] for column in columns)


# Slips ---------------------------------------------------------------------------------------------------------------

SLIPS: Mapping[str, Callable[[int], int | None]] = {
    "+1": lambda value: value + 1, "−1": lambda value: value - 1, "×10": lambda value: value * 10, "blank": lambda _: None,
}  # fmt: skip


class Judge:
    """A correct report, and whether the rules notice when cells of it are changed."""

    def __init__(self, form: Form, values: Table, previous: Table) -> None:
        self.form, self.values, self.previous = form, values, previous
        self.numbers = dict(values)
        self.rules: Mapping[str, list[Rule]] = defaultdict(list)
        for rule in form.rules:
            for cell in dict.fromkeys(rule.cells):
                self.rules[cell].append(rule)

    def notices(self, changed: Mapping[str, int | None]) -> bool:
        """Whether a rule that names a changed cell no longer holds."""
        self.numbers |= {cell: value or 0 for cell, value in changed.items()}
        blanks = {cell for cell, value in changed.items() if value is None}
        figures = Figures(self.numbers, blanks, previous=self.previous, outside={"carried_in": 0, "info_fee_amount": 0})
        found = any(self._broken(rule, figures) for cell in changed for rule in self.rules[cell])
        self.numbers |= {cell: self.values[cell] for cell in changed}
        return found

    @staticmethod
    def _broken(rule: Rule, figures: Figures) -> bool:
        try:
            return not rule.condition.holds(figures)
        except Skip:
            return False

    def noticed_by_check(self, changed: Mapping[str, int | None]) -> bool:
        outside = {"carried_in": 0, "info_fee_amount": 0}
        return bool(check(self.form, self.values | changed, prev=self.previous, ext=outside).findings)


def slips(values: Table, cells: frozenset[str]) -> Iterator[tuple[str, Mapping[str, int | None]]]:
    for cell in sorted(cells):
        for name, change in SLIPS.items():
            if (new := change(values[cell])) != values[cell]:
                yield name, {cell: new}


def neighbours(form: Form) -> list[tuple[str, str]]:
    """Cells that stand side by side or one below the other in the printed tables."""
    pairs: list[tuple[str, str]] = []
    for table in form.layout:
        grid: dict[tuple[int, int], str] = {}
        for y, row in enumerate(table.rows):
            for x, box in enumerate([box for box in row if box.cell]):
                grid[y, x] = str(box.cell)
        for (y, x), cell in grid.items():
            pairs += [(cell, grid[beside]) for beside in ((y, x + 1), (y + 1, x)) if beside in grid]
    return pairs


@pytest.mark.soak
@pytest.mark.parametrize("edition", sorted(FORMS))
def test_every_slip_in_a_covered_cell_is_found(edition: str, budget: Any) -> None:
    form, cells = FORMS[edition], covered(FORMS[edition])
    beside = neighbours(form)
    tried, swaps = Counter[str](), Counter[str]()
    for seed in range(budget(test=10, soak=1_000)):
        chance = random.Random(f"{edition} {seed}")
        values, previous = correct(form, chance)
        judge = Judge(form, values, previous)
        whole = check(form, values, prev=previous, ext={"carried_in": 0, "info_fee_amount": 0})
        assert whole.findings == (), f"the report of seed {seed} is not correct"
        for name, changed in slips(values, cells):
            tried[name] += 1
            assert judge.notices(changed), f"seed {seed}: {name} in {changed} is not found"
        for one, other in beside:
            if values[one] == values[other]:
                continue
            changed = {one: values[other], other: values[one]}
            found, table = judge.notices(changed), one.partition(".")[0]
            swaps[f"{table} {'found' if found else 'not detectable'}"] += 1
            assert found or table != "t3", f"seed {seed}: {one} and {other} swapped is not found"
        for changed in chance.sample([changed for _, changed in slips(values, frozenset(form.cell_ids))], 5):
            assert judge.notices(changed) == judge.noticed_by_check(changed), changed
    print(f"\n{edition} 表：{dict(tried)} 全部查出；互换 {dict(sorted(swaps.items()))}")
    assert sum(tried.values()) > 100


def test_neighbours_are_those_of_the_printed_table() -> None:
    pairs = neighbours(FORMS["2021"])
    assert ("t3.r1.natural_person", "t3.r1.business") in pairs
    assert ("t3.r1.natural_person", "t3.r2.natural_person") in pairs
    assert ("t2.rule.made", "t2.rule.repealed") in pairs
    assert all(one != other for one, other in pairs)
    assert not set(pairs) & {(other, one) for one, other in pairs}
