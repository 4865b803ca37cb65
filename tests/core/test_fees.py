"""The information handling fee: known answers of both tariffs, and what must hold for every quantity."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai_core.errors import InputError
from gongkai_core.fees import MAX_QUANTITY, monthly_total, per_case_fee, per_page_fee, quote

QUANTITIES = st.integers(min_value=0, max_value=2_000)


@pytest.mark.parametrize(
    ("nth", "fee"),
    [(1, 0), (10, 0), (11, 100), (30, 100), (31, 200), (40, 200), (41, 300), (50, 300), (51, 400), (60, 400)],
)
def test_the_nth_case_of_a_month(nth: int, fee: int) -> None:
    assert per_case_fee(nth) == fee
    assert quote(nth=nth).total == fee


@pytest.mark.parametrize(
    ("cases", "total"), [(0, 0), (10, 0), (11, 100), (31, 2200), (40, 4000), (41, 4300), (51, 7400), (60, 11000)]
)
def test_a_month_of_cases(cases: int, total: int) -> None:
    assert monthly_total(cases) == total


@pytest.mark.parametrize(
    ("pages", "fee"),
    [(0, 0), (30, 0), (31, 10), (68, 380), (100, 700), (101, 720), (200, 2700), (201, 2740), (300, 6700)],
)
def test_the_pages_of_a_case(pages: int, fee: int) -> None:
    assert per_page_fee(pages) == fee


@given(QUANTITIES)
def test_a_month_is_the_sum_of_its_cases(cases: int) -> None:
    assert monthly_total(cases) == sum(per_case_fee(nth) for nth in range(1, cases + 1))


@given(QUANTITIES)
def test_pages_follow_the_formula_of_the_regulation(pages: int) -> None:
    expected = 10 * max(0, min(pages, 100) - 30) + 20 * max(0, min(pages, 200) - 100) + 40 * max(0, pages - 200)
    assert per_page_fee(pages) == expected


@given(QUANTITIES, st.integers(min_value=1, max_value=50))
def test_more_never_costs_less(quantity: int, more: int) -> None:
    assert per_page_fee(quantity) <= per_page_fee(quantity + more)
    assert monthly_total(quantity) <= monthly_total(quantity + more)
    assert per_case_fee(quantity + 1) <= per_case_fee(quantity + 1 + more)


@given(QUANTITIES, st.sampled_from(["cases", "pages"]))
def test_the_lines_cover_the_quantity_without_gap_and_add_up(quantity: int, kind: str) -> None:
    result = quote(**{kind: quantity})
    assert sum(line.quantity for line in result.lines) == quantity
    assert all(before.last + 1 == after.first for before, after in pairwise(result.lines))
    assert sum(line.amount for line in result.lines) == result.total
    assert result.total_fen == 100 * result.total
    assert result.detail.endswith(f"合计 {result.total} 元")
    assert all(line.article for line in result.lines)


def test_the_computation_as_the_notice_states_it() -> None:
    result = quote(pages=68)
    assert result.method_label == "按量"
    assert result.detail == "第 1–30 页不收费；第 31–68 页共 38 页×10 元；合计 380 元"


def test_the_regulation_is_in_force_from_2021() -> None:
    assert quote(pages=31, on=date(2021, 1, 1)).total == 10
    with pytest.raises(InputError, match="2021-01-01 起施行"):
        quote(pages=31, on=date(2020, 12, 31))


@pytest.mark.parametrize("choice", [{}, {"cases": 1, "pages": 1}, {"cases": 1, "nth": 1}])
def test_a_case_is_charged_under_one_tariff(choice: dict[str, int]) -> None:
    with pytest.raises(InputError, match="只能选一种"):
        quote(**choice)


@pytest.mark.parametrize("quantity", [-1, MAX_QUANTITY + 1, 1.5, True, "3"])
@pytest.mark.parametrize("kind", ["cases", "nth", "pages"])
def test_a_quantity_that_is_none_is_refused(kind: str, quantity: Any) -> None:
    with pytest.raises(InputError, match="整数"):
        quote(**{kind: quantity})


def test_there_is_no_case_number_zero() -> None:
    with pytest.raises(InputError, match="1 到"):
        per_case_fee(0)
