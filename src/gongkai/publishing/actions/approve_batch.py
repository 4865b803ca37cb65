from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.documents.models import RecordedInstruction
from gongkai.publishing.batches import step_batch
from gongkai.publishing.chain import approval_refusal, approve
from gongkai.publishing.models import Batch, Stage
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused
from gongkai_core.states.items import SECRECY


def can_approve_batch(
    batch: Batch,
    *,
    by: User,
    today: date,
    secrecy_passed: bool = True,
    seen: str | None = None,
    instruction: RecordedInstruction | None = None,
) -> Refusal | None:
    """As for a single item: a reviewer of the organ, not the author, with the secrecy review (条例第十七条)."""
    return approval_refusal(
        batch,
        Stage.REVIEW,
        by=by,
        today=today,
        seen=batch.digest if seen is None else seen,
        secrecy_passed=secrecy_passed,
        instruction=instruction,
    )


@transaction.atomic
def approve_batch(
    batch: Batch,
    *,
    by: User,
    today: date,
    secrecy_passed: bool,
    remarks: str = "",
    seen: str | None = None,
    instruction: RecordedInstruction | None = None,
) -> Batch:
    """Pass the review of a whole batch, bound to its one digest. Raises Refused."""
    seen = batch.digest if seen is None else seen
    batch = locked(batch)
    if refusal := can_approve_batch(
        batch, by=by, today=today, secrecy_passed=secrecy_passed, seen=seen, instruction=instruction
    ):
        raise Refused(refusal)
    approval = approve(batch, Stage.REVIEW, by=by, today=today, remarks=remarks, instruction=instruction)
    step_batch(batch, "approve_review", reviewed_by=approval.reviewer, secrecy_passed_at=approval.at)
    record("publishing.approve_batch", batch, by=by, ground=SECRECY, size=batch.size, digest=batch.digest)
    return batch
