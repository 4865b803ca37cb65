"""内部期限: registration 1, examination 5, draft 12, signature 18 working days, inside the lawful one."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.agencies.models import Setting
from gongkai.casework import actions, rules
from gongkai.casework.internal_deadlines import internal_deadline, internal_deadlines
from gongkai.casework.queues import tasks

from .conftest import MONDAY, Maker, World, application, draft
from .over_http import case_page

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]
FIVE, TWELVE, EIGHTEEN = date(2026, 3, 9), date(2026, 3, 18), date(2026, 3, 26)


def days(case, on=MONDAY):
    return [(row.label, row.day, row.state) for row in internal_deadlines(case, on)]


def test_the_four_days_of_a_case_and_the_one_that_is_due(world: World, examining: Maker) -> None:
    case = actions.receive(world.bureau, **application()).case
    assert days(case)[0] == ("登记", date(2026, 3, 3), "now")
    case = examining()
    assert days(case)[1:] == [("审查", FIVE, "now"), ("拟办", TWELVE, "ahead"), ("签发", EIGHTEEN, "ahead")]
    case = actions.start_processing(case, by=world.staff.handler, today=MONDAY)
    assert internal_deadline(case, MONDAY).day == TWELVE
    case = draft(case, world, "grant.provide", today=MONDAY)
    assert internal_deadline(case, MONDAY).label == "签发"
    page = case_page(world.staff.handler, case, MONDAY)
    assert "内部期限" in page and "2026年3月26日" in page


def test_they_move_with_stops_extensions_and_settings(world: World, processing: Maker) -> None:
    case = processing()
    actions.propose_extension(case, reason="数量较多", by=world.staff.handler, today=MONDAY)
    actions.agree_extension(case, by=world.staff.head, today=MONDAY)
    case = actions.extend(case, method="online", by=world.staff.handler, today=MONDAY, files=False)
    rows = {label: day for label, day, _ in days(case)}
    assert rows["审查"] == FIVE and rows["拟办"] == date(2026, 4, 16)
    Setting.objects.create(key=rules.DRAFT_WITHIN.key, value=10)
    assert {label: day for label, day, _ in days(case)}["拟办"] == date(2026, 4, 14)


def test_a_case_that_waits_for_the_applicant_has_none(world: World, examining: Maker) -> None:
    case = actions.ask_correction(
        examining(), items="写明年度", guidance="可以写项目名称", return_by=date(2026, 3, 20), method="online",
        by=world.staff.handler, today=MONDAY, files=False,
    )  # fmt: skip
    assert days(case) == []


def test_queues_say_it_a_day_before(world: World, processing: Maker) -> None:
    processing()
    (early,) = tasks(world.staff.handler, on=date(2026, 3, 12))
    (near,) = tasks(world.staff.handler, on=date(2026, 3, 17))
    (late,) = tasks(world.staff.handler, on=date(2026, 3, 19))
    assert early.note == "" and near.note == "内部期限：拟办 3 月 18 日" and late.note.endswith("，已过")
