from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.publishing.chain import step_refusal
from gongkai.publishing.models import ItemVersion
from gongkai.publishing.permissions import locked_version
from gongkai.publishing.standing import move
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused
from gongkai_core.states.items import OTHERS


def can_return(version: ItemVersion, *, by: User, today: date, remarks: str = "有意见") -> Refusal | None:
    """Whoever could approve may return, with remarks."""
    failed = [] if remarks.strip() else ["remarks"]
    failed += ["not_author"] if version.author_id == by.pk else []
    if refusal := step_refusal(version, "return", by=by, today=today, failed=failed):
        return refusal
    if version.batch_id:
        return Refusal("in_batch", "批次中的条目随整批办理", OTHERS)
    return None


@transaction.atomic
def return_(version: ItemVersion, *, by: User, today: date, remarks: str) -> ItemVersion:
    """Give a text back to its author (退回). Raises Refused."""
    version = locked_version(version)
    if refusal := can_return(version, by=by, today=today, remarks=remarks):
        raise Refused(refusal)
    version.remarks = remarks.strip()
    # The approvals of this round stay on record; the next round asks for new ones.
    version.reviewed_by, version.secrecy_passed_at, version.approved_digest = None, None, ""
    move(version, "return", "remarks", "reviewed_by", "secrecy_passed_at", "approved_digest")
    record("publishing.return", version.item, by=by, ground=OTHERS, version=version.number, remarks=version.remarks)
    return version
