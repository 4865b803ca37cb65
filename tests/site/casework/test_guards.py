"""Every guard refuses until what it asks for is on file, and the database refuses what no screen may allow."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from gongkai.agencies.actions import appoint
from gongkai.agencies.models import Role
from gongkai.casework import actions, evidence
from gongkai.casework.models import Case, ClockEvent, Decision
from gongkai_core.outcomes import GUARDS, OUTCOMES

from .conftest import FACTS, MONDAY, NAME, PHONE, REASON, Maker, World, application, draft, refused, review

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

WITHOUT = {
    "G4": ("unable.not_held.not_exist", ["searched_on", "searcher", "search_scope", "keywords", "units"]),
    "G5": ("partial", ["disclosed", "withheld"]),
    "G8": ("refuse.state_secret", ["secret_basis", "secret_level", "secret_until", "secret_organ"]),
    "G9": ("refuse.security_stability", ["meeting_on", "attendees", "conclusion"]),
    "G10": ("refuse.prohibited_by_law", ["law_name", "law_article", "law_level"]),
    "G11": ("decline.repeat", ["prev_on", "prev_docno"]),
    "G16": ("unable.not_held.not_this_organ", ["other_organ", "other_contact"]),
    "G17": ("refuse.admin_query", ["special_law", "query_place"]),
    "G18": ("refuse.process_info", ["disclosure_rule_checked", "discretion"]),
    "G19": ("grant.already_public", ["access_path", "access_checked"]),
    "G20": ("unable.needs_creation", ["processing", "not_severable"]),
}
CASES = [(guard, outcome, name) for guard, (outcome, names) in WITHOUT.items() for name in names]


def propose(case: Case, world: World, outcome: str, facts: dict[str, Any], **changes: Any) -> Decision:
    given = {"reason": REASON, "grounds": ["refuse.internal_affairs"] if outcome == "partial" else [], **changes}
    return actions.propose_decision(case, outcome=outcome, facts=facts, by=world.staff.handler, today=MONDAY, **given)


@pytest.mark.parametrize(("guard", "outcome", "missing"), CASES)
def test_a_draft_without_what_its_guard_wants_is_not_sent_up(
    world: World, processing: Maker, guard: str, outcome: str, missing: str
) -> None:
    case = processing()
    propose(case, world, outcome, {name: value for name, value in FACTS[outcome].items() if name != missing})
    with refused(guard):
        actions.submit_draft(case, by=world.staff.handler, today=MONDAY)
    case.refresh_from_db()
    assert case.state == "drafting"


@pytest.mark.parametrize(
    ("guard", "outcome", "facts"),
    [
        ("G8", "refuse.state_secret", {"secret_until": "2026-02-01"}),
        ("G10", "refuse.prohibited_by_law", {"law_level": "lower"}),
        ("G16", "unable.not_held.not_this_organ", {"no_known_organ": True}),
    ],
)
def test_a_wrong_fact_is_as_bad_as_none(
    world: World, processing: Maker, guard: str, outcome: str, facts: dict[str, Any]
) -> None:
    case = processing()
    propose(case, world, outcome, {**FACTS[outcome], **facts})
    with refused(guard):
        actions.submit_draft(case, by=world.staff.handler, today=MONDAY)


@pytest.mark.parametrize(
    ("guard", "outcome"),
    [("G3", "refuse.third_party"), ("G12", "unable.still_unclear"), ("G13", "decline.excessive")],
)
def test_what_must_be_on_record_is_looked_for(world: World, processing: Maker, guard: str, outcome: str) -> None:
    case = processing()
    with refused(guard):
        draft(case, world, outcome, today=MONDAY)


def test_the_third_party_must_have_answered_or_let_its_time_pass(world: World, processing: Maker) -> None:
    case = processing()
    actions.ask(
        case, "third_party", name="某公司", question="投标文件", method="post", by=world.staff.handler, today=MONDAY,
        files=False,
    )  # fmt: skip
    decision = Decision(case=case, outcome="refuse.third_party", ground="privacy", reason=REASON)
    case.refresh_from_db()
    assert evidence.unmet(case, decision, today=MONDAY).code == "G3"


def test_reasons_grounds_and_the_withheld_part_are_asked_for(world: World, processing: Maker) -> None:
    case = processing()
    propose(case, world, "decline.petition", FACTS["decline.petition"], reason=" ")
    with refused("reason"):
        actions.submit_draft(case, by=world.staff.handler, today=MONDAY)
    propose(case, world, "partial", FACTS["partial"], grounds=[])
    with refused("G5"):
        actions.submit_draft(case, by=world.staff.handler, today=MONDAY)
    propose(case, world, "partial", {**FACTS["partial"], "discretion": ""})
    with refused("G18"):  # the refusal inside a partial disclosure brings its own guard
        actions.submit_draft(case, by=world.staff.handler, today=MONDAY)
    propose(case, world, "grant.provide", {})
    with refused("missing_variable"):  # G6
        actions.submit_draft(case, by=world.staff.handler, today=MONDAY)
    with refused("not_abandoned"):
        propose(case, world, "other.no_amend", {})
    with refused("withdrawn"):
        propose(case, world, "other.withdrawn", {})


def test_no_paper_before_registration(world: World) -> None:
    case = actions.receive(world.bureau, **application()).case
    for try_it in (
        lambda: actions.ask_correction(
            case, items="一", guidance="二", return_by=date(2026, 4, 1), method="online", by=world.staff.handler,
            today=MONDAY,
        ),
        lambda: propose(case, world, "grant.provide", FACTS["grant.provide"]),
    ):  # fmt: skip
        with refused("wrong_state"):
            try_it()  # G1
    assert not case.notices.exists()


def test_nobody_reviews_or_signs_what_he_drafted_or_registered(world: World, processing: Maker) -> None:
    staff = world.staff
    for person in (staff.handler, staff.registrar):
        for role in (Role.LEGAL_REVIEWER, Role.SECRECY_REVIEWER, Role.SIGNATORY):
            appoint(person, role, world.bureau, by=None, on=MONDAY)
    case = draft(processing(), world, "grant.provide", today=MONDAY)
    with refused("reviewer_not_handler"):
        actions.legal_review(case, approve=True, opinion="", by=staff.handler, today=MONDAY)
    case = actions.legal_review(case, approve=True, opinion="", by=staff.lawyer, today=MONDAY)
    with refused("secrecy_not_handler"):
        actions.pass_secrecy(case, by=staff.handler, today=MONDAY)
    with refused("wrong_state"):
        actions.sign(case, by=staff.head, today=MONDAY)  # the secrecy review is not done (G2)
    case = actions.pass_secrecy(case, by=staff.secrecy, today=MONDAY)
    with refused("signatory_not_handler"):
        actions.sign(case, by=staff.handler, today=MONDAY)
    with refused("signatory_not_registrar"):
        actions.sign(case, by=staff.registrar, today=MONDAY)
    with refused("wrong_role"):
        actions.sign(case, by=staff.lawyer, today=MONDAY)


def test_legal_review_must_choose_where_the_law_leaves_it_open(world: World, processing: Maker) -> None:
    case = draft(processing(), world, "decline.petition", today=MONDAY)
    lawyer = world.staff.lawyer
    for given in ({}, {"remedy": "choice"}, {"remedy": "anything", "remedy_reason": "理由"}):
        with refused("remedy_chosen"):
            actions.legal_review(case, approve=True, opinion="", by=lawyer, today=MONDAY, **given)
    case = actions.legal_review(
        case, approve=True, opinion="", remedy="none", remedy_reason="司法解释列为不予立案", by=lawyer, today=MONDAY
    )
    notice = actions.sign(case, by=world.staff.head, today=MONDAY, files=False)
    assert notice.remedy_text == ""


def test_a_return_needs_remarks_and_a_new_draft_is_reviewed_anew(world: World, processing: Maker) -> None:
    case = draft(processing(), world, "grant.provide", today=MONDAY)
    with refused("remarks"):
        actions.legal_review(case, approve=False, opinion=" ", by=world.staff.lawyer, today=MONDAY)
    case = review(case, world, today=MONDAY)
    case = actions.return_draft(case, remarks="附件不全", by=world.staff.head, today=MONDAY)
    propose(case, world, "grant.provide", FACTS["grant.provide"])
    decision = case.decisions.get(active=True)
    assert decision.legal_reviewed_by is None and decision.secrecy_reviewed_by is None


def test_collective_study_is_signed_by_the_head(world: World, processing: Maker) -> None:
    other = world.staff.statistician
    appoint(other, Role.SIGNATORY, world.bureau, by=None, on=MONDAY)
    case = review(draft(processing(), world, "refuse.security_stability", today=MONDAY), world, today=MONDAY)
    with refused("G9"):
        actions.sign(case, by=other, today=MONDAY)
    assert actions.sign(case, by=world.staff.head, today=MONDAY, files=False).number


def test_papers_for_others_never_name_the_applicant(world: World, processing: Maker) -> None:
    case = processing()
    for leak in (f"{NAME}申请的材料", f"联系{PHONE}"):
        with refused("no_applicant_data"):
            actions.ask(
                case, "third_party", name="某公司", question=leak, method="post", by=world.staff.handler, today=MONDAY
            )
    case.refresh_from_db()
    assert case.state == "processing" and not case.inquiries.exists() and not case.notices.exists()


def test_every_guard_of_the_table_is_held_somewhere() -> None:
    bound = {guard for outcome in OUTCOMES.values() for guard in outcome.guards}
    held = set(WITHOUT) | {"G2", "G3", "G12", "G13", "G14", "G15", "G21"}
    assert bound <= held and set(GUARDS) - held == {"G1", "G6", "G7"}  # the machine's own


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"state": "registered", "due_on": None}, "an open case without a deadline"),
        ({"state": "processing", "reply_by": None}, "a running case without a last day"),
        ({"state": "closed"}, "closed but not counted"),
        ({"state": "lost"}, "no such state"),
        ({"counted_on": MONDAY}, "half counted"),
        (
            {
                "counted_on": date(2026, 1, 1), "counted_year": 2026, "counted_outcome": "grant.provide",
                "counted_timely": "ontime",
            },
            "closed before it came in",
        ),
        ({"received_on": None}, "registered without a day of receipt"),
    ],
)  # fmt: skip
def test_the_database_refuses(world: World, registered: Maker, change: dict[str, Any], why: str) -> None:
    case = registered()
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(**change)


def test_the_database_keeps_one_active_decision_by_other_hands(world: World, processing: Maker) -> None:
    case = processing()
    decision = propose(case, world, "grant.provide", FACTS["grant.provide"])
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(case=case, outcome="partial", drafted_by=world.staff.handler, drafted_on=MONDAY)
    for column in ("signed_by", "legal_reviewed_by", "secrecy_reviewed_by"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Decision.objects.filter(pk=decision.pk).update(**{column: world.staff.handler})


def test_clock_events_are_written_once(world: World, processing: Maker) -> None:
    case = processing()
    actions.ask(
        case, "third_party", name="某公司", question="投标文件", method="post", by=world.staff.handler, today=MONDAY,
        files=False,
    )  # fmt: skip
    event = ClockEvent.objects.get()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        ClockEvent.objects.filter(pk=event.pk).update(sent_on=date(2026, 3, 3))
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        event.delete()


def test_nothing_is_dated_in_the_future(world: World, processing: Maker) -> None:
    case = processing()
    with refused("future_date"):
        actions.receive(world.bureau, **application(submitted_on=date(2026, 3, 3)))
    with refused("future_date"):
        actions.ask(
            case, "third_party", name="某公司", question="投标文件", method="post", by=world.staff.handler, today=MONDAY,
            sent_on=date(2026, 3, 4), files=False,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("info_desc", {"info_desc": "  "}),
        ("name", {"applicant": {"name": ""}}),
        ("contact", {"applicant": {"phone": "", "email": "", "address": ""}}),
    ],
)
def test_an_application_needs_what_makes_it_one(world: World, code: str, change: dict[str, Any]) -> None:
    with refused(code):
        actions.receive(world.bureau, **application(**change))
    assert not Case.objects.exists()


def test_an_organ_that_does_not_answer_takes_no_application(world: World) -> None:
    world.bureau.legal_kind = "party_body"
    with refused("not_answering"):
        actions.receive(world.bureau, **application())
