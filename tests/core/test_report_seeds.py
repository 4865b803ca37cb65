"""The five labelled reports: tables, organ, year, form, and what the tables' equations say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gongkai_core.report import Anomaly, Reading, audit, read, text_of

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="没有 ../shared/seeds：样本年报不在这台机器上")


def seed(number: str) -> tuple[Reading, dict[str, Any]]:
    path = next(SEEDS.glob(f"{number}_*.txt"))
    gold = json.loads((SEEDS / f"{number}.gold.json").read_text("utf-8"))
    return read(text_of(path.read_bytes(), path.name), path.name), gold


def of_rule(found: list[Anomaly], rule: str) -> list[Anomaly]:
    return [anomaly for anomaly in found if anomaly.rule == rule]


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_organ_year_form_and_every_cell(number: str) -> None:
    reading, gold = seed(number)
    assert (reading.organ, reading.year, reading.form) == (gold["organ"], gold["year"], gold["form"])
    assert reading.table == gold["table"]
    assert reading.table_units == gold.get("table_units", {})
    assert reading.shifts == () and reading.mixed == ()


def test_how_many_cells_there_are() -> None:
    assert len(seed("001")[0].table) == 58
    assert len(seed("004")[0].table) == 198


def test_001_contradicts_itself() -> None:
    found = audit(seed("001")[0])
    (channels,) = of_rule(found, "R-O3-a")
    assert (channels.type, channels.level, channels.expected, channels.found) == ("col_sum", "error", "0", "3")
    assert "3 ≠ 0+0+0+0 = 0" in channels.detail
    (staff,) = of_rule(found, "R-O8")
    assert (staff.type, staff.level, staff.expected) == ("blank_parent", "warning", "93")
    assert "2 + " in staff.detail and "91 = 93" in staff.detail
    (closed,) = of_rule(found, "R-O3-g")
    assert (closed.type, closed.level) == ("balance", "warning")
    blanks = of_rule(found, "R-O-blank")
    assert {anomaly.level for anomaly in blanks} == {"warning"}
    assert [anomaly.cells for anomaly in blanks] == [
        ("t14.2_2_4",),
        ("t14.2_2_5",),
        ("t14.8_3",),
        ("t14.8_4",),
        ("t14.9_2",),
        ("t14.9_3",),
    ]
    assert len(found) == 3 + len(blanks)


def test_004_has_two_blanks_and_nothing_else() -> None:
    found = audit(seed("004")[0])
    assert [(anomaly.rule, anomaly.level, anomaly.cells) for anomaly in found] == [
        ("R19-blank", "warning", ("t3.r3_1.ngo",)),
        ("R19-blank", "warning", ("t3.r3_1.other",)),
    ]


@pytest.mark.parametrize("number", ["000", "002", "003"])
def test_reports_without_tables_are_not_accused(number: str) -> None:
    assert audit(seed(number)[0]) == []
