from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.publishing.batches import live_versions, step_batch
from gongkai.publishing.chain import FROZEN, freeze, step_refusal
from gongkai.publishing.hits import versions_refusal
from gongkai.publishing.models import Batch
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused
from gongkai_core.states.items import SECRECY


def can_submit_batch(batch: Batch, *, by: User, today: date, event: str = "submit") -> Refusal | None:
    """The one who imported it, after it was returned."""
    if refusal := step_refusal(batch, event, by=by, today=today):
        return refusal
    if batch.author_id != by.pk:
        return Refusal("not_yours", f"这一批由{batch.author.name}导入，由其办理")
    return None


@transaction.atomic
def submit_batch(batch: Batch, *, by: User, today: date, urgent_reason: str = "") -> Batch:
    """Send a returned batch for review again. Raises Refused, for personal data left without a reason too."""
    batch = locked(batch)
    if refusal := can_submit_batch(batch, by=by, today=today):
        raise Refused(refusal)
    # Not in `can_submit_batch`: a page must not look through thousands of texts to grey a button.
    if refusal := versions_refusal(live_versions(batch), today=today):
        raise Refused(refusal)
    freeze(batch, today=today, urgent_reason=urgent_reason.strip())
    step_batch(batch, "submit", *FROZEN, round=batch.round, submitted_at=batch.submitted_at)
    record(
        "publishing.submit_batch",
        batch,
        by=by,
        today=today,
        ground=SECRECY,
        size=batch.size,
        digest=batch.digest,
        urgent=urgent_reason,
    )
    return batch
