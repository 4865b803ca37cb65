"""Purging a leaked secret from everything this installation holds (architecture §7; domain-spec §11.1 item 4).

Titles, texts and remarks are overwritten in every row that belongs to the items; files, baked pages and what people
typed are destroyed; backups are destroyed one by one by name. Digests, persons and times stay.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.files.storage import default_storage, storages
from django.db import connection, models
from django.db.models import Q
from django.db.models.functions import Cast

from gongkai.agencies.models import Installation, WorkHandoverLine
from gongkai.desk.models import KeptForm
from gongkai.documents import blobs
from gongkai.documents.models import Blob
from gongkai.operations import engines
from gongkai.outbox.models import Message, StationMessage
from gongkai.publishing.content import plain_text
from gongkai.publishing.models import Attachment, GazetteEntry, GazettePrinting, Item, ItemVersion
from gongkai.publishing.tasks import baked_file, baked_name
from gongkai.trail.models import Entry

CLEARED = blobs.PURGED
_WORKINGS = frozenset(
    {
        *("digest", "approved_digest", "algorithm", "index_no", "waits_for", "role", "kind", "stage", "state"),
        *("location", "key"),
    }
)
"""Text columns that hold no words of anybody."""
_SHORTEST_PHRASE = 8
_PHRASES = 12
Evidence = list[tuple[str, str]]


def sha256(text: str | bytes) -> str:
    return hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()


def phrases_of(items: Iterable[Item]) -> list[str]:
    """Words by which the secret would be found again: titles and the longest lines, as they stand in the texts."""
    titles, lines = [], []
    for version in ItemVersion.objects.filter(item__in=items):
        titles.append(version.title)
        lines += [line.strip() for line in plain_text(version.body).split("\n")]
    kept = sorted({line for line in lines if len(line) >= _SHORTEST_PHRASE}, key=lambda line: (-len(line), line))
    return list(dict.fromkeys([*(title for title in titles if len(title) >= _SHORTEST_PHRASE), *kept[:_PHRASES]]))


# Rows ---------------------------------------------------------------------------------------------------------------


def belonging(items: Sequence[Item]) -> Iterator[tuple[type[models.Model], models.QuerySet[Any]]]:
    """Every row of any model that hangs on the items or their versions, and these themselves."""
    versions = list(ItemVersion.objects.filter(item__in=items).values_list("pk", flat=True))
    keys = [item.pk for item in items]
    yield ItemVersion, ItemVersion.objects.filter(pk__in=versions)
    yield Item, Item.objects.filter(pk__in=keys)
    for model in apps.get_models():
        if model in (Item, ItemVersion) or not model.__module__.startswith("gongkai."):
            continue
        wanted = Q()
        for field in model._meta.local_fields:
            if isinstance(field, models.ForeignKey) and field.related_model in (Item, ItemVersion):
                wanted |= Q(**{f"{field.name}__in": keys if field.related_model is Item else versions})
        if wanted:
            yield model, model._default_manager.filter(wanted)


def wordy(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The columns of a model in which somebody may have written words."""
    return [
        field
        for field in model._meta.local_fields
        if isinstance(field, models.CharField | models.TextField) and not field.choices and field.name not in _WORKINGS
    ]


def clear_rows(items: Sequence[Item]) -> Evidence:
    """Overwrite every word in the rows that belong to the items; returns what was there by its digest."""
    found: Evidence = []
    for model, rows in list(belonging(items)):
        fields = wordy(model)
        for row in rows if fields else ():
            written = {field.name: value for field in fields if (value := field.value_from_object(row))}
            if not written:
                continue
            whole = json.dumps(written, ensure_ascii=False, sort_keys=True, default=str)
            found.append((f"{model._meta.verbose_name}（{row.pk}）", sha256(whole)))
            # Unlike each other, for columns that must be unique.
            unlike = f"{CLEARED}{row.pk}"
            changes = {f.name: unlike if (f.max_length or 99) >= len(unlike) else CLEARED for f in fields if f.name in written}  # fmt: skip
            model._default_manager.filter(pk=row.pk).update(**changes)
    return found


