from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.publishing.actions.coordinate import uncoordinated
from gongkai.publishing.batches import CHUNK, live_versions, set_each, step_batch, update_items
from gongkai.publishing.chain import WALKED, approval_refusal, approve, mirrored
from gongkai.publishing.checks import list_over
from gongkai.publishing.content import batch_digest, version_digest
from gongkai.publishing.deadlines import judge_all
from gongkai.publishing.models import Approval, Batch, Channel, Item, ItemVersion, Publication
from gongkai.publishing.numbers import take_index_numbers
from gongkai.publishing.obligations import came_out
from gongkai.publishing.standing import take_serials
from gongkai.publishing.superior import await_pages
from gongkai.publishing.tasks import announce_all
from gongkai.publishing.vouched import ALL_GATES, NO_GATES, Vouched
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused
from gongkai_core.states.items import GUARDS, OTHERS


def can_publish_batch(batch: Batch, *, by: User, today: date, vouched: Vouched = ALL_GATES) -> Refusal | None:
    """As for a single item: a publisher of the organ, not the author, for the digest that passed the reviews."""
    return approval_refusal(batch, "sign_and_publish", by=by, today=today, vouched=vouched)


@transaction.atomic
def publish_batch(batch: Batch, *, by: User, today: date, vouched: Vouched = NO_GATES) -> Batch:
    """Sign a whole batch and make it public: every content is digested again first. Raises Refused."""
    vouched = vouched.of(batch)
    batch = locked(batch)
    if refusal := can_publish_batch(batch, by=by, today=today, vouched=vouched):
        raise Refused(refusal)
    versions = _with_items(batch)
    if refusal := _unfit(batch, versions, today):
        raise Refused(refusal)
    approval = approve(batch, by=by, today=today, vouched=vouched)
    items = _number(batch, versions, approval.at, today)
    fixed = {"position": batch.position, "sign_at": batch.sign_at}
    step_batch(batch, "sign_and_publish", *WALKED, **mirrored(approval, batch), **fixed)
    _come_out(batch, versions, items, today)
    _note(batch, items, approval, by=by, today=today)
    for version in versions:
        version.published_at = approval.at
    await_pages(versions)
    announce_all(items, cause=batch)
    return batch


def _come_out(batch: Batch, versions: Sequence[ItemVersion], items: Sequence[Item], today: date) -> None:
    """Each item is on the website from today, in time or late, and counts for what was owed."""
    Publication.objects.bulk_create(
        [Publication(item=item, agency=batch.agency, channel=Channel.WEBSITE, published_on=today) for item in items],
        batch_size=CHUNK,
    )
    judge_all(versions, on=today)
    came_out(items, agency=batch.agency, column=batch.column, on=today)


def _note(batch: Batch, items: Sequence[Item], approval: Approval, *, by: User, today: date) -> None:
    record(
        "publishing.publish_batch",
        batch,
        by=by,
        today=today,
        ground=OTHERS,
        size=batch.size,
        digest=batch.digest,
        step=approval.name,
        recheck_by=batch.recheck_by,
        remarks=approval.remarks,
        first_index_no=items[0].index_no,
        last_index_no=items[-1].index_no,
    )


def _unfit(batch: Batch, versions: Sequence[ItemVersion], today: date) -> Refusal | None:
    """What the single texts have against it: a list that has run out, another content than was approved, an organ that
    was not heard."""
    for version in versions:
        if refusal := list_over(version.shown_until, today):
            return refusal
    digests = [version_digest(version, batch.agency) for version in versions]
    if batch_digest(batch.title, digests) != batch.digest:
        return GUARDS["digest_approved"].refusal
    return uncoordinated(versions)


def _with_items(batch: Batch) -> list[ItemVersion]:
    """The batch's live versions, each with its item and what it interprets.

    The items by key: PostgreSQL without statistics of a batch just imported would join pair by pair.
    """
    versions = list(live_versions(batch).select_related("column").prefetch_related("attachments__blob"))
    keys = {key for version in versions for key in (version.item_id, version.interprets_id) if key}
    items = Item.objects.in_bulk(list(keys))
    for version in versions:
        version.item = items[version.item_id]
        version.interprets = items.get(version.interprets_id) if version.interprets_id else None
    return versions


def _number(batch: Batch, versions: list[ItemVersion], at: datetime, today: date) -> list[Item]:
    """Give every item its index number, its serial in the column and its first day, in the batch's order."""
    numbers = take_index_numbers(batch.agency, catalogue=batch.column.code, on=today, count=len(versions))
    first = take_serials(batch.column, len(versions))
    items = [version.item for version in versions]
    for offset, (item, index_no) in enumerate(zip(items, numbers, strict=True)):
        item.index_no, item.column_serial = index_no, first + offset
    rows = [(version.item_id, version.item.index_no, version.item.column_serial, version.pk) for version in versions]
    set_each(("index_no", "column_serial", "published_version_id"), rows)
    update_items([item.pk for item in items], first_published_at=at, published_at=at, row_version=F("row_version") + 1)
    return items
