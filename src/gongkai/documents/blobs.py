"""Store and open files."""

from __future__ import annotations

import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from gongkai.documents.cipher import open_bytes, seal_bytes
from gongkai.documents.models import Blob


def store(data: bytes, *, name: str, content_type: str, sealed: bool = False) -> Blob:
    """Keep a file; equal content is kept once. `sealed` for anything that holds personal data."""
    digest = hashlib.sha256(data).hexdigest()
    location = f"{'sealed' if sealed else 'plain'}/{digest[:2]}/{digest}"
    if not default_storage.exists(location):
        content = seal_bytes(data, digest) if sealed else data
        default_storage.save(location, ContentFile(content))
    return Blob.objects.create(
        name=name, content_type=content_type, size=len(data), digest=digest, location=location, sealed=sealed
    )


def read(blob: Blob) -> bytes:
    """The content as it was given; raises ValueError when it no longer has its digest."""
    with default_storage.open(blob.location) as file:
        content = file.read()
    data = open_bytes(content, blob.digest) if blob.sealed else content
    if hashlib.sha256(data).hexdigest() != blob.digest:
        raise ValueError(f"文件 {blob.name} 的内容与摘要不符")
    return data
