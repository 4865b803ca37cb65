"""How an act on a sheet is done: who may, what the state table says, what is written."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from gongkai.agencies.models import Role, User
from gongkai.agencies.permissions import is_disclosure_office
from gongkai.statistics.models import FilingSheet, SheetSignature, SheetState, SignPlace
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused
from gongkai_core.states import FILING_SHEET


def signature_of(sheet: FilingSheet, by: User, *, today: date) -> SheetSignature | None:
    """The place under the sheet that waits for this person, or for whom they deputise."""
    people = {by.pk, *(person.pk for person in by.principals_on(today))}
    rows = sheet.signatures.filter(person__in=people, signed_at=None).exclude(place=SignPlace.FILLER)
    found = {row.place: row for row in rows}
    return found.get(SignPlace.REVIEWER) or found.get(SignPlace.HEAD)


def roles_of(sheet: FilingSheet, by: User, *, today: date) -> set[str]:
    """The person's roles towards this sheet."""
    roles = set()
    if by.holds(Role.STATISTICIAN, sheet.agency, on=today):
        roles.add("statistician")
    if is_disclosure_office(by, on=today):
        roles.add("office")
    people = {by.pk, *(person.pk for person in by.principals_on(today))}
    if sheet.state == SheetState.SIGNING:
        places = sheet.signatures.filter(person__in=people).values_list("place", flat=True)
        roles |= {str(place) for place in places if place != SignPlace.FILLER}
    return roles


def refusal(sheet: FilingSheet, event: str, *, by: User, today: date, failed: Collection[str] = ()) -> Refusal | None:
    """Why this event may not happen now, or None: state, then person, then guards."""
    return FILING_SHEET.refusal(sheet.state, event, roles=roles_of(sheet, by, today=today), failed=failed)


def allow(refused: Refusal | None) -> None:
    """Raise Refused with what a `can_<verb>` found."""
    if refused:
        raise Refused(refused)


def advance(sheet: FilingSheet, event: str, *, facts: Collection[str] = ()) -> str:
    """Move the sheet along the table. Returns the article of the row."""
    row = FILING_SHEET.next(sheet.state, event, facts)
    sheet.state = SheetState(row.next)
    return row.article


def note(verb: str, sheet: FilingSheet, *, by: User, today: date, ground: str, **facts: Any) -> None:
    """Write the act into the trail."""
    principals = [str(person.public_id) for person in by.principals_on(today)]
    if principals:
        facts["acting_for"] = principals
    record(
        f"statistics.{verb}", sheet, by=by, today=today, ground=ground, state=sheet.state, year=sheet.year,
        period=sheet.period, **facts,
    )  # fmt: skip
