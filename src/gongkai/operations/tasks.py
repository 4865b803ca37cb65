"""What is done once a day; the outbox carries it out, so a second worker doesn't do it again."""

from __future__ import annotations

from datetime import date
from typing import Any

from gongkai.casework import drafts
from gongkai.casework.tasks import nightly as casework_nightly


def nightly(payload: dict[str, Any]) -> None:
    """End what has lapsed, move the days that move with today, erase expired drafts."""
    casework_nightly(date.fromisoformat(payload["day"]))
    while drafts.purge():
        pass
