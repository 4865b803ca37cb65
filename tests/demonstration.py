"""A demonstration county (演示县) that many tests walk through: built once in a session, laid out once in a module.

A module takes it with `from demonstration import home  # noqa: F401`: the county stands from its first test to its
last, each test undoes what it did, and the module leaves the database as it found it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management.color import no_style
from django.db import connection, transaction
from django.test import override_settings

from freezing import on_day
from gongkai.agencies.models import Agency, User
from gongkai.operations.demonstration.county import build_county
from gongkai.outbox.queue import drain, left_to_worker
from installation import Rows, furnish, read_rows, settings_of, triggers_away, write_rows

TODAY = date(2026, 10, 24)
"""A Saturday: nothing may take for granted that an office works today."""
YEARS = 2
SCALE = 0.1
"""The smallest county that still has every outcome, state and lamp."""


@dataclass(frozen=True)
class Demonstration:
    """The county as of `today`: its folder and the database's rows."""

    today: date
    folder: Path
    rows: Rows

    def organ(self, short_name: str) -> Agency:
        return Agency.objects.get(short_name=short_name)

    def person(self, short_name: str, role: str) -> User:
        """Who holds the role at the organ."""
        return User.objects.get(
            pk__in=User.objects.filter(
                appointments__agency__short_name=short_name, appointments__role=str(role)
            ).values("pk")[:1]
        )


@contextmanager
def undone() -> Iterator[None]:
    """What is written inside the block is gone after it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def lay_out(today: date, folder: Path, *, seed: int = 1) -> None:
    """Build the county of a day in the installation of `folder`, public pages and all."""
    with on_day(today), left_to_worker():
        build_county(today, seed=seed, years=YEARS, scale=SCALE)
        while drain():
            pass


@contextmanager
def installed(folder: Path) -> Iterator[None]:
    with override_settings(**settings_of(folder)):
        yield


@pytest.fixture(scope="session")
def built_demonstration(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Demonstration:
    folder = tmp_path_factory.mktemp("demonstration") / "home"
    furnish(folder)
    with django_db_blocker.unblock(), installed(folder), undone():
        lay_out(TODAY, folder)
        return Demonstration(TODAY, folder, read_rows(connection))


@pytest.fixture(scope="module")
def demonstration(built_demonstration: Demonstration, django_db_blocker: Any) -> Iterator[Demonstration]:
    """The county, as it was built, on its own day."""
    with django_db_blocker.unblock(), installed(built_demonstration.folder), on_day(TODAY), undone():
        _restore(built_demonstration.rows)
        yield built_demonstration


@pytest.fixture(autouse=True)
def home(demonstration: Demonstration) -> Path:
    """The county's folder, in place of each test's own."""
    return demonstration.folder


def _restore(rows: Rows) -> None:
    """Put back the rows of every table, the ones that migrations wrote included."""
    with triggers_away(connection):
        with connection.cursor() as cursor:
            for table in rows:
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")
        write_rows(connection, rows)
    models = connection.introspection.installed_models(list(rows))
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
