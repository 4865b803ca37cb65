from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Agency, Role, User
from gongkai.agencies.permissions import locked
from gongkai.operations import purging
from gongkai.publishing.batches import redigest
from gongkai.publishing.models import Batch, Item, ItemVersion, Spill, SpillState, WithdrawalKind
from gongkai.publishing.moments import moment
from gongkai.publishing.obligations import went_away
from gongkai.publishing.standing import leave_column, restate, silence, step
from gongkai.publishing.tasks import announce
from gongkai.trail.chain import purge as purge_trail
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused
from gongkai_core.states.items import UNDER_WAY

GROUND = "保守国家秘密法第六十二条；条例第十四条"
HANDLERS = (Role.DISCLOSURE_OFFICE, Role.SECRECY_REVIEWER)


def handles(user: User, agency: Agency, *, on: date) -> set[Role]:
    """In which of the two parts a person may handle a leak at an organ: the office everywhere, a reviewer at home."""
    held = {Role.DISCLOSURE_OFFICE} if user.holds(Role.DISCLOSURE_OFFICE, on=on) else set()
    return held | ({Role.SECRECY_REVIEWER} if user.holds(Role.SECRECY_REVIEWER, agency, on=on) else set())


def can_report_spill(item: Item, *, by: User, today: date) -> Refusal | None:
    """The disclosure office, or the organ's secrecy reviewer; one case at a time for an item."""
    if not handles(by, item.agency, on=today):
        return Refusal("needs_role", "泄露处置由政务公开办或者本单位的保密审查员发起", GROUND)
    if item.isolated_at:
        return Refusal("isolated", "这一条已经隔离", GROUND)
    return None


@transaction.atomic
def report_spill(item: Item, *, by: User, today: date) -> Spill:
    """Isolate an item at once (隔离): nothing public, nothing under way, nobody sees it. Raises Refused.

    Other items that hold one of its files are isolated with it.
    """
    item = locked(item)
    if refusal := can_report_spill(item, by=by, today=today):
        raise Refused(refusal)
    spill = Spill.objects.create(asked_by=by, asked_at=timezone.now())
    items = [item, *(other for other in purging.sharing([item]) if other.isolated_at is None)]
    for one in items:
        _isolate(locked(one), today)
    spill.items.set(items)
    record("operations.report_spill", spill, by=by, today=today, ground=GROUND, items=[str(i.public_id) for i in items])
    return spill


def _isolate(item: Item, today: date) -> None:
    for version in item.versions.filter(state__in=UNDER_WAY).select_related("batch"):
        ItemVersion.objects.filter(pk=version.pk).update(state="discarded", waits_for="")
        if version.batch and version.batch.state in UNDER_WAY:
            _leave_batch(locked(version.batch))
    item.isolated_at = timezone.now()
    changed = ["isolated_at"]
    if item.is_public:
        for version in item.versions.filter(state="published"):
            version.withdrawn_at = moment(today)
            step(version, "withdraw", "withdrawn_at")
        leave_column(item)
        item.withdrawn_at, item.withdrawal_kind = moment(today), WithdrawalKind.SILENT
        item.withdrawal_reason = "泄露处置"
        changed += ["withdrawn_at", "withdrawal_kind", "withdrawal_reason"]
    elif item.state == "withdrawn":
        item.withdrawal_kind = WithdrawalKind.SILENT
        changed.append("withdrawal_kind")
    silence(item)
    restate(item, *changed)
    went_away(item)
    announce(item)


def _leave_batch(batch: Batch) -> None:
    """What is left of a batch goes on under a digest of its own, and is approved anew; an empty one is given up."""
    redigest(batch)
    if batch.size == 0:
        batch.state = "discarded"
        batch.save(update_fields=["state"])


def can_decide_spill(spill: Spill, *, by: User, today: date) -> Refusal | None:
    """Another person than who asked, so that office and secrecy reviewer both have had their say."""
    if spill.state != SpillState.ISOLATED:
        return Refusal("decided", f"这件{spill.get_state_display()}", GROUND)
    if spill.asked_by_id == by.pk:
        return Refusal("own_request", "发起的人不能自己确认，须由另一人确认", GROUND)
    agency = spill.items.select_related("agency").order_by("pk")[0].agency
    asked, decides = handles(spill.asked_by, agency, on=today), handles(by, agency, on=today)
    if not decides:
        return Refusal("needs_role", "由政务公开办或者本单位的保密审查员确认", GROUND)
    if asked | decides != set(HANDLERS):
        return Refusal("both_parts", "须政务公开办和保密审查员各一人：一人发起，另一人确认", GROUND)
    return None


