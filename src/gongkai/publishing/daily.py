"""What the passing of days does to items by itself; run once a day, harmless when run again or late."""

from __future__ import annotations

from datetime import date, timedelta

from gongkai.outbox.queue import put_many
from gongkai.publishing import rescan
from gongkai.publishing.actions.lapse import lapse
from gongkai.publishing.attachments import forget_waiting
from gongkai.publishing.models import Item
from gongkai.publishing.obligations import nightly as keep_obligations
from gongkai.publishing.querysets import invalid_on
from gongkai.publishing.tasks import TOPIC
from gongkai.publishing.validity import ends_on
from gongkai_core.refusals import Refused

LOOK_BACK = timedelta(days=400)
"""How long the task may have been away and still catch up."""


def nightly(today: date) -> dict[str, int]:
    """Take lists of persons down whose last day has passed; have the pages of documents that ended say so; erase
    files that were brought and never saved with a text; bring obligations up to the day; have what is public looked
    through once more (回扫).

    Returns how many of each.
    """
    rescan.begin(today)
    return {
        "lapsed": _lapse(today),
        "ended": _show_ends(today),
        "forgotten": forget_waiting(),
        "obligations": keep_obligations(today),
    }


def _lapse(today: date) -> int:
    over = Item.objects.public().filter(shown_until__lt=today).order_by("pk")
    return sum(_lapsed(item, today) for item in over)


def _lapsed(item: Item, today: date) -> bool:
    try:
        lapse(item, today=today)
    except Refused:  # somebody was first
        return False
    return True


def _show_ends(today: date) -> int:
    """One message for each end: its key names the day, so that no page is baked for it twice."""
    recent = today - LOOK_BACK
    ended = Item.objects.public().documents().filter(invalid_on(today)).exclude(invalid_on(recent))
    messages = [
        (TOPIC, f"{item.public_id}/ended@{ends_on(item)}", {"items": [str(item.public_id)]})
        for item in ended.order_by("pk")
    ]
    put_many(messages)
    return len(messages)
