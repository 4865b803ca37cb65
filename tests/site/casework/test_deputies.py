"""A deputy in casework: does what the handler's post allows, shown as 代, and is never two persons at once."""

from __future__ import annotations

from datetime import date

import pytest

from freezing import on_day
from gongkai.agencies.actions import appoint, delegate, pair_up
from gongkai.agencies.models import Role, User
from gongkai.casework import actions
from gongkai.casework.actions.remind import recipients
from gongkai.casework.models import Case
from gongkai.casework.queues import tasks
from gongkai.casework.thread import thread
from gongkai.trail.models import Entry

from .conftest import BEGIN, FACTS, MONDAY, REASON, Maker, World, draft, person, refused
from .over_http import case_page, signed_in

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 3, 6)


@pytest.fixture
def deputy(world: World) -> User:
    """Works at the bureau as its second legal reviewer and signatory, and deputises for the handler for a week."""
    user = person("deputy", "副手")
    for role in (Role.LEGAL_REVIEWER, Role.SIGNATORY, Role.SECRECY_REVIEWER):
        appoint(user, role, world.bureau, by=None, on=BEGIN)
    delegate(world.staff.handler, user, world.bureau, first=MONDAY, last=FRIDAY, by=world.staff.handler, today=MONDAY)
    return User.objects.get(pk=user.pk)


def test_the_deputy_works_on_the_handlers_cases_and_says_for_whom(
    world: World, deputy: User, registered: Maker
) -> None:
    case = actions.assign(registered(), handler=world.staff.handler, by=world.staff.registrar, today=MONDAY)
    assert [task.kind for task in tasks(deputy, on=MONDAY)] == ["审查"]
    assert "代" in tasks(deputy, on=MONDAY)[0].note
    case = actions.start_examination(case, by=deputy, today=MONDAY)
    entry = Entry.objects.get(verb="casework.start_examination")
    assert entry.actor == deputy and entry.facts["acting_for"] == [str(world.staff.handler.public_id)]
    assert "副手（代住建承办人）" in [act["by"] for act in thread(case)]
    after = date(2026, 3, 9)
    with refused("wrong_role"):
        actions.start_processing(case, by=User.objects.get(pk=deputy.pk), today=after)
    actions.start_processing(case, by=world.staff.handler, today=after)
    assert "acting_for" not in Entry.objects.get(verb="casework.start_processing").facts


def test_a_case_given_to_another_handler_is_not_the_deputys(world: World, deputy: User, registered: Maker) -> None:
    other = person("other", "另一承办人")
    appoint(other, Role.HANDLER, world.bureau, by=None, on=BEGIN)
    case = actions.assign(registered(), handler=other, by=world.staff.registrar, today=MONDAY)
    with refused("wrong_role"):
        actions.start_examination(case, by=deputy, today=MONDAY)


def test_who_drafted_as_a_deputy_neither_reviews_nor_signs(world: World, deputy: User, processing: Maker) -> None:
    case = processing()
    actions.propose_decision(
        case, outcome="grant.provide", by=deputy, today=MONDAY, reason=REASON, facts=FACTS["grant.provide"]
    )  # fmt: skip
    case = actions.submit_draft(case, by=deputy, today=MONDAY)
    assert case.decisions.get().drafted_by == deputy
    with refused("reviewer_not_handler"):
        actions.legal_review(case, approve=True, opinion="", by=deputy, today=MONDAY)
    after = date(2026, 3, 9)  # the delegation is over, the draft is still his
    back = User.objects.get(pk=deputy.pk)
    with refused("reviewer_not_handler"):
        actions.legal_review(case, approve=True, opinion="", by=back, today=after)
    case = actions.legal_review(case, approve=True, opinion="", by=world.staff.lawyer, today=after)
    with refused("secrecy_not_handler"):
        actions.pass_secrecy(case, by=back, today=after)
    case = actions.pass_secrecy(case, by=world.staff.secrecy, today=after)
    with refused("signatory_not_handler"):
        actions.sign(case, by=back, today=after, files=False)


def test_who_deputises_for_the_handler_does_not_review_what_the_handler_drafted(
    world: World, deputy: User, processing: Maker
) -> None:
    case: Case = draft(processing(), world, "grant.provide", today=MONDAY)
    with refused("reviewer_not_handler"):
        actions.legal_review(case, approve=True, opinion="", by=deputy, today=MONDAY)
    after = date(2026, 3, 9)
    actions.legal_review(case, approve=True, opinion="", by=User.objects.get(pk=deputy.pk), today=after)


def test_consent_to_an_extension_is_another_persons(world: World, deputy: User, processing: Maker) -> None:
    case = processing()
    actions.propose_extension(case, reason="数量较多", by=deputy, today=MONDAY)
    with refused("own_request"):
        actions.agree_extension(case, by=deputy, today=MONDAY)
    actions.agree_extension(case, by=world.staff.head, today=MONDAY)


def test_the_standing_b_is_in_the_lists_and_gets_the_messages_while_the_a_is_away(
    world: World, registered: Maker
) -> None:
    staff = world.staff
    b = person("b-side", "乙角")
    User.objects.filter(pk=b.pk).update(phone="0990-7000001")
    appoint(b, Role.HANDLER, world.bureau, by=None, on=BEGIN)
    pair_up(staff.handler, b, world.bureau, by=staff.handler, today=MONDAY)
    case = actions.assign(registered(), handler=staff.handler, by=staff.registrar, today=MONDAY)
    with on_day(MONDAY):
        lists = [signed_in(world.office).get(f"/desk/casework/{page}").content.decode() for page in ("", "workbench/")]
    for page in (*lists, case_page(staff.registrar, case, MONDAY)):
        assert "B 角 乙角" in page and "0990-7000001" in page
    with refused("wrong_role"):
        actions.start_examination(case, by=User.objects.get(pk=b.pk), today=MONDAY)
    assert b not in recipients(case, MONDAY)
    b = User.objects.get(pk=b.pk)
    delegate(staff.handler, b, world.bureau, first=MONDAY, last=MONDAY, by=b, today=MONDAY)
    assert b in recipients(case, MONDAY) and b not in recipients(case, FRIDAY)
    assert "离岗，乙角代办" in case_page(staff.registrar, case, MONDAY)
    assert "B 角 乙角" in case_page(staff.registrar, case, FRIDAY)
    actions.start_examination(case, by=User.objects.get(pk=b.pk), today=MONDAY)
    assert Entry.objects.get(verb="casework.start_examination").facts["acting_for"] == [str(staff.handler.public_id)]
