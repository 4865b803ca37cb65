"""Where versions, their item and its column stand after a step: the one writer of `state`."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import F

from gongkai.publishing.models import Column, Item, ItemVersion
from gongkai.publishing.models.walk import EVER_PUBLIC
from gongkai_core.states import ITEM_VERSION, item_state


def step(version: ItemVersion, event: str, *changed: str, facts: Collection[str] = ()) -> None:
    """Take the machine's step for a version whose refusals were asked, and save it with the fields changed."""
    version.state = ITEM_VERSION.next(version.state, event, facts).next
    # What is no longer public needs no review afterwards.
    if version.state in ("superseded", "withdrawn"):
        version.waits_for, version.recheck_by = "", None
        changed = (*changed, "waits_for", "recheck_by")
    version.save(update_fields=["state", *changed])


def restate(item: Item, *changed: str) -> None:
    """Derive the item's word from its versions and save it with the fields changed."""
    item.state = item_state(list(item.versions.order_by("number").values_list("state", flat=True)))
    item.row_version += 1
    item.save(update_fields=["state", "row_version", *changed])


def silence(item: Item) -> None:
    """Nothing that was public of the item until now may be seen in public again, in a printed gazette neither."""
    item.versions.filter(state__in=EVER_PUBLIC).update(withdrawn_silently=True)


def move(version: ItemVersion, event: str, *changed: str, facts: Collection[str] = ()) -> None:
    """A step that changes nothing of the item but its word."""
    step(version, event, *changed, facts=facts)
    restate(version.item)


def place_in_column(item: Item, column: Column) -> int:
    """The serial under which an item that becomes public (again) stands in the column's list."""
    if item.column_serial and item.column_id == column.pk:
        if not item.is_public:
            _count(column, 1)
        return item.column_serial
    if item.is_public:
        leave_column(item)
    return take_serials(column, 1)


def take_serials(column: Column, count: int) -> int:
    """Take `count` serials of a column's public list, oldest first; returns the first of them."""
    Column.objects.filter(pk=column.pk).update(
        last_serial=F("last_serial") + count, public_count=F("public_count") + count
    )
    return Column.objects.values_list("last_serial", flat=True).get(pk=column.pk) - count + 1


def leave_column(item: Item) -> None:
    """One item fewer is public in its column; its serial is never used again."""
    _count(item.column, -1)


def _count(column: Column, change: int) -> None:
    Column.objects.filter(pk=column.pk).update(public_count=F("public_count") + change)
