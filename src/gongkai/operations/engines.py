"""The database into a file and back: SQLite's online copy, PostgreSQL's own tools."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import connection

from gongkai_core.refusals import Refusal, Refused

FILES = {"sqlite": "database/gongkai.sqlite3", "postgresql": "database/postgresql.dump"}


def copy_out(target: Path) -> None:
    """Copy the live database to a file as of one moment, while others go on writing. Raises Refused."""
    if connection.in_atomic_block:
        raise RuntimeError("a transaction that writes cannot be copied from inside: SQLite would wait for itself")
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        try:
            with closing(sqlite3.connect(target)) as copy:
                connection.connection.backup(copy)
                copy.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.Error as error:
            reason = f"数据库没有复制成（{error}）：请检查目标磁盘的空间和权限，再运行 gongkai site doctor"
            raise Refused(Refusal("not_copied", reason)) from None
    else:
        _call("pg_dump", "--format=custom", f"--file={target}")
    target.chmod(0o600)


def scrub(tables: Iterable[str]) -> str:
    """Make the database's files forget what was overwritten in the tables; returns what was not done, or nothing.

    SQLite overwrites freed places with zeros (secure_delete) and keeps older pages only in its log, which is emptied;
    PostgreSQL keeps dead rows until the table is written anew.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for table in tables:
                cursor.execute(f"VACUUM (FULL, ANALYZE) {connection.ops.quote_name(table)}")
            return "PostgreSQL 的预写日志归档由数据库管理员清除"
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy = cursor.fetchone()[0]
    return "数据库日志正被读取，没有清空，请稍后再复查一次" if busy else ""


def check_copy(copy: Path) -> None:
    """Refuse a copied SQLite file that its own check finds broken."""
    with closing(sqlite3.connect(f"file:{copy}?mode=ro", uri=True)) as opened:
        found = opened.execute("PRAGMA integrity_check").fetchone()[0]
    if found != "ok":
        raise Refused(Refusal("broken_database", f"备份中的数据库自身不完整（{found}），没有恢复"))


def tables() -> list[str]:
    """The names of the tables that the database has; none before the first migration."""
    with connection.cursor() as cursor:
        return connection.introspection.table_names(cursor)


def copy_in_postgresql(dump: Path, *, clean: bool) -> None:
    """Restore a dump into the database of DATABASE_URL, all or nothing. Raises Refused."""
    connection.close()
    options = ["--clean", "--if-exists"] if clean else []
    _call("pg_restore", "--exit-on-error", "--single-transaction", "--no-owner", *options, str(dump))


def _call(program: str, *arguments: str) -> None:
    """Run a PostgreSQL tool on the database in use; the password goes by the environment, never by the command line."""
    path = shutil.which(program)
    if path is None:
        raise Refused(
            Refusal(
                "no_tool", f"缺少 {program}：请安装与数据库同版本的 postgresql-client，或者由数据库管理员备份数据库"
            )
        )
    facts = connection.settings_dict
    names = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD"}
    environment: dict[str, Any] = dict(os.environ) | {
        variable: str(facts[name]) for name, variable in names.items() if facts.get(name)
    }
    command = [path, f"--dbname={facts['NAME']}", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        reason = " ".join(done.stderr.split())[:300]
        raise Refused(Refusal("tool_failed", f"{program} 没有成功：{reason}"))
