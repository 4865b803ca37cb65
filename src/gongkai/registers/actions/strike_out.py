"""Strike out a wrong row."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.registers.actions.enter import can_enter
from gongkai.registers.models import RegisterEntry
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused


def can_strike_out(row: RegisterEntry, *, by: User, today: date) -> Refusal | None:
    if row.struck_out:
        return Refusal("struck_out", "这一行已划去")
    return can_enter(row.agency, by=by, today=today) or row.strike_refusal()


@transaction.atomic
def strike_out(row: RegisterEntry, *, by: User, today: date, reason: str) -> RegisterEntry:
    """Take a wrong row out of the count; it stays in the register with the reason. Raises Refused."""
    row = locked(row)
    if refusal := can_strike_out(row, by=by, today=today):
        raise Refused(refusal)
    return struck(row, by=by, today=today, reason=reason)


def struck(row: RegisterEntry, *, by: User, today: date, reason: str) -> RegisterEntry:
    """Write the reason on a held row. Raises Refused without one."""
    if not reason.strip():
        raise Refused(Refusal("no_reason", "划去须写明理由"))
    row.struck_out, row.struck_out_by, row.struck_out_at = reason.strip(), by, timezone.now()
    row.save(update_fields=["struck_out", "struck_out_by", "struck_out_at"])
    record("registers.strike_out", row, by=by, today=today, reason=row.struck_out)
    return row
