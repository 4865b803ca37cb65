from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from gongkai.agencies.models import Agency, User
from gongkai.publishing.actions.draft import can_draft
from gongkai.publishing.attachments import pictures_of, settle
from gongkai.publishing.backdating import DAYS, backdating, reason_refusal
from gongkai.publishing.batches import CHUNK, BatchRow, redigest
from gongkai.publishing.chain import FROZEN, freeze
from gongkai.publishing.checks import endless_list, entry_refusal, is_name_list, unfinished
from gongkai.publishing.content import clean_body, version_digest
from gongkai.publishing.derivation import derived
from gongkai.publishing.hits import Group, checker, dismissal, row_hits, undismissed_refusal
from gongkai.publishing.models import Batch, Column, Dismissal, Item, ItemClass, ItemVersion
from gongkai.publishing.moments import moment
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused
from gongkai_core.states import ITEM_VERSION
from gongkai_core.states.items import GUARDS, SECRECY


def can_import_batch(agency: Agency, *, by: User, today: date) -> Refusal | None:
    """Whoever may draft."""
    return can_draft(agency, by=by, today=today)


def row_refusal(
    row: BatchRow,
    body: str,
    *,
    today: date,
    late_after: int | None = None,
    name_list: bool = False,
    found: Sequence[Group] = (),
) -> Refusal | None:
    """Why a row may not be imported: the same rules as for a single item.

    `late_after` (the setting of `backdating`) and `name_list` are read once for many rows; `found` are the row's hits
    that nobody has given a reason for.
    """
    if name_list and not row.shown_until:
        return endless_list()
    if unfinished(row.facts, body):
        return GUARDS["complete"].refusal
    late = backdating(row.docno, row.formed_on, drafted_on=today, after=late_after)
    refusal = entry_refusal(row.facts, body, today=today) or reason_refusal(late, row.backdated_reason)
    return refusal or undismissed_refusal(found)


@transaction.atomic
def import_batch(
    agency: Agency,
    *,
    title: str,
    column: Column,
    rows: Sequence[BatchRow],
    by: User,
    today: date,
    item_class: str = ItemClass.ORDINARY,
    urgent_reason: str = "",
    submit: bool = True,
    hits_reason: str = "",
) -> Batch:
    """Import items and send them for review together, bound by one digest. All or nothing; raises Refused.

    With `submit` false they stay drafts until somebody has looked them through.
    Nothing is stored when a row is wrong: the pre-check (`batches.precheck`) tells which before. `hits_reason` is why
    personal data in the rows may stand, given once for all of them.
    """
    if refusal := can_import_batch(agency, by=by, today=today):
        raise Refused(refusal)
    if not rows:
        raise Refused(Refusal("empty_batch", "批次里没有一条", SECRECY))
    late_after, reason = DAYS.value(), hits_reason.strip()
    bodies = [clean_body(row.body, pictures=pictures_of(row.files)) for row in rows]
    hits = _hits(rows, bodies, today)
    _refuse_rows(rows, bodies, hits if submit and not reason else [()] * len(rows), column, today, late_after)
    batch = _begun(agency, title, column, item_class, by, len(rows), submit=submit)
    _store(batch, [_explained(row, today, late_after) for row in rows], bodies, moment(today) if submit else None)
    redigest(batch)
    if submit:
        freeze(batch, today=today, urgent_reason=urgent_reason.strip())
        batch.save(update_fields=FROZEN)
    if reason:
        _dismiss(batch, hits, reason)
    _note(batch, by=by, today=today, submitted=submit)
    return batch


def _note(batch: Batch, *, by: User, today: date, submitted: bool) -> None:
    record(
        "publishing.import_batch",
        batch,
        by=by,
        today=today,
        ground=SECRECY,
        column=batch.column.code,
        size=batch.size,
        digest=batch.digest,
        chain=[step.label for step in batch.steps] if submitted else [],
        urgent=batch.urgent_reason,
    )


def _hits(rows: Sequence[BatchRow], bodies: Sequence[str], today: date) -> list[list[Group]]:
    """What the checks find in each row."""
    judge = checker()
    return [
        row_hits(judge, row.title, body, today=today, files=[file.row for file in row.files])
        for row, body in zip(rows, bodies, strict=True)
    ]


def _refuse_rows(
    rows: Sequence[BatchRow],
    bodies: Sequence[str],
    left: Sequence[Sequence[Group]],
    column: Column,
    today: date,
    late_after: int,
) -> None:
    """Raise Refused for the first row that may not be imported, with its number; `left` as in `row_refusal`."""
    name_list = is_name_list(column)
    for number, (row, body, found) in enumerate(zip(rows, bodies, left, strict=True), start=1):
        if refusal := row_refusal(row, body, today=today, late_after=late_after, name_list=name_list, found=found):
            raise Refused(Refusal(refusal.code, f"第 {number} 行：{refusal.message}", refusal.article))


def _begun(agency: Agency, title: str, column: Column, item_class: str, by: User, size: int, *, submit: bool) -> Batch:
    state = ITEM_VERSION.next(ITEM_VERSION.initial, "submit").next if submit else ITEM_VERSION.initial
    return Batch.objects.create(
        agency=agency, column=column, title=title, item_class=item_class, author=by, size=size, state=state
    )


def _dismiss(batch: Batch, hits: Sequence[Sequence[Group]], reason: str) -> None:
    """Leave what needed a reason as it is, with the reason given for the whole import."""
    versions = batch.versions.order_by("batch_position")
    Dismissal.objects.bulk_create(
        [
            dismissal(version.item_id, group, reason=reason, by=batch.author, at=batch.created_at)
            for version, found in zip(versions, hits, strict=True)
            for group in found
            if group.strict
        ],
        batch_size=CHUNK,
    )


def _explained(row: BatchRow, today: date, late_after: int) -> BatchRow:
    """The row with its explanation where one was asked for, without it elsewhere."""
    late = backdating(row.docno, row.formed_on, drafted_on=today, after=late_after)
    return replace(row, backdated_reason=row.backdated_reason.strip() if late else "")


def _store(batch: Batch, rows: Sequence[BatchRow], bodies: Sequence[str], at: datetime | None) -> None:
    facts = [derived({**row.facts, "column": batch.column}) for row in rows]
    items = Item.objects.bulk_create(
        [
            Item(agency=batch.agency, item_class=batch.item_class, created_by=batch.author, state=batch.state, **fact)
            for fact in facts
        ],
        batch_size=CHUNK,
    )
    versions = [
        ItemVersion(
            item=item,
            batch=batch,
            imported_from=row.imported_from,
            batch_position=position,
            author=batch.author,
            body=body,
            backdated_reason=row.backdated_reason,
            state=batch.state,
            round=1 if at else 0,
            submitted_at=at,
            **fact,
        )
        for position, (item, row, body, fact) in enumerate(zip(items, rows, bodies, facts, strict=True), start=1)
    ]
    for version in versions:
        version.digest = version_digest(version, batch.agency)
    ItemVersion.objects.bulk_create(versions, batch_size=CHUNK)
    for version, row in zip(versions, rows, strict=True):
        if row.files:
            settle(version, row.files)
            version.digest = version_digest(version, batch.agency)
            version.save(update_fields=["digest"])