def blobs_of(items: Sequence[Item]) -> list[str]:
    """The digests of all files that hang on the items or their versions."""
    digests: set[str] = set()
    for model, rows in belonging(items):
        for field in model._meta.local_fields:
            if isinstance(field, models.ForeignKey) and field.related_model is Blob:
                digests |= set(rows.exclude(**{field.name: None}).values_list(f"{field.name}__digest", flat=True))
    return sorted(digests)


def printed_with(items: Sequence[Item]) -> list[str]:
    """The digests of the gazette's printings in which a text of the items stands."""
    entries = GazetteEntry.objects.filter(item__in=items)
    keys = {str(key) for key in entries.values_list("public_id", flat=True)}
    printings = GazettePrinting.objects.filter(issue__in=entries.values("issue")).select_related("blob")
    return sorted({row.blob.digest for row in printings if keys & row.pages.keys()})


def sharing(items: Sequence[Item]) -> list[Item]:
    """Other items that hold one of the same attached files."""
    digests = blobs_of(items)
    found = Item.objects.filter(versions__attachments__blob__digest__in=digests).exclude(pk__in=[i.pk for i in items])
    return list(found.distinct())


def clear_typed(items: Sequence[Item], phrases: Sequence[str]) -> Evidence:
    """What people typed about them and have not sent: by its address, or by its words."""
    found: Evidence = []
    for row in KeptForm.objects.all():
        text = "\n".join(value for _, value in row.values)
        plain = plain_text(text)
        if any(str(item.public_id) in row.page for item in items) or any(p in text or p in plain for p in phrases):
            found.append((f"自动保存（{row.person.name}，{row.saved_at:%Y-%m-%d %H:%M}）", sha256(text)))
            row.delete()
    return found


def clear_messages(phrases: Sequence[str]) -> Evidence:
    """Outbox payloads that hold its words."""
    found: Evidence = []
    for message in Message.objects.iterator(chunk_size=1000):
        payload = json.dumps(message.payload, ensure_ascii=False)
        if any(phrase in payload for phrase in phrases):
            found.append((f"送达消息（{message.pk}）", sha256(payload)))
            Message.objects.filter(pk=message.pk).update(payload={})
    return found


def clear_told(items: Sequence[Item], phrases: Sequence[str]) -> Evidence:
    """Lines of handovers and of messages to the staff that name them: by the page they lead to, or by their words."""
    found: Evidence = []
    for model in (WorkHandoverLine, StationMessage):
        about = Q()
        for item in items:
            about |= Q(url__contains=str(item.public_id))
        for phrase in phrases:
            about |= Q(title__contains=phrase)
        for row in model.objects.filter(about):
            found.append((f"{model._meta.verbose_name}（{row.pk}）", sha256(row.title)))
            model.objects.filter(pk=row.pk).update(title=CLEARED)
    return found


def entries_of(items: Sequence[Item]) -> models.QuerySet[Entry]:
    """The trail's entries about the items, whose facts may hold remarks."""
    label = Item._meta.label_lower
    return Entry.objects.filter(object_type=label, object_id__in=[str(item.public_id) for item in items]).exclude(
        facts={}
    )


# Files --------------------------------------------------------------------------------------------------------------


def destroy_files(digests: Sequence[str]) -> Evidence:
    for digest in digests:
        Attachment.objects.filter(version=None, blob__digest=digest).delete()
        blobs.destroy(digest)
    return [("文件", digest) for digest in digests]


def baked_files(items: Sequence[Item]) -> list[str]:
    """The names under which pages and files of the items may lie in the baked storage."""
    names = [baked_name(item.public_id, gone=gone) for item in items for gone in (False, True)]
    rows = Attachment.objects.filter(version__item__in=items)
    return [*names, *(baked_file(row.key, row.ending) for row in rows)]


def destroy_baked(names: Sequence[str]) -> Evidence:
    found: Evidence = []
    for name in names:
        path = Path(storages["baked"].path(name))
        if path.exists():
            found.append((f"静态页面 {name}", sha256(path.read_bytes())))
            blobs.shred(path)
    return found


