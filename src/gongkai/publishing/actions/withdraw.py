from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.publishing.actions.revise import standing_version
from gongkai.publishing.chain import step_refusal
from gongkai.publishing.hits import remark_refusal
from gongkai.publishing.models import Item, WithdrawalKind
from gongkai.publishing.moments import moment
from gongkai.publishing.obligations import went_away
from gongkai.publishing.standing import leave_column, restate, silence, step
from gongkai.publishing.tasks import announce
from gongkai.publishing.withdrawals import write_takedowns
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused
from gongkai_core.states.items import WITHDRAWAL


def can_withdraw(
    item: Item, *, by: User, today: date, kind: str = WithdrawalKind.OPEN, reason: str = "有理由"
) -> Refusal | None:
    """A publisher of the organ or the disclosure office, with kind and reason."""
    failed = [] if kind in WithdrawalKind.values and reason.strip() else ["withdrawal_ground"]
    return step_refusal(standing_version(item), "withdraw", by=by, today=today, failed=failed)


@transaction.atomic
def withdraw(item: Item, *, by: User, today: date, kind: str, reason: str) -> Item:
    """Take an item back (撤回): openly, leaving title and reason, or silently, leaving nothing. Raises Refused."""
    item = locked(item)
    refusal = can_withdraw(item, by=by, today=today, kind=kind, reason=reason)
    if refusal is None and kind == WithdrawalKind.OPEN:
        refusal = remark_refusal(reason, today=today)
    if refusal:
        raise Refused(refusal)
    version = standing_version(item)
    version.withdrawn_at = moment(today)
    step(version, "withdraw", "withdrawn_at")
    leave_column(item)
    item.withdrawn_at, item.withdrawal_kind, item.withdrawal_reason = version.withdrawn_at, kind, reason.strip()
    restate(item, "withdrawn_at", "withdrawal_kind", "withdrawal_reason")
    went_away(item)
    if kind == WithdrawalKind.SILENT:
        silence(item)
        write_takedowns(item, by=by, today=today)
    # A silent withdrawal may be for somebody's personal data: the reason stays on the item, out of the trail.
    facts = {"version": version.number, "digest": version.digest, "kind": kind}
    record("publishing.withdraw", item, by=by, today=today, ground=WITHDRAWAL, **facts)
    announce(item)
    return item
