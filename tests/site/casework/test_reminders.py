"""What people are reminded of by itself, and how it reaches them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.cache import caches

from gongkai.agencies.actions import delegate
from gongkai.agencies.calendar import office_calendar
from gongkai.agencies.models import User
from gongkai.casework import actions, reminders
from gongkai.casework.models import Case
from gongkai.outbox.models import Message, StationMessage
from gongkai.outbox.queue import left_to_worker

from .conftest import ID_NUMBER, MONDAY, NAME, PHONE, WISH, Maker, World, answer, application, draft, review

pytestmark = pytest.mark.django_db
LAST_DAY = date(2026, 3, 30)


@pytest.fixture(autouse=True)
def forget() -> None:
    caches["shared"].clear()


def before(left: int) -> date:
    """The working day on which so many are left until the last day of a case received on the Monday."""
    calendar = office_calendar()
    return calendar.day_of_rank(calendar.rank(LAST_DAY) - left)


def told(user: User | None = None) -> list[str]:
    rows = StationMessage.objects.order_by("pk")
    return list((rows.filter(person=user) if user else rows).values_list("title", flat=True))


def night(on: date) -> int:
    with left_to_worker():
        return reminders.nightly(on)


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (5, "剩 5 个工作日"),
        (4, ""),
        (3, ""),
        (2, "剩 2 个工作日"),
        (1, ""),
        (0, "今日到期"),
        (-1, "已超期 1 个工作日"),
        (-2, "已超期 2"),
    ],
)
def test_the_handler_is_told_five_two_and_no_days_before_and_each_day_after(
    world: World, processing: Maker, left: int, words: str
) -> None:
    processing()
    night(before(left))
    lines = [line for line in told(world.staff.handler) if "拟延期" not in line]
    assert len(lines) == (1 if words else 0)
    assert words in "".join(lines)
    head = told(world.staff.head)
    assert len(head) == (1 if left < 0 else 0)  # an overdue one is told to who answers for the organ, too


def test_once_for_each_case_and_day_and_never_on_a_day_off(world: World, processing: Maker) -> None:
    processing(), processing()
    assert night(before(2)) and not night(before(2))
    assert not night(date(2026, 3, 28))  # a Saturday
    assert night(before(0)) and not night(before(0))


def test_nothing_of_the_applicants_stands_in_a_message_or_in_the_outbox(world: World, processing: Maker) -> None:
    case = processing()
    night(before(-1))
    written = "".join(told()) + "".join(str(row.payload) + row.key for row in Message.objects.all())
    assert case.number in written
    for secret in (NAME, WISH, ID_NUMBER, PHONE, case.subject):
        assert secret not in written


def test_who_has_the_next_step_is_told(world: World, processing: Maker) -> None:
    staff = world.staff
    signing = review(draft(processing(), world, "other.not_gov_info", today=MONDAY), world, today=MONDAY)
    night(before(2))
    assert told(staff.handler) == [] and signing.number in told(staff.head)[0]
    waiting = actions.receive(world.bureau, **application(today=before(0))).case
    night(before(-1))
    assert any(waiting.number in line and "今日到期" in line for line in told(staff.registrar))


def test_the_extension_is_thought_of_on_the_fifteenth_working_day_once(world: World, processing: Maker) -> None:
    case = processing()
    night(before(6))
    assert told() == []
    night(before(5)), night(before(4))
    assert [line for line in told(world.staff.handler) if "拟延期" in line] == [
        f"{case.number} 到第 15 个工作日，不能按期答复的请拟延期（3 月 30 日前告知）"
    ]
    asked = processing()
    actions.propose_extension(asked, reason="数量较多", by=world.staff.handler, today=MONDAY)
    night(before(3))
    assert not any(asked.number in line and "拟延期" in line for line in told())


def test_the_window_for_a_correction_is_told_two_days_before_its_end(world: World, examining: Maker) -> None:
    case = examining()
    assert case.correction_notice_by == date(2026, 3, 11)
    night(date(2026, 3, 6))
    assert told() == []
    night(date(2026, 3, 9)), night(date(2026, 3, 10))
    assert told() == [f"{case.number} 补正窗口剩 2 日，需要补正的请在3 月 11 日前告知"]


def test_a_lapsed_term_of_the_applicants_is_told_once_and_is_no_lateness(world: World, examining: Maker) -> None:
    case = actions.ask_correction(
        examining(), items="写明年度", guidance="可以写文号", return_by=date(2026, 3, 12), method="online",
        sent_on=MONDAY, by=world.staff.handler, today=MONDAY, files=False,
    )  # fmt: skip
    night(date(2026, 3, 10)), night(date(2026, 3, 12))
    assert told() == []
    for day in (13, 16, 17):
        night(date(2026, 3, day))
    assert told() == [f"{case.number} 申请人逾期未补正，请核实后决定是否认定视为放弃"]


def test_answered_cases_and_frozen_accounts_are_left_alone(world: World, processing: Maker) -> None:
    answer(processing(), world, "other.not_gov_info", on=MONDAY)
    processing()
    User.objects.filter(pk=world.staff.handler.pk).update(is_active=False)
    night(before(2))
    assert told(world.staff.handler) == [] and len(told(world.staff.registrar)) == 2  # the day, and 拟延期


def test_a_deputy_is_told_beside_the_person_on_leave(world: World, processing: Maker) -> None:
    processing()
    delegate(
        world.staff.handler, world.staff.registrar, world.bureau, first=MONDAY, last=LAST_DAY, by=world.staff.handler,
        today=MONDAY,
    )  # fmt: skip
    night(before(2))
    assert sum("剩 2 个工作日" in line for line in told(world.staff.registrar)) == 1


def test_in_december_each_organ_with_open_cases_is_asked_to_check_once(world: World, processing: Maker) -> None:
    processing(on=date(2026, 12, 14))
    for day in (18, 21, 22):
        night(date(2026, 12, day))
    assert sum("年末自查" in line for line in told(world.staff.registrar)) == 1
    assert not any("年末自查" in line for line in told(world.foreign))


def test_the_nightly_message_does_it(world: World, processing: Maker) -> None:
    from gongkai.operations.tasks import nightly

    case = processing()
    nightly({"day": before(2).isoformat()})
    assert any(case.number in line for line in told(world.staff.handler))


def test_the_night_reads_a_bounded_number_of_times(
    world: World, processing: Maker, django_assert_max_num_queries: Any
) -> None:
    for _ in range(5):
        processing()
    with django_assert_max_num_queries(40):
        night(before(2))


def test_old_messages_are_erased(world: World) -> None:
    from gongkai.design.words import BEIJING
    from gongkai.desk.channels import erase_old

    now = datetime.combine(MONDAY, datetime.min.time(), BEIJING)
    for days in (10, 200):
        StationMessage.objects.create(
            person=world.office, key=str(days), title="旧事", sent_at=now - timedelta(days=days)
        )  # fmt: skip
    assert erase_old(MONDAY) == 1
    assert Case.objects.count() == 0 and told() == ["旧事"]
