"""Read a rule of the forms (勾稽式) into a tree.

The language is defined in `data/forms.json`, key `rule_language`. A tree is built once against the cells of
one form, so an unknown cell, a range between cells that are no siblings or a syntax error shows at once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from gongkai_core.returns.expressions import (
    COMPARISONS,
    And,
    Blank,
    CellValue,
    Comparison,
    Condition,
    Explained,
    Implies,
    Literal,
    Maximum,
    Node,
    Not,
    Or,
    Outside,
    Previous,
    Quantity,
    SameTruth,
    Total,
)


class ExpressionError(ValueError):
    """A rule that cannot be read: a defect of the form's data, never of a user's figures."""


_TOKEN: Final = re.compile(
    r"\s*(?:(?P<name>[A-Za-z]\w*(?:\.\w+)*)|(?P<number>\d+(?:\.\d+)?)|(?P<sign><->|->|<=|>=|!=|\.\.|[-+=<>(),]))"
)


def tokens(text: str) -> list[str]:
    """Split a rule into tokens; ExpressionError at anything that isn't one."""
    found = []
    position = 0
    text = text.rstrip()
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise ExpressionError(f"unreadable at {position}: {text}")
        found.append(match.group().strip())
        position = match.end()
    return found


def parse_rule(text: str, cell_ids: Sequence[str]) -> Condition:
    """Read a rule against the cells of its form; ExpressionError if it cannot be read."""
    node = _Parser(text, cell_ids).whole()
    if not isinstance(node, Condition):
        raise ExpressionError(f"a rule must be true or false: {text}")
    return node


def parse_formula(text: str, cell_ids: Sequence[str]) -> Quantity:
    """Read the sum that defines a cell; ExpressionError if it cannot be read."""
    node = _Parser(text, cell_ids).whole()
    if not isinstance(node, Quantity):
        raise ExpressionError(f"a formula must be a quantity: {text}")
    return node


class _Parser:
    """Recursive descent, loosest binding first: -> and <->, or, and, not, comparison, sum."""

    def __init__(self, text: str, cell_ids: Sequence[str]) -> None:
        self._text = text
        self._tokens = tokens(text)
        self._next = 0
        self._cell_ids = cell_ids
        self._known = frozenset(cell_ids)

    def whole(self) -> Node:
        node = self._arrow()
        if self._peek():
            raise self._error(f"unexpected {self._peek()!r}")
        return node

    def _arrow(self) -> Node:
        left = self._or()
        while self._peek() in ("->", "<->"):
            sign = self._take()
            right = self._condition(self._or())
            left = self._condition(left)
            left = Implies(left, right) if sign == "->" else SameTruth(left, right)
        return left

    def _or(self) -> Node:
        operands = [self._and()]
        while self._accept("or"):
            operands.append(self._and())
        return operands[0] if len(operands) == 1 else Or(self._conditions(operands))

    def _and(self) -> Node:
        operands = [self._not()]
        while self._accept("and"):
            operands.append(self._not())
        return operands[0] if len(operands) == 1 else And(self._conditions(operands))

    def _not(self) -> Node:
        if self._accept("not"):
            return Not(self._condition(self._not()))
        return self._comparison()

    def _comparison(self) -> Node:
        first = self._sum()
        terms, signs = [first], []
        while self._peek() in COMPARISONS:
            signs.append(self._take())
            terms.append(self._sum())
        if not signs:
            return first
        return Comparison(tuple(self._quantity(term) for term in terms), tuple(signs))

    def _sum(self) -> Node:
        first = self._term()
        if self._peek() not in ("+", "-"):
            return first
        plus, minus = _parts(self._quantity(first))
        while self._peek() in ("+", "-"):
            added = self._take() == "+"
            more, less = _parts(self._quantity(self._term()))
            plus += more if added else less
            minus += less if added else more
        return Total(plus, minus)

    def _term(self) -> Node:
        word = self._take()
        if word == "(":
            node = self._arrow()
            self._expect(")")
            return node
        if word == "explain":
            return Explained(self._first_cell())
        if word in ("sum", "max", "blank", "prev", "ext"):
            return self._call(word)
        if word[0].isdigit():
            return Literal(Decimal(word) if "." in word else int(word))
        return CellValue(self._cell(word))

    def _call(self, name: str) -> Node:
        self._expect("(")
        if name == "ext":
            node: Node = Outside(self._take())
        elif name == "prev":
            node = Previous(self._cell(self._take()))
        elif name == "blank":
            node = Blank(CellValue(self._cell(self._take())))
        else:
            terms = self._arguments()
            node = Total(terms) if name == "sum" else Maximum(terms)
        self._expect(")")
        return node

    def _arguments(self) -> tuple[Quantity, ...]:
        terms: list[Quantity] = []
        while True:
            argument = self._quantity(self._sum())
            if self._accept(".."):
                if not isinstance(argument, CellValue):
                    raise self._error("a range runs from cell to cell")
                last = self._cell(self._take())
                terms.extend(map(CellValue, siblings(argument.id, last, self._cell_ids)))
            else:
                terms.append(argument)
            if not self._accept(","):
                return tuple(terms)

    def _cell(self, token: str) -> str:
        if token not in self._known:
            raise self._error(f"no such cell {token!r}")
        return token

    def _first_cell(self) -> str:
        """The first cell the rule names, wherever `explain` stands in it."""
        first = next((token for token in self._tokens if token in self._known), None)
        if first is None:
            raise self._error("explain without a cell")
        return first

    def _condition(self, node: Node) -> Condition:
        if not isinstance(node, Condition):
            raise self._error("a condition is wanted where a quantity stands")
        return node

    def _conditions(self, nodes: Sequence[Node]) -> tuple[Condition, ...]:
        return tuple(self._condition(node) for node in nodes)

    def _quantity(self, node: Node) -> Quantity:
        if not isinstance(node, Quantity):
            raise self._error("a quantity is wanted where a condition stands")
        return node

    def _peek(self) -> str:
        return self._tokens[self._next] if self._next < len(self._tokens) else ""

    def _take(self) -> str:
        token = self._peek()
        if not token:
            raise self._error("unexpected end")
        self._next += 1
        return token

    def _accept(self, token: str) -> bool:
        if self._peek() == token:
            self._next += 1
            return True
        return False

    def _expect(self, token: str) -> None:
        if not self._accept(token):
            raise self._error(f"{token!r} is missing")

    def _error(self, what: str) -> ExpressionError:
        return ExpressionError(f"{what}: {self._text}")


