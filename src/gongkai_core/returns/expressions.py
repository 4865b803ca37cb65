"""What a rule of the forms (勾稽式) means: its tree, and its value for the figures of one table.

The language is defined in `data/forms.json`, key `rule_language`; `grammar` reads it into these trees.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

Number = int | Decimal


class Skip(Exception):
    """The whole rule cannot be judged; the message says what is missing."""


class Unknown(Skip):
    """A figure from outside the table is not known: `or` goes on without this operand."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a rule is judged on.

    `numbers` holds this year's cells with blanks as 0, `blanks` the blank ones, `tolerances` half a unit of
    the last digit shown of each money cell; `previous` is last year's cells (None: no report), `outside` the
    figures from outside the table, `explained` the cells that carry an explanation.
    """

    numbers: Mapping[str, Number]
    blanks: Collection[str] = frozenset()
    tolerances: Mapping[str, Decimal] = field(default_factory=dict)
    previous: Mapping[str, Number] | None = None
    outside: Mapping[str, Number] = field(default_factory=dict)
    explained: Collection[str] = frozenset()


class Node:
    """A node of the tree."""

    __slots__ = ()

    def cells(self) -> Iterator[str]:
        """This year's cells below this node, in reading order."""
        for child in self.children():
            yield from child.cells()

    def children(self) -> Sequence[Node]:
        """The nodes directly below."""
        return ()


class Quantity(Node):
    """A node with a number for its value."""

    __slots__ = ()

    def value(self, figures: Figures) -> Number:
        """The number; Skip or Unknown if it cannot be known."""
        raise NotImplementedError


class Condition(Node):
    """A node that is true or false."""

    __slots__ = ()

    def holds(self, figures: Figures) -> bool:
        """Whether it is true; Skip if it cannot be known."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class CellValue(Quantity):
    """A cell of this year; blank counts as 0, a cell that was not read makes the rule unknowable."""

    id: str

    def value(self, figures: Figures) -> Number:
        try:
            return figures.numbers[self.id]
        except KeyError:
            raise Skip(f"没有读到单元格 {self.id}") from None

    def cells(self) -> Iterator[str]:
        yield self.id


@dataclass(frozen=True, slots=True)
class Literal(Quantity):
    """A number written in the rule."""

    number: Number

    def value(self, figures: Figures) -> Number:
        return self.number


@dataclass(frozen=True, slots=True)
class Previous(Quantity):
    """prev(x): the same cell in the same organ's report of the year before."""

    id: str

    def value(self, figures: Figures) -> Number:
        if figures.previous is None:
            raise Skip("没有上年年报的数")
        try:
            return figures.previous[self.id]
        except KeyError:
            raise Skip(f"上年年报没有单元格 {self.id}") from None


@dataclass(frozen=True, slots=True)
class Outside(Quantity):
    """ext(name): a figure from outside the table."""

    name: str

    def value(self, figures: Figures) -> Number:
        try:
            return figures.outside[self.name]
        except KeyError:
            raise Unknown(f"不知道表外数 {self.name}") from None


@dataclass(frozen=True, slots=True)
class Total(Quantity):
    """A sum: written with + and -, or as sum(…)."""

    plus: tuple[Quantity, ...]
    minus: tuple[Quantity, ...] = ()

    def value(self, figures: Figures) -> Number:
        result: Number = 0
        for term in self.plus:
            result += term.value(figures)
        for term in self.minus:
            result -= term.value(figures)
        return result

    def children(self) -> Sequence[Node]:
        return self.plus + self.minus


@dataclass(frozen=True, slots=True)
class Maximum(Quantity):
    """max(…)."""

    terms: tuple[Quantity, ...]

    def value(self, figures: Figures) -> Number:
        return max(term.value(figures) for term in self.terms)

    def children(self) -> Sequence[Node]:
        return self.terms


# Each sign as a test of left - right against the slack allowed.
COMPARISONS: Final[Mapping[str, Callable[[Number, Number], bool]]] = {
    "=": lambda difference, slack: -slack <= difference <= slack,
    "!=": lambda difference, slack: not -slack <= difference <= slack,
    "<=": lambda difference, slack: difference <= slack,
    ">=": lambda difference, slack: difference >= -slack,
    "<": lambda difference, slack: difference < -slack,
    ">": lambda difference, slack: difference > slack,
}


@dataclass(frozen=True, slots=True)
class Comparison(Condition):
    """x = y, or a chain x <= y <= z, which holds when every link does."""

    terms: tuple[Quantity, ...]
    signs: tuple[str, ...]
    compared: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "compared", frozenset(self.cells()))

    def holds(self, figures: Figures) -> bool:
        return self.failing(figures) is None

    def failing(self, figures: Figures) -> int | None:
        """The first link that does not hold."""
        values = [term.value(figures) for term in self.terms]
        slack = max((half for cell, half in figures.tolerances.items() if cell in self.compared), default=0)
        for index, sign in enumerate(self.signs):
            if not COMPARISONS[sign](values[index] - values[index + 1], slack):
                return index
        return None

    def children(self) -> Sequence[Node]:
        return self.terms


@dataclass(frozen=True, slots=True)
class Blank(Condition):
    """blank(x): nothing stands in the cell (0 is not blank)."""

    cell: CellValue

    def holds(self, figures: Figures) -> bool:
        self.cell.value(figures)
        return self.cell.id in figures.blanks

    def children(self) -> Sequence[Node]:
        return (self.cell,)


@dataclass(frozen=True, slots=True)
class Explained(Condition):
    """explain: the rule's first cell carries an explanation (第六部分 or under the table)."""

    cell: str

    def holds(self, figures: Figures) -> bool:
        return self.cell in figures.explained


@dataclass(frozen=True, slots=True)
class Not(Condition):
    """not p."""

    operand: Condition

    def holds(self, figures: Figures) -> bool:
        return not self.operand.holds(figures)

    def children(self) -> Sequence[Node]:
        return (self.operand,)


@dataclass(frozen=True, slots=True)
class And(Condition):
    """p and q."""

    operands: tuple[Condition, ...]

    def holds(self, figures: Figures) -> bool:
        answers = [operand.holds(figures) for operand in self.operands]  # each must be known
        return all(answers)

    def children(self) -> Sequence[Node]:
        return self.operands


@dataclass(frozen=True, slots=True)
class Or(Condition):
    """p or q; an operand with an unknown outside figure is left out, unless nothing else remains."""

    operands: tuple[Condition, ...]

    def holds(self, figures: Figures) -> bool:
        return any(answer for _, answer in self.known(figures))

    def known(self, figures: Figures) -> list[tuple[Condition, bool]]:
        """The operands that can be judged, with their answers."""
        answers = []
        unknown: Unknown | None = None
        for operand in self.operands:
            try:
                answers.append((operand, operand.holds(figures)))
            except Unknown as missing:
                unknown = missing
        if not answers and unknown is not None:
            raise unknown
        return answers

    def children(self) -> Sequence[Node]:
        return self.operands


@dataclass(frozen=True, slots=True)
class Implies(Condition):
    """p -> q."""

    premise: Condition
    conclusion: Condition

    def holds(self, figures: Figures) -> bool:
        return not self.premise.holds(figures) or self.conclusion.holds(figures)

    def children(self) -> Sequence[Node]:
        return (self.premise, self.conclusion)


@dataclass(frozen=True, slots=True)
class SameTruth(Condition):
    """p <-> q."""

    left: Condition
    right: Condition

    def holds(self, figures: Figures) -> bool:
        return self.left.holds(figures) is self.right.holds(figures)

    def children(self) -> Sequence[Node]:
        return (self.left, self.right)
