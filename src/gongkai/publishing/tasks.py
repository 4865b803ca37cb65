"""Baking (生成静态页) of items: written down with the act, done after its commit, at least once."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.core.files.storage import storages
from django.utils import timezone

from gongkai.documents import baked, blobs
from gongkai.outbox.queue import put_many
from gongkai.publishing.models import Attachment, Batch, Item, ItemVersion, ValidityChange
from gongkai.publishing.pages import frame, page_of, render_page, shown_items

TOPIC = "publishing.item"
AT_ONCE = 100
"""Pages per message of a batch: well within a message's lease."""


def announce(item: Item) -> None:
    """Have the item's page and every page that names it brought up to date."""
    cause = f"{item.public_id}@{item.row_version}"
    pages = [item.public_id, *(other.public_id for other in _dependents(item))]
    put_many((TOPIC, f"{page}/{cause}", {"items": [str(page)]}) for page in pages)


def announce_all(items: Sequence[Item], *, cause: Batch) -> None:
    """The same for all items of a batch, in groups."""
    pages = [item.public_id for item in items]
    pages += [item.interprets.public_id for item in items if item.interprets]
    groups = [pages[start : start + AT_ONCE] for start in range(0, len(pages), AT_ONCE)]
    put_many(
        (TOPIC, f"{cause.public_id}@{cause.round}/{number}", {"items": [str(page) for page in group]})
        for number, group in enumerate(groups)
    )


def _dependents(item: Item) -> Iterator[Item]:
    """The items whose pages name this one."""
    if item.interprets:
        yield item.interprets
    yield from item.interpreting_items.public()
    # By key, not by join: a join is entered through all that is public.
    changes = ValidityChange.objects.order_by()
    yield from Item.objects.public().filter(pk__in=changes.filter(item=item).values("document"))
    yield from Item.objects.public().filter(pk__in=changes.filter(document=item).values("item"))


def bake_item(payload: dict[str, Any]) -> None:
    """Bring the baked pages of `payload["items"]` (public ids) to what the database says now."""
    waiting = [uuid.UUID(public_id) for public_id in payload["items"]]
    around = frame()
    # An act may commit while we write: look again until nothing moved, so that an older page never stays.
    while waiting:
        written = {}
        items = list(shown_items().filter(public_id__in=waiting))
        files = _files_of(items)
        for item in items:
            _bake(item, around)
            _bake_files(item, files.get(item.pk, []))
            written[item.public_id] = item.row_version
        now = Item.objects.filter(public_id__in=written).values_list("public_id", "row_version")
        waiting = [public_id for public_id, row_version in now if row_version != written[public_id]]


def _files_of(items: Sequence[Item]) -> dict[int, list[Attachment]]:
    """The files of all versions of some items, by the items' keys."""
    versions = dict(ItemVersion.objects.filter(item__in=[item.pk for item in items]).values_list("pk", "item_id"))
    files: dict[int, list[Attachment]] = {}
    for row in Attachment.objects.filter(version__in=list(versions)).select_related("blob"):
        files.setdefault(versions[row.version_id], []).append(row)
    return files


def _bake(item: Item, around: dict[str, Any]) -> None:
    page = page_of(item, on=timezone.localdate())
    for status, gone in ((200, False), (410, True)):
        content = render_page(page, around) if page and page.status == status else None
        baked.place(baked_name(item.public_id, gone=gone), content)


def _bake_files(item: Item, rows: Sequence[Attachment]) -> None:
    """The files of the public version lie in the baked storage; those of other versions alone, and all of an item
    that is not public, don't."""
    shown = {row.key: row for row in rows if item.is_public and row.version_id == item.published_version_id}
    for row in rows:
        name = baked_file(row.key, row.ending)
        if row.key not in shown:
            baked.place(name, None)
        elif not storages["baked"].exists(name):
            baked.place(name, blobs.read(row.blob))


def baked_file(key: uuid.UUID, ending: str) -> str:
    """Where an attachment lies in the baked storage; its bytes never change under its name."""
    return f"files/{key.hex[-2:]}/{key}.{ending}"


def baked_name(public_id: uuid.UUID, *, gone: bool = False) -> str:
    """Where a page lies in the baked storage; pages of open withdrawals apart, to be served with status 410.

    Folders go by the last two digits: those of a UUIDv7 are random, its first ones are the time.
    """
    return f"{'gone' if gone else 'items'}/{public_id.hex[-2:]}/{public_id}.html"


def read_baked(public_id: uuid.UUID, *, gone: bool = False) -> bytes | None:
    """The baked bytes, or None when the page isn't baked yet."""
    return baked.read(baked_name(public_id, gone=gone))


def baked_names() -> set[str]:
    """The name of every page of an item that lies in the baked storage."""
    root = Path(storages["baked"].path(""))
    return {
        page.relative_to(root).as_posix() for folder in ("items", "gone") for page in root.glob(f"{folder}/*/*.html")
    }
