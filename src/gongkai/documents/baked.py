"""Baked pages (静态页) as files: a reader never meets half a page, and a killed process leaves nothing among them.

A page is written under `.new/`, where no address leads, and renamed to its place. What a killed process left there
goes when the page is written the next time, as it will be: the message that was being carried out comes again.
"""

from __future__ import annotations

import time
import uuid
from contextlib import suppress
from pathlib import Path

from django.core.files.storage import storages

UNFINISHED = ".new"
ABANDONED_AFTER = 60
"""Seconds: nobody takes that long to write a page, and a killed process's message is hidden for longer."""


def place(name: str, content: bytes | None) -> None:
    """Put a page at its place in the baked storage; None removes it."""
    path, beside = _path(name), _path(f"{UNFINISHED}/{name}.{uuid.uuid4().hex}")
    _clear_away(beside.parent, Path(name).name)
    if content is None:
        path.unlink(missing_ok=True)
        return
    for folder in (path.parent, beside.parent):
        folder.mkdir(parents=True, exist_ok=True)
    beside.write_bytes(content)
    beside.chmod(0o644)
    beside.replace(path)


def read(name: str) -> bytes | None:
    """The bytes at a place, or None when nothing lies there."""
    try:
        with storages["baked"].open(name) as file:
            return file.read()
    except FileNotFoundError:
        return None


def _path(name: str) -> Path:
    return Path(storages["baked"].path(name))


def _clear_away(folder: Path, page: str) -> None:
    for left in folder.glob(f"{page}.*"):
        with suppress(FileNotFoundError):  # it was finished in the meantime
            if time.time() - left.stat().st_mtime > ABANDONED_AFTER:
                left.unlink()
