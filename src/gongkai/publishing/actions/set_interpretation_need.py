from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import Role, User
from gongkai.agencies.permissions import locked, needs_role
from gongkai.publishing.interpretations import RULE
from gongkai.publishing.models import InterpretationNeed, Item
from gongkai.publishing.standing import restate
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused


def can_set_interpretation_need(
    item: Item, *, by: User, today: date, need: str = "", reason: str = ""
) -> Refusal | None:
    """A publisher of the organ; against or beyond the rule only with a reason."""
    if refusal := needs_role(by, Role.PUBLISHER, item.agency, on=today):
        return refusal
    if item.interprets_id:
        return Refusal("interpretation", "这是一篇解读稿", RULE)
    if need and not reason.strip():
        return Refusal("no_reason", f"{InterpretationNeed(need).label}的，须写明理由", RULE)
    return None


@transaction.atomic
def set_interpretation_need(item: Item, *, by: User, today: date, need: str, reason: str = "") -> Item:
    """Say that a document should be explained, or need not be; empty leaves it to its kind. Raises Refused."""
    item = locked(item)
    if refusal := can_set_interpretation_need(item, by=by, today=today, need=need, reason=reason):
        raise Refused(refusal)
    item.interpretation_need, item.interpretation_reason = need, reason.strip() if need else ""
    restate(item, "interpretation_need", "interpretation_reason")
    record(
        "publishing.set_interpretation_need", item, by=by, today=today, ground=RULE, need=need, remarks=reason.strip()
    )
    return item
