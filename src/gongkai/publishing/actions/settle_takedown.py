from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.publishing.models import Takedown
from gongkai.publishing.withdrawals import withdrawer_refusal
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused
from gongkai_core.states.items import WITHDRAWAL


def can_settle_takedown(row: Takedown, *, by: User, today: date) -> Refusal | None:
    """Whoever may withdraw, once."""
    if refusal := withdrawer_refusal(by, row.item.agency, on=today):
        return refusal
    return Refusal("gone", f"已于 {row.gone_on} 核实撤下", WITHDRAWAL) if row.gone_on else None


@transaction.atomic
def settle_takedown(row: Takedown, *, by: User, today: date, result: str = "") -> Takedown:
    """Mark that the copy is gone, or that there was none. Raises Refused."""
    row = locked(row)
    if refusal := can_settle_takedown(row, by=by, today=today):
        raise Refused(refusal)
    row.gone_on, row.gone_by, row.result = today, by, result.strip()
    row.save(update_fields=["gone_on", "gone_by", "result"])
    record("publishing.settle_takedown", row.item, by=by, today=today, ground=WITHDRAWAL, takedown=str(row.public_id))
    return row
