"""Measurements beside a peer: `make bench`, or `make bench ONLY=name`.

Each module in this folder has `run() -> list[Row]`. It first checks that ours and the peer give equal results,
then times both. Each runs in a process of its own, on an otherwise idle machine.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TypedDict

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / "var" / "cache" / "bench"


class Row(TypedDict):
    """One measured thing. `ours` and `peer` are in `unit`; `ratio` is how many times better ours is."""

    name: str
    ours: float
    peer: float | None
    ratio: float | None
    unit: str
    note: str


def site(name: str) -> bool:
    """Start Django on a SQLite site of its own in the cache, migrated; True when it is new and must be filled.

    Large data are made once: the caller fills a new site inside one transaction and calls `keep(name)`.
    """
    home = CACHE / name
    new = not (home / ".complete").exists()
    if new and home.exists():
        for file in home.glob("gongkai.sqlite3*"):
            file.unlink()
    os.environ.pop("DATABASE_URL", None)
    os.environ["GONGKAI_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "gongkai.config.settings"

    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    return new


def keep(name: str) -> None:
    """Say that the site `name` is filled and may be used again."""
    (CACHE / name / ".complete").touch()
