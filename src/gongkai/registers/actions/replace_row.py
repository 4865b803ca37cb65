"""改登: strike out a wrong row and enter the right one in one act."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.registers.actions.enter import can_enter, enter
from gongkai.registers.actions.strike_out import struck
from gongkai.registers.models import RegisterEntry
from gongkai_core.refusals import Refusal, Refused


def can_replace(row: RegisterEntry, *, by: User, today: date) -> Refusal | None:
    """What hangs on the row is no hindrance here: it goes over to the new one."""
    if row.struck_out:
        return Refusal("struck_out", "这一行已划去")
    return can_enter(row.agency, by=by, today=today)


@transaction.atomic
def replace_row(row: RegisterEntry, *, by: User, today: date, reason: str, **facts: Any) -> RegisterEntry:
    """Strike the row out and enter one with these facts instead; each names the other. Raises Refused."""
    row = locked(row)
    if refusal := can_replace(row, by=by, today=today):
        raise Refused(refusal)
    struck(row, by=by, today=today, reason=reason)
    new = enter(type(row), row.agency, by=by, today=today, replaces=row, **facts)
    row.hand_on(new)
    return new
