"""恢复: an archive, checked to its last byte, becomes an installation again."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from gongkai.operations import archive, engines
from gongkai.operations.backup import KEYS, key_digest
from gongkai_core.refusals import Refusal, Refused

# In this order: a home has a database only when all that the database names is there.
_PARTS = (KEYS, "blobs", "public")
_DATABASE = "gongkai.sqlite3"


@dataclass(frozen=True)
class Restored:
    """What a restoration did; `replaced` is where that which stood there before is kept, if anything did."""

    manifest: dict[str, Any]
    home: Path
    replaced: Path | None
    keys_missing: bool


def check(path: Path) -> dict[str, Any]:
    """Read the archive to its end and return its manifest. Raises Refused when anything is not as it was written."""
    return _unpack(path, None)


def restore(path: Path, home: Path, *, force: bool = False) -> Restored:
    """Check every digest, then put the archive's parts into `home`. Raises Refused, OSError.

    Until everything has been checked nothing in `home` is touched. With `force` what stands there is moved aside,
    not deleted. A PostgreSQL archive goes into the database of DATABASE_URL, the files into `home`.
    """
    if refusal := can_restore(home, force=force):
        raise Refused(refusal)
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=".restoring-", dir=home))
    try:
        manifest = _unpack(path, staging)
        _check_fits(manifest, staging, force=force)
        if manifest["engine"] == "postgresql":
            engines.copy_in_postgresql(staging / engines.FILES["postgresql"], clean=force)
        replaced = _put_in_place(staging, home)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    missing = key_digest(_key_file(home)) != manifest["key_digest"]
    return Restored(manifest, home, replaced, missing)


def can_restore(home: Path, *, force: bool) -> Refusal | None:
    """An installation's folder is not overwritten unless told to; one that only the installer filled is empty."""
    if not force and _occupied(home):
        return Refusal(
            "not_empty", f"{home} 中已有数据，没有恢复。换一个空目录，或者加 --force（原有数据移到旁边，不删除）"
        )
    return None


def _occupied(home: Path) -> bool:
    return (
        (home / _DATABASE).exists()
        or (home / KEYS / settings.KEY_FILE.name).exists()
        or any((home / part).is_dir() and any((home / part).iterdir()) for part in ("blobs", "public"))
    )


def _unpack(path: Path, into: Path | None) -> dict[str, Any]:
    if not path.is_file():
        raise Refused(Refusal("no_file", f"没有 {path} 这个文件"))
    try:
        return archive.unpack(path, into)
    except archive.ArchiveDamaged as damage:
        raise Refused(Refusal("damaged", f"{damage}。没有恢复，请换一份备份")) from None


def _check_fits(manifest: dict[str, Any], staging: Path, *, force: bool) -> None:
    """The archive belongs to this program's version and database engine."""
    known = MigrationLoader(None).disk_migrations
    if any(tuple(name) not in known for name in manifest["migrations"]):
        raise Refused(
            Refusal("newer", f"备份由更新的版本（{manifest['program']}）做成，本机程序读不懂；请先升级程序再恢复")
        )
    if manifest["engine"] != connection.vendor:
        raise Refused(
            Refusal(
                "other_engine",
                f"备份的数据库是 {manifest['engine']}，本机设置的是 {connection.vendor}；请按备份设置 DATABASE_URL",
            )
        )
    if manifest["engine"] == "sqlite":
        try:
            engines.check_copy(staging / engines.FILES["sqlite"])
        except sqlite3.DatabaseError as error:
            raise Refused(Refusal("broken_database", f"备份中的数据库打不开（{error}），没有恢复")) from None
    elif not force and engines.tables():
        raise Refused(Refusal("not_empty", "DATABASE_URL 指向的数据库不是空的，没有恢复；换一个空库，或者加 --force"))


def _put_in_place(staging: Path, home: Path) -> Path | None:
    """Move each part from the staging folder, on the same disk, to where it belongs; what was there moves aside."""
    aside = home / f"replaced-{timezone.localtime():%Y%m%d-%H%M%S}"
    for part in _PARTS:
        if (staging / part).exists():
            _swap(staging / part, home / part, aside / part)
    copy = staging / engines.FILES["sqlite"]
    if copy.exists():
        for tail in ("-wal", "-shm"):
            _aside(home / f"{_DATABASE}{tail}", aside / f"{_DATABASE}{tail}")
        _swap(copy, home / _DATABASE, aside / _DATABASE)
    return aside if aside.exists() else None


def _swap(new: Path, place: Path, aside: Path) -> None:
    _aside(place, aside)
    new.rename(place)


def _aside(place: Path, aside: Path) -> None:
    if place.exists() or place.is_symlink():
        aside.parent.mkdir(mode=0o700, exist_ok=True)
        place.rename(aside)


def _key_file(home: Path) -> Path:
    return home / KEYS / settings.KEY_FILE.name
