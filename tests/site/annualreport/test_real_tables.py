"""The tables of two real reports, with their blanks and contradictions, come back from every export as they were."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gongkai.annualreport import exports
from gongkai.annualreport.actions import compile_report
from gongkai_core import report as core

from .test_exports import READERS

SEEDS = Path(__file__).resolve().parents[4] / "shared" / "seeds"


@pytest.mark.skipif(not SEEDS.exists(), reason="../shared is not there")
@pytest.mark.parametrize("name", ["001", "004"])
def test_real_table(finance: Any, name: str) -> None:
    label = json.loads((SEEDS / f"{name}.gold.json").read_text("utf-8"))
    year, table = label["year"], label["table"]
    as_frozen = {cell: str(value) if isinstance(value, float) else value for cell, value in table.items()}
    finance.frozen(year, as_frozen)
    report = compile_report(year, finance.scope, by=finance.author, today=date(year + 1, 1, 5))
    assert json.loads(exports.one(report, "json"))["table"] == table
    for kind, lines in READERS.items():
        reading = core.read(lines(exports.one(report, kind)))
        assert reading.form == label["form"]
        assert reading.table == table, kind
