"""索引号 from eight processes at once, some killed in the middle (R11): none twice, none left out, each year anew."""

from __future__ import annotations

import os
import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterable

import pytest

from .test_kills import Processes, _wait_for, processes

__all__ = ["processes"]
pytestmark = [pytest.mark.soak, pytest.mark.slow]

AT_ONCE = 8
SERIES = 4
"""Two organs in two years."""


def taken(processes: Processes) -> list[str]:
    """The numbers that were acknowledged."""
    return [line["index_no"] for line in processes.log("acknowledged")]


def by_series(numbers: Iterable[str]) -> dict[str, list[int]]:
    """The serials of each counter."""
    series: dict[str, list[int]] = defaultdict(list)
    for text in numbers:
        name, serial = text.rsplit("-", 1)
        series[name].append(int(serial))
    return series


def test_eight_processes_never_take_a_number_twice(processes: Processes, budget: Callable[..., int]) -> None:
    wanted, kills = budget(test=120, soak=8_000), budget(test=4, soak=60)
    rng = random.Random(os.environ.get("GONGKAI_SEED") or str(time.time_ns()))
    for place in range(AT_ONCE):
        processes.start("number", place)
    for killed in range(kills):
        goal = wanted * (killed + 1) // (kills + 1)
        _wait_for(lambda goal=goal: len(processes.log("acknowledged")) >= goal, processes)
        place = rng.randrange(AT_ONCE)
        processes.kill("number", place)
        processes.start("number", place)
    # SQLite lets one writer in at a time and not in turn: some may have waited all along.
    _wait_for(lambda: len(taken(processes)) >= wanted and len(by_series(taken(processes))) == SERIES, processes)
    for place in range(AT_ONCE):
        processes.kill("number", place)
    report = processes.finish("counted", 120)
    numbers = report["numbers"]
    assert len(numbers) == len(set(numbers)) >= wanted
    assert set(taken(processes)) <= set(numbers), "an acknowledged one is gone"
    series = by_series(numbers)
    assert len(series) == SERIES
    for name, serials in series.items():
        assert sorted(serials) == list(range(1, len(serials) + 1)), f"{name}: a gap that nothing explains"
        assert report["counters"][f"publishing.index/{name}"] == len(serials)
