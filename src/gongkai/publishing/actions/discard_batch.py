from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.publishing.actions.submit_batch import can_submit_batch
from gongkai.publishing.batches import step_batch
from gongkai.publishing.models import Batch
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused


def can_discard_batch(batch: Batch, *, by: User, today: date) -> Refusal | None:
    return can_submit_batch(batch, by=by, today=today, event="discard")


@transaction.atomic
def discard_batch(batch: Batch, *, by: User, today: date) -> Batch:
    """Give a returned batch up with all that is in it. Raises Refused."""
    batch = locked(batch)
    if refusal := can_discard_batch(batch, by=by, today=today):
        raise Refused(refusal)
    # The batch keeps its size and digest as they were; what is discarded stays on record.
    step_batch(batch, "discard")
    record("publishing.discard_batch", batch, by=by, today=today, size=batch.size)
    return batch
