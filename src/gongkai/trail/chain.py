"""Append to the chain and verify it."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from gongkai.trail.models import Entry, Head

GENESIS = "0" * 64


@dataclass(frozen=True)
class Act:
    """What is to be recorded; `facts` must be JSON and must hold no personal data."""

    verb: str
    object_type: str
    object_id: str
    actor_id: int | None
    ground: str
    facts: dict[str, Any]
    legal_day: date | None = None
    """The day on which it counts; None for the day on which it is recorded."""


def act(
    verb: str, obj: models.Model | None, *, by: Any, today: date | None = None, ground: str = "", **facts: Any
) -> Act:
    """Describe one act on `obj` (named by its public id) by a user or, with None, by the system.

    `today` is the legal day on which it is done, as every action is told it.
    """
    label = obj._meta.label_lower if obj is not None else ""
    identity = "" if obj is None else str(getattr(obj, "public_id", obj.pk))
    return Act(verb, label, identity, getattr(by, "pk", None), ground, facts, today)


def record(
    verb: str, obj: models.Model | None, *, by: Any, today: date | None = None, ground: str = "", **facts: Any
) -> Entry:
    """Write one act into the chain, inside the caller's transaction. Returns the entry."""
    return record_many([act(verb, obj, by=by, today=today, ground=ground, **facts)])[0]


def record_many(acts: Iterable[Act]) -> list[Entry]:
    """Write several acts in order; one lock on the head for all of them."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("the trail is written in the act's own transaction")
    acts = list(acts)
    previous = _held_head(len(acts))
    entries = []
    for item in acts:
        now = timezone.now()
        entry = Entry(
            at=now,
            legal_day=item.legal_day or timezone.localdate(now),
            actor_id=item.actor_id,
            verb=item.verb,
            object_type=item.object_type,
            object_id=item.object_id,
            ground=item.ground,
            # As the database will give it back: dates and the like become text before they are hashed.
            facts=json.loads(json.dumps(item.facts, ensure_ascii=False, default=str)),
            previous=previous,
        )
        entry.facts_digest = facts_digest(entry)
        entry.digest = previous = digest(entry)
        entries.append(entry)
    Entry.objects.bulk_create(entries, batch_size=500)
    Head.objects.filter(pk=1).update(digest=previous)
    return entries


def _held_head(count: int) -> str:
    """The digest of the last link. The head counts so many links up, which holds it until the transaction ends."""
    table = connection.ops.quote_name(Head._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET length = length + %s WHERE id = 1 RETURNING digest", [count])  # noqa: S608
        (head,) = cursor.fetchone()
    return str(head)


def digest(entry: Entry) -> str:
    """The link's digest over the link before it and every column but the serial number and itself.

    The facts stand in it by their own digest.
    """
    content = [
        entry.algorithm,
        entry.previous,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.legal_day.isoformat(),
        entry.actor_id,
        entry.verb,
        entry.object_type,
        entry.object_id,
        entry.ground,
        entry.facts_digest,
    ]
    return _hashed(entry.algorithm, content)


def facts_digest(entry: Entry) -> str:
    return _hashed(entry.algorithm, entry.facts)


def _hashed(algorithm: str, content: Any) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.new(algorithm, text.encode()).hexdigest()


PURGE = "trail.purge"


def purge(entries: models.QuerySet[Entry], *, by: Any, cause: models.Model, ground: str) -> list[str]:
    """Empty the facts of entries that hold a leaked secret, and nothing else of them; returns the digests of the facts.

    The one channel through which the log is ever changed (domain-spec §11.1 item 4): an entry of the chain names what
    was purged and for which case, and the verification accepts no other emptiness.
    """
    found = list(entries.filter(purged_at=None).order_by("id").values_list("id", "facts_digest"))
    if not found:
        return []
    record(PURGE, cause, by=by, ground=ground, entries=[number for number, _ in found])
    Entry.objects.filter(pk__in=[number for number, _ in found]).update(facts={}, purged_at=timezone.now())
    return [digested for _, digested in found]


@dataclass(frozen=True)
class Verdict:
    """What a verification found: `broken_at` is the first serial number that does not hold, or None."""

    length: int
    head: str
    broken_at: int | None
    reason: str
    checked_at: datetime

    @property
    def holds(self) -> bool:
        return self.broken_at is None and not self.reason


def verify() -> Verdict:
    """Recompute the whole chain and compare it with the head."""
    previous, length = GENESIS, 0
    emptied: set[int] = set()
    for entry in Entry.objects.order_by("id").iterator(chunk_size=2000):
        if entry.previous != previous:
            return Verdict(length, previous, entry.pk, "与上一条不相连（有条目被删除、插入或调换）", timezone.now())
        if digest(entry) != entry.digest:
            return Verdict(length, previous, entry.pk, "内容与摘要不符（条目被改动）", timezone.now())
        if entry.purged_at:
            emptied.add(entry.pk)
        elif facts_digest(entry) != entry.facts_digest:
            return Verdict(length, previous, entry.pk, "内容与摘要不符（条目被改动）", timezone.now())
        if entry.verb == PURGE:
            emptied -= set(entry.facts.get("entries", ()))
        previous, length = entry.digest, length + 1
    head = Head.objects.get(pk=1)
    if emptied:
        return Verdict(length, previous, min(emptied), "内容被清空，没有泄露处置的记录", timezone.now())
    if (head.digest, head.length) != (previous, length):
        return Verdict(length, previous, None, "末尾与链头不符（末尾条目被删除）", timezone.now())
    return Verdict(length, previous, None, "", timezone.now())
