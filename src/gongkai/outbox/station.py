"""站内消息: say something to a person once; what is unread is counted without asking the database for every page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.cache import BaseCache, caches
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from gongkai.outbox.models import StationMessage
from gongkai.outbox.queue import put_many
from gongkai_core.batches import batches

TOPIC = "station.message"
MOST_COUNTED = 99
COUNTED_FOR = 60
"""Seconds for which a count is believed; whatever changes it forgets it at once."""
BATCH = 500


@dataclass(frozen=True)
class Line:
    """One message: to whom (the key of a user), what it says, where it leads, and what makes it this one."""

    person: int
    key: str
    title: str
    url: str = ""


@transaction.atomic
def tell(lines: Iterable[Line]) -> int:
    """Write messages with the caller's act; the same key is said to a person once. Returns how many are new."""
    wanted = {(line.person, line.key[:160]): line for line in lines}
    told = 0
    for some in batches(list(wanted), BATCH):
        keys = [key for _, key in some]
        people = {person for person, _ in some}
        known = set(StationMessage.objects.filter(person__in=people, key__in=keys).values_list("person_id", "key"))
        rows = [
            StationMessage(
                person_id=person, key=key, title=wanted[person, key].title[:200], url=wanted[person, key].url
            )
            for person, key in some
            if (person, key) not in known
        ]
        StationMessage.objects.bulk_create(rows, ignore_conflicts=True)
        put_many((TOPIC, str(row.public_id), {"message": str(row.public_id)}) for row in rows)
        told += len(rows)
    _forget_counts({person for person, _ in wanted})
    return told


def messages_of(person: Any) -> QuerySet[StationMessage]:
    """The person's own, newest first."""
    return StationMessage.objects.filter(person=person).order_by("-public_id")


def unread(person: Any) -> int:
    """How many the person has not read, counted up to `MOST_COUNTED` and remembered for a minute."""
    count = _counts().get(_count_key(person.pk))
    if count is None:
        waiting = StationMessage.objects.filter(person=person, read_at=None).values_list("pk", flat=True)
        count = len(waiting[: MOST_COUNTED + 1])
        _counts().set(_count_key(person.pk), count, COUNTED_FOR)
    return int(count)


def mark_read(messages: QuerySet[StationMessage], person: Any) -> int:
    """Mark the person's messages as read. Returns how many were not."""
    marked = messages.filter(person=person, read_at=None).update(read_at=timezone.now())
    _forget_counts({person.pk})
    return marked


def erase(before: datetime) -> int:
    """Erase what was sent before a moment: messages are no records. Returns how many."""
    return StationMessage.objects.filter(sent_at__lt=before).delete()[0]


def _forget_counts(people: set[int]) -> None:
    """Now, and again after the commit: between the two, somebody may have counted what was there before."""
    keys = [_count_key(person) for person in people]
    _counts().delete_many(keys)
    transaction.on_commit(lambda: _counts().delete_many(keys), robust=True)


def _counts() -> BaseCache:
    return caches["shared"]


def _count_key(person: int) -> str:
    return f"station.unread.{person}"
