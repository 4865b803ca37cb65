from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import Role, User
from gongkai.agencies.permissions import locked, needs_role
from gongkai.publishing.models import Item, Validity
from gongkai.publishing.standing import restate
from gongkai.publishing.tasks import announce
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused

GROUND = "条例第六条、第二十条第（一）项"
ENDED = (Validity.EXPIRED, Validity.REPEALED)


def can_set_validity(
    item: Item, *, by: User, today: date, validity: str = Validity.AMENDED, ended_on: date | None = None
) -> Refusal | None:
    """A publisher; an ended document has the day on which it ceased, neither ahead nor before it was made."""
    if refusal := needs_role(by, Role.PUBLISHER, item.agency, on=today):
        return refusal
    if item.validity in ENDED:
        return Refusal("ended", f"这份文件已{item.get_validity_display()}（{item.ended_on}）", GROUND)
    if validity in ENDED and ended_on is None:
        return Refusal("no_day", f"请填写{Validity(validity).label}的日期", GROUND)
    if validity not in ENDED and ended_on is not None:
        return Refusal("needless_day", "只有失效、废止才填日期", GROUND)
    if ended_on and ended_on > today:
        return Refusal("future_day", "日期在今天之后；到日再办", GROUND)
    if ended_on and item.formed_on and ended_on < item.formed_on:
        return Refusal("before_made", f"日期早于成文日期 {item.formed_on}", GROUND)
    return None


@transaction.atomic
def set_validity(
    item: Item,
    *,
    by: User,
    today: date,
    validity: str,
    ended_on: date | None = None,
    ended_by: Item | None = None,
) -> Item:
    """Say that a document was amended, expired or repealed, since when and by which document. Raises Refused."""
    item = locked(item)
    if refusal := can_set_validity(item, by=by, today=today, validity=validity, ended_on=ended_on):
        raise Refused(refusal)
    item.validity, item.ended_on, item.ended_by = validity, ended_on, ended_by
    restate(item, "validity", "ended_on", "ended_by")
    record(
        "publishing.set_validity",
        item,
        by=by,
        ground=GROUND,
        validity=validity,
        ended_on=ended_on,
        ended_by=str(ended_by.public_id) if ended_by else "",
    )
    announce(item)
    return item
