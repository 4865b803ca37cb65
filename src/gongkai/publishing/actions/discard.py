from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.publishing.actions.edit import can_edit
from gongkai.publishing.models import ItemVersion
from gongkai.publishing.permissions import locked_version
from gongkai.publishing.standing import move
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused


def can_discard(version: ItemVersion, *, by: User, today: date) -> Refusal | None:
    """The author, before the text was ever public."""
    return can_edit(version, by=by, today=today, event="discard")


@transaction.atomic
def discard(version: ItemVersion, *, by: User, today: date) -> ItemVersion:
    """Give a draft up (作废); it stays on record. Raises Refused."""
    version = locked_version(version)
    if refusal := can_discard(version, by=by, today=today):
        raise Refused(refusal)
    move(version, "discard")
    record("publishing.discard", version.item, by=by, today=today, version=version.number)
    return version
