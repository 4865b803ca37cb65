from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.publishing.chain import WALKED, approval_refusal, approve, mirrored
from gongkai.publishing.models import ItemVersion
from gongkai.publishing.permissions import locked_version
from gongkai.publishing.standing import move
from gongkai.publishing.vouched import ALL_GATES, Vouched
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused
from gongkai_core.states.items import SECRECY


def can_approve_review(version: ItemVersion, *, by: User, today: date, vouched: Vouched = ALL_GATES) -> Refusal | None:
    """The role that the waiting step asks for, not the author, with the gates of the step ticked (条例第十七条)."""
    return approval_refusal(version, "approve_review", by=by, today=today, vouched=vouched)


@transaction.atomic
def approve_review(version: ItemVersion, *, by: User, today: date, vouched: Vouched) -> ItemVersion:
    """Pass the waiting review step. Raises Refused.

    With a leader's word (代录批示) in `vouched` the approval is the leader's, entered by `by`.
    """
    vouched = vouched.of(version)
    version = locked_version(version)
    if refusal := can_approve_review(version, by=by, today=today, vouched=vouched):
        raise Refused(refusal)
    approval = approve(version, by=by, today=today, vouched=vouched)
    changes = mirrored(approval, version)
    for name, value in changes.items():
        setattr(version, name, value)
    left = ["reviews_left"] if version.position < (version.sign_at or 0) else []
    move(version, "approve_review", *changes, *WALKED, facts=left)
    record(
        "publishing.approve_review",
        version.item,
        by=by,
        today=today,
        ground=SECRECY,
        version=version.number,
        digest=version.digest,
        step=approval.name,
        gates=approval.gates,
        remarks=vouched.remarks,
        for_leader=str(vouched.instruction.public_id) if vouched.instruction else "",
    )
    return version
