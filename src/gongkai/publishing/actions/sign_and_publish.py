from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.publishing.actions.coordinate import coordination_refusal
from gongkai.publishing.chain import WALKED, approval_refusal, approve, mirrored
from gongkai.publishing.checks import list_over
from gongkai.publishing.content import version_digest
from gongkai.publishing.deadlines import judge
from gongkai.publishing.models import FACTS, Channel, ItemVersion, Publication
from gongkai.publishing.numbers import take_index_numbers
from gongkai.publishing.obligations import follow
from gongkai.publishing.permissions import locked_version
from gongkai.publishing.standing import place_in_column, restate
from gongkai.publishing.standing import step as take_step
from gongkai.publishing.superior import await_pages
from gongkai.publishing.tasks import announce
from gongkai.publishing.vouched import ALL_GATES, NO_GATES, Vouched
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused
from gongkai_core.states.items import GUARDS, OTHERS


def can_sign_and_publish(
    version: ItemVersion, *, by: User, today: date, vouched: Vouched = ALL_GATES
) -> Refusal | None:
    """A publisher of the organ, not the author, for the very digest that passed the reviews (条例第十七条)."""
    refusal = approval_refusal(version, "sign_and_publish", by=by, today=today, vouched=vouched)
    if refusal:
        return refusal
    if refusal := coordination_refusal(version):
        return refusal
    if version_digest(version, version.agency) != version.digest:
        return GUARDS["digest_approved"].refusal
    if version.interprets and not version.interprets.is_public:
        title = "" if version.interprets.isolated_at else f"“{version.interprets.title}”"
        message = f"解读的文件{title}还没有公开，解读稿与它一并签发"
        return Refusal("document_first", message, "政策解读制度（同步审签、同步发布）")
    return list_over(version.shown_until, today)


@transaction.atomic
def sign_and_publish(version: ItemVersion, *, by: User, today: date, vouched: Vouched = NO_GATES) -> ItemVersion:
    """Sign and make public: index number, serial in its column, first publication, page to be baked. Raises Refused."""
    vouched = vouched.of(version)
    version = locked_version(version)
    if refusal := can_sign_and_publish(version, by=by, today=today, vouched=vouched):
        raise Refused(refusal)
    approval = approve(version, by=by, today=today, vouched=vouched)
    for old in version.item.versions.filter(state="published"):
        take_step(old, "supersede")
    changes = mirrored(approval, version)
    for name, value in changes.items():
        setattr(version, name, value)
    take_step(version, "sign_and_publish", *changes, *WALKED)
    _become_public(version, today)
    item = version.item
    record(
        "publishing.sign_and_publish",
        item,
        by=by,
        today=today,
        ground=OTHERS,
        version=version.number,
        digest=version.digest,
        index_no=item.index_no,
        step=approval.name,
        recheck_by=version.recheck_by,
        remarks=vouched.remarks,
        for_leader=str(vouched.instruction.public_id) if vouched.instruction else "",
    )
    await_pages([version])
    announce(item)
    return version


def _become_public(version: ItemVersion, today: date) -> None:
    """The item takes the version's metadata, and on the first time its number and its first day."""
    item = version.item
    first_time, was_in = item.first_published_at is None, item.column_id if item.is_public else None
    judge(item, version, on=today)
    item.column_serial = place_in_column(item, version.column)
    for name, value in version.facts().items():
        setattr(item, name, value)
    if not item.index_no:
        item.index_no = take_index_numbers(item.agency, catalogue=version.column.code, on=today)[0]
    item.first_published_at = item.first_published_at or version.published_at
    item.published_at, item.published_version = version.published_at, version
    item.withdrawn_at, item.withdrawal_kind, item.withdrawal_reason = None, "", ""
    restate(item, *FACTS, *_PUBLIC_FIELDS)
    Publication.objects.get_or_create(
        item=item, channel=Channel.WEBSITE, defaults={"agency": item.agency, "published_on": today}
    )
    follow(item, first_time=first_time, was_in=was_in, on=today)


_PUBLIC_FIELDS = (
    *("index_no", "column_serial", "first_published_at", "published_at", "published_version"),
    *("publish_by", "shown_on"),
    *("withdrawn_at", "withdrawal_kind", "withdrawal_reason"),
)
