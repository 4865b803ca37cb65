"""Fixtures of an installation for tests of the site: its own folder, and tables that can be emptied between tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management.commands import flush
from django.db import connections, transaction

from gongkai.documents.cipher import make_keys


def settings_of(folder: Path) -> dict[str, Any]:
    """What differs in a test's installation in `folder` (database aside): blobs, baked pages, keys."""
    storages = {name: {"OPTIONS": {}, **entry} for name, entry in settings.STORAGES.items()}
    for name, place in {"default": "blobs", "baked": "public"}.items():
        storages[name]["OPTIONS"] = {**storages[name]["OPTIONS"], "location": folder / place}
    # Pages are tested without collectstatic, so names carry no digest; the browser tests have the real thing.
    storages["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": str(folder)}
    return {
        "HOME": folder,
        "KEY_FILE": folder / "keys" / "cipher.json",
        "STATIC_ROOT": folder / "static",
        "STORAGES": storages,
        # Counted in memory: a cache folder would be shared by the workers of one test run.
        "CACHES": {"default": memory, "shared": memory},
        # Argon2 costs 150 ms by design; what is tested here is not the hash.
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
    }


def furnish(folder: Path) -> None:
    """What an installation's folder must hold before anything else: fresh keys, a folder for static files."""
    make_keys(folder / "keys" / "cipher.json")
    (folder / "static").mkdir()  # WhiteNoise warns of a folder that is not there


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> Path:
    """The installation's folder (database aside): blobs, baked pages, fresh keys; never the developer's var/."""
    folder = tmp_path / "home"
    furnish(folder)
    for name, value in settings_of(folder).items():
        setattr(settings, name, value)
    return folder


@contextmanager
def triggers_away(connection: Any) -> Iterator[None]:
    """Take the append-only guards away for the length of the block and put the same ones back."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            try:
                yield
            finally:
                cursor.execute("SET session_replication_role = DEFAULT")
        else:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            guards = cursor.fetchall()
            for name, _ in guards:
                cursor.execute(f'DROP TRIGGER "{name}"')
            try:
                yield
            finally:
                for _, statement in guards:
                    cursor.execute(statement)


Rows = dict[str, tuple[list[str], list[tuple[Any, ...]]]]


def read_rows(connection: Any) -> Rows:
    """Every row of every table that a flush empties: what the migrations wrote."""
    found: Rows = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.django_table_names(only_existing=True, include_views=False):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            if rows := cursor.fetchall():
                found[table] = ([column[0] for column in cursor.description], rows)
    return found


def write_rows(connection: Any, found: Rows) -> None:
    quote = connection.ops.quote_name
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for table, (columns, rows) in found.items():
            names, places = ", ".join(map(quote, columns)), ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {quote(table)} ({names}) VALUES ({places})", rows)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The test database, which a test that commits (`transaction=True`) leaves as the migrations made it.

    Django empties every table after such a test: here the append-only ones too, and then the rows that the
    migrations wrote (the trail's head, for one) are put back.
    """
    empty = flush.Command.handle
    if empty.__module__ == __name__:  # tests/site and tests/soak each bring this fixture; one worker may run both
        yield
        return
    with django_db_blocker.unblock():
        fresh = {name: read_rows(connections[name]) for name in connections}

    def handle(self: flush.Command, **options: Any) -> None:
        connection = connections[options["database"]]
        with triggers_away(connection):
            empty(self, **{**options, "inhibit_post_migrate": True})
            write_rows(connection, fresh[options["database"]])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flush.Command, "handle", handle)
        yield
