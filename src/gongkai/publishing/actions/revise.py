from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.publishing.attachments import carry_over
from gongkai.publishing.chain import step_refusal
from gongkai.publishing.models import Item, ItemVersion
from gongkai.publishing.standing import restate
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused
from gongkai_core.states.items import UNDER_WAY

GROUND = "条例第六条"


def can_revise(item: Item, *, by: User, today: date) -> Refusal | None:
    """A drafter, when the item is public or was withdrawn and nothing newer is under way."""
    under_way = item.versions.filter(state__in=UNDER_WAY).exists()
    return step_refusal(
        standing_version(item), "revise", by=by, today=today, failed=["no_other_version"] if under_way else []
    )


def standing_version(item: Item) -> ItemVersion:
    """The version that is or was public last; before any was, the newest."""
    versions = list(item.versions.select_related("item__agency", "column").order_by("-number"))
    return next((version for version in versions if version.state in ("published", "withdrawn")), versions[0])


@transaction.atomic
def revise(item: Item, *, by: User, today: date) -> ItemVersion:
    """Begin a new version with the content of the last public one, which stays public meanwhile. Raises Refused."""
    item = locked(item)
    if refusal := can_revise(item, by=by, today=today):
        raise Refused(refusal)
    source = standing_version(item)
    version = ItemVersion.objects.create(
        item=item,
        number=item.versions.order_by("-number").values_list("number", flat=True)[0] + 1,
        author=by,
        body=source.body,
        digest=source.digest,
        algorithm=source.algorithm,
        **source.facts(),
    )
    carry_over(source, version)
    restate(item)
    record("publishing.revise", item, by=by, today=today, ground=GROUND, version=version.number)
    return version
