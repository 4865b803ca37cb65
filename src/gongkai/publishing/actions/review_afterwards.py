from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.publishing.chain import WALKED, Subject, approval_refusal, approve, trail_object
from gongkai.publishing.models import ItemVersion
from gongkai.publishing.permissions import locked_version
from gongkai.publishing.vouched import NO_GATES, Vouched
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused
from gongkai_core.review_chain import SIX
from gongkai_core.states.items import GUARDS, OTHERS

SOMETHING_SAID = Vouched(SIX, remarks="有意见")


def can_review_afterwards(
    subject: Subject, *, by: User, today: date, passed: bool = True, vouched: Vouched = SOMETHING_SAID
) -> Refusal | None:
    """The role that the deferred step asks for, not the author; what is found wrong is said in words."""
    refusal = approval_refusal(subject, "review_afterwards", by=by, today=today, vouched=vouched, passed=passed)
    return refusal or (None if passed or vouched.remarks.strip() else GUARDS["remarks"].refusal)


@transaction.atomic
def review_afterwards(
    subject: Subject, *, by: User, today: date, passed: bool = True, vouched: Vouched = NO_GATES
) -> Subject:
    """Do a step that the short chain deferred (补审补校), or say what is wrong. Raises Refused.

    What is found wrong stays open and goes to the author, who revises or has the text withdrawn.
    """
    vouched = vouched.of(subject)
    subject = locked_version(subject) if isinstance(subject, ItemVersion) else locked(subject)
    if refusal := can_review_afterwards(subject, by=by, today=today, passed=passed, vouched=vouched):
        raise Refused(refusal)
    name = subject.steps[subject.position].label
    subject.remarks = vouched.remarks.strip() if not passed else ""
    if passed:
        approve(subject, by=by, today=today, vouched=vouched)
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
        remarks=vouched.remarks,
    )
    return subject
