"""The clock of an answer given anew (重新答复): it starts with the order, not with the application.

Where the order names a term, that is the last day and nothing moves it; where it names none, the term is that of any
application, twenty working days from the day after the order came in (domain-spec §1.5.4).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from gongkai_core.clock.explain import iso, words
from gongkai_core.clock.facts import REPLY_WORKDAYS, Case, Line, Result
from gongkai_core.clock.replay import replay
from gongkai_core.workdays import Calendar

ARTICLE: Final = "行政复议法第六十三条至第六十六条；行政诉讼法第七十条、第七十二条"
RULE: Final = "RED-01"
_OPENING: Final = ("APP-05", "AMD-01")
_OPINIONS: Final = ("TP-01", "CO-01")


def last_day(received_on: date, term: int | None, *, in_workdays: bool, calendar: Calendar) -> date:
    """The last day of a term from the day an order came in; without a term twenty working days.

    A term in days that ends on a day off ends on the next working day (民法典第二百零三条). ValueError below 1.
    """
    if term is None:
        return calendar.add_workdays(received_on, REPLY_WORKDAYS["711"])
    if in_workdays:
        return calendar.add_workdays(received_on, term)
    return calendar.add_natural_days(received_on, term)


def replay_redecision(case: Case, calendar: Calendar, *, source: str, due_on: date | None = None) -> Result:
    """Where the new answer stands. `case.received_on` is the day the order came in, its events those since then.

    `source` names the order in words; `due_on` is given where its day is fixed. Raises `ClockError`.
    """
    result = replay(case, calendar)
    begun = _begun(case.received_on, source)
    if due_on is None:
        kept = [line for line in result.explanation if line["rule"] not in _OPENING]
        return replace(result, correction_notice_by=None, explanation=[begun, *kept])
    opinions = [line for line in result.explanation if line["rule"] in _OPINIONS]
    fixed = replace(
        result, correction_notice_by=None, projected=False, warnings=[], explanation=[begun, *opinions, _fixed(case, due_on)]
    )  # fmt: skip
    if result.state == "withdrawn":
        return fixed
    seen_from = _seen_from(case, result)
    fixed.reply_by = fixed.reply_by_original = fixed.longest_reply_by = due_on
    fixed.overdue = seen_from > due_on
    fixed.days_left = calendar.workdays_between(seen_from, due_on)
    return fixed


def _seen_from(case: Case, result: Result) -> date:
    if result.state == "replied":
        return max(event.on for event in case.events if event.type == "replied")
    return case.today or case.received_on


def _begun(on: date, source: str) -> Line:
    return {
        "from": iso(on),
        "to": iso(on),
        "working_days": 0,
        "rule": RULE,
        "article": ARTICLE,
        "text": f"重新答复：{words(on)}收到或者作出{source}，当日不计入，次日起算",
    }


def _fixed(case: Case, due_on: date) -> Line:
    return {
        "from": iso(case.received_on),
        "to": iso(due_on),
        "working_days": 0,
        "rule": RULE,
        "article": ARTICLE,
        "text": f"载明的期限，不晚于{words(due_on)}（含当日）重新答复；征求意见不停止这一期限",
    }
