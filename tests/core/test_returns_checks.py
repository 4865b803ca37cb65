"""Checking filled forms: the labelled seeds, consistent tables without findings, one slip that shows."""

from __future__ import annotations

import json
import time
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai_core.errors import InputError
from gongkai_core.returns import FORMS, Form, Report, check, derive

Table = dict[str, Any]

COLUMNS = ("natural_person", "business", "research", "ngo", "legal", "other")
SUM_TYPES = {"row_sum", "col_sum", "result_sum", "balance"}


def seed(shared: Path, number: str) -> Table:
    table: Table = json.loads((shared / "seeds" / f"{number}.gold.json").read_text("utf-8"))["table"]
    return table


def zeros(edition: str, **values: Any) -> Table:
    return dict.fromkeys(FORMS[edition].cell_ids, 0) | {key.replace("__", "."): v for key, v in values.items()}


def sums(report: Report) -> list[str]:
    return [finding.rule for finding in report.findings if finding.type in SUM_TYPES]


# The labelled reports


def test_seed_001_yields_its_two_contradictions_and_its_blanks(shared: Path) -> None:
    report = check(FORMS["2014"], seed(shared, "001"))
    by_rule = Counter(finding.rule for finding in report.findings)
    assert by_rule == {"R-O3-a": 1, "R-O3-g": 1, "R-O8": 1, "R-O-blank": 6}
    found = {finding.rule: finding for finding in report.findings}

    channels = found["R-O3-a"]  # 001-2
    assert (channels.type, channels.level) == ("col_sum", "error")
    assert (channels.left, channels.right, channels.expected, channels.found) == (3, 0, "0", "3")
    assert channels.detail == "收到申请数 3 ≠ 0+0+0+0 = 0"
    assert channels.cells == ("t14.3_1", "t14.3_1_1", "t14.3_1_2", "t14.3_1_3", "t14.3_1_4")

    closed = found["R-O3-g"]  # 001-3
    assert (closed.type, closed.level) == ("balance", "warning")
    assert (closed.expected, closed.found) == ("3", "0")

    staff = found["R-O8"]  # 001-5
    assert (staff.type, staff.level) == ("blank_parent", "warning")
    assert (staff.expected, staff.found) == ("93", "")
    assert "专职人员数 2 + 兼职人员数 91 = 93" in staff.detail

    blanks = {finding.cells[0] for finding in report.findings if finding.rule == "R-O-blank"}  # 001-6
    assert blanks == {"t14.2_2_4", "t14.2_2_5", "t14.8_3", "t14.8_4", "t14.9_2", "t14.9_3"}
    assert [(skipped.rule, skipped.reason) for skipped in report.skipped] == [("R-O3-e", "不知道表外数 carried_in")]


def test_seed_001_with_an_explanation_and_the_figure_of_last_year(shared: Path) -> None:
    report = check(FORMS["2014"], seed(shared, "001"), ext={"carried_in": 0}, explained={"t14.3_1"})
    assert "R-O3-g" not in {finding.rule for finding in report.findings}
    assert report.skipped == ()


def test_seed_004_yields_nothing_but_its_two_blanks(shared: Path) -> None:
    report = check(FORMS["2019"], seed(shared, "004"))
    assert [(finding.rule, finding.cells, finding.level) for finding in report.findings] == [
        ("R19-blank", ("t3.r3_1.ngo",), "warning"),
        ("R19-blank", ("t3.r3_1.other",), "warning"),
    ]
    assert {skipped.rule for skipped in report.skipped} == {"R19-T2-d", "R19-T3-d", "R19-T4-b"}


def test_the_year_after_seed_004_is_held_against_it(shared: Path) -> None:
    before = seed(shared, "004")
    now = zeros("2019", t2__license__prev=813, t2__othersvc__prev=122, t2__penalty__prev=571)
    now |= {"t2.coercion.prev": 72, "t2.fee.prev": 12, "t4.review.pending": 1, "t4.review.total": 1}
    assert check(FORMS["2019"], now, prev=before).findings == ()
    slipped = check(
        FORMS["2019"], now | {"t2.license.prev": 812, "t4.review.pending": 0, "t4.review.total": 0}, prev=before
    )
    assert [finding.rule for finding in slipped.findings] == ["R19-T2-d", "R19-T4-b"]
    assert "上年行政许可·上一年项目数量 812 + 上年行政许可·本年增/减 1 = 813" in slipped.findings[0].detail


# Consistent tables


