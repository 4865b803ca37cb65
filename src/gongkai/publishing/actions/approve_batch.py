from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.publishing.batches import step_batch
from gongkai.publishing.chain import WALKED, approval_refusal, approve, mirrored
from gongkai.publishing.models import Batch
from gongkai.publishing.vouched import ALL_GATES, Vouched
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused
from gongkai_core.states.items import SECRECY


def can_approve_batch(batch: Batch, *, by: User, today: date, vouched: Vouched = ALL_GATES) -> Refusal | None:
    """As for a single item (条例第十七条)."""
    return approval_refusal(batch, "approve_review", by=by, today=today, vouched=vouched)


@transaction.atomic
def approve_batch(batch: Batch, *, by: User, today: date, vouched: Vouched) -> Batch:
    """Pass the waiting review step of a whole batch, bound to its one digest. Raises Refused."""
    vouched = vouched.of(batch)
    batch = locked(batch)
    if refusal := can_approve_batch(batch, by=by, today=today, vouched=vouched):
        raise Refused(refusal)
    approval = approve(batch, by=by, today=today, vouched=vouched)
    left = ["reviews_left"] if batch.position < (batch.sign_at or 0) else []
    step_batch(batch, "approve_review", *WALKED, facts=left, **mirrored(approval, batch))
    record(
        "publishing.approve_batch",
        batch,
        by=by,
        today=today,
        ground=SECRECY,
        size=batch.size,
        digest=batch.digest,
        step=approval.name,
        gates=approval.gates,
        remarks=vouched.remarks,
        for_leader=str(vouched.instruction.public_id) if vouched.instruction else "",
    )
    return batch
