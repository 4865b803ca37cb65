from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Role, User
from gongkai.agencies.permissions import locked
from gongkai.design.words import BEIJING
from gongkai.publishing.models import Channel, Publication, SuperiorPage
from gongkai.publishing.moments import moment
from gongkai.publishing.permissions import roles_at
from gongkai.publishing.standing import restate
from gongkai.publishing.superior import GROUND, address_refusal, clean_address, is_superior, shown_now
from gongkai.publishing.tasks import announce
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused

FILLERS = {Role.DRAFTER.value, Role.PUBLISHER.value, Role.DISCLOSURE_OFFICE.value}


def can_fill_back(
    page: SuperiorPage, *, by: User, today: date, url: str | None = None, posted_at: datetime | None = None
) -> Refusal | None:
    """Drafters and publishers of the organ and the office; an address of the superior's, after the approval."""
    if not is_superior():
        return Refusal("own_portal", "本县自建门户，没有要回填的网址", GROUND)
    if not roles_at(by, page.agency, on=today) & FILLERS:
        return Refusal("needs_role", f"由{page.agency.short_name}的拟稿人、签发人或者政务公开办回填", GROUND)
    if not page.item.is_public:
        return Refusal("not_public", "这一条没有公开", GROUND)
    if url is None or posted_at is None:
        return None
    return address_refusal(page, url, posted_at, now=max(timezone.now(), moment(today)))


@transaction.atomic
def fill_back(page: SuperiorPage, *, url: str, posted_at: datetime, by: User, today: date) -> SuperiorPage:
    """Take the outside address and time of an item (回填). Raises Refused.

    Where that time is earlier than ours it is the first publication (PUB-02: 首次在任一法定渠道发布).
    """
    item = locked(page.item)
    page = locked(page)
    page.item = item
    if refusal := can_fill_back(page, by=by, today=today, url=url, posted_at=posted_at):
        raise Refused(refusal)
    page.url, page.posted_at, page.filled_at, page.filled_by = clean_address(url), posted_at, moment(today), by
    page.shown, page.verdict, page.verdict_note, page.verdict_at = shown_now(), "", "", None
    page.save()
    if posted_at < item.first_published_at:
        item.first_published_at = posted_at
        day = posted_at.astimezone(BEIJING).date()
        on_website = Publication.objects.filter(item=item, channel=Channel.WEBSITE, published_on__gt=day)
        on_website.update(published_on=day)
    restate(item, "first_published_at")
    # An address often holds the title, and a title may have to go one day: it stays out of the trail.
    record("publishing.fill_back", item, by=by, today=today, ground=GROUND, host=page.host, posted_at=posted_at)
    announce(item)
    return page
