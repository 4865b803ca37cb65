"""分办: taken, or handed back with a reason; what is not taken is seen by the office."""

from __future__ import annotations

from datetime import date

import pytest

from freezing import on_day
from gongkai.agencies.actions import appoint
from gongkai.agencies.models import Role
from gongkai.casework import actions
from gongkai.casework.models import Assignment

from .conftest import MONDAY, Maker, World, person, refused
from .over_http import act, case_page, send, signed_in
from .test_queues import kinds

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]
LATER = date(2026, 3, 5)


@pytest.fixture
def second(world: World):
    user = person("second", "承办人乙")
    appoint(user, Role.HANDLER, world.bureau, by=None, on=MONDAY)
    return user


def test_handed_back_with_a_reason_and_given_to_another_who_takes_it(world: World, registered: Maker, second) -> None:
    case, staff = registered(), world.staff
    act(staff.registrar, case, "assign", MONDAY, handler=staff.handler.pk, words="请工程股办理")
    page = case_page(staff.handler, case, MONDAY)
    assert "待接收" in page and "请工程股办理" in page and "退回分办" in page
    refusal = send(staff.handler, case, "refuse_assignment", MONDAY, reason="")
    assert refusal.status_code == 422
    act(staff.handler, case, "refuse_assignment", MONDAY, reason="不属于我股职责")
    assert case.handler is None and case.state == "registered"
    assert "不属于我股职责" in case_page(staff.registrar, case, MONDAY)
    assert kinds(staff.registrar) == ["分办"] and kinds(staff.handler) == []
    act(staff.registrar, case, "assign", MONDAY, handler=second.pk)
    act(second, case, "accept_assignment", MONDAY)
    assert case.assignments.get(ended_on=None).accepted_on == MONDAY
    page = case_page(second, case, MONDAY)
    assert "/act/refuse_assignment/" not in page and "分办，待接收" not in page
    with refused("assignment_waits"):
        actions.refuse_assignment(case, reason="太晚", by=second, today=MONDAY)


def test_only_the_handler_takes_it_and_to_begin_is_to_take_it(world: World, registered: Maker, second) -> None:
    case = actions.assign(registered(), handler=world.staff.handler, by=world.staff.registrar, today=MONDAY)
    for somebody in (second, world.staff.registrar, world.office):
        with refused("wrong_role"):
            actions.accept_assignment(case, by=somebody, today=MONDAY)
    actions.start_examination(case, by=world.staff.handler, today=MONDAY)
    assert Assignment.objects.get().accepted_on == MONDAY


def test_a_case_in_work_is_given_to_another_and_back(world: World, processing: Maker, second) -> None:
    case, staff = processing(), world.staff
    act(staff.registrar, case, "assign", LATER, handler=second.pk)
    assert "待接收" in case_page(second, case, LATER) and case.state == "processing"
    act(second, case, "refuse_assignment", LATER, reason="请原承办人办结")
    assert case.handler is None and kinds(staff.registrar, LATER) == ["改派"]
    act(staff.registrar, case, "assign", LATER, handler=staff.handler.pk)
    assert [row.ended_on for row in case.assignments.all()] == [LATER, LATER, None]


def test_what_is_not_taken_is_seen_by_the_office(world: World, registered: Maker) -> None:
    case = actions.assign(registered(), handler=world.staff.handler, by=world.staff.registrar, today=MONDAY)
    assert kinds(world.office, MONDAY) == [] and kinds(world.office, date(2026, 3, 3)) == []
    assert kinds(world.office, date(2026, 3, 4)) == ["催接收"]
    with on_day(LATER):
        listed = signed_in(world.office).get("/desk/casework/", {"show": "untaken"}).content.decode()
    assert case.number in listed
    actions.accept_assignment(case, by=world.staff.handler, today=LATER)
    with on_day(LATER):
        listed = signed_in(world.office).get("/desk/casework/", {"show": "untaken"}).content.decode()
    assert case.number not in listed and kinds(world.office, LATER) == []
