"""One figure of a form (单元格)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

Manual = Literal[False, "filing", True]

_FOOTNOTE: Final = re.compile(r"(?<=.)（[^（）]*）$")


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of a form.

    `manual` is False (computed from the ledger), "filing" (逐级填报) or True (supplied by another office);
    `row` and `column` are ids in table 3 ("r3_1", "natural_person") and table 4 ("review", "upheld"), printed
    texts in table 2, and None in the one-column 2014 form; `article` is the 条例's item in table 2; `formula`
    is the sum that defines a cell computed from other cells.
    """

    id: str
    label: str
    unit: str
    source: str
    manual: Manual
    table: str
    parent: str | None = None
    row: str | None = None
    column: str | None = None
    article: str | None = None
    confirm_with: str | None = None
    calc: str = ""
    note: str = ""
    formula: str | None = None

    @property
    def short(self) -> str:
        """The label without 其中： and without the footnote in brackets."""
        return _FOOTNOTE.sub("", self.label.removeprefix("其中："))

    @property
    def is_money(self) -> bool:
        """Whether the cell holds an amount (万元, 亿元), where rounding is allowed for."""
        return "元" in self.unit

    @property
    def kept_unit(self) -> str:
        """The unit the figure is kept and printed in; where the form leaves a choice (万元|亿元), the first."""
        return self.unit.partition("|")[0]
