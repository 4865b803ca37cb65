"""The databases that a measurement needs: a SQLite file kept in the cache, a PostgreSQL of its own."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from bench import CACHE, ROOT

ENGINES = ("SQLite", "PostgreSQL")


@contextmanager
def server(engine: str) -> Iterator[str]:
    """The address of a PostgreSQL that lives as long as the block; empty for SQLite."""
    if engine == "SQLite":
        yield ""
        return
    sys.path.append(str(ROOT / "scripts"))
    from postgres import server as postgres

    with postgres(durable=True) as url:
        yield url


def measured(module: str, name: str, url: str, *arguments: str) -> Any:
    """Run `python -m bench.<module> … OUT` on a database of its own, in a process of its own; returns what it wrote."""
    home = CACHE / module / name
    home.mkdir(parents=True, exist_ok=True)
    given = {**os.environ, "GONGKAI_HOME": str(home)}
    given.pop("DATABASE_URL", None)
    given |= {"DATABASE_URL": url.replace("/postgres?", f"/bench_{name.replace('-', '_')}?")} if url else {}
    output = home / "times.json"
    command = [sys.executable, "-m", f"bench.{module}", *arguments, str(output)]
    subprocess.run(command, env=given, cwd=ROOT, check=True)
    return json.loads(output.read_text())


def start() -> None:
    """Django on that database, without collectstatic, so names carry no digest."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "gongkai.config.settings"
    from django.conf import settings

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    django.setup()


def make(fill: Callable[[], None]) -> None:
    """Make the data, once: a PostgreSQL lives as long as the run, a SQLite file stays in the cache while the schema does."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    done, schema = settings.HOME / ".complete", _schema()
    if connection.vendor == "postgresql" or not done.exists() or done.read_text() != schema:
        done.unlink(missing_ok=True)
    if connection.vendor == "postgresql":
        _create_database()
    elif not done.exists():
        for file in settings.HOME.glob("gongkai.sqlite3*"):
            file.unlink()
    call_command("migrate", interactive=False, verbosity=0)
    if not done.exists():
        fill()
        done.write_text(schema)


def _schema() -> str:
    """A digest over all migrations: before a release an app's one migration is written anew."""
    digest = hashlib.sha256()
    for file in sorted((ROOT / "src" / "gongkai").glob("*/migrations/*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _create_database() -> None:
    from django.db import connection

    with connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute(f"SELECT 1 FROM pg_database WHERE datname = '{connection.settings_dict['NAME']}'")
        if not cursor.fetchone():
            cursor.execute(f'CREATE DATABASE "{connection.settings_dict["NAME"]}"')
