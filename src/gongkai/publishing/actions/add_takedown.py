from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.publishing.models import Item, Takedown, WithdrawalKind
from gongkai.publishing.moments import moment
from gongkai.publishing.withdrawals import withdrawer_refusal
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused
from gongkai_core.states.items import WITHDRAWAL


def can_add_takedown(item: Item, *, by: User, today: date, holder: str = "转载媒体") -> Refusal | None:
    """After a silent withdrawal, by whoever may withdraw."""
    if refusal := withdrawer_refusal(by, item.agency, on=today):
        return refusal
    if item.withdrawal_kind != WithdrawalKind.SILENT:
        return Refusal("not_silent", "静默撤回以后才列提请撤下清单", WITHDRAWAL)
    return None if holder.strip() else Refusal("no_holder", "请填写平台或者媒体的名称", WITHDRAWAL)


@transaction.atomic
def add_takedown(item: Item, *, holder: str, by: User, today: date, url: str = "") -> Takedown:
    """Add a copy held elsewhere to the list. Raises Refused."""
    item = locked(item)
    if refusal := can_add_takedown(item, by=by, today=today, holder=holder):
        raise Refused(refusal)
    row = Takedown.objects.create(
        item=item, holder=holder.strip(), url=url.strip(), entered_by=by, entered_at=moment(today)
    )
    # An address often holds the title, and the title perhaps what had to go: it stays out of the trail.
    record("publishing.add_takedown", item, by=by, today=today, ground=WITHDRAWAL, takedown=str(row.public_id))
    return row
