"""停用、离岗、卸任: write the last day on which a row stands."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.registers.actions.enter import can_enter
from gongkai.registers.models import StandingEntry
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused


def can_end(row: StandingEntry, *, by: User, today: date, on: date | None = None) -> Refusal | None:
    if row.struck_out:
        return Refusal("struck_out", "这一行已划去")
    if row.ended_on:
        return Refusal("ended", f"已写明止日 {row.ended_on}；有误的，改登")
    if on and on < row.held_on:
        return Refusal("before_start", f"止日 {on} 早于起日 {row.held_on}")
    return can_enter(row.agency, by=by, today=today, held_on=on)


@transaction.atomic
def end(row: StandingEntry, *, on: date, by: User, today: date) -> StandingEntry:
    """The row stands until this day, inclusive; it stays counted for the time before. Raises Refused."""
    row = locked(row)
    if refusal := can_end(row, by=by, today=today, on=on):
        raise Refused(refusal)
    row.ended_on = on
    row.save(update_fields=["ended_on"])
    record("registers.end", row, by=by, today=today, ended_on=on)
    return row
