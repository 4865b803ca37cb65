"""The examples with known answers that came with the contract."""

from __future__ import annotations

import json
from datetime import date

from gongkai_core.clock import compute
from gongkai_core.workdays import Calendar


def test_every_vector(shared, subtests):
    vectors = json.loads((shared / "domain" / "deadline-vectors.json").read_text(encoding="utf-8"))
    assert len(vectors) >= 17
    for vector in vectors:
        with subtests.test(vector["id"], desc=vector["desc"]):
            if "case" in vector:
                result = compute(vector["case"])
                assert {key: result[key] for key in vector["expect"]} == vector["expect"]
                assert result["id"] == vector["case"]["id"]
            else:
                calendar = Calendar.default()
                add = {"working_days": calendar.add_workdays, "natural_days": calendar.add_natural_days}
                assert str(add[vector["rule"]](date.fromisoformat(vector["from"]), vector["n"])) == vector["expect"]


def test_the_calendar_is_the_one_of_the_contract(shared):
    ours = Calendar.default()
    theirs = Calendar.from_json(json.loads((shared / "domain" / "cn-workdays.json").read_text(encoding="utf-8")))
    assert ours.version == theirs.version
