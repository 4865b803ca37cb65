"""Every state × every event × every role: what the actions' twins say agrees with the table of the core.

The product is generated from the table, so that a row added there is asked here at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from gongkai.agencies.models import User
from gongkai.casework import actions
from gongkai.casework.acts import ACTS, EVENT_OF, OF_PARTY, possible
from gongkai.casework.models import Case, Inquiry, Party
from gongkai_core.refusals import Refusal
from gongkai_core.states.cases import CASE

from .conftest import MONDAY, Maker, World

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]
Twin = Callable[..., Refusal | None]


def _of_question(can: Twin, party: str) -> Twin:
    """A twin of the question that stands open, asked about the case it belongs to."""

    def twin(case: Case, **who: Any) -> Refusal | None:
        return can(Inquiry(case=case, party=party, sent_on=MONDAY, ref="1"), **who)

    return twin


def _ask(party: str) -> Twin:
    return lambda case, **who: actions.can_ask(case, party, **who)


TWINS: dict[str, tuple[Twin, ...]] = {
    "split": (actions.can_split,),
    "pass_on": (actions.can_pass_on,),
    "register": (actions.can_register,),
    "enter_closed": (actions.can_enter_closed,),
    "assign": (actions.can_assign,),
    "accept_assignment": (actions.can_accept_assignment,),
    "refuse_assignment": (actions.can_refuse_assignment,),
    "start_examination": (actions.can_start_examination,),
    "ask_correction": (actions.can_ask_correction,),
    "correction_received": (actions.can_correction_received,),
    "ask_reason": (actions.can_ask_reason,),
    "reason_received": (_of_question(actions.can_reason_received, Party.APPLICANT),),
    "reason_lapsed": (_of_question(actions.can_reason_lapsed, Party.APPLICANT),),
    "agree_delay": (actions.can_agree_delay,),
    "notify_fee": (actions.can_notify_fee,),
    "fee_paid": (actions.can_fee_paid,),
    "start_processing": (actions.can_start_processing,),
    "ask_assistance": (actions.can_ask_assistance,),
    "ask_third_party": (_ask(Party.THIRD_PARTY),),
    "third_party_answered": (_of_question(actions.can_answered, Party.THIRD_PARTY),),
    "third_party_lapsed": (_of_question(actions.can_lapsed, Party.THIRD_PARTY),),
    "ask_co_maker": (_ask(Party.CO_MAKER),),
    "co_maker_answered": (_of_question(actions.can_answered, Party.CO_MAKER),),
    "co_maker_lapsed": (_of_question(actions.can_lapsed, Party.CO_MAKER),),
    "ask_agency": (_ask(Party.AGENCY), actions.can_refer_secrecy),
    "agency_answered": (_of_question(actions.can_answered, Party.AGENCY),),
    "resume": (actions.can_resume,),
    "extend": (actions.can_propose_extension, actions.can_extend),
    "propose_decision": (actions.can_propose_decision,),
    "back_to_processing": (actions.can_back_to_processing,),
    "submit_draft": (actions.can_submit_draft,),
    "approve": (actions.can_legal_review,),
    "pass_secrecy": (actions.can_pass_secrecy,),
    "return_draft": (actions.can_return_draft,),
    "sign": (actions.can_sign,),
    "deliver": (actions.can_deliver,),
    "confirm_delivery": (actions.can_confirm_delivery,),
    "notify_end": (actions.can_notify_end,),
    "withdraw": (actions.can_withdraw,),
    "abandon": (actions.can_abandon,),
    "archive": (actions.can_archive,),
    "reopen": (actions.can_reopen,),
}
BEYOND = {"submit_draft": {"no_draft"}, "sign": {"no_draft"}}
"""Refusals of records that the table does not name: without a draft there is nothing to send up or sign."""
PAGES = {"split", "propose_decision", "confirm_delivery", "enter_closed"}
"""Events with a page or a place of their own instead of a button among the acts."""


def test_every_event_has_its_twins_and_a_place_where_it_is_done() -> None:
    assert set(TWINS) == set(CASE.event_labels)
    of_questions = {f"{party}_{verb}" for party, verbs in OF_PARTY.items() for verb in verbs} | set(
        OF_PARTY["applicant"]
    )
    done = {EVENT_OF.get(name, name) for name in ACTS} | of_questions | PAGES
    assert set(CASE.event_labels) - done == set()


@pytest.fixture
def people(world: World) -> dict[str, User | None]:
    """One person for each role of the table; the applicant and the system are nobody."""
    staff = world.staff
    people = {
        "applicant": None, "system": None, "case_registrar": staff.registrar, "handler": staff.handler,
        "legal_reviewer": staff.lawyer, "secrecy_reviewer": staff.secrecy, "signatory": staff.head,
        "disclosure_office": world.office,
    }  # fmt: skip
    assert set(people) == set(CASE.roles)
    return people


@pytest.mark.parametrize("event", TWINS)
def test_the_twins_say_what_the_table_says(world: World, processing: Maker, people: Any, event: str) -> None:
    case = processing()
    unmanned = any({"applicant", "system"} & set(row.who) for row in CASE.rows if row.event == event)
    wrong = []
    for state in CASE.states:
        case.state = state
        for role, by in people.items():
            if by is None and not unmanned:
                continue  # no act of this name exists without a person
            roles = {"applicant", "system"} if by is None else {role}
            expected = CASE.refusal(state, event, roles=roles)
            for twin in TWINS[event]:
                found = twin(case, by=by, today=MONDAY)
                if not _agrees(state, event, expected, found):
                    wrong.append((state, event, role, twin, expected, found))
    assert wrong == []


def _agrees(state: str, event: str, expected: Refusal | None, found: Refusal | None) -> bool:
    """Place and person as in the table; beyond them, only a guard that stands in the row may refuse."""
    if expected:
        return found is not None and found.code == expected.code
    guards = {name for row in CASE.rows if (row.state, row.event) == (state, event) for name in row.guards}
    return found is None or found.code in guards | BEYOND.get(event, set())


def test_a_stranger_to_the_organ_and_another_handler_do_nothing(world: World, processing: Maker) -> None:
    case = processing()
    for state in CASE.states:
        case.state = state
        for event in CASE.events(state):
            for twin in TWINS[event]:
                found = twin(case, by=world.foreign, today=MONDAY)
                assert found and found.code == "wrong_role", (state, event, found)


def test_a_case_page_offers_every_event_of_its_state(world: World, processing: Maker) -> None:
    """But for what waits for another act first: an extension for its consent, an assignment for its handler."""
    case = processing()
    of_questions = {event for event in CASE.event_labels if event.endswith(("_answered", "_lapsed"))} | {
        "reason_received"
    }
    for state in CASE.states:
        case.state = state
        offered = {EVENT_OF.get(name, name) for name in possible(case)}
        missing = set(CASE.events(state)) - offered - PAGES - of_questions
        assert missing <= {"accept_assignment", "refuse_assignment", "return_draft"}, state