@st.composite
def tables_of_2014(draw: st.DrawFn) -> Table:
    """Random leaves; parents that the form counts by themselves are set to their sum."""
    form = FORMS["2014"]
    values: Table = {cell: draw(st.integers(0, 30)) for cell in form.cell_ids}
    for parent, parts in {"t14.3_1": 4, "t14.3_2": 2, "t14.4": 3, "t14.5": 3}.items():
        values[parent] = sum(values[f"{parent}_{part}"] for part in range(1, parts + 1))
    return derive(form, values)


def table_three(draw: st.DrawFn, form: Form) -> Table:
    """Rows of outcomes at random; what came in follows from what was done and what is left."""
    values: Table = {}
    for column in COLUMNS:
        done = 0
        for cell in form.cells:
            if cell.column == column and cell.row and cell.row.startswith("r3_") and cell.formula is None:
                values[cell.id] = draw(st.integers(0, 9))
                done += values[cell.id]
        values[f"t3.r4.{column}"] = left = draw(st.integers(0, 9))
        values[f"t3.r2.{column}"] = before = draw(st.integers(0, done + left))
        values[f"t3.r1.{column}"] = done + left - before
    return values


@st.composite
def tables_of_2021(draw: st.DrawFn) -> Table:
    form = FORMS["2021"]
    values = dict.fromkeys(form.cell_ids, 0) | table_three(draw, form)
    for cell in form.cells:
        if cell.table == "t4" and cell.formula is None:
            values[cell.id] = draw(st.integers(0, 9))
    return derive(form, values)


@given(tables_of_2014())
def test_a_consistent_table_of_2014_has_no_sum_findings(values: Table) -> None:
    rules = set(sums(check(FORMS["2014"], values)))
    assert rules <= {"R-O1-a", "R-O1-b", "R-O1-c", "R-O2-a", "R-O2-b", "R-O3-f", "R-O3-g"}  # inequalities


@given(tables_of_2021())
def test_a_consistent_table_of_2021_has_no_sum_findings(values: Table) -> None:
    report = check(FORMS["2021"], values)
    assert sums(report) == []
    assert {finding.rule for finding in report.findings} <= {"R21-P6"}


@given(tables_of_2021(), st.data(), st.integers(1, 9))
def test_one_slip_in_a_part_is_found_and_named(values: Table, data: st.DataObject, by: int) -> None:
    form = FORMS["2021"]
    parts = [cell.id for cell in form.cells if cell.table in ("t3", "t4") and cell.formula is None]
    slipped = data.draw(st.sampled_from(parts))
    report = check(form, values | {slipped: values[slipped] + by})
    assert report.errors
    assert all(slipped in finding.cells for finding in report.errors)
    assert all(finding.left != finding.right for finding in report.errors)


@given(tables_of_2021())
def test_deriving_twice_changes_nothing(values: Table) -> None:
    assert derive(FORMS["2021"], values) == values


@given(tables_of_2021())
def test_the_total_is_the_same_by_rows_and_by_columns(values: Table) -> None:
    assert values["t3.r3_7.total"] == sum(values[f"t3.r3_7.{column}"] for column in COLUMNS)


# Derived cells


def test_what_is_derived() -> None:
    assert {cell for cell, _ in FORMS["2014"].derived} == {"t14.3_3", "t14.3_3_4", "t14.8_3"}
    ids = {cell for cell, _ in FORMS["2021"].derived}
    assert {f"t3.r3_7.{column}" for column in (*COLUMNS, "total")} <= ids
    assert {cell for cell in FORMS["2021"].cell_ids if cell.endswith(".total")} <= ids
    assert len(ids) == 25 + 6 + 3


def test_a_sum_of_sums_is_derived_in_the_right_order() -> None:
    values = derive(FORMS["2014"], {"t14.3_3_4_a": 2, "t14.3_3_4_f": 1, "t14.3_3_1": 4})
    assert (values["t14.3_3_4"], values["t14.3_3"]) == (3, 7)


def test_a_sum_of_nothing_known_is_blank_not_zero() -> None:
    values = derive(FORMS["2014"], {"t14.8_3_1": None, "t14.3_3_4_a": 0, "t14.8_3": 5})
    assert values["t14.8_3"] is None
    assert values["t14.3_3_4"] == 0


def test_deriving_keeps_the_other_cells() -> None:
    values = {"t14.7": 2.43, "t14.8_4": None}
    assert {cell: derive(FORMS["2014"], values)[cell] for cell in values} == values


