"""Put messages and deliver them, at least once."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.module_loading import import_string

from gongkai.outbox.models import Message

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
"""How long a claimed message stays hidden from other workers; a killed worker's message comes back after it."""
LONGEST_WAIT = timedelta(hours=1)
AT_ONCE = 20
"""More messages than this in one act are left to the worker: a request must not wait for them."""


class NotNow(Exception):
    """Raised by a handler that may carry the message out only later (免打扰); it is no failure."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until.isoformat())
        self.until = until


_left_to_worker: ContextVar[bool] = ContextVar("left_to_worker", default=False)


@contextmanager
def left_to_worker() -> Iterator[None]:
    """Bulk acts: leave every message put in this block to the worker."""
    token = _left_to_worker.set(True)
    try:
        yield
    finally:
        _left_to_worker.reset(token)


def put(topic: str, key: str, payload: dict[str, Any] | None = None) -> None:
    """Write one message in the caller's transaction; the same topic and key is one message."""
    put_many([(topic, key, payload or {})])


def put_many(messages: Iterable[tuple[str, str, dict[str, Any]]]) -> None:
    """Write several messages; delivery is tried right after the commit."""
    rows = [Message(topic=topic, key=key, payload=payload) for topic, key, payload in messages]
    Message.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    if len(rows) <= AT_ONCE and not _left_to_worker.get():
        keys = [(row.topic, row.key) for row in rows]
        transaction.on_commit(lambda: _deliver_now(keys), robust=True)


def _deliver_now(keys: list[tuple[str, str]]) -> None:
    for topic, key in keys:
        for message in Message.objects.filter(topic=topic, key=key, done_at=None):
            deliver(message)


def deliver(message: Message) -> bool:
    """Claim the message and run its handler. Returns whether it was carried out by this call."""
    now = timezone.now()
    claimed = Message.objects.filter(pk=message.pk, done_at=None, due_at__lte=now).update(
        due_at=now + LEASE, attempts=F("attempts") + 1
    )
    if not claimed:
        return False
    try:
        import_string(settings.OUTBOX_HANDLERS[message.topic])(message.payload)
    except NotNow as later:
        Message.objects.filter(pk=message.pk).update(due_at=later.until, attempts=message.attempts)
        return False
    except Exception as error:
        wait = min(timedelta(seconds=5 * 2 ** min(message.attempts, 12)), LONGEST_WAIT)
        Message.objects.filter(pk=message.pk).update(due_at=timezone.now() + wait, last_error=type(error).__name__)
        log.exception("outbox %s %s failed", message.topic, message.key)
        return False
    Message.objects.filter(pk=message.pk).update(done_at=timezone.now(), last_error="")
    return True


def drain(limit: int = 500) -> int:
    """Deliver what is due now, oldest first. Returns how many were carried out."""
    due = Message.objects.filter(done_at=None, due_at__lte=timezone.now()).order_by("due_at", "pk")
    return sum(deliver(message) for message in due[:limit])
