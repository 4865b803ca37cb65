from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import Role, User
from gongkai.agencies.permissions import locked, needs_role
from gongkai.publishing.batches import redigest
from gongkai.publishing.models import Batch, ItemVersion
from gongkai.publishing.standing import move
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused
from gongkai_core.states.items import OTHERS


def can_take_out(version: ItemVersion, *, by: User, today: date) -> Refusal | None:
    """The author, still a drafter there, while the batch is with him: nothing changes under a reviewer's hands."""
    batch = version.batch
    if batch is None:
        return Refusal("not_in_batch", "这一条不在批次中")
    if batch.state not in ("draft", "returned") or version.state != batch.state:
        return Refusal("wrong_state", "整批退回后，才能剔出有错的条目", OTHERS)
    if refusal := needs_role(by, Role.DRAFTER, batch.agency, on=today):
        return refusal
    if batch.author_id != by.pk:
        return Refusal("not_yours", f"这一批由{batch.author.name}导入，由其剔出、再送审")
    if batch.size <= 1:
        return Refusal("last_one", "批次里只剩这一条，请整批作废")
    return None


@transaction.atomic
def take_out(version: ItemVersion, *, by: User, today: date) -> Batch:
    """Take one wrong item out of a returned batch; the others and their digest go on. Raises Refused."""
    batch = locked(version.batch) if version.batch else None
    version = locked(version)
    version.batch = batch
    if refusal := can_take_out(version, by=by, today=today):
        raise Refused(refusal)
    assert batch is not None
    move(version, "discard")
    redigest(batch)
    record("publishing.take_out", batch, by=by, today=today, item=str(version.item.public_id), digest=batch.digest)
    return batch
