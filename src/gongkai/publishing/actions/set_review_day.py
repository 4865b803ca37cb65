from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import Role, User
from gongkai.agencies.permissions import locked, needs_role
from gongkai.publishing.models import Item
from gongkai.publishing.standing import restate
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused

GROUND = "条例第六条；行政规范性文件定期清理制度"


def can_set_review_day(item: Item, *, by: User, today: date, review_by: date | None = None) -> Refusal | None:
    """A drafter or publisher of the organ, for a rule or normative document, to a day ahead."""
    refusal = needs_role(by, Role.DRAFTER, item.agency, on=today)
    if refusal and (refusal := needs_role(by, Role.PUBLISHER, item.agency, on=today)):
        return refusal
    if not item.is_normative:
        return Refusal("not_normative", "规章、规范性文件才定期评估", GROUND)
    if review_by and review_by <= today:
        return Refusal("past_day", "下次评估的日期须在今天之后", GROUND)
    return None


@transaction.atomic
def set_review_day(item: Item, *, by: User, today: date, review_by: date, remarks: str = "") -> Item:
    """Note that a document was looked at, and when it will be again. Raises Refused."""
    item = locked(item)
    if refusal := can_set_review_day(item, by=by, today=today, review_by=review_by):
        raise Refused(refusal)
    item.review_by = review_by
    restate(item, "review_by")
    record(
        "publishing.set_review_day",
        item,
        by=by,
        today=today,
        ground=GROUND,
        review_by=review_by,
        remarks=remarks.strip(),
    )
    return item
