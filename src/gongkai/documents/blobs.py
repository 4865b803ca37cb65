"""Store and open files."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from gongkai.documents.cipher import open_bytes, seal_bytes
from gongkai.documents.models import Blob

PURGED = "（已清除）"


def store(data: bytes, *, name: str, content_type: str, sealed: bool = False) -> Blob:
    """Keep a file; equal content is kept once. `sealed` for anything that holds personal data."""
    blob = write(data, name=name, content_type=content_type, sealed=sealed)
    blob.save()
    return blob


def write(data: bytes, *, name: str, content_type: str, sealed: bool = False) -> Blob:
    """Write a file's bytes so that they outlast a power failure; the caller saves the row.

    For whoever must not hold a lock on the database while a disk writes. A file without a row is nobody's, and is
    found again by its digest when the same content comes in.
    """
    digest = hashlib.sha256(data).hexdigest()
    location = f"{'sealed' if sealed else 'plain'}/{digest[:2]}/{digest}"
    if not default_storage.exists(location):
        content = seal_bytes(data, digest) if sealed else data
        default_storage.save(location, ContentFile(content))
        _flush(location)
    return Blob(name=name, content_type=content_type, size=len(data), digest=digest, location=location, sealed=sealed)


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
