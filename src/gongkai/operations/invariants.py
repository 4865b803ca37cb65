"""What must hold of any database of this product, whatever was done to it. Tests use the same checker."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from gongkai.agencies.calendar import office_calendar
from gongkai.casework.clock import PROJECTION, projection
from gongkai.casework.models import Case
from gongkai.documents.blobs import read
from gongkai.publishing.content import batch_digest, version_digest
from gongkai.publishing.gazette import issue_digest
from gongkai.publishing.models import Approval, Batch, GazetteIssue, Item, ItemVersion, Spill, SpillState
from gongkai.publishing.pages import frame, page_of, render_page, shown_items
from gongkai.publishing.tasks import baked_name, baked_names, read_baked
from gongkai.statistics.models import Snapshot
from gongkai.trail.chain import verify


@dataclass
class Invariant:
    """One thing that must hold, how many rows were looked at, and which of them break it."""

    name: str
    checked: int = 0
    broken: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return not self.broken


def check_all(today: date | None = None) -> Iterator[Invariant]:
    """Check each invariant in turn."""
    today = today or timezone.localdate()
    yield approved_by_others()
    yield replayed(today)
    yield chained()
    yield baked_as_published()
    yield printed()
    yield frozen()


def approved_by_others() -> Invariant:
    """Each public item passed every step of its frozen chain up to the signature, by others, on the published digest.

    Secrecy first (条例第十七条; 保密法第三十五条; domain-spec §11.2 item 8).
    """
    invariant = Invariant("公开条目的每个审核环节（含保密审查）和签发由他人作出，针对公开的那一版")
    approvals: dict[tuple[str, int], list[Approval]] = defaultdict(list)
    for row in Approval.objects.filter(valid=True).order_by("round", "step", "pk"):
        approvals["batch", row.batch_id].append(row) if row.batch_id else approvals["version", row.version_id].append(
            row
        )
    bound = _batch_digests()
    items = Item.objects.public().select_related("published_version__batch", "agency")
    related = ("published_version__column", "published_version__interprets")
    for item in items.select_related(*related).iterator(chunk_size=1000):
        invariant.checked += 1
        version = item.published_version
        subject = version.batch or version
        key = ("batch", version.batch_id) if version.batch_id else ("version", version.pk)
        rows = {row.step: row for row in approvals[key] if row.round == subject.round}
        digest = bound[version.batch_id] if version.batch_id else version.digest
        if problem := _altered(version, item) or _unapproved(subject, rows, digest):
            invariant.broken.append(f"{item.index_no}：{problem}")
    return invariant


def _batch_digests() -> dict[int, str]:
    """What each batch's approvals must be bound to: the digest over the items that are in it now."""
    digests: dict[int, list[str]] = defaultdict(list)
    titles = {}
    versions = ItemVersion.objects.exclude(batch=None).exclude(state="discarded").order_by("batch", "batch_position")
    for batch, title, digest in versions.values_list("batch", "batch__title", "digest").iterator(chunk_size=2000):
        titles[batch] = title
        digests[batch].append(digest)
    return {batch: batch_digest(titles[batch], digests[batch]) for batch in titles}


def _altered(version: ItemVersion, item: Item) -> str:
    """What of a published version is not what its digest says; empty when all is."""
    if version.digest != version_digest(version, item.agency):
        return "公开的内容与摘要不符"
    if item.facts() != version.facts():
        return "条目的标题、文号等与公开的那一版不符"
    return ""


def _unapproved(subject: ItemVersion | Batch, approvals: dict[int, Approval], digest: str) -> str:
    """What is wrong with the approvals of the round that became public, by place in the chain; empty when nothing is."""
    chain = subject.frozen_chain
    if refusal := chain.problem(urgent=bool(subject.urgent_reason)):
        return f"审核链不成立：{refusal.message}"
    taken = set()
    for place, step in enumerate(chain.steps[: chain.sign_at + 1]):
        row = approvals.get(place)
        if row is None:
            return f"没有{step.label}"
        if row.digest != digest:
            return f"{step.label}针对的不是这一版"
        if row.reviewer_id == subject.author_id:
            return f"{step.label}是拟稿人自己作出的"
        if step.distinct and row.reviewer_id in taken:
            return f"{step.label}须由另一人作出"
        taken |= {row.reviewer_id} if step.distinct else set()
    signed = approvals[chain.sign_at]
    reviewed = [
        row for row in approvals.values() if row.secrecy_passed and row.step < signed.step and row.at <= signed.at
    ]
    return "" if reviewed else "没有保密审查"


def replayed(today: date) -> Invariant:
    """Each case's last day is what its events replay to on the office's calendar (clock contract).

    A finished case keeps the calendar it was finished under: a later entry of holidays doesn't reach it.
    """
    invariant = Invariant("每件申请的期限等于由事件重算的期限")
    calendar = office_calendar()
    for case in Case.objects.select_related("agency").iterator(chunk_size=500):
        if case.finished and case.calendar_version != calendar.version:
            continue
        invariant.checked += 1
        expected = projection(case, case.projected_on or today, calendar)
        wrong = [name for name in PROJECTION if getattr(case, name) != expected[name]]
        if wrong:
            invariant.broken.append(f"{case.number}：{'、'.join(wrong)} 与重算不同")
    return invariant


def chained() -> Invariant:
    """The trail verifies."""
    verdict = verify()
    broken = [] if verdict.holds else [f"第 {verdict.broken_at or verdict.length} 条：{verdict.reason}"]
    return Invariant("留痕逐条相连，与链头相符", verdict.length, broken)


def baked_as_published() -> Invariant:
    """Each public item and open withdrawal has its page, with the bytes that its content gives, and nothing else has."""
    invariant = Invariant("每个公开条目有其页面，撤回的没有")
    around, wanted = frame(), set()
    for item in shown_items().exclude(published_version=None).iterator(chunk_size=500):
        invariant.checked += 1
        if page := page_of(item):
            gone = page.status == 410
            wanted.add(baked_name(item.public_id, gone=gone))
            if read_baked(item.public_id, gone=gone) != render_page(page, around):
                invariant.broken.append(f"{item.index_no}：页面与内容不符")
    invariant.broken += [f"{name}：没有公开的内容，却有页面" for name in sorted(baked_names() - wanted)]
    return invariant


def printed() -> Invariant:
    """Each issued gazette is the one that another person approved, and its printings are the bytes that were printed."""
    invariant = Invariant("出刊的公报由他人批准，印本没有改动")
    for issue in GazetteIssue.objects.issued().select_related("agency"):
        invariant.checked += 1
        purged = Spill.objects.filter(state=SpillState.PURGED, items__gazette_entries__issue=issue).exists()
        moved = not purged and issue_digest(issue) != issue.approved_digest
        if issue.approved_by_id in (None, issue.author_id) or moved:
            invariant.broken.append(f"{issue.numbering}：内容与批准的不符")
        for printing in issue.printings.filter(blob__purged_at=None):
            try:
                read(printing.blob)
            except (OSError, ValueError):
                invariant.broken.append(f"{issue.numbering}：第 {printing.number} 印的文件与摘要不符")
    return invariant


def frozen() -> Invariant:
    """Frozen figures are those that were frozen."""
    invariant = Invariant("年末快照没有改动")
    for snapshot in Snapshot.objects.select_related("agency"):
        invariant.checked += 1
        if not snapshot.holds:
            invariant.broken.append(f"{snapshot}：数与摘要不符")
    return invariant
