"""SQLite with its writers in a line: Django's engine, but for how a transaction that writes waits for its turn.

SQLite lets a writer that meets another one sleep and try again, each time longer, up to a tenth of a second; with a
dozen threads some wait for seconds while the file lies free. Here the threads of a process take turns, and the one
whose turn it is asks every other millisecond. Nothing else is different: what is committed is as durable as before.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections import defaultdict
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

ASK_AGAIN_SECONDS = 0.002
LONGEST_WAIT_SECONDS = 20.0

_lines: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
"""One line of threads per database of this process."""


class DatabaseWrapper(base.DatabaseWrapper):
    _in_turn = False
    """Whether this connection is the one of its process that writes."""

    @property
    def _line(self) -> threading.Lock:
        return _lines[str(self.settings_dict["NAME"])]

    def _start_transaction_under_autocommit(self) -> None:
        if not self.is_writing_at_once:
            super()._start_transaction_under_autocommit()
            return
        until = time.monotonic() + LONGEST_WAIT_SECONDS
        if not self._line.acquire(timeout=LONGEST_WAIT_SECONDS):
            raise OperationalError("database is locked")
        self._in_turn = True
        try:
            self._begin(until)
        except BaseException:
            self._leave()
            raise

    @property
    def is_writing_at_once(self) -> bool:
        """Whether a transaction takes the write lock when it begins."""
        return bool(self.transaction_mode == "IMMEDIATE")

    def _begin(self, until: float) -> None:
        """Ask for the file's lock until it is had: other processes write too."""
        with self.wrap_database_errors:
            self.connection.execute("PRAGMA busy_timeout = 0")
            try:
                while not self._had_now():
                    if time.monotonic() > until:
                        raise sqlite3.OperationalError("database is locked")
                    time.sleep(ASK_AGAIN_SECONDS)
            finally:
                self.connection.execute(f"PRAGMA busy_timeout = {int(LONGEST_WAIT_SECONDS * 1000)}")

    def _had_now(self) -> bool:
        try:
            self.connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            return False
        return True

    def _leave(self) -> None:
        if self._in_turn:
            self._in_turn = False
            self._line.release()

    def _commit(self) -> Any:
        done = super()._commit()
        self._leave()  # a commit that fails is rolled back
        return done

    def _rollback(self) -> Any:
        try:
            return super()._rollback()
        finally:
            self._leave()

    def _close(self) -> Any:
        try:
            return super()._close()
        finally:
            self._leave()
