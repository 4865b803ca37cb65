"""What waits for whom."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.agencies.models import User
from gongkai.casework import actions
from gongkai.casework.queues import tasks

from .conftest import MONDAY, NAME, Maker, World, application, draft, review

pytestmark = pytest.mark.django_db


def kinds(user: User, on: date = MONDAY) -> list[str]:
    user.__dict__.pop("_posts", None)
    return [task.kind for task in tasks(user, on=on)]


def test_each_step_waits_for_its_person(world: World) -> None:
    staff = world.staff
    case = actions.receive(world.bureau, **application()).case
    assert kinds(staff.registrar) == ["登记"] and kinds(staff.handler) == []
    case = actions.register(case, subject="通知书", by=staff.registrar, today=MONDAY)
    assert kinds(staff.registrar) == ["分办"]
    case = actions.assign(case, handler=staff.handler, by=staff.registrar, today=MONDAY)
    assert kinds(staff.registrar) == [] and kinds(staff.handler) == ["审查"]
    case = actions.start_examination(case, by=staff.handler, today=MONDAY)
    case = actions.start_processing(case, by=staff.handler, today=MONDAY)
    assert kinds(staff.handler) == ["办理"]
    case = draft(case, world, "grant.provide", today=MONDAY)
    assert kinds(staff.handler) == [] and kinds(staff.lawyer) == ["法审"]
    case = actions.legal_review(case, approve=True, opinion="", by=staff.lawyer, today=MONDAY)
    assert kinds(staff.secrecy) == ["保密审查"]
    case = actions.pass_secrecy(case, by=staff.secrecy, today=MONDAY)
    assert kinds(staff.head) == ["签发"]
    actions.sign(case, by=staff.head, today=MONDAY, files=False)
    assert kinds(staff.head) == [] and kinds(staff.handler) == ["发出"]
    for somebody in (world.foreign, staff.drafter):
        assert kinds(somebody) == []


def test_registration_is_due_in_one_working_day(world: World) -> None:
    actions.receive(world.bureau, **application())
    (task,) = tasks(world.staff.registrar, on=MONDAY)
    assert (task.due, task.days_left) == (date(2026, 3, 3), 1)
    assert NAME not in task.title


def test_consent_to_an_extension_waits_for_the_head(world: World, processing: Maker) -> None:
    case = processing()
    actions.propose_extension(case, reason="数量较多", by=world.staff.handler, today=MONDAY)
    assert kinds(world.staff.head) == ["同意延期"]
    actions.agree_extension(case, by=world.staff.head, today=MONDAY)
    assert kinds(world.staff.head) == []


def test_the_office_sees_what_presses_in_every_organ(world: World, processing: Maker) -> None:
    processing()
    assert kinds(world.office) == []
    assert kinds(world.office, date(2026, 3, 26)) == ["催办"]
    (task,) = tasks(world.office, on=date(2026, 4, 2))
    assert task.days_left == -3 and task.agency == world.bureau and world.staff.handler.name in task.note


def test_hints_inside_the_deadline(world: World, processing: Maker, examining: Maker) -> None:
    processing()
    (task,) = tasks(world.staff.handler, on=date(2026, 3, 23))
    assert "拟延期" in task.note  # the fifteenth working day
    examining()
    notes = [task.note for task in tasks(world.staff.handler, on=date(2026, 3, 10))]
    assert any("补正告知剩 1 个工作日" in note for note in notes)


def test_a_signed_letter_can_be_sent_by_the_registrar_when_nobody_handles(world: World, processing: Maker) -> None:
    case = review(draft(processing(), world, "other.not_gov_info", today=MONDAY), world, today=MONDAY)
    actions.sign(case, by=world.staff.head, today=MONDAY, files=False)
    assert kinds(world.staff.registrar) == [] and kinds(world.staff.handler) == ["发出"]
