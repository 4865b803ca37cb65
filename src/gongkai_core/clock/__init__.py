"""The legal clock (期限) of an application: from its events to its dates, each with its article.

`compute` takes and gives JSON objects, exactly as `gongkai clock` does; `replay` is the same for code that has
dates at hand. Both are pure: "today" is a fact of the case.
"""

from __future__ import annotations

from typing import Any

from gongkai_core.clock.contract import read_case, result_json
from gongkai_core.clock.errors import ClockError
from gongkai_core.clock.facts import Case, Event, Law, Line, Result, State, Warning
from gongkai_core.clock.redecision import last_day, replay_redecision
from gongkai_core.clock.replay import replay
from gongkai_core.workdays import Calendar

__all__ = [
    "Case",
    "ClockError",
    "Event",
    "Law",
    "Line",
    "Result",
    "State",
    "Warning",
    "compute",
    "last_day",
    "replay",
    "replay_redecision",
]


def compute(case: dict[str, Any], calendar: Calendar | None = None) -> dict[str, Any]:
    """Return the result of one case, both as JSON objects of the clock's contract.

    Dates are written YYYY-MM-DD. `calendar` is the default one unless given. Raises `ClockError` with a code
    of the contract, a Chinese message and the article when the case cannot be computed.
    """
    try:
        return result_json(replay(read_case(case), calendar or Calendar.default()))
    except OverflowError as error:
        raise ClockError("bad_date", "日期超出可以计算的范围") from error
