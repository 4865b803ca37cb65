from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.publishing.chain import WALKED, back_at, return_refusal, send_back
from gongkai.publishing.models import ItemVersion
from gongkai.publishing.permissions import locked_version
from gongkai.publishing.standing import move
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused
from gongkai_core.states.items import OTHERS


def can_return(
    version: ItemVersion,
    *,
    by: User,
    today: date,
    remarks: str = "有意见",
    to: int | None = None,
    step: int | None = None,
) -> Refusal | None:
    """Whoever could do the waiting step may return, with remarks."""
    if version.batch_id:
        return Refusal("in_batch", "批次中的条目随整批办理", OTHERS)
    return return_refusal(version, by=by, today=today, remarks=remarks, to=to, step=step)


@transaction.atomic
def return_(
    version: ItemVersion, *, by: User, today: date, remarks: str, to: int | None = None, step: int | None = None
) -> ItemVersion:
    """Give a text back (退回): to its author, or to the earlier step `to` of its chain. Raises Refused.

    What was approved before that step stands, for the same digest; later approvals stay on record as void.
    """
    step = version.position if step is None else step
    version = locked_version(version)
    if refusal := can_return(version, by=by, today=today, remarks=remarks, to=to, step=step):
        raise Refused(refusal)
    left = version.steps[version.position].label
    version.remarks = remarks.strip()
    changes = send_back(version, to)
    for name, value in changes.items():
        setattr(version, name, value)
    move(version, "return" if to is None else "send_back", "remarks", *changes, *WALKED)
    record(
        "publishing.return",
        version.item,
        by=by,
        today=today,
        ground=OTHERS,
        version=version.number,
        step=left,
        to=back_at(version, to),
        remarks=version.remarks,
    )
    return version
