from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction

from gongkai.agencies.models import Agency, Role, User
from gongkai.agencies.permissions import needs_role
from gongkai.publishing.deadlines import shown_elsewhere
from gongkai.publishing.models import Channel, Item, Publication
from gongkai.trail.chain import act, record_many
from gongkai_core.refusals import Refusal, Refused

GROUND = "条例第二十三条"


def can_tick_channel(agency: Agency, *, by: User, today: date) -> Refusal | None:
    """Drafters and publishers of the organ; the website's row is written by publishing alone."""
    refusal = needs_role(by, Role.DRAFTER, agency, on=today)
    return needs_role(by, Role.PUBLISHER, agency, on=today) if refusal else None


@transaction.atomic
def tick_channel(agency: Agency, items: Collection[Item], *, channel: str, on: date, by: User, today: date) -> int:
    """Note that public items of an organ also appeared in a channel on a day. Returns how many; raises Refused.

    An item already noted there keeps its first day.
    """
    if refusal := can_tick_channel(agency, by=by, today=today):
        raise Refused(refusal)
    if channel == Channel.WEBSITE or channel not in Channel.values:
        raise Refused(Refusal("channel", "政府网站的公开由发布记下，其他渠道才登记", GROUND))
    if on > today:
        raise Refused(Refusal("future_date", "公开日期在今天之后", GROUND))
    if any(item.agency_id != agency.pk or not item.is_public for item in items):
        raise Refused(Refusal("not_public", "只能登记本机关已公开的条目", GROUND))
    rows = [Publication(item=item, agency=agency, channel=channel, published_on=on) for item in items]
    Publication.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)
    shown_elsewhere(items, on=on)
    record_many(
        act("publishing.tick_channel", item, by=by, today=today, ground=GROUND, channel=channel, on=on)
        for item in items
    )
    return len(rows)
