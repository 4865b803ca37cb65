"""The registers' terms in the night's messages: to the handler, by number alone, before, on and after the last day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gongkai.agencies.actions import appoint, delegate
from gongkai.agencies.calendar import office_calendar
from gongkai.agencies.models import Role, User
from gongkai.casework import terms
from gongkai.casework.actions import record_corrections, remedies
from gongkai.casework.models import Lawsuit, RecordCorrection, ReviewCase

from .conftest import NAME, World
from .test_record_corrections import row
from .test_register_papers import FILED, TODAY, closed, review, suit
from .test_reminders import night, told

__all__ = ["closed", "review", "row", "suit"]
pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]


def workdays_before(day: date, left: int) -> date:
    calendar = office_calendar()
    return calendar.day_of_rank(calendar.rank(day) - left)


def of(words: str, user: User | None = None) -> list[str]:
    return [line for line in told(user) if words in line]


@pytest.mark.parametrize(
    ("left", "words"), [(6, ""), (5, "剩 5 个工作日"), (2, "剩 2 个工作日"), (0, "今日到期"), (-3, "已超期 3 个工作日")]
)
def test_the_reply_to_a_review_is_told_to_handler_and_lawyer(
    world: World, review: ReviewCase, left: int, words: str
) -> None:
    day = workdays_before(terms.reply_term(review).last_day, left)
    night(day)
    for person in (world.staff.handler, world.staff.lawyer):
        lines = of(review.docket, person)
        assert len(lines) == bool(words) and all(words in line and "复议答复" in line for line in lines)
    assert bool(of(review.docket, world.staff.head)) == (left < 0)
    assert not of(NAME) and not of(review.docket, world.foreign)
    before = len(told())
    night(day)
    assert len(told()) == before, "said once a day"


def test_what_is_done_is_not_told(world: World, suit: Lawsuit) -> None:
    day = terms.reply_term(suit).last_day
    Lawsuit.objects.update(replied_on=FILED)
    night(office_calendar().next_workday_on_or_after(day))
    assert not of(suit.docket)


def test_a_term_that_ends_on_a_day_off_is_told_on_the_working_day_before(world: World, suit: Lawsuit) -> None:
    saturday = date(2026, 5, 23)
    Lawsuit.objects.update(reply_due_on=saturday)
    night(saturday - timedelta(days=1))
    assert of("今天是期限前最后一个工作日", world.staff.handler)
    night(saturday)
    assert len(of(suit.docket, world.staff.handler)) == 1


def test_a_correction_is_told_to_its_handler_or_the_registrar_and_the_deputy(
    world: World, row: RecordCorrection
) -> None:
    due = terms.correction_term(row).last_day
    night(workdays_before(due, 5))
    assert of(row.number, world.staff.registrar) and not of(row.number, world.staff.handler)
    record_corrections.give_record_correction(row, handler=world.staff.handler, by=world.staff.registrar, today=TODAY)
    deputy = world.staff.drafter
    appoint(deputy, Role.HANDLER, world.bureau, by=None, on=TODAY)
    delegate(
        world.staff.handler, deputy, world.bureau, first=due, last=due, by=world.staff.handler, today=TODAY
    )  # fmt: skip
    night(due)
    assert of(row.number, world.staff.handler) and of(row.number, deputy)
    assert len(of(row.number, world.staff.registrar)) == 1


def test_a_complaint_is_told_to_the_office_that_received_it(world: World) -> None:
    row = remedies.enter_complaint(
        world.bureau, source="来信", subject="没有按期答复", matter="说来话长", received_on=TODAY, by=world.office,
        today=TODAY,
    )  # fmt: skip
    due = terms.complaint_term(row).last_day
    night(office_calendar().next_workday_on_or_after(due + timedelta(days=1)))
    assert of(row.number, world.office) and "已超期" in of(row.number, world.office)[0]
    assert not of(row.number, world.staff.registrar)
