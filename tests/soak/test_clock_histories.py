"""The clock against the day-by-day oracle, 200,000 random histories (GONGKAI_SOAK_HISTORIES changes the number).

New ground on every run; GONGKAI_SEED repeats one.
"""

from __future__ import annotations

import os
import random
import time

import pytest

from core.clock_histories import compare, history

pytestmark = pytest.mark.soak


def test_no_history_on_which_clock_and_oracle_differ():
    count = int(os.environ.get("GONGKAI_SOAK_HISTORIES", "200000"))
    seed = int(os.environ.get("GONGKAI_SEED", str(time.time_ns() // 10**6)))
    print(f"GONGKAI_SEED={seed}")
    different = []
    for number in range(count):
        case = history(random.Random(f"{seed}/{number}"))
        if difference := compare(case):
            different.append((number, difference, case))
            if len(different) == 5:
                break
    assert different == [], f"GONGKAI_SEED={seed}"
