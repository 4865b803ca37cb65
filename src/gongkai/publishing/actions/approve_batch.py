from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.documents.models import RecordedInstruction
from gongkai.publishing.batches import step_batch
from gongkai.publishing.chain import WALKED, approval_refusal, approve, mirrored
from gongkai.publishing.models import Batch
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused
from gongkai_core.review_chain import SIX
from gongkai_core.states.items import SECRECY


def can_approve_batch(
    batch: Batch,
    *,
    by: User,
    today: date,
    gates: Collection[str] = SIX,
    seen: str | None = None,
    step: int | None = None,
    instruction: RecordedInstruction | None = None,
) -> Refusal | None:
    """As for a single item (条例第十七条)."""
    return approval_refusal(
        batch, "approve_review", by=by, today=today, seen=seen, step=step, gates=gates, instruction=instruction
    )


@transaction.atomic
def approve_batch(
    batch: Batch,
    *,
    by: User,
    today: date,
    gates: Collection[str],
    remarks: str = "",
    seen: str | None = None,
    step: int | None = None,
    instruction: RecordedInstruction | None = None,
) -> Batch:
    """Pass the waiting review step of a whole batch, bound to its one digest. Raises Refused."""
    seen, step = batch.digest if seen is None else seen, batch.position if step is None else step
    batch = locked(batch)
    if refusal := can_approve_batch(
        batch, by=by, today=today, gates=gates, seen=seen, step=step, instruction=instruction
    ):
        raise Refused(refusal)
    approval = approve(batch, by=by, today=today, gates=gates, remarks=remarks, instruction=instruction)
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
        remarks=remarks,
        for_leader=str(instruction.public_id) if instruction else "",
    )
    return batch
