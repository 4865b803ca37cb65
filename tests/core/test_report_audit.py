"""The audit: injected errors are found with their arithmetic, clean tables are left alone."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from core import report_samples as samples
from gongkai_core.report import Anomaly, audit, read
from gongkai_core.returns import FORMS, derive

ROWS = [f"r3_3_{n}" for n in range(1, 9)] + [f"r3_4_{n}" for n in (1, 2, 3)] + [f"r3_5_{n}" for n in range(1, 6)]


def consistent(edition: str, seed: str) -> samples.Values:
    """Tables of the six-part report in which every identity holds."""
    rng = random.Random(seed)
    values: samples.Values = {cell.id: rng.randint(0, 9) for cell in FORMS[edition].cells}
    values |= {cell: 0 for cell in values if cell.startswith("t2.rule.")}
    values |= {"t2.normdoc.made": 3, "t2.normdoc.public": 2, "t2.normdoc.total": 30, "t2.normdoc.valid": 30}
    values |= {f"t2.{row}.prev": 50 for row in ("license", "othersvc", "penalty", "coercion", "fee")}
    values |= {cell: 0 for cell in values if cell.startswith("t3.r3_6_2.")}
    values = {cell: value for cell, value in values.items() if cell in FORMS[edition].by_id}
    values = dict(derive(FORMS[edition], values))  # type: ignore[arg-type]
    for column in ("natural_person", "business", "research", "ngo", "legal", "other", "total"):
        done = values[f"t3.r3_7.{column}"]
        assert isinstance(done, int)
        values |= {f"t3.r1.{column}": done, f"t3.r2.{column}": 0, f"t3.r4.{column}": 0}
    return values


def found_in(edition: str, values: samples.Values, layout: Callable[..., str] = samples.pipe_rows) -> list[Anomaly]:
    reading = read(samples.report(edition, values, layout))
    assert reading.table == values
    return audit(reading)


@pytest.mark.parametrize("edition", ("2019", "2021"))
@pytest.mark.parametrize("seed", range(3))
def test_clean_tables_are_left_alone(edition: str, seed: int) -> None:
    assert found_in(edition, consistent(edition, f"clean{seed}")) == []


def add(values: samples.Values, cell: str, more: int) -> samples.Values:
    old = values[cell]
    assert isinstance(old, int)
    return values | {cell: old + more}


@pytest.mark.parametrize("edition, short", [("2019", "R19"), ("2021", "R21")])
def test_injected_errors(edition: str, short: str) -> None:
    clean = consistent(edition, "errors")
    cases = {
        "t3.r1.total": {(f"{short}-T3-a", "balance"), (f"{short}-T3-c", "row_sum")},
        "t3.r3_7.business": {
            (f"{short}-T3-a", "balance"),
            (f"{short}-T3-b", "result_sum"),
            (f"{short}-T3-c", "row_sum"),
        },
        "t3.r3_4_2.ngo": {(f"{short}-T3-b", "result_sum"), (f"{short}-T3-c", "row_sum")},
        "t4.suit_after.total": {(f"{short}-T4-a", "row_sum")},
        "t2.rule.made": {(f"{short}-T2-a", "suspicious")},
    }
    for cell, expected in cases.items():
        found = found_in(edition, add(clean, cell, 7))
        errors = {(anomaly.rule, anomaly.type) for anomaly in found if anomaly.level == "error"}
        assert errors == expected, cell
        assert all(cell in anomaly.cells for anomaly in found)


def test_the_arithmetic_is_written_out() -> None:
    clean = consistent("2021", "arithmetic")
    (anomaly,) = found_in("2021", clean | {"t4.review.total": 99})
    parts = [clean[f"t4.review.{column}"] for column in ("upheld", "corrected", "other", "pending")]
    assert anomaly.found == "99" and anomaly.expected == str(sum(p or 0 for p in parts))
    assert "99 ≠ " in anomaly.detail


def test_a_blank_is_a_warning_and_no_sum_is_accused() -> None:
    clean = dict(derive(FORMS["2019"], consistent("2019", "blank") | {"t4.review.other": 0}))  # type: ignore[arg-type]
    zero = "t4.review.other"
    (anomaly,) = found_in("2019", clean | {zero: None})
    assert (anomaly.rule, anomaly.type, anomaly.level) == ("R19-blank", "suspicious", "warning")


def test_rules_for_counties_do_not_accuse_a_city() -> None:
    values = consistent("2019", "city") | {"t2.rule.made": 2, "t2.rule.public": 2, "t2.rule.total": 5}
    text = samples.report("2019", values, samples.pipe_rows)
    assert {a.rule for a in audit(read(text))} == {"R19-T2-a"}
    assert audit(read(text.replace("青禾县", "青禾市"))) == []


def test_last_years_report_is_compared() -> None:
    values = consistent("2021", "prev")
    this = read(samples.report("2021", values, samples.pipe_rows))
    last = read(samples.report("2021", add(values, "t3.r4.business", 4), samples.pipe_rows).replace("2023年", "2022年"))
    assert last.year == 2022
    carried = [a for a in audit(this, prev=last) if a.rule == "R21-T3-d"]
    assert [a.cells for a in carried] == [("t3.r2.business",)]
    assert carried[0].level == "error" and carried[0].type == "balance"


def three_rows(text: str, parts: tuple[str, str, str]) -> str:
    """The single row 其他处理 of the 2019 form as the three rows of 2021."""
    row = next(line for line in text.splitlines() if "（六）其他处理" in line)
    labels = ("1.申请人无正当理由逾期不补正", "2.申请人逾期未按收费通知要求缴纳费用", "3.其他")
    rows = [f"| （六）其他处理 | {labels[0]} {parts[0]}"] + [
        f"| {a} {b}" for a, b in zip(labels[1:], parts[1:], strict=True)
    ]
    return text.replace(row, "\n".join(rows))


def test_other_outcomes_in_three_rows_within_the_form_of_2019() -> None:
    values = consistent("2019", "mixed")
    figures = [
        values[f"t3.r3_6.{c}"] for c in ("natural_person", "business", "research", "ngo", "legal", "other", "total")
    ]
    zeros = "| 0 | 0 | 0 | 0 | 0 | 0 | 0 |"
    text = three_rows(
        samples.report("2019", values, samples.pipe_rows),
        (zeros, zeros, "| " + " | ".join(map(str, figures)) + " |"),
    )
    reading = read(text)
    assert reading.form == "2019" and reading.mixed == ("2019", "2021")
    assert reading.table["t3.r3_6_3.total"] == values["t3.r3_6.total"]
    assert not any(cell.startswith("t3.r3_6.") for cell in reading.table)
    assert [a.type for a in audit(reading)] == ["form_mixed"]
    wrong = read(text.replace(f"不补正 {zeros}", "不补正 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |"))
    assert {a.type for a in audit(wrong)} == {"form_mixed", "result_sum"}
