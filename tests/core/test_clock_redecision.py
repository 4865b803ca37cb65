"""The clock of an answer given anew: from the order, by the order's own term or twenty working days."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai_core.clock import Case, Event, last_day, replay_redecision
from gongkai_core.workdays import Calendar

CALENDAR = Calendar.default()
ORDER_IN = date(2026, 6, 1)
SOURCE = "行政复议决定（清府复〔2026〕7号）"


def anew(today: date, *events: Event, due_on: date | None = None):
    return replay_redecision(Case(ORDER_IN, "711", list(events), today), CALENDAR, source=SOURCE, due_on=due_on)


@pytest.mark.parametrize(
    ("term", "in_workdays", "expected"),
    [
        (None, False, date(2026, 6, 30)),  # twenty working days; 19 June is the Dragon Boat Festival
        (15, True, date(2026, 6, 23)),
        (30, False, date(2026, 7, 1)),
        (19, False, date(2026, 6, 22)),  # the twentieth is a Saturday
    ],
)
def test_the_last_day(term: int | None, in_workdays: bool, expected: date) -> None:
    assert last_day(ORDER_IN, term, in_workdays=in_workdays, calendar=CALENDAR) == expected


def test_without_a_term_it_runs_like_any_application() -> None:
    result = anew(date(2026, 6, 10))
    assert (result.reply_by, result.overdue) == (date(2026, 6, 30), False)
    asked = Event("third_party_asked", date(2026, 6, 3), ref="1", delivered_on=date(2026, 6, 4))
    answered = Event("third_party_answered", date(2026, 6, 9), ref="1")
    assert anew(date(2026, 6, 10), asked, answered).reply_by == date(2026, 7, 6)  # four days stopped
    first = result.explanation[0]
    assert SOURCE in first["text"] and "收到申请" not in "".join(line["text"] for line in result.explanation)
    assert result.correction_notice_by is None


def test_a_term_that_the_order_names_is_moved_by_nothing() -> None:
    due = date(2026, 6, 16)
    asked = Event("third_party_asked", date(2026, 6, 3), ref="1", delivered_on=date(2026, 6, 4))
    result = anew(date(2026, 6, 10), asked, due_on=due)
    assert (result.reply_by, result.longest_reply_by, result.projected) == (due, due, False)
    assert result.days_left == 4 and result.third_party_answer_by == {"1": date(2026, 6, 26)}
    late = anew(date(2026, 6, 18), Event("replied", date(2026, 6, 17)), due_on=due)
    assert late.overdue and late.days_left == -1
    gone = anew(date(2026, 6, 18), Event("withdrawn", date(2026, 6, 17)), due_on=due)
    assert gone.reply_by is None and not gone.overdue