@transaction.atomic
def lift_spill(spill: Spill, *, by: User, today: date) -> Spill:
    """No secret after all (解除): the items exist again; what was public stays withdrawn until it is revised. Raises Refused."""
    spill = locked(spill)
    if refusal := can_decide_spill(spill, by=by, today=today):
        raise Refused(refusal)
    for item in spill.items.all():
        item = locked(item)
        item.isolated_at = None
        restate(item, "isolated_at")
    _decide(spill, SpillState.LIFTED, by)
    record("operations.lift_spill", spill, by=by, today=today, ground=GROUND)
    return spill


def purge_spill(spill: Spill, *, by: User, today: date) -> Spill:
    """Purge it from everything (清除), then look for it once more. Raises Refused.

    Rows go in one transaction; files follow its commit. When that is interrupted, `finish_spill` does it again.
    """
    spill, phrases = _purge_rows(spill, by=by, today=today)
    return _destroy_files(spill, phrases, by=by, today=today)


def finish_spill(spill: Spill, *, by: User, today: date) -> Spill:
    """Destroy again what of a purged case may still lie in files. Raises Refused."""
    agency = spill.items.select_related("agency").order_by("pk")[0].agency
    if spill.state != SpillState.PURGED or not handles(by, agency, on=today):
        raise Refused(Refusal("not_purged", "清除之后才能再清文件", GROUND))
    return _destroy_files(spill, [], by=by, today=today)


def _destroy_files(spill: Spill, phrases: Sequence[str], *, by: User, today: date) -> Spill:
    items = list(spill.items.order_by("pk"))
    digests = [*purging.blobs_of(items), *purging.printed_with(items)]
    evidence = [*purging.destroy_files(digests), *purging.destroy_baked(purging.baked_files(items))]
    known = {row["file"] for row in spill.backups}
    backups = purging.destroy_backups(min(item.created_at for item in items))
    spill.backups = [*spill.backups, *(row for row in backups if row["file"] not in known)]
    spill.evidence = [*spill.evidence, *(list(row) for row in evidence if list(row) not in spill.evidence)]
    left = purging.scrub(items)
    spill.residue = [*([left] if left else []), *purging.residue(phrases)]
    with transaction.atomic():
        spill.save(update_fields=["evidence", "backups", "residue"])
        record(
            "operations.destroy_spilled_files", spill, by=by, today=today, ground=GROUND,
            digests=[digest for _, digest in evidence], backups=[row["file"] for row in spill.backups],
        )  # fmt: skip
    return spill


@transaction.atomic
def _purge_rows(spill: Spill, *, by: User, today: date) -> tuple[Spill, list[str]]:
    spill = locked(spill)
    if refusal := can_decide_spill(spill, by=by, today=today):
        raise Refused(refusal)
    items = list(spill.items.order_by("pk"))
    phrases = purging.phrases_of(items)
    evidence: list[Any] = purging.clear_rows(items)
    evidence += purging.clear_typed(items, phrases) + purging.clear_messages(phrases)
    evidence += purging.clear_told(items, phrases)
    evidence += [
        ("留痕", digest) for digest in purge_trail(purging.entries_of(items), by=by, cause=spill, ground=GROUND)
    ]
    spill.evidence = [list(row) for row in evidence]
    _decide(spill, SpillState.PURGED, by)
    record(
        "operations.purge_spill", spill, by=by, today=today, ground=GROUND, digests=[digest for _, digest in evidence]
    )
    return spill, phrases


def _decide(spill: Spill, state: str, by: User) -> None:
    spill.state, spill.decided_by, spill.decided_at = state, by, timezone.now()
    spill.save(update_fields=["state", "decided_by", "decided_at", "evidence"])


@transaction.atomic
def backup_destroyed(spill: Spill, *, file: str, by: User, today: date) -> Spill:
    """Say that a backup kept elsewhere has been destroyed. Raises Refused."""
    spill = locked(spill)
    agency = spill.items.select_related("agency").order_by("pk")[0].agency
    rows = [row for row in spill.backups if row["file"] == file and row["how"] == "elsewhere"]
    if not rows or not handles(by, agency, on=today):
        raise Refused(Refusal("no_backup", "没有这份待销毁的备份", GROUND))
    for row in rows:
        row |= {"how": "destroyed_by_hand", "by": by.name, "on": today.isoformat()}
    spill.save(update_fields=["backups"])
    record("operations.backup_destroyed", spill, by=by, today=today, ground=GROUND, file=file)
    return spill
