"""SQLite's writers stand in a line: each gets its turn, and whoever fails or leaves gives it to the next."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.db.utils import OperationalError

from gongkai.config import database
from gongkai.config.sqlite import base
from gongkai.config.sqlite.base import DatabaseWrapper

pytestmark = [pytest.mark.django_db, pytest.mark.once]
THREADS, TIMES = 8, 25


@pytest.fixture
def connect(tmp_path: Path) -> Iterator[Callable[[], DatabaseWrapper]]:
    """Connections of their own to one new file with one number in it."""
    settings = connections.configure_settings({"default": database.parse(None, tmp_path)})["default"]
    opened = []

    def open_one() -> DatabaseWrapper:
        opened.append(DatabaseWrapper(settings, "default"))
        opened[-1].inc_thread_sharing()
        return opened[-1]

    with open_one().cursor() as cursor:
        cursor.execute("CREATE TABLE tally (number INTEGER)")
        cursor.execute("INSERT INTO tally VALUES (0)")
    yield open_one
    for connection in opened:
        connection.close()


def begin(connection: DatabaseWrapper) -> None:
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def commit(connection: DatabaseWrapper) -> None:
    connection.commit()
    connection.set_autocommit(True)


def count_up(connection: DatabaseWrapper) -> None:
    """Read, then write what was read: only whoever is alone counts rightly."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM tally")
        (number,) = cursor.fetchone()
        cursor.execute("UPDATE tally SET number = %s", [number + 1])


def tally(connection: DatabaseWrapper) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM tally")
        return int(cursor.fetchone()[0])


def test_every_writer_gets_its_turn(connect: Callable[[], DatabaseWrapper]) -> None:
    all_together = threading.Barrier(THREADS)

    def work(connection: DatabaseWrapper) -> None:
        all_together.wait(timeout=60)
        for _ in range(TIMES):
            begin(connection)
            count_up(connection)
            commit(connection)

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(work, [connect() for _ in range(THREADS)]))
    assert tally(connect()) == THREADS * TIMES


def rolled_back(connection: DatabaseWrapper) -> None:
    connection.rollback()


def closed(connection: DatabaseWrapper) -> None:
    connection.close()


@pytest.mark.parametrize("leave", [rolled_back, closed])
def test_whoever_gives_up_gives_the_turn_to_the_next(
    connect: Callable[[], DatabaseWrapper], leave: Callable[[DatabaseWrapper], None]
) -> None:
    first, second = connect(), connect()
    begin(first)
    count_up(first)
    leave(first)
    begin(second)
    count_up(second)
    commit(second)
    assert tally(connect()) == 1


def test_another_process_that_writes_too_long_is_told_of(
    connect: Callable[[], DatabaseWrapper], tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.setattr(base, "LONGEST_WAIT_SECONDS", 0.02)
    connection = connect()
    other = sqlite3.connect(tmp_path / "gongkai.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(OperationalError, match="locked"):
        begin(connection)
    connection.rollback()
    other.execute("ROLLBACK")
    other.close()
    begin(connection)  # it had left the line
    count_up(connection)
    commit(connection)
    assert tally(connection) == 1
