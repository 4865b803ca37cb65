"""Legal deadlines: bare due dates beside a loop over chinesecalendar, whole cases beside the tests' oracle."""

from __future__ import annotations

import random
import sys
import time
import warnings
from collections.abc import Callable
from datetime import date, timedelta
from statistics import median
from typing import Any

from bench import ROOT, Row
from gongkai_core.clock import compute
from gongkai_core.workdays import Calendar

ROUNDS = 5
ONE_DAY = timedelta(days=1)


def run() -> list[Row]:
    """Return the two rows; each checks that both sides give the same dates before it is timed."""
    return [due_dates(), whole_cases()]


def due_dates() -> Row:
    """Time the 20th working day after random days of 2016–2026, where chinesecalendar knows every notice."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from chinese_calendar import is_workday

    def walked(day: date) -> date:
        left = 20
        while left:
            day += ONE_DAY
            left -= is_workday(day)
        return day

    rng = random.Random(1)
    first, days = date(2016, 1, 1), (date(2026, 10, 31) - date(2016, 1, 1)).days
    starts = [first + timedelta(days=rng.randrange(days)) for _ in range(200_000)]
    few = starts[:1_000]
    add = Calendar.default().add_workdays
    different = [day for day in few if add(day, 20) != walked(day)]
    assert not different, f"the calendars disagree on {len(different)} of {len(few)}, the first {different[0]}"
    ours, peer = alternate(
        lambda: [add(day, 20) for day in starts], len(starts), lambda: [walked(day) for day in few], len(few)
    )
    note = f"20 working days; equal on {len(few)} days checked first; goal ≥1,000,000/s and ≥1,000×"
    return row("clock: bare due dates", ours, peer, "dates/s", note)


def whole_cases() -> Row:
    """Time cases of four events through `compute`, dict to dict, warnings and explanation included."""
    sys.path.insert(0, str(ROOT / "tests"))
    from core.clock_oracle import in_words, judge

    cases = [four_events(random.Random(number)) for number in range(2_000)]
    for case in cases:
        errors, expected = judge(case)
        result = compute(case)
        assert not errors, case
        assert all(result[name] == day for name, day in in_words(expected).items() if name != "warnings"), case
    few = cases[:200]

    def each(work: Callable[[dict[str, Any]], object], of: list[dict[str, Any]]) -> Callable[[], None]:
        def go() -> None:
            for case in of:
                work(case)

        return go

    ours, peer = alternate(each(compute, cases), len(cases), each(judge, few), len(few))
    lines = sum(len(compute(case)["explanation"]) for case in cases) / len(cases)
    note = f"补正、征求第三方、延期 by compute(), {lines:.1f} lines of explanation each; peer: the tests' oracle; floor ≥20,000/s"
    return row("clock: whole cases", ours, peer, "cases/s", note)


def four_events(rng: random.Random) -> dict[str, Any]:
    """Return a case with a correction asked and returned, a third party asked, and an extension."""
    received = date(2020, 1, 2) + timedelta(days=rng.randrange(2_000))
    asked = received + timedelta(days=rng.randint(1, 7))
    returned = asked + timedelta(days=rng.randint(1, 12))
    sent = returned + timedelta(days=rng.randint(1, 10))
    extended = sent + timedelta(days=rng.randint(0, 20))
    return {
        "id": str(rng.randrange(10**6)),
        "received_on": str(received),
        "today": str(extended + timedelta(days=rng.randint(0, 30))),
        "events": [
            {"type": "correction_asked", "on": str(asked), "return_by": str(asked + timedelta(days=15))},
            {"type": "correction_received", "on": str(returned)},
            {
                "type": "third_party_asked",
                "ref": "a",
                "sent_on": str(sent),
                "delivered_on": str(sent + timedelta(days=rng.randint(0, 3))),
            },
            {"type": "extended", "notice_sent_on": str(extended)},
        ],
    }


def alternate(
    ours: Callable[[], object], our_count: int, peer: Callable[[], object], peer_count: int
) -> tuple[list[float], list[float]]:
    """Return how many per second each did, timed in turns."""
    rates: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for place, (work, count) in enumerate(((ours, our_count), (peer, peer_count))):
            begun = time.perf_counter()
            work()
            rates[place].append(count / (time.perf_counter() - begun))
    return rates


def row(name: str, ours: list[float], peer: list[float], unit: str, note: str) -> Row:
    """Return the medians, with the spread of the ratio in the note."""
    ratios = [mine / theirs for mine, theirs in zip(ours, peer, strict=True)]
    spread = f"ratio {min(ratios):,.0f}–{max(ratios):,.0f} in {ROUNDS} turns"
    return {
        "name": name,
        "ours": median(ours),
        "peer": median(peer),
        "ratio": median(ratios),
        "unit": unit,
        "note": f"{note}; {spread}",
    }
