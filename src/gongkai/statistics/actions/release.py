from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.statistics.models import Snapshot
from gongkai.trail.chain import record


@transaction.atomic
def release(snapshot: Snapshot, *, by: User, today: date) -> Snapshot:
    """Note that a report printing these figures was published: what is frozen after it is a correction.

    Called by the act that publishes; a second time the first day stays.
    """
    row = locked(snapshot)
    if row.published_on is None:
        row.published_on = today
        row.save(update_fields=["published_on"])
        record("statistics.release", row, by=by, today=today, ground="条例第四十九条", year=row.year, digest=row.digest)
    return row
