"""How an act on a case is done: who may, what the state table says, what is written."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Model

from gongkai.agencies.models import User
from gongkai.casework import clock, signing, superior
from gongkai.casework.models import Case
from gongkai.casework.permissions import acting_for, handles, roles_at
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused
from gongkai_core.states.cases import CASE


def roles_of(case: Case, by: User | None, *, today: date) -> set[str]:
    """The person's roles towards this case; without a person it is the applicant, or the system on its own."""
    if by is None:
        return {"applicant", "system"}
    roles = roles_at(by, case.agency, on=today) & CASE.roles.keys()
    if not handles(by, case, on=today):
        roles.discard("handler")  # 承办人 is the one to whom the case was given, or the deputy
    return roles


def refusal(
    case: Case,
    event: str,
    *,
    by: User | None,
    today: date,
    facts: Collection[str] = (),
    failed: Collection[str] = (),
) -> Refusal | None:
    """Why this event may not happen now, or None: state, then person, then guards, then who signs its letter."""
    refused = CASE.refusal(case.state, event, roles=roles_of(case, by, today=today), facts=facts, failed=failed)
    return refused or signing.unsigned(case, event, by=by, today=today)


def allow(refused: Refusal | None) -> None:
    """Raise Refused with what a `can_<verb>` found."""
    if refused:
        raise Refused(refused)


def advance(case: Case, event: str, *, facts: Collection[str] = ()) -> str:
    """Move the case along the table. Returns the article of the row."""
    row = CASE.next(case.state, event, facts)
    case.state = row.next
    return row.article


def keep(case: Case, *, today: date) -> None:
    """Refresh the projection and save, counting the version up."""
    clock.project(case, today)
    case.version += 1
    case.save()


def note(verb: str, case: Case, *, by: User | None, today: date, ground: str, **facts: Any) -> None:
    """Write the act into the trail, and what it leaves to be typed back; `facts` without personal data.

    A deputy's act at the case's organ says for whom (代).
    """
    superior.owe(verb, case, facts, today=today)
    if by is not None and (principals := acting_for(by, case, on=today)):
        facts["acting_for"] = [str(person.public_id) for person in principals]
    record(f"casework.{verb}", case, by=by, today=today, ground=ground, state=case.state, **facts)


def note_row(verb: str, row: Model, *, by: User, today: date, ground: str, **facts: Any) -> None:
    """The same for an act on a row of a register that stands beside the cases."""
    record(f"casework.{verb}", row, by=by, today=today, ground=ground, **facts)


def open_questions(case: Case) -> set[str]:
    """Facts of the machine: which kinds of question still have an open one."""
    waiting = case.inquiries.filter(answered_on=None, opinion="").exclude(party="applicant")
    if anew := clock.redecision_of(case):
        waiting = waiting.filter(sent_on__gte=anew.received_on)  # those of the first answer ended with it
    return {f"{kind}_open" for kind in waiting.values_list("party", flat=True)}
