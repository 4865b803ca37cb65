"""The clock and the day-by-day oracle agree on random histories (200,000 of them in tests/soak)."""

from __future__ import annotations

import random
from collections import Counter

from core.clock_cases import pick
from core.clock_histories import compare, history
from core.clock_oracle import in_words, judge
from gongkai_core.clock import ClockError, compute
from gongkai_core.clock.errors import CODES

SEED = 33
WARNINGS = {
    "late_correction_notice",
    "correction_only_once",
    "asked_after_due",
    "late_extension",
    "second_extension",
    "fee_only_once",
    "receipt_not_confirmed",
    "future_event",
    "not_excluded_under_492",
    "provisional_calendar",
}
STATES = {
    "running",
    "waiting_correction",
    "waiting_third_party",
    "waiting_co_maker",
    "waiting_agency",
    "waiting_fee",
    "replied",
    "withdrawn",
    "abandoned_correction",
    "abandoned_fee",
}


def test_clock_and_oracle_agree(budget):
    for number in range(budget(test=2_000, soak=2_000)):
        case = history(random.Random(SEED * 10**6 + number))
        assert compare(case) == {}, case


def test_the_histories_reach_every_state_warning_and_error():
    seen = Counter()
    for number in range(4_000):
        try:
            result = compute(history(random.Random(number)))
        except ClockError as error:
            seen[error.code] += 1
        else:
            seen[result["state"]] += 1
            seen.update(warning["code"] for warning in result["warnings"])
            seen["projected"] += result["projected"]
            seen["overdue"] += bool(result["overdue"])
    few = {name: seen[name] for name in STATES | {"projected", "overdue"} if seen[name] < 20}
    assert few == {}
    assert set(seen) - STATES - {"projected", "overdue"} == WARNINGS | CODES


def test_the_oracle_knows_an_answer_of_the_contract():
    asked = {"type": "third_party_asked", "ref": "a", "sent_on": "2021-03-10", "delivered_on": "2021-03-12"}
    errors, result = judge({"received_on": "2021-03-01", "law": "711", "today": "2021-04-06", "events": [asked]})
    expected = {"reply_by": "2021-04-22", "working_days_used": 8, "third_party_answer_by": {"a": "2021-04-02"}}
    assert errors == set()
    assert pick(in_words(result), **expected) == expected
