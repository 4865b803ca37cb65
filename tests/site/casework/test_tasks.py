"""What the passing of days does by itself, and two transmissions at the same moment."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from gongkai.casework import actions, queues
from gongkai.casework.models import Case
from gongkai.casework.tasks import nightly
from gongkai.casework.views.lists import row_of
from gongkai.trail.models import Entry

from .conftest import MONDAY, Maker, World, application

pytestmark = pytest.mark.django_db


def ask(case: Case, world: World, party: str, **facts: Any) -> Any:
    return actions.ask(
        case, party, name="某单位", question="投标文件", method="in_person", by=world.staff.handler, today=MONDAY,
        files=False, **facts,
    )  # fmt: skip


def test_silence_ends_by_itself_once(world: World, processing: Maker, examining: Maker) -> None:
    third, maker = processing(), processing()
    ask(third, world, "third_party", delivered_on=MONDAY)
    question = ask(maker, world, "co_maker", delivered_on=MONDAY)
    reasons = examining()
    actions.ask_reason(
        reasons, answer_by=date(2026, 3, 10), method="online", by=world.staff.handler, today=MONDAY, files=False
    )
    assert nightly(date(2026, 3, 10)) == {"lapsed": 0, "moved": 0}
    assert nightly(date(2026, 3, 24))["lapsed"] == 3  # the fifteenth working day was 23 March
    assert nightly(date(2026, 3, 24))["lapsed"] == 0
    for case, state in ((third, "processing"), (maker, "processing"), (reasons, "examining")):
        case.refresh_from_db()
        assert case.state == state
    question.refresh_from_db()
    assert question.opinion == "agree"  # 条例第三十四条
    lapses = Entry.objects.filter(verb__endswith="_lapsed")
    assert lapses.count() == 3 and {entry.actor for entry in lapses} == {None}


def test_open_ended_last_days_move_with_today(world: World, processing: Maker) -> None:
    case = processing()
    ask(case, world, "agency", basis="条例第十一条")
    assert nightly(date(2026, 3, 5)) == {"lapsed": 0, "moved": 1}
    before = Entry.objects.count()
    assert nightly(date(2026, 3, 5)) == {"lapsed": 0, "moved": 0}
    assert Entry.objects.count() == before
    case.refresh_from_db()
    assert (case.due_on, case.projected_on) == (date(2026, 4, 2), date(2026, 3, 5))


def test_the_applicants_silence_is_nobodys_delay(world: World, examining: Maker) -> None:
    case = actions.ask_correction(
        examining(), items="一", guidance="二", return_by=date(2026, 3, 10), method="online", by=world.staff.handler,
        today=MONDAY, files=False,
    )  # fmt: skip
    waiting = row_of(case, date(2026, 3, 10))
    assert (waiting.words, waiting.days_left) == ("办理中 · 等申请人补正", 0)
    lapsed = row_of(case, date(2026, 3, 11))
    assert (lapsed.due, lapsed.days_left) == (None, None) and "逾期未补正" in lapsed.words
    assert [task.kind for task in queues.tasks(world.staff.handler, on=date(2026, 3, 11))] == ["认定视为放弃"]
    assert queues.tasks(world.office, on=date(2026, 3, 11)) == []


def test_two_transmissions_of_one_form_are_one_case_and_use_up_one_number(world: World) -> None:
    """The database itself tells the second one, however close they are: nobody looks beforehand."""
    form = application(key="raced")
    first = actions.receive(world.bureau, **form)
    second = actions.receive(world.bureau, **form)
    assert second.case == first.case and not second.created and second.query_code == first.query_code
    other = actions.receive(world.bureau, **application(key="other"))
    serials = [int(re.search(r"〕(\d+)号", case.number)[1]) for case in (first.case, other.case)]  # type: ignore[index]
    assert serials[1] == serials[0] + 1 and Case.objects.count() == 2
