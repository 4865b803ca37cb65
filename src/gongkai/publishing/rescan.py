"""回扫: every night all that is public is looked through once more, since lists, rules and the law move on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Prefetch, QuerySet

from gongkai.outbox.queue import left_to_worker, put
from gongkai.publishing.hits import Group, checker, grouped, material_of
from gongkai.publishing.models import Attachment, Item, RescanHit

TOPIC = "publishing.rescan"
AT_ONCE = 100
"""Items a message: well within a message's lease."""


def begin(today: date) -> None:
    """Have tonight's rescan done by the worker."""
    _put(today, after=0)


def rescan(payload: dict[str, Any]) -> None:
    """Look through the next items and leave the ones after them to another message."""
    today = date.fromisoformat(payload["day"])
    items = list(_public().filter(pk__gt=payload["after"])[:AT_ONCE])
    judge = checker()
    for item in items:
        material = material_of(
            item.title, item.published_version.body, today=today, files=item.published_version.shown_files
        )
        known = {row.fingerprint: row for row in item.dismissals.all()}
        keep(item, grouped(judge.check(material), known), today)
    if len(items) == AT_ONCE:
        _put(today, after=items[-1].pk)
    else:
        RescanHit.objects.exclude(item__state="published").delete()


def _public() -> QuerySet[Any]:
    files = Prefetch("published_version__attachments", Attachment.objects.select_related("blob"), to_attr="shown_files")
    found = Item.objects.public().select_related("agency", "published_version").prefetch_related("dismissals", files)
    return found.order_by("pk")


@transaction.atomic
def keep(item: Item, groups: Iterable[Group], today: date) -> None:
    """Make the item's rows say what stands in it now; what was known before keeps its day."""
    found = {group.fingerprint: group for group in groups if group.open and not group.is_hint}
    known = set(item.rescan_hits.values_list("fingerprint", flat=True))
    item.rescan_hits.filter(fingerprint__in=known - found.keys()).delete()
    RescanHit.objects.bulk_create(
        (
            RescanHit(
                agency=item.agency,
                item=item,
                fingerprint=key,
                name=group.hit.name,
                kind=group.hit.kind.value,
                strict=group.strict,
                where=group.hit.where[:80],
                around=group.hit.around[:200],
                suggestion=group.hit.suggestion[:200],
                found_on=today,
            )
            for key, group in found.items()
            if key not in known
        ),
        ignore_conflicts=True,
    )


def _put(today: date, *, after: int) -> None:
    with left_to_worker():
        put(TOPIC, f"{today}/{after}", {"day": today.isoformat(), "after": after})
