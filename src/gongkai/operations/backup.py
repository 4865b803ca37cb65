"""备份: database, files, baked pages and keys of this installation in one archive."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage, storages
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from gongkai.agencies.models import Installation
from gongkai.documents.baked import UNFINISHED
from gongkai.operations import archive, engines
from gongkai.trail.chain import record
from gongkai.trail.models import Entry
from gongkai_core.refusals import Refusal, Refused

VERB = "operations.backup"
MAX_AGE = timedelta(days=7)
"""A backup older than this is reported by `doctor` and on 还要设置什么."""
KEYS = "keys"


@dataclass(frozen=True)
class Made:
    """A finished backup."""

    path: Path
    size: int
    files: int
    with_keys: bool


def can_back_up() -> Refusal | None:
    if Installation._meta.db_table not in engines.tables() or Installation.current() is None:
        return Refusal("not_initialised", "还没有初始化，没有可备份的内容：先运行 gongkai site init")
    if not all(hasattr(storage, "location") for storage in (default_storage, storages["baked"])):
        return Refusal("remote_files", "附件不在本机目录（对象存储），请用对象存储自己的备份；这里只备份本机目录")
    return None


def back_up(folder: Path, *, keys: bool = True) -> Made:
    """Write gongkai-backup-<time>.tar.gz into `folder` while the site runs. Raises Refused, OSError.

    The database is copied first, as of one moment; files are only ever added, so those it names are there when
    they are copied after it.
    """
    if refusal := can_back_up():
        raise Refused(refusal)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    now = timezone.localtime()
    target = folder / f"gongkai-backup-{now:%Y%m%d-%H%M%S}.tar.gz"
    if target.exists():
        raise Refused(Refusal("exists", f"{target.name} 已存在，请稍后再试"))
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=folder) as work:
        copy = Path(work) / "database"
        engines.copy_out(copy)
        files = [(engines.FILES[connection.vendor], copy), *_files(keys)]
        manifest = archive.write(target, files, _facts(now, keys=keys))
    made = Made(target, target.stat().st_size, len(manifest["files"]), keys)
    with transaction.atomic():
        record(VERB, Installation.current(), by=None, file=target.name, size=made.size, files=made.files, keys=keys)
    return made


def last_made_at() -> datetime | None:
    """When the last backup was made, by the trail."""
    ours = Entry.objects.filter(object_type=Installation._meta.label_lower, object_id="1", verb=VERB)
    return ours.order_by("-id").values_list("at", flat=True).first()


def key_digest(path: Path) -> str:
    """By which a backup without keys knows its key file again."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""


def _files(keys: bool) -> Iterator[tuple[str, Path]]:
    yield from _below("blobs", Path(default_storage.location))
    unfinished = f"public/{UNFINISHED}/"
    yield from (row for row in _below("public", Path(storages["baked"].location)) if not row[0].startswith(unfinished))
    if keys:
        yield from _below(KEYS, settings.HOME / "keys")
        if settings.KEY_FILE.parent != settings.HOME / "keys" and settings.KEY_FILE.exists():
            yield f"{KEYS}/{settings.KEY_FILE.name}", settings.KEY_FILE


def _below(part: str, folder: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or path.is_file():
            yield f"{part}/{path.relative_to(folder).as_posix()}", path


def _facts(now: datetime, *, keys: bool) -> dict[str, Any]:
    return {
        "program": _version(),
        "made_at": now.isoformat(timespec="seconds"),
        "government": str(Installation.current()),
        "engine": connection.vendor,
        "migrations": sorted(map(list, MigrationRecorder(connection).applied_migrations())),
        "keys": keys,
        "key_digest": key_digest(settings.KEY_FILE),
    }


def _version() -> str:
    try:
        return version("gongkai")
    except PackageNotFoundError:
        return "未安装的源码"
