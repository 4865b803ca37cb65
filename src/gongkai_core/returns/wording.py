"""The arithmetic of a rule in Chinese: 收到申请数 3 ≠ 0+0+0+0 = 0."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from gongkai_core.returns.cells import Cell
from gongkai_core.returns.expressions import (
    And,
    Blank,
    CellValue,
    Comparison,
    Condition,
    Explained,
    Figures,
    Implies,
    Literal,
    Maximum,
    Not,
    Number,
    Or,
    Outside,
    Previous,
    Quantity,
    SameTruth,
    Total,
)

OUTSIDE_LABELS: Final = {"carried_in": "上年未办结", "info_fee_amount": "本年信息处理费（元）"}

_SIGNS: Final = {"=": "=", "!=": "≠", "<=": "≤", ">=": "≥", "<": "<", ">": ">"}
_OPPOSITE: Final = {"=": "≠", "!=": "=", "<=": ">", ">=": "<", "<": "≥", ">": "≤"}
_NAMED_TERMS: Final = 3  # up to here each term of a sum is named
_LISTED_TERMS: Final = 8  # beyond this zeros are left out


@dataclass(frozen=True, slots=True)
class Said:
    """What a condition says of the figures, with the two sides of the comparison that matters."""

    text: str
    left: Number | None = None
    right: Number | None = None
    expected: str = ""
    found: str = ""


def say(condition: Condition, figures: Figures, cells: Mapping[str, Cell], *, truth: bool) -> Said:
    """Describe the figures by a condition that is known to be `truth`; `cells` gives the labels."""
    words = _Words(figures, cells)
    return words.condition(condition, truth=truth)


def number_text(number: Number) -> str:
    """A number as it is printed: 3, -2, 2.43."""
    if isinstance(number, Decimal):
        return f"{number:f}" if number % 1 else str(int(number))
    return str(number)


@dataclass(frozen=True, slots=True)
class _Words:
    figures: Figures
    cells: Mapping[str, Cell]

    def condition(self, node: Condition, *, truth: bool) -> Said:
        match node:
            case Comparison():
                return self._comparison(node)
            case Blank():
                text = f"{self.cells[node.cell.id].short} {'空白' if truth else '不空白'}"
                return Said(text, expected="有数（无则填 0）", found="")
            case Explained():
                return Said("已有说明" if truth else "须说明")
            case Not():
                return self.condition(node.operand, truth=not truth)
            case Implies():
                return self._implies(node)
            case SameTruth():
                return self._joined("，而 ", [node.left, node.right])
            case Or():
                return self._joined("，且 ", [part for part, answer in node.known(self.figures) if answer is truth])
            case And():
                return self._joined("，且 ", [part for part in node.operands if part.holds(self.figures) is truth])
            case _:
                raise TypeError(f"no words for {type(node).__name__}")

    def _joined(self, between: str, parts: list[Condition]) -> Said:
        said = [self.condition(part, truth=part.holds(self.figures)) for part in parts]
        return replace(said[0], text=between.join(one.text for one in said))

    def _implies(self, node: Implies) -> Said:
        """Only a broken one is ever described: the premise holds and the conclusion doesn't."""
        premise = self.condition(node.premise, truth=True)
        conclusion = self.condition(node.conclusion, truth=False)
        said = replace(premise, text=f"{premise.text}，{conclusion.text}")
        if isinstance(node.premise, Comparison) and node.premise.signs == ("!=",):
            assert premise.left is not None
            assert premise.right is not None
            return replace(said, expected=number_text(premise.left), found=number_text(premise.right))
        return replace(said, expected="附说明")

    def _comparison(self, node: Comparison) -> Said:
        """The first link that fails, or the first link when all hold."""
        failing = node.failing(self.figures)
        link = failing or 0
        left, right = node.terms[link], node.terms[link + 1]
        sign = node.signs[link]
        values = (left.value(self.figures), right.value(self.figures))
        shown = _SIGNS[sign] if failing is None else _OPPOSITE[sign]
        text = f"{self.quantity(left)} {shown} {self.quantity(right)}"
        if isinstance(left, CellValue) and left.id in self.figures.blanks:
            text = f"{self.quantity(left)}，而 {self.quantity(right)}"
        if isinstance(right, Literal) and shown == "=":
            text = self.quantity(left)
        expected = ("" if sign == "=" else _SIGNS[sign]) + number_text(values[1])
        return Said(text, *values, expected=expected, found=number_text(values[0]))

    def quantity(self, node: Quantity) -> str:
        match node:
            case CellValue():
                value = "空白" if node.id in self.figures.blanks else number_text(node.value(self.figures))
                return f"{self.cells[node.id].short} {value}"
            case Previous():
                return f"上年{self.cells[node.id].short} {number_text(node.value(self.figures))}"
            case Outside():
                label = OUTSIDE_LABELS.get(node.name, node.name)
                return f"{label} {number_text(node.value(self.figures))}"
            case Total():
                return f"{self._terms(node)} = {number_text(node.value(self.figures))}"
            case Maximum():
                return f"各项中最大的 {number_text(node.value(self.figures))}"
            case _:
                return number_text(node.value(self.figures))

    def _terms(self, node: Total) -> str:
        """The terms, named when they are few; of a long sum only those that aren't 0."""
        signed = [("+", term) for term in node.plus] + [("-", term) for term in node.minus]
        rest = ""
        if len(signed) > _LISTED_TERMS:
            signed = [(sign, term) for sign, term in signed if term.value(self.figures)]
            rest = "（其余为 0）" if signed else "各项均为 0"
        if len(signed) <= _NAMED_TERMS:
            named = "".join(f" {sign} {self.quantity(term)}" for sign, term in signed)
            return named.removeprefix(" + ") + rest
        listed = "".join(sign + _bracketed(term.value(self.figures)) for sign, term in signed)
        return listed.removeprefix("+") + rest


def _bracketed(number: Number) -> str:
    return f"({number_text(number)})" if number < 0 else number_text(number)