# What a finding says


@pytest.mark.parametrize(
    ("edition", "values", "rule", "detail"),
    [
        (
            "2014",
            {"t14__1_1": 40, "t14__1_2_2": 41},
            "R-O1-a",
            "各项中最大的 41 > 主动公开政府信息数 40",
        ),
        (
            "2014",
            {"t14__1_1": 42, "t14__1_2_2": 41},
            "R-O1-a",
            "主动公开政府信息数 42 > 0+41+0+0+0 = 41",
        ),
        (
            "2014",
            {"t14__1_1": 1, "t14__1_2_2": 1, "t14__1_1_a": 1},
            "R-O1-c",
            "主动公开规范性文件数 1 > 制发规范性文件总数 0",
        ),
        ("2014", {"t14__9_3": 30}, "R-O9", "举办各类培训班数 0，而 接受培训人员数 30 ≠ 0"),
        (
            "2014",
            {"t14__3_2": 2, "t14__3_1": 2, "t14__3_1_1": 2, "t14__3_3": 2, "t14__3_3_2": 2},
            "R-O3-b2",
            "申请办结数 2 ≠ 按时办结数 0 + 延期办结数 0 = 0，须说明",
        ),
        ("2019", {"t2__rule__made": 1}, "R19-T2-a", "规章·本年新制作数量 1 ≠ 0"),
        (
            "2019",
            {"t2__fee__delta": -3},
            "R19-T2-e",
            "行政事业性收费·上一年项目数量 0 + 行政事业性收费·本年增/减 -3 = -3 < 0",
        ),
        (
            "2021",
            {"t2__normdoc__made": 2, "t2__normdoc__valid": 1},
            "R21-T2-c",
            "行政规范性文件·本年制发件数 2 > 行政规范性文件·现行有效件数 1 + 行政规范性文件·本年废止件数 0 = 1",
        ),
        ("2021", {"t3__r3_7__ngo": 3}, "R21-T3-b", "（七）总计·社会公益组织 3 ≠ 各项均为 0 = 0"),
        (
            "2021",
            {"t3__r3_1__ngo": 3},
            "R21-T3-b",
            "（七）总计·社会公益组织 0 ≠ （一）予以公开·社会公益组织 3（其余为 0） = 3",
        ),
    ],
)
def test_the_arithmetic_in_words(edition: str, values: dict[str, int], rule: str, detail: str) -> None:
    report = check(FORMS[edition], zeros(edition, **values))
    assert detail in [finding.detail for finding in report.findings if finding.rule == rule]


def test_a_fee_must_be_told_of_in_part_six() -> None:
    unpaid = zeros("2021")
    unpaid |= {f"t3.{row}.{column}": 1 for row in ("r1", "r3_6_2", "r3_7") for column in ("other", "total")}
    (finding,) = check(FORMS["2021"], unpaid).findings
    assert (finding.rule, finding.level) == ("R21-P6", "warning")
    assert finding.detail.endswith("行政机关不再处理其政府信息公开申请·总计 1 > 0，须说明")
    assert check(FORMS["2021"], unpaid, explained=["t3.r3_6_2.total"]).findings == ()
    (by_receipts,) = check(FORMS["2021"], zeros("2021"), ext={"info_fee_amount": 380}).findings
    assert by_receipts.detail == "本年信息处理费（元） 380 > 0，须说明"
    assert check(FORMS["2021"], zeros("2021"), ext={"info_fee_amount": None}).findings == ()


def test_only_a_city_may_make_rules() -> None:
    values = zeros("2021", t2__rule__made=1, t2__rule__valid=1)
    assert {one.rule for one in check(FORMS["2021"], values).errors} == {"R21-T2-a"}
    assert {one.rule for one in check(FORMS["2021"], values, level_of_government="town").errors} == {"R21-T2-a"}
    city = check(FORMS["2021"], values, level_of_government="city")
    assert city.findings == ()
    assert ("R21-T2-a", "只适用于县级及以下") in {(one.rule, one.reason) for one in city.skipped}


