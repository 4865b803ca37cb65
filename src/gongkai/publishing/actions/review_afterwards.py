from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.documents.models import RecordedInstruction
from gongkai.publishing.chain import WALKED, Subject, approval_refusal, approve, trail_object
from gongkai.publishing.models import ItemVersion
from gongkai.publishing.permissions import locked_version
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused
from gongkai_core.review_chain import SIX
from gongkai_core.states.items import GUARDS, OTHERS


def can_review_afterwards(
    subject: Subject,
    *,
    by: User,
    today: date,
    passed: bool = True,
    gates: Collection[str] = SIX,
    remarks: str = "有意见",
    seen: str | None = None,
    step: int | None = None,
    instruction: RecordedInstruction | None = None,
) -> Refusal | None:
    """The role that the deferred step asks for, not the author; what is found wrong is said in words."""
    refusal = approval_refusal(
        subject,
        "review_afterwards",
        by=by,
        today=today,
        seen=seen,
        step=step,
        gates=gates,
        passed=passed,
        instruction=instruction,
    )
    return refusal or (None if passed or remarks.strip() else GUARDS["remarks"].refusal)


@transaction.atomic
def review_afterwards(
    subject: Subject,
    *,
    by: User,
    today: date,
    gates: Collection[str] = (),
    passed: bool = True,
    remarks: str = "",
    seen: str | None = None,
    step: int | None = None,
    instruction: RecordedInstruction | None = None,
) -> Subject:
    """Do a step that the short chain deferred (补审补校), or say what is wrong. Raises Refused.

    What is found wrong stays open and goes to the author, who revises or has the text withdrawn.
    """
    seen, step = subject.digest if seen is None else seen, subject.position if step is None else step
    subject = locked_version(subject) if isinstance(subject, ItemVersion) else locked(subject)
    if refusal := can_review_afterwards(
        subject,
        by=by,
        today=today,
        gates=gates,
        passed=passed,
        remarks=remarks,
        seen=seen,
        step=step,
        instruction=instruction,
    ):
        raise Refused(refusal)
    name = subject.steps[subject.position].label
    subject.remarks = remarks.strip() if not passed else ""
    if passed:
        approve(subject, by=by, today=today, gates=gates, remarks=remarks, instruction=instruction)
    subject.save(update_fields=["remarks", *WALKED])
    record(
        "publishing.review_afterwards",
        trail_object(subject),
        by=by,
        today=today,
        ground=OTHERS,
        step=name if passed else f"{name}有问题",
        passed=passed,
        digest=subject.digest,
        remarks=remarks,
    )
    return subject
