from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.publishing.batches import step_batch
from gongkai.publishing.chain import WALKED, back_at, return_refusal, send_back
from gongkai.publishing.models import Batch
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused
from gongkai_core.states.items import OTHERS


def can_return_batch(
    batch: Batch,
    *,
    by: User,
    today: date,
    remarks: str = "有意见",
    to: int | None = None,
    step: int | None = None,
) -> Refusal | None:
    """As for a single item."""
    return return_refusal(batch, by=by, today=today, remarks=remarks, to=to, step=step)


@transaction.atomic
def return_batch(
    batch: Batch, *, by: User, today: date, remarks: str, to: int | None = None, step: int | None = None
) -> Batch:
    """Give a batch back to its author, who takes wrong items out singly, or to an earlier step. Raises Refused."""
    step = batch.position if step is None else step
    batch = locked(batch)
    if refusal := can_return_batch(batch, by=by, today=today, remarks=remarks, to=to, step=step):
        raise Refused(refusal)
    left = batch.steps[batch.position].label
    batch.remarks = remarks.strip()
    changes = send_back(batch, to)
    step_batch(batch, "return" if to is None else "send_back", "remarks", *WALKED, **changes)
    record(
        "publishing.return_batch",
        batch,
        by=by,
        today=today,
        ground=OTHERS,
        step=left,
        to=back_at(batch, to),
        remarks=batch.remarks,
    )
    return batch
