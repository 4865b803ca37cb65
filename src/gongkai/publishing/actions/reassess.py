from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import Role, User
from gongkai.agencies.permissions import locked
from gongkai.publishing.content import version_digest
from gongkai.publishing.derivation import next_reassessment
from gongkai.publishing.models import FACTS, Conclusion, Item, Openness, Reassessment
from gongkai.publishing.permissions import roles_at
from gongkai.trail.chain import record
from gongkai_core.exemptions import REASSESSMENT, SHORTEST_REASON
from gongkai_core.refusals import Refusal, Refused
from gongkai_core.states.items import UNDER_WAY

ASSESSORS = frozenset({Role.REVIEWER.value, Role.SECRECY_REVIEWER.value, Role.PUBLISHER.value})


def can_reassess(item: Item, *, by: User, today: date) -> Refusal | None:
    """A reviewer or publisher of the organ, not who wrote it, for what is kept from the public."""
    if item.openness == Openness.OPEN:
        return Refusal("open", "这一条是主动公开的，不用评估", REASSESSMENT)
    if item.state not in UNDER_WAY:
        return Refusal("ended", f"这一条{item.get_state_display()}，不用评估", REASSESSMENT)
    if not ASSESSORS & roles_at(by, item.agency, on=today):
        return Refusal("needs_role", f"由{item.agency.short_name}的审核人、保密审查员或者签发人评估", REASSESSMENT)
    if item.created_by_id == by.pk:
        return Refusal("own_item", "定为不公开的人不评估自己的条目", REASSESSMENT)
    return None


@transaction.atomic
def reassess(item: Item, *, verdict: str, reason: str, by: User, today: date) -> Reassessment:
    """Look again at a document that is not open (ORG-06): keep it so, or make it a draft to be opened. Raises Refused.

    An opened one walks the whole chain: its author finishes the draft and sends it for review.
    """
    item = locked(item)
    refusal = can_reassess(item, by=by, today=today)
    if refusal is None and verdict not in Conclusion.values:
        refusal = Refusal("no_verdict", "请选择评估结论", REASSESSMENT)
    if refusal is None and len(reason.strip()) < SHORTEST_REASON:
        refusal = Refusal("short_reason", f"评估理由至少写 {SHORTEST_REASON} 字", REASSESSMENT)
    if refusal:
        raise Refused(refusal)
    row = Reassessment.objects.create(item=item, on=today, verdict=verdict, reason=reason.strip(), by=by)
    if verdict == Conclusion.OPEN:
        _open(item)
    else:
        item.reassess_on = next_reassessment(item, today)
    item.row_version += 1
    item.save(update_fields=[*FACTS, "reassess_on", "row_version"])
    record("publishing.reassess", item, by=by, today=today, ground=REASSESSMENT, verdict=verdict, next=item.reassess_on)
    return row


def _open(item: Item) -> None:
    version = item.versions.select_related("column", "interprets").get(state__in=UNDER_WAY)
    opened = {"openness": Openness.OPEN, "exemption": "", "openness_reason": "", "openness_article": ""}
    opened |= {"openness_note": "", "confirmed_note": ""}
    for name, value in opened.items():
        setattr(version, name, value)
        setattr(item, name, value)
    version.digest = version_digest(version, item.agency)
    version.save(update_fields=[*opened, "digest"])
    item.reassess_on = None
