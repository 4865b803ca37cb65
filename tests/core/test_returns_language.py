"""The rule language: ranges of siblings, precedence, chains, what is unknown and what is skipped."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai_core.returns import FORMS
from gongkai_core.returns.expressions import Figures, Number, Skip, Unknown
from gongkai_core.returns.grammar import ExpressionError, parse_formula, parse_rule, siblings, tokens

CELLS = ("a_1", "a_2", "a_3", "a_4")


def holds(text: str, numbers: Mapping[str, Number] | None = None, **figures: object) -> bool:
    values = dict.fromkeys(CELLS, 0) | dict(numbers or {})
    return parse_rule(text, CELLS).holds(Figures(values, **figures))  # type: ignore[arg-type]


def test_tokens() -> None:
    assert tokens("max(t3.r1.total..t3.r4.total) <= 2.5 <-> not x") == [
        *("max", "(", "t3.r1.total", "..", "t3.r4.total", ")", "<=", "2.5", "<->", "not", "x")
    ]


@pytest.mark.parametrize(
    ("edition", "first", "last", "found"),
    [
        ("2014", "t14.3_3_1", "t14.3_3_8", [f"t14.3_3_{n}" for n in range(1, 9)]),  # without 4_a to 4_f
        ("2014", "t14.3_3_4_a", "t14.3_3_4_c", ["t14.3_3_4_a", "t14.3_3_4_b", "t14.3_3_4_c"]),
        ("2014", "t14.3_1", "t14.3_3", ["t14.3_1", "t14.3_2", "t14.3_3"]),
        ("2014", "t14.4", "t14.6", ["t14.4", "t14.5", "t14.6"]),
        ("2021", "t3.r3_6_1.ngo", "t3.r3_6_3.ngo", [f"t3.r3_6_{n}.ngo" for n in (1, 2, 3)]),
        ("2019", "t3.r3_1.total", "t3.r3_7.total", [f"t3.r3_{n}.total" for n in (1, 2, 6, 7)]),
        ("2021", "t3.r1.total", "t3.r4.total", ["t3.r1.total", "t3.r2.total", "t3.r4.total"]),
        (
            "2021",
            "t3.r1.natural_person",
            "t3.r1.research",
            ["t3.r1.natural_person", "t3.r1.business", "t3.r1.research"],
        ),
        (
            "2021",
            "t4.review.total",
            "t4.suit_after.total",
            ["t4.review.total", "t4.suit_direct.total", "t4.suit_after.total"],
        ),
        ("2014", "t14.4", "t14.4", ["t14.4"]),
    ],
)
def test_a_range_takes_siblings_in_the_order_of_the_table(
    edition: str, first: str, last: str, found: list[str]
) -> None:
    assert siblings(first, last, FORMS[edition].cell_ids) == found


@pytest.mark.parametrize(
    ("edition", "first", "last"),
    [
        ("2014", "t14.3_3_8", "t14.3_3_1"),  # backwards
        ("2014", "t14.3_3_1", "t14.3_3_4_a"),  # a child
        ("2021", "t3.r3_3_1.total", "t3.r3_4_1.total"),  # another group
        ("2021", "t3.r1.natural_person", "t3.r2.business"),  # other row and column
        ("2021", "t2.rule.made", "t3.r1.total"),
    ],
)
def test_a_range_between_strangers_is_an_error_of_the_form(edition: str, first: str, last: str) -> None:
    with pytest.raises(ExpressionError):
        siblings(first, last, FORMS[edition].cell_ids)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a_1",  # no condition
        "a_1 = ",
        "a_1 = b_1",
        "(a_1 = 0",
        "a_1 = 0)",
        "sum(a_1..)",
        "not a_1",
        "sum(a_1 = 0)",
        "a_1 and a_2",
        "a_1 = 0 -> a_2",
        "a_1 $ 0",
        "1..2 = 0",
        "sum(1..a_2) = 0",
        "0 = 0 -> explain",  # no cell to carry the explanation
        "blank(3)",
        "a_1 a_2",
    ],
)
def test_a_rule_that_cannot_be_read(text: str) -> None:
    with pytest.raises(ExpressionError):
        parse_rule(text, CELLS)


def test_a_formula_is_a_quantity() -> None:
    assert parse_formula("sum(a_1..a_3) - a_4", CELLS).value(Figures({"a_1": 1, "a_2": 2, "a_3": 3, "a_4": 4})) == 2
    with pytest.raises(ExpressionError):
        parse_formula("a_1 = 1", CELLS)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        # not binds tighter than and, and than or, or than the arrows
        ("not a_1 = 0 and a_2 = 0", False),
        ("not (a_1 = 1 and a_2 = 0)", True),
        ("a_1 = 0 or a_1 = 1 and a_2 = 1", True),
        ("(a_1 = 0 or a_1 = 1) and a_2 = 1", False),
        ("a_1 = 1 or a_2 = 0 -> a_3 = 1", False),
        ("a_1 = 1 -> a_3 = 1", True),
        ("a_1 = 0 <-> a_2 = 1", False),
        ("a_1 = 1 <-> a_2 = 1", True),
        ("a_1 <= a_4 <= 5", True),
        ("a_1 <= a_4 <= 4 <= 3", False),
        ("1 <= a_1 <= 4", False),
        ("a_4 - a_1 + 2 - 1 = 5", True),
        ("a_4 - (a_1 - a_2 + 3) = 1", True),
        ("10 - sum(a_1..a_4) + (2 - a_4) = 4", True),
        ("max(a_1..a_4) = 4", True),
        ("max(a_1, a_4, 7) = 7", True),
        ("sum(a_1, a_4) = sum(a_1..a_4)", True),
        ("a_1 != 0", False),
        ("a_4 > 4", False),
        ("a_4 >= 4 and a_4 < 5 and a_1 < a_4", True),
    ],
)
def test_what_a_rule_says(text: str, answer: bool) -> None:
    assert holds(text, {"a_4": 4}) is answer


def test_blank_is_not_zero_though_it_counts_as_zero() -> None:
    assert holds("blank(a_1)", blanks={"a_1"})
    assert not holds("blank(a_1)")
    assert holds("a_1 = 0", blanks={"a_1"})


def test_an_explanation_belongs_to_the_first_cell_of_the_rule() -> None:
    rule = "a_1 != a_2 -> explain"
    assert not holds(rule, {"a_1": 1})
    assert holds(rule, {"a_1": 1}, explained={"a_1"})
    assert not holds(rule, {"a_1": 1}, explained={"a_2"})
    assert holds(rule)


def test_last_year_is_needed_or_the_rule_is_skipped() -> None:
    assert holds("a_1 = prev(a_2)", {"a_1": 5}, previous={"a_2": 5})
    with pytest.raises(Skip, match="没有上年年报"):
        holds("a_1 = prev(a_2)")
    with pytest.raises(Skip, match="没有单元格 a_2"):
        holds("a_1 = prev(a_2)", previous={"a_1": 5})
    with pytest.raises(Skip):  # unlike an outside figure, not even `or` goes on without it
        holds("a_1 = 0 or prev(a_2) = 1")


def test_a_cell_that_was_not_read_skips_the_rule() -> None:
    with pytest.raises(Skip, match="没有读到单元格 a_2"):
        parse_rule("a_1 = a_2", CELLS).holds(Figures({"a_1": 1}))


def test_or_goes_on_without_an_unknown_outside_figure() -> None:
    rule = "a_1 > 0 or ext(fee) > 0"
    assert holds(rule, {"a_1": 1})
    assert not holds(rule)
    assert holds(rule, outside={"fee": 3})
    for elsewhere in ("ext(fee) > 0", "a_1 > 0 and ext(fee) > 0", "not ext(fee) > 0", "ext(fee) > 0 or ext(fee) = 1"):
        with pytest.raises(Unknown):
            holds(elsewhere)


def test_money_is_compared_within_half_a_unit_of_the_last_digit() -> None:
    half = {"a_1": Decimal("0.005")}
    assert holds("a_1 = a_2", {"a_1": Decimal("2.43"), "a_2": Decimal("2.435")}, tolerances=half)
    assert not holds("a_1 = a_2", {"a_1": Decimal("2.43"), "a_2": Decimal("2.436")}, tolerances=half)
    assert holds("a_1 >= a_2", {"a_1": Decimal("2.43"), "a_2": Decimal("2.435")}, tolerances=half)
    assert not holds("a_1 < a_2", {"a_1": Decimal("2.43"), "a_2": Decimal("2.435")}, tolerances=half)
    # cells that are no money stay exact
    assert not holds("a_3 = a_4", {"a_3": 1, "a_4": Decimal("1.001")}, tolerances=half)


@given(st.lists(st.integers(-50, 50), min_size=4, max_size=4))
def test_the_comparisons_are_those_of_arithmetic(numbers: list[int]) -> None:
    values = dict(zip(CELLS, numbers, strict=True))
    first, second, third, fourth = numbers
    assert holds("a_1 <= a_2 <= a_3", values) is (first <= second <= third)
    assert holds("a_1 = a_2 + a_3 - a_4", values) is (first == second + third - fourth)
    assert holds("a_1 < a_2 or a_3 > a_4", values) is (first < second or third > fourth)
    assert holds("not a_1 >= a_2 and a_3 != a_4", values) is (first < second and third != fourth)
    assert holds("a_1 = 0 <-> a_2 = 0", values) is ((first == 0) == (second == 0))
    assert holds("max(a_1..a_4) >= sum(a_1..a_4)", values) is (max(numbers) >= sum(numbers))