def destroy_backups(since: datetime) -> list[dict[str, str]]:
    """Destroy every backup in the data folder that may hold it, and name those that were written elsewhere."""
    rows: list[dict[str, str]] = []
    here = settings.HOME / "backups"
    for path in sorted(here.glob("*")) if here.is_dir() else ():
        made = datetime.fromtimestamp(path.stat().st_mtime, tz=since.tzinfo)
        if path.is_file() and made >= since:
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            blobs.shred(path)
            rows.append({"file": path.name, "made_at": f"{made:%Y-%m-%d %H:%M}", "how": "destroyed", "digest": digest})
    for path in sorted(settings.HOME.glob("replaced-*")):  # what a restoration moved aside
        shutil.rmtree(path)
        rows.append(
            {"file": path.name, "made_at": path.name.removeprefix("replaced-"), "how": "destroyed", "digest": ""}
        )
    destroyed = {row["file"] for row in rows}
    made = Entry.objects.filter(
        object_type=Installation._meta.label_lower, verb="operations.backup", at__gte=since
    ).order_by("id")  # fmt: skip
    for at, facts in made.values_list("at", "facts"):
        name = str(facts.get("file", ""))
        if name and name not in destroyed:
            rows.append({"file": name, "made_at": f"{at:%Y-%m-%d %H:%M}", "how": "elsewhere", "digest": ""})
    return rows


# Afterwards ---------------------------------------------------------------------------------------------------------


def scrub(items: Sequence[Item]) -> str:
    """Make the database's own files forget what was overwritten; returns what could not be done, or nothing."""
    if connection.in_atomic_block:
        return "数据库文件没有整理（在事务之中）"
    return engines.scrub(sorted({model._meta.db_table for model, _ in belonging(items)} | {Entry._meta.db_table}))


def residue(phrases: Sequence[str]) -> list[str]:
    """Where words of it are still found: columns of the database, files of the data folder. Never the words."""
    return [*_in_columns(phrases), *_in_files(phrases)]


def _in_columns(phrases: Sequence[str]) -> Iterator[str]:
    escaped = [json.dumps(phrase)[1:-1] for phrase in phrases]
    for model in apps.get_models():
        if not model.__module__.startswith(("gongkai.", "django.contrib.sessions")):
            continue
        for field in model._meta.local_fields:
            rows: Any = model._default_manager.all()
            if isinstance(field, models.JSONField):
                rows, words = rows.annotate(_text=Cast(field.name, models.TextField())), [*phrases, *escaped]
                wanted = [Q(_text__contains=word) for word in words if phrases]
            elif isinstance(field, models.CharField | models.TextField) and not field.choices:
                wanted = [Q(**{f"{field.name}__contains": phrase}) for phrase in phrases]
            else:
                continue
            whole = Q()
            for one in wanted:
                whole |= one
            if wanted and (count := rows.filter(whole).count()):
                yield f"{model._meta.verbose_name}·{field.verbose_name}：{count} 处"


def _in_files(phrases: Sequence[str]) -> Iterator[str]:
    words = [phrase.encode() for phrase in phrases]
    places = [Path(default_storage.path("")), Path(storages["baked"].path("")), settings.HOME / "backups"]
    files = [path for place in places if place.is_dir() for path in sorted(place.rglob("*")) if path.is_file()]
    if connection.vendor == "sqlite" and connection.settings_dict["NAME"] and not connection.is_in_memory_db():
        database = Path(str(connection.settings_dict["NAME"]))
        files += [path for tail in ("", "-wal") if (path := database.with_name(database.name + tail)).exists()]
    for path in files:
        if holds(path, words):
            yield f"文件 {path.name}"


def holds(path: Path, words: Sequence[bytes]) -> bool:
    """Whether a file holds one of the words; read piece by piece, with the pieces overlapping."""
    overlap = max(map(len, words), default=1)
    kept = b""
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            whole = kept + piece
            if any(word in whole for word in words):
                return True
            kept = whole[-overlap:]
    return False
