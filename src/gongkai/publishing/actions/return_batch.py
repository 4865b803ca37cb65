from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.publishing.batches import step_batch
from gongkai.publishing.chain import step_refusal
from gongkai.publishing.models import Batch
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused
from gongkai_core.states.items import OTHERS


def can_return_batch(batch: Batch, *, by: User, today: date, remarks: str = "有意见") -> Refusal | None:
    failed = [] if remarks.strip() else ["remarks"]
    failed += ["not_author"] if batch.author_id == by.pk else []
    return step_refusal(batch, "return", by=by, today=today, failed=failed)


@transaction.atomic
def return_batch(batch: Batch, *, by: User, today: date, remarks: str) -> Batch:
    """Give a batch back to its author, who takes wrong items out singly and sends it again. Raises Refused."""
    batch = locked(batch)
    if refusal := can_return_batch(batch, by=by, today=today, remarks=remarks):
        raise Refused(refusal)
    batch.remarks = remarks.strip()
    step_batch(batch, "return", "remarks", reviewed_by=None, secrecy_passed_at=None)
    record("publishing.return_batch", batch, by=by, ground=OTHERS, remarks=batch.remarks)
    return batch
