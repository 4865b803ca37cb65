"""Store and open files."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterable
from datetime import datetime
from functools import partial
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from gongkai.documents.cipher import open_bytes, seal_bytes
from gongkai.documents.models import Blob

PURGED = "（已清除）"
APART = "apart"
"""The folder of files that end with what they belong to."""


def store(data: bytes, *, name: str, content_type: str, sealed: bool = False) -> Blob:
    """Keep a file; equal content is kept once. `sealed` for anything that holds personal data."""
    digest = hashlib.sha256(data).hexdigest()
    location = f"{'sealed' if sealed else 'plain'}/{digest[:2]}/{digest}"
    return _stored(data, digest, location, name=name, content_type=content_type, sealed=sealed)


def store_apart(data: bytes, *, name: str, content_type: str) -> Blob:
    """Keep a sealed file in a place of its own, so that `discard` can erase it whoever brings the same again."""
    digest = hashlib.sha256(data).hexdigest()
    location = f"{APART}/{digest[:2]}/{digest}-{secrets.token_hex(8)}"
    return _stored(data, digest, location, name=name, content_type=content_type, sealed=True)


def _stored(data: bytes, digest: str, location: str, *, name: str, content_type: str, sealed: bool) -> Blob:
    """The bytes are on the disk before there is a row, so that they outlast a power failure as the row does."""
    if not default_storage.exists(location):
        content = seal_bytes(data, digest) if sealed else data
        default_storage.save(location, ContentFile(content))
        _flush(location)
    return Blob.objects.create(
        name=name, content_type=content_type, size=len(data), digest=digest, location=location, sealed=sealed
    )


def _flush(location: str) -> None:
    """Make file and name durable, as the database makes its rows: what is acknowledged may not be lost with them."""
    try:
        path = Path(default_storage.path(location))
    except NotImplementedError:
        return  # an object store answers when it has kept what it was given
    for place in (path, path.parent):
        descriptor = os.open(place, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def destroy(digest: str) -> list[str]:
    """Purge a file from this installation wherever it is named: bytes overwritten and gone, names emptied.

    Returns the places where its bytes lay. Whoever reads it afterwards gets FileNotFoundError.
    """
    rows = Blob.objects.filter(digest=digest)
    places = sorted(set(rows.values_list("location", flat=True)))
    rows.update(name=PURGED, purged_at=timezone.now())
    for place in places:
        erase(place)
    return places


def discard(blobs: Iterable[Blob]) -> None:
    """Give up files that were stored apart and that nothing names any more: rows now, bytes when the act is done."""
    found = list(blobs)
    if not found:
        return
    Blob.objects.filter(pk__in=[blob.pk for blob in found]).delete()
    for blob in found:
        transaction.on_commit(partial(erase, blob.location))


def sweep(before: datetime) -> int:
    """Erase files stored apart that no row names, written before that time; returns how many.

    A process that was killed between the rows' end and the bytes' leaves such a file, and so does an act undone.
    """
    folders = default_storage.listdir(APART)[0] if default_storage.exists(APART) else []
    swept = 0
    for folder in folders:
        place = f"{APART}/{folder}/"
        named = set(Blob.objects.filter(location__startswith=place).values_list("location", flat=True))
        for name in default_storage.listdir(place)[1]:
            if place + name not in named and default_storage.get_modified_time(place + name) < before:
                erase(place + name)
                swept += 1
    return swept


def erase(location: str) -> None:
    """Overwrite and remove what lies there, when no file is kept there any more; a second time does nothing."""
    if not Blob.objects.filter(location=location, purged_at=None).exists() and default_storage.exists(location):
        shred(Path(default_storage.path(location)))


def shred(path: Path) -> None:
    """Overwrite a file with zeros before its name goes, so that its sectors no longer hold it."""
    with path.open("r+b", buffering=0) as file:
        left = path.stat().st_size
        while left > 0:
            left -= file.write(bytes(min(left, 1 << 20)))
        os.fsync(file.fileno())
    path.unlink()


def read(blob: Blob) -> bytes:
    """The content as it was given; raises ValueError when it no longer has its digest."""
    with default_storage.open(blob.location) as file:
        content = file.read()
    data = open_bytes(content, blob.digest) if blob.sealed else content
    if hashlib.sha256(data).hexdigest() != blob.digest:
        raise ValueError(f"文件 {blob.name} 的内容与摘要不符")
    return data
