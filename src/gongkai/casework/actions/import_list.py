from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from gongkai.agencies.models import Agency, User
from gongkai.casework.actions.enter import can_enter, enter
from gongkai.casework.actions.enter_closed import enter_closed
from gongkai.casework.actions.receive import Received, receive
from gongkai.casework.closings import Closing
from gongkai.casework.models import Case
from gongkai.casework.superior import GROUND, is_superior
from gongkai_core.refusals import Refusal, Refused


@dataclass(frozen=True)
class Listed:
    """One application of a list: its row, what makes two rows the same application, and the facts of `receive`."""

    place: int
    key: str
    subject: str
    facts: Mapping[str, Any]
    closing: Closing | None = None
    """How it was answered, where the ledger tells it."""

    @property
    def superior_number(self) -> str:
        return str(self.facts.get("superior_number", ""))


@dataclass
class Imported:
    received: list[Received] = field(default_factory=list)
    known: list[int] = field(default_factory=list)
    """Rows that were here already."""
    failed: list[tuple[int, Refusal]] = field(default_factory=list)


def can_import_row(agency: Agency, row: Listed, *, by: User, today: date, tried: bool = True) -> Refusal | None:
    """A superior's number is never taken twice; where its platform takes the applications, each row bears one.

    What an old ledger tells is tried whole and taken back: its clock, its docket, everything it would refuse; not
    (`tried`) where it is entered the next moment, which finds the same.
    """
    number = row.superior_number
    if is_superior() and not number:
        return Refusal("no_number", "没有上级平台编号", GROUND)
    if number and Case.objects.filter(superior_number=number).exists():
        return Refusal("known", f"上级平台编号 {number} 已经导入过", GROUND)
    if row.closing:
        return _tried(agency, row, by=by, today=today) if tried else None
    facts = {name: row.facts[name] for name in ("applicant", "info_desc", "submitted_on")}
    return can_enter(agency, subject=row.subject, by=by, today=today, **facts)


def _tried(agency: Agency, row: Listed, *, by: User, today: date) -> Refusal | None:
    try:
        with transaction.atomic():
            entered = _enter(agency, row, by=by, today=today)
            transaction.set_rollback(True)
    except Refused as refused:
        return refused.refusal
    return None if entered.created else Refusal("known", "以前已经导入过", GROUND)


def _enter(agency: Agency, row: Listed, *, by: User, today: date) -> Received:
    """Received and registered, or, where the ledger tells its answer, closed as it was then."""
    if row.closing is None:
        return enter(agency, key=row.key, subject=row.subject, by=by, today=today, **row.facts)
    received = receive(agency, key=row.key, by=by, today=today, **row.facts)
    if not received.created:
        return received
    case = enter_closed(received.case, row.closing, subject=row.subject, by=by, today=today)
    return Received(case, received.query_code, created=True)


@transaction.atomic
def import_list(agency: Agency, rows: Sequence[Listed], *, by: User, today: date) -> Imported:
    """Enter the applications of a list, each by itself: one that is refused stops no other; the same row is one case.

    A row with a summary is registered, the others wait to be (来件待登记); one with its answer stands closed.
    """
    result = Imported()
    for row in rows:
        refused = can_import_row(agency, row, by=by, today=today, tried=False)
        if refused and refused.code == "known":
            result.known.append(row.place)
            continue
        try:
            with transaction.atomic():
                if refused:
                    raise Refused(refused)
                received = _enter(agency, row, by=by, today=today)
        except Refused as failed:
            result.failed.append((row.place, failed.refusal))
            continue
        if received.created:
            result.received.append(received)
        else:
            result.known.append(row.place)
    return result