def _parts(node: Quantity) -> tuple[tuple[Quantity, ...], tuple[Quantity, ...]]:
    """What a term adds and takes away: a sum within a sum is opened, so that its parts stand side by side."""
    return (node.plus, node.minus) if isinstance(node, Total) else ((node,), ())


_CODE: Final = re.compile(r"r?\d+(?:_(?:\d+|[a-z]))*")


def siblings(first: str, last: str, cell_ids: Sequence[str]) -> list[str]:
    """The cells a..b: those on the same level from first to last, in the order of the table, both included.

    Two ids are siblings when they differ in one dotted segment only, and there, in a numbered code such as
    r3_3_1, only behind the last underscore. Children (t14.3_3_4_a) are not siblings of t14.3_3_4.
    """
    start, end = cell_ids.index(first), cell_ids.index(last)
    level = _level_of(first, last)
    if level is None or start > end:
        raise ExpressionError(f"no range of siblings: {first}..{last}")
    position, stem = level
    frame = first.split(".")
    found = []
    for cell_id in cell_ids[start : end + 1]:
        parts = cell_id.split(".")
        if len(parts) == len(frame) and _stem(parts[position]) == stem:
            parts[position] = frame[position]
            if parts == frame:
                found.append(cell_id)
    return found


def _level_of(first: str, last: str) -> tuple[int, tuple[bool, str]] | None:
    left, right = first.split("."), last.split(".")
    if len(left) != len(right):
        return None
    differing = [index for index, pair in enumerate(zip(left, right, strict=True)) if pair[0] != pair[1]]
    if not differing:
        return (len(left) - 1, _stem(left[-1]))
    stems = {_stem(parts[differing[0]]) for parts in (left, right)}
    return (differing[0], stems.pop()) if len(differing) == 1 and len(stems) == 1 else None


def _stem(segment: str) -> tuple[bool, str]:
    """What stands before the last underscore of a numbered code; names (natural_person) are whole."""
    if _CODE.fullmatch(segment):
        return (True, segment.rpartition("_")[0])
    return (False, "")
