"""轮到谁: whose step a case waits for, and whom to ring about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db import models
from django.db.models import Q

from gongkai.agencies.models import Appointment, Role, User
from gongkai.casework.models import Case


class Turn(models.TextChoices):
    REGISTRAR = "registrar", "登记人"
    HANDLER = "handler", "承办人"
    LEGAL_REVIEWER = "legal_reviewer", "法审人"
    SECRECY_REVIEWER = "secrecy_reviewer", "保密审查人"
    SIGNATORY = "signatory", "签发人"
    APPLICANT = "applicant", "申请人"
    THIRD_PARTY = "third_party", "第三方"
    CO_MAKER = "co_maker", "共同制作机关"
    AGENCY = "agency", "其他机关"


BY_STATE = {
    "received": Turn.REGISTRAR,
    "registered": Turn.HANDLER,
    "examining": Turn.HANDLER,
    "waiting_correction": Turn.APPLICANT,
    "waiting_reason": Turn.APPLICANT,
    "waiting_fee": Turn.APPLICANT,
    "processing": Turn.HANDLER,
    "waiting_third_party": Turn.THIRD_PARTY,
    "waiting_co_maker": Turn.CO_MAKER,
    "waiting_agency": Turn.AGENCY,
    "drafting": Turn.HANDLER,
    "legal_review": Turn.LEGAL_REVIEWER,
    "secrecy_review": Turn.SECRECY_REVIEWER,
    "signing": Turn.SIGNATORY,
    "delivering": Turn.HANDLER,
    "abandoned": Turn.HANDLER,
}
"""Whose step each open state waits for; a case that nobody handles yet waits for the registrar instead."""
ENDS_BY_ITSELF = ("waiting_correction", "waiting_fee")
"""Terms of the applicant's: when the last day has passed, the next step is the handler's (条例第三十条)."""
ROLE_OF = {
    Turn.REGISTRAR: Role.CASE_REGISTRAR,
    Turn.LEGAL_REVIEWER: Role.LEGAL_REVIEWER,
    Turn.SECRECY_REVIEWER: Role.SECRECY_REVIEWER,
    Turn.SIGNATORY: Role.SIGNATORY,
}
"""Turns of whoever holds a role at the case's organ."""


def turn_of(case: Case, today: date) -> Turn | None:
    """Whose step it is; None when nothing is owed any more."""
    turn = BY_STATE.get(case.state)
    if case.state in ENDS_BY_ITSELF and case.due_on and case.due_on < today:
        turn = Turn.HANDLER
    if turn == Turn.HANDLER and case.handler_id is None:
        turn = Turn.REGISTRAR
    return turn


def waiting_for(turn: str, today: date) -> Q:
    """The open cases whose turn it is, as a condition that agrees with `turn_of`."""
    states = [state for state, of in BY_STATE.items() if of == turn]
    lapsed = Q(state__in=ENDS_BY_ITSELF, due_on__lt=today)
    if turn == Turn.APPLICANT:
        return Q(state__in=states) & ~lapsed
    # Said by what it is not: most open cases wait for their handler, and the index by last day is the one to walk.
    others = [state for state, of in BY_STATE.items() if of != Turn.HANDLER and state not in ENDS_BY_ITSELF]
    handled = ~Q(state__in=others) & ~Q(state__in=ENDS_BY_ITSELF, due_on__gte=today)
    if turn == Turn.HANDLER:
        return handled & Q(handler__isnull=False)
    if turn == Turn.REGISTRAR:
        return Q(state__in=states) | handled & Q(handler__isnull=True)
    return Q(state__in=states)


def lapsed_terms(today: date) -> Q:
    """Cases in which the applicant's own term has passed: nothing of the organ's is overdue (clock contract, rule 9)."""
    return Q(abandoned_on__isnull=False) | Q(state__in=ENDS_BY_ITSELF, due_on__lt=today)


def people_for(cases: Iterable[Case], today: date) -> dict[int, list[User]]:
    """Who has the next step of each case, by its key: the handler, or all who hold the role; one query for all roles."""
    turns = {case.pk: (case, turn_of(case, today)) for case in cases}
    wanted = {ROLE_OF[turn] for _, turn in turns.values() if turn in ROLE_OF}
    holders: dict[tuple[int, str], list[User]] = defaultdict(list)
    if wanted:
        organs = {case.agency_id for case, turn in turns.values() if turn in ROLE_OF}
        for post in Appointment.objects.held_on(today).filter(agency__in=organs, role__in=wanted):
            holders[post.agency_id, post.role].append(post.user)
    return {key: _people(case, turn, holders) for key, (case, turn) in turns.items()}


def _people(case: Case, turn: Turn | None, holders: dict[tuple[int, str], list[User]]) -> list[User]:
    if turn in ROLE_OF:
        return holders[case.agency_id, ROLE_OF[turn]]
    return [case.handler] if case.handler else []
