"""An extract of the trail about one object, with its proof: what somebody without this system can recompute.

The chain's links lie between entries of many objects. So that the extract proves that nothing was left out, put in or
changed between its first and its last entry, the links of other objects stand in it too, without their facts: only
the digest of those. With the head at the time of the extract, the whole trail kept elsewhere can be held against it.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any

from gongkai.trail.chain import digest, facts_digest
from gongkai.trail.models import Entry, Head

LONGEST_SPAN = 50_000
"""Links between the first and the last entry; beyond, the entries prove themselves and the head alone."""


def extract(object_type: str, object_id: str) -> dict[str, Any]:
    """Entries of an object oldest first, the links between them, and the head; plain JSON."""
    own = Entry.objects.filter(object_type=object_type, object_id=object_id)
    entries = [_entry(entry) for entry in own.select_related("actor").order_by("pk")]
    bounds = own.order_by("pk").values_list("pk", flat=True)
    first, last = bounds.first(), bounds.last()
    links: list[dict[str, Any]] | None = []
    if first is not None:
        span = Entry.objects.filter(pk__range=(first, last)).order_by("pk")[: LONGEST_SPAN + 1]
        links = [_link(entry) for entry in span]
        links = links if len(links) <= LONGEST_SPAN else None
    head = Head.objects.get(pk=1)
    return {
        "object": {"type": object_type, "id": object_id},
        "entries": entries,
        "links": links,
        "head": {"digest": head.digest, "length": head.length},
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        **_link(entry),
        "actor": entry.actor.name if entry.actor else "",
        "facts": entry.facts,
        "purged": entry.purged_at is not None,
    }


def _link(entry: Entry) -> dict[str, Any]:
    return {
        "serial": entry.pk,
        "algorithm": entry.algorithm,
        "previous": entry.previous,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "legal_day": entry.legal_day.isoformat(),
        "actor_id": entry.actor_id,
        "verb": entry.verb,
        "object_type": entry.object_type,
        "object_id": entry.object_id,
        "ground": entry.ground,
        "facts_digest": entry.facts_digest,
        "digest": entry.digest,
    }


def faults(document: dict[str, Any]) -> list[str]:
    """What in an extract does not hold, in words; empty for one that proves itself. Asks no database."""
    found = []
    for row in document["entries"]:
        entry = _restored(row)
        if digest(entry) != row["digest"]:
            found.append(f"第 {row['serial']} 条：内容与摘要不符")
        if not row["purged"] and facts_digest(entry) != row["facts_digest"]:
            found.append(f"第 {row['serial']} 条：事实与摘要不符")
    links = document["links"]
    if links is None:
        return found
    for before, after in pairwise(links):
        if after["previous"] != before["digest"]:
            found.append(f"第 {after['serial']} 条：与上一条不相连")
    found += [f"第 {row['serial']} 条：链上的摘要不符" for row in links if digest(_restored(row)) != row["digest"]]
    named = (document["object"]["type"], document["object"]["id"])
    chained = [row["digest"] for row in links if (row["object_type"], row["object_id"]) == named]
    if chained != [row["digest"] for row in document["entries"]]:
        found.append("摘录的条目与链上的不一致（有遗漏或者添加）")
    return found


def _restored(row: dict[str, Any]) -> Entry:
    return Entry(
        algorithm=row["algorithm"],
        previous=row["previous"],
        at=datetime.fromisoformat(row["at"]),
        legal_day=date.fromisoformat(row["legal_day"]),
        actor_id=row["actor_id"],
        verb=row["verb"],
        object_type=row["object_type"],
        object_id=row["object_id"],
        ground=row["ground"],
        facts=row.get("facts", {}),
        facts_digest=row["facts_digest"],
    )
