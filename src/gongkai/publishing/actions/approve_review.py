from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.documents.models import RecordedInstruction
from gongkai.publishing.chain import WALKED, approval_refusal, approve, mirrored
from gongkai.publishing.models import ItemVersion
from gongkai.publishing.permissions import locked_version
from gongkai.publishing.standing import move
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused
from gongkai_core.review_chain import SIX
from gongkai_core.states.items import SECRECY


def can_approve_review(
    version: ItemVersion,
    *,
    by: User,
    today: date,
    gates: Collection[str] = SIX,
    seen: str | None = None,
    step: int | None = None,
    instruction: RecordedInstruction | None = None,
) -> Refusal | None:
    """The role that the waiting step asks for, not the author, with the gates of the step ticked (条例第十七条)."""
    return approval_refusal(
        version, "approve_review", by=by, today=today, seen=seen, step=step, gates=gates, instruction=instruction
    )


@transaction.atomic
def approve_review(
    version: ItemVersion,
    *,
    by: User,
    today: date,
    gates: Collection[str],
    remarks: str = "",
    seen: str | None = None,
    step: int | None = None,
    instruction: RecordedInstruction | None = None,
) -> ItemVersion:
    """Pass the waiting review step. Raises Refused.

    `seen` and `step` are what the reviewer had before them (by default what the version handed in says), `gates` the
    gates (六关) they vouch for. With an `instruction` (代录批示) the approval is the leader's, entered by `by`.
    """
    seen, step = version.digest if seen is None else seen, version.position if step is None else step
    version = locked_version(version)
    if refusal := can_approve_review(
        version, by=by, today=today, gates=gates, seen=seen, step=step, instruction=instruction
    ):
        raise Refused(refusal)
    approval = approve(version, by=by, today=today, gates=gates, remarks=remarks, instruction=instruction)
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
        remarks=remarks,
        for_leader=str(instruction.public_id) if instruction else "",
    )
    return version