def test_a_blank_total_is_a_blank_parent_only_over_parts() -> None:
    values = zeros("2021") | {"t4.review.upheld": 1, "t4.review.total": None}
    found = {finding.rule: finding for finding in check(FORMS["2021"], values).findings}
    assert found["R21-T4-a"].type == "blank_parent"
    # The row 总计 of table 3, whose rule adds single rows and groups of rows.
    values = zeros("2021") | {"t3.r3_3_2.ngo": 2, "t3.r3_7.ngo": None}
    found = {finding.rule: finding for finding in check(FORMS["2021"], values).findings}
    assert (found["R21-T3-b"].type, found["R21-T3-b"].expected) == ("blank_parent", "2")
    # All blank: nothing to add up, the blanks alone are told.
    values = zeros("2021") | {cell: None for cell in FORMS["2021"].cell_ids if cell.startswith("t4.review.")}
    assert {finding.rule for finding in check(FORMS["2021"], values).findings} == {"R21-blank"}
    # r2 against last year's r4 has no parts.
    carried = zeros("2021") | {"t3.r4.total": 1}
    report = check(FORMS["2021"], zeros("2021") | {"t3.r2.total": None}, prev=carried)
    assert {finding.rule: finding.type for finding in report.errors} == {"R21-T3-d": "balance"}


@pytest.mark.parametrize(("fee", "agrees"), [(2.43, False), (2.5, False), (2, True), (Decimal("2.6"), False)])
def test_money_may_be_off_by_half_a_unit_of_its_last_digit(fee: Any, agrees: bool) -> None:
    """No equation of the forms compares money yet, so one is made here: 2 万元 may be 2.4, 2.43 may not."""
    spec = {"id": "X", "expr": "t2.fee.amount = t2.license.decided", "level": "error", "type": "col_sum"}
    form = replace(FORMS["2021"], rule_specs=(spec,))
    values = {"t2.fee.amount": fee, "t2.license.decided": Decimal("2.4")}
    assert (check(form, values).findings == ()) is agrees
    assert check(form, {"t2.fee.amount": 2.43, "t2.license.decided": Decimal("2.435")}).findings == ()


def test_last_year_on_the_old_form_is_skipped_not_guessed() -> None:
    report = check(FORMS["2019"], zeros("2019"), prev=zeros("2014"))
    assert {skipped.rule for skipped in report.skipped} == {"R19-T2-d", "R19-T3-d", "R19-T4-b"}


def test_cells_that_were_not_read_are_skipped() -> None:
    report = check(FORMS["2014"], {"t14.3_1": 3, "t14.3_2": 0})
    assert [finding.rule for finding in report.findings] == ["R-O3-g"]
    assert report.judged + len(report.skipped) == len(FORMS["2014"].rules)


@pytest.mark.parametrize("value", ["3", True, [1], float("nan"), float("inf"), Decimal("NaN"), {}])
def test_a_value_that_is_no_number_is_refused(value: Any) -> None:
    with pytest.raises(InputError, match=r"单元格 t14\.1_1 的值不是数"):
        check(FORMS["2014"], {"t14.1_1": value})


@pytest.mark.parametrize("value", [10**16, -(10**400), 1e300, Decimal("1E+999")])
def test_a_value_beyond_all_measure_is_refused(value: Any) -> None:
    with pytest.raises(InputError, match="过大"):
        check(FORMS["2014"], {"t14.1_1": value})


def test_what_does_not_exist_is_refused() -> None:
    form = FORMS["2014"]
    with pytest.raises(InputError, match="没有这个单元格：t3"):
        check(form, {"t3.r1.total": 1})
    with pytest.raises(InputError, match="没有这个单元格"):
        check(form, {}, explained=["x"])
    with pytest.raises(InputError, match="没有这个表外数：carry"):
        check(form, {}, ext={"carry": 1})
    with pytest.raises(InputError, match="没有这一级政府"):
        check(form, {}, level_of_government="village")
    with pytest.raises(InputError, match="没有这个单元格"):
        derive(form, {"x": 1})


def test_a_report_goes_out_as_json() -> None:
    text = json.dumps(check(FORMS["2021"], zeros("2021", t2__fee__amount=2.43, t3__r1__total=1)).as_json())
    back = json.loads(text)
    assert {one["level"] for one in back["findings"]} == {"error"}
    assert all(one["severity"] == one["level"] for one in back["findings"])
    assert {"rule", "type", "cells", "detail", "expected", "found", "left", "right"} <= set(back["findings"][0])
    assert back["form"] == "2021"


def test_a_whole_form_is_judged_in_two_milliseconds() -> None:
    values = zeros("2021")
    check(FORMS["2021"], values)
    best = min(_seconds(values) for _ in range(20))
    assert best < 0.002


def _seconds(values: Table) -> float:
    started = time.perf_counter()
    check(FORMS["2021"], values, prev=values)
    return time.perf_counter() - started
