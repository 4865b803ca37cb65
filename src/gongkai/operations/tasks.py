"""What is done once a day; the outbox carries it out, so a second worker doesn't do it again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from gongkai.casework import drafts, reminders, similar
from gongkai.casework.tasks import nightly as casework_nightly
from gongkai.desk import channels, kept_forms
from gongkai.documents import blobs
from gongkai.outbox.queue import left_to_worker
from gongkai.publishing import superior_check
from gongkai.publishing.daily import nightly as publishing_nightly
from gongkai.statistics import reminders as filing_reminders
from gongkai.statistics.rollups import recount


def nightly(payload: dict[str, Any]) -> None:
    """End what has lapsed, move the days that move with today, remind, take lists down, erase expired drafts, count the year."""
    today = date.fromisoformat(payload["day"])
    casework_nightly(today)
    similar.catch_up(today)
    with left_to_worker():
        reminders.nightly(today)  # after the last days have moved
        filing_reminders.nightly(today)
    channels.erase_old(today)
    publishing_nightly(today)
    while drafts.purge():
        pass
    blobs.sweep(before=timezone.now() - timedelta(days=1))
    kept_forms.purge()
    superior_check.nightly(today)
    for year in (today.year - 1, today.year):
        recount(year)  # last: whatever the night changed is counted
