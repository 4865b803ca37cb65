"""Enter a row, and strike out a wrong one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from gongkai.agencies.models import Agency, User
from gongkai.agencies.permissions import locked
from gongkai.registers.models import RegisterEntry
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused


def can_enter(agency: Agency, *, by: User, today: date, held_on: date | None = None) -> Refusal | None:
    if not any(post.agency_id == agency.pk for post in by.business_posts_on(today)):
        return Refusal("not_here", f"由{agency.short_name}的人员登记")
    if held_on and held_on > today:
        return Refusal("future", "台账登记已经发生的事，日期不能晚于今天")
    return None


@transaction.atomic
def enter(register: type[RegisterEntry], agency: Agency, *, by: User, today: date, **facts: Any) -> RegisterEntry:
    """Write one row into a register. Raises Refused."""
    if refusal := can_enter(agency, by=by, today=today, held_on=facts["held_on"]):
        raise Refused(refusal)
    if refusal := register.entry_refusal(agency, facts):
        raise Refused(refusal)
    row = register.objects.create(agency=agency, entered_by=by, **facts)
    record("registers.enter", row, by=by, today=today, held_on=row.held_on, title=row.title)
    return row


def can_strike_out(row: RegisterEntry, *, by: User, today: date) -> Refusal | None:
    if row.struck_out:
        return Refusal("struck_out", "这一行已划去")
    return can_enter(row.agency, by=by, today=today)


@transaction.atomic
def strike_out(row: RegisterEntry, *, by: User, today: date, reason: str) -> RegisterEntry:
    """Take a wrong row out of the count; it stays in the register with the reason. Raises Refused."""
    row = locked(row)
    if refusal := can_strike_out(row, by=by, today=today):
        raise Refused(refusal)
    if not reason.strip():
        raise Refused(Refusal("no_reason", "划去须写明理由"))
    row.struck_out = reason.strip()
    row.save(update_fields=["struck_out"])
    record("registers.strike_out", row, by=by, today=today, reason=row.struck_out)
    return row
