"""What must hold of every case, whatever its dates."""

from __future__ import annotations

import random
import re
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.clock_histories import ANSWERS, history
from gongkai_core.clock import ClockError, compute
from gongkai_core.workdays import Calendar

pytestmark = [pytest.mark.soak, pytest.mark.usefixtures("budget")]  # make soak looks further, make test a little

CALENDAR = Calendar.default()
DATES = ("correction_notice_by", "reply_by", "reply_by_original", "longest_reply_by", "fee_pay_by")
ANSWER_DATES = ("third_party_answer_by", "co_maker_answer_by")
RANDOM = st.integers(0, 2**48).map(random.Random)


def sound(rng, wanted=lambda case, result: True):
    """Return a random case that can be computed and is of the wanted kind, and its result."""
    while True:
        case = history(rng, faults=0)
        try:
            result = compute(case)
        except ClockError:
            continue
        if wanted(case, result):
            return case, result


def validity(result):
    """Return what the events did: two results with the same have the same events valid."""
    return sorted(warning["code"] for warning in result["warnings"] if warning["code"] != "provisional_calendar")


def brought_forward(before, after):
    """Return the dates that both results have and that lie earlier in the second."""
    pairs = {name: (before[name], after[name]) for name in DATES}
    for name in ANSWER_DATES:
        pairs |= {(name, ref): (day, after[name].get(ref)) for ref, day in before[name].items()}
    return {name: pair for name, pair in pairs.items() if None not in pair and pair[1] < pair[0]}


@given(RANDOM)
def test_an_added_holiday_never_brings_a_date_forward(rng):
    case, before = sound(rng)
    start = date.fromisoformat(before["received_on"])
    holidays = [start + timedelta(days=rng.randint(-3, 120)) for _ in range(rng.randint(1, 5))]
    after = compute(case, CALENDAR.with_local(off_days=holidays))
    assume(validity(before) == validity(after))
    assert brought_forward(before, after) == {}


@given(RANDOM)
def test_a_longer_answered_stop_never_brings_a_date_forward(rng):
    def answers(case):
        return [event for event in case["events"] if event["type"] in ANSWERS.values()]

    case, before = sound(
        rng, lambda case, result: case.get("today") and any(event["on"] < case["today"] for event in answers(case))
    )
    answer = rng.choice([event for event in answers(case) if event["on"] < case["today"]])
    first, today = date.fromisoformat(answer["on"]), date.fromisoformat(case["today"])
    answer["on"] = str(first + timedelta(days=rng.randint(1, (today - first).days)))
    try:
        after = compute(case)
    except ClockError:  # it now lies behind the reply
        assume(False)
    assume(validity(before) == validity(after))
    assert brought_forward(before, after) == {}


@given(RANDOM)
def test_the_order_in_which_events_are_given_changes_nothing(rng):
    def outcome(case):
        try:
            return compute(case)
        except ClockError as error:
            return error.as_json()

    case = history(rng, faults=0.5)
    first = outcome(case)
    rng.shuffle(case["events"])
    assert outcome(case) == first
    case["events"].reverse()
    assert outcome(case) == first


@given(RANDOM)
def test_an_event_after_today_changes_nothing_but_the_warning(rng):
    case, before = sound(rng, lambda case, result: case.get("today"))
    later = str(date.fromisoformat(case["today"]) + timedelta(days=rng.randint(1, 60)))
    case["events"].append({"type": rng.choice(("replied", "withdrawn", "correction_received")), "on": later})
    after = compute(case)
    assert after.pop("warnings") != before.pop("warnings")
    assert after == before


@given(RANDOM)
def test_the_explanation_adds_up_to_the_last_day(rng):
    _, result = sound(rng, lambda case, result: result["reply_by"])
    lines = result["explanation"]
    begin = max(
        [0, *(place for place, line in enumerate(lines) if "重新计算" in line["text"])]
    )  # what was counted before the clock started anew is explained above
    counted = [line for line in lines[begin:] if "计入" in line["text"] and "累计" in line["text"]]
    limit = 20 if result["law"] == "711" else 15
    if any(line["rule"] == "RPY-03" and "增加" in line["text"] for line in lines[begin:]):
        limit *= 2
    assert sum(line["working_days"] for line in counted) == limit
    assert counted[-1]["to"] == result["reply_by"]
    stretches = [line for line in lines[begin:] if line in counted or line["rule"] == "RPY-02"]
    for one, next_ in pairwise(stretches):
        between = CALENDAR.workdays_between(date.fromisoformat(one["to"]), date.fromisoformat(next_["from"]))
        assert between == CALENDAR.is_workday(date.fromisoformat(next_["from"]))


@given(RANDOM)
def test_every_line_is_whole_and_counts_its_days(rng):
    _, result = sound(rng)
    for line in result["explanation"]:
        assert set(line) == {"from", "to", "working_days", "rule", "article", "text"}
        first, last = date.fromisoformat(line["from"]), date.fromisoformat(line["to"])
        assert first <= last
        assert re.fullmatch(r"[A-Z]{2,3}-\d\d", line["rule"])
        assert line["article"] and line["text"]
        if line["rule"] in ("RPY-02", "TP-01", "CO-01") or "累计" in line["text"]:
            assert line["working_days"] == CALENDAR.workdays_between(first - timedelta(days=1), last)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=6)
    | st.sampled_from(["2021-03-01", "2021-03-09", "a"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "on", "ref", "sent_on", "delivered_on", "return_by", "notice_sent_on"]), inner
        )
    ),
    max_leaves=8,
)


@given(RANDOM, JSON, st.data())
def test_anything_else_is_refused_never_a_fault(rng, junk, data):
    case = history(rng)
    target = data.draw(st.sampled_from([case, *case["events"]]))
    target[data.draw(st.sampled_from([*target, "events", "today", "law"]))] = junk
    for tried in (case, junk):
        try:
            compute(tried)
        except ClockError as error:
            assert error.message
