from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.documents.models import RecordedInstruction
from gongkai.publishing.chain import approval_refusal, approve
from gongkai.publishing.models import ItemVersion, Stage
from gongkai.publishing.permissions import locked_version
from gongkai.publishing.standing import move
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused
from gongkai_core.states.items import SECRECY


def can_approve_review(
    version: ItemVersion,
    *,
    by: User,
    today: date,
    secrecy_passed: bool = True,
    seen: str | None = None,
    instruction: RecordedInstruction | None = None,
) -> Refusal | None:
    """A reviewer of the organ, not the author, who has also done the secrecy review (条例第十七条)."""
    return approval_refusal(
        version,
        Stage.REVIEW,
        by=by,
        today=today,
        seen=version.digest if seen is None else seen,
        secrecy_passed=secrecy_passed,
        instruction=instruction,
    )


@transaction.atomic
def approve_review(
    version: ItemVersion,
    *,
    by: User,
    today: date,
    secrecy_passed: bool,
    remarks: str = "",
    seen: str | None = None,
    instruction: RecordedInstruction | None = None,
) -> ItemVersion:
    """Pass the review with its secrecy review. Raises Refused.

    `seen` is the digest of what the reviewer read (by default that of the version handed in). With an `instruction`
    (代录批示) the approval is the leader's, entered by `by`.
    """
    seen = version.digest if seen is None else seen
    version = locked_version(version)
    if refusal := can_approve_review(
        version, by=by, today=today, secrecy_passed=secrecy_passed, seen=seen, instruction=instruction
    ):
        raise Refused(refusal)
    approval = approve(version, Stage.REVIEW, by=by, today=today, remarks=remarks, instruction=instruction)
    version.reviewed_by, version.secrecy_passed_at = approval.reviewer, approval.at
    version.approved_digest = approval.digest
    move(version, "approve_review", "reviewed_by", "secrecy_passed_at", "approved_digest")
    record(
        "publishing.approve_review",
        version.item,
        by=by,
        ground=SECRECY,
        version=version.number,
        digest=version.digest,
        remarks=remarks,
        for_leader=str(instruction.public_id) if instruction else "",
    )
    return version
