"""kill -9 of publishers, intake and worker at random moments (R01): nothing acknowledged is lost, nothing is torn.

Real processes (killed.py) on an installation of their own write, review, publish, revise, withdraw, import batches
and take in applications by the real actions, beside the real outbox worker, while a reader polls the public pages.
"""

from __future__ import annotations

import json
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

pytestmark = [pytest.mark.soak, pytest.mark.slow]

PROFILE = os.environ.get("GONGKAI_PROFILE", "test")
TESTS = Path(__file__).resolve().parents[1]
KILLED = [("publish", 0), ("publish", 1), ("take_in", 0), ("work", 0)]


class Processes:
    """An installation in a folder and the processes on it."""

    def __init__(self, folder: Path, database: str | None) -> None:
        self.folder = folder
        given = {**os.environ, "GONGKAI_HOME": str(folder), "DJANGO_SETTINGS_MODULE": "gongkai.config.settings"}
        given.pop("DATABASE_URL", None)
        given |= {"DATABASE_URL": database} if database else {}
        command = [sys.executable, str(TESTS / "soak" / "killed.py"), str(folder)]
        self.errors = (folder / "errors.txt").open("w")
        self.parent = subprocess.Popen(
            command, env=given, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors, text=True
        )
        assert self._answer() == "ready"
        self.running: dict[tuple[str, int], int] = {}

    def _answer(self) -> str:
        assert self.parent.stdout is not None
        return self.parent.stdout.readline().strip()

    def start(self, role: str, number: int = 0) -> int:
        assert self.parent.stdin is not None
        self.parent.stdin.write(f"{role} {number}\n")
        self.parent.stdin.flush()
        self.running[role, number] = int(self._answer())
        return self.running[role, number]

    def kill(self, role: str, number: int = 0) -> bool:
        """kill -9; whether there was anything left to be killed."""
        key = self.running.pop((role, number))
        alive = _alive(key)
        if alive:
            os.kill(key, signal.SIGKILL)
        return alive

    def finish(self, role: str, seconds: float) -> Any:
        """Run a role to its end and read its report."""
        (self.folder / "report.json").unlink(missing_ok=True)
        key, deadline = self.start(role), time.monotonic() + seconds
        while _alive(key):
            assert time.monotonic() < deadline, f"{role} does not end"
            time.sleep(0.02)
        self.running.pop((role, 0))
        assert (self.folder / "report.json").exists(), self.said()
        return json.loads((self.folder / "report.json").read_text())

    def end(self) -> None:
        for key in list(self.running):
            self.kill(*key)
        self.parent.kill()
        self.parent.wait()
        for stream in (self.parent.stdin, self.parent.stdout, self.errors):
            if stream:
                stream.close()

    def said(self) -> str:
        return (self.folder / "errors.txt").read_text()

    def size(self, log: str) -> int:
        path = self.folder / f"{log}.jsonl"
        return path.stat().st_size if path.exists() else 0

    def log(self, name: str) -> list[dict[str, Any]]:
        path = self.folder / f"{name}.jsonl"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def _alive(key: int) -> bool:
    try:
        os.kill(key, 0)
    except ProcessLookupError:
        return False
    return True


@contextmanager
def postgres() -> Iterator[str]:
    """The database in the environment, else one started for this test alone."""
    if url := os.environ.get("DATABASE_URL"):
        yield url
        return
    sys.path.append(str(TESTS.parent / "scripts"))
    from postgres import server

    with server() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"] if PROFILE == "soak" else ["sqlite"])
def processes(
    request: pytest.FixtureRequest, tmp_path: Path, django_db_setup: None, django_db_blocker: Any
) -> Iterator[Processes]:
    folder = tmp_path / "installation"
    (folder / "static").mkdir(parents=True)
    if request.param == "sqlite":
        with django_db_blocker.unblock():
            _copy_tables(folder / "gongkai.sqlite3")
        started = Processes(folder, None)
        yield from _ended(started)
    else:
        with postgres() as url:
            yield from _ended(Processes(folder, url))


def _ended(started: Processes) -> Iterator[Processes]:
    try:
        started.finish("found", 120)
        yield started
    finally:
        started.end()


def _copy_tables(file: Path) -> None:
    """The migrated tables of the test database: as good as migrating anew, and quicker."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        target = sqlite3.connect(file)
        connection.connection.backup(target)
        target.close()


def test_two_hundred_kills_lose_and_tear_nothing(processes: Processes, budget: Callable[..., int]) -> None:
    kills = budget(test=5, soak=200)
    seed = os.environ.get("GONGKAI_SEED") or str(time.time_ns() // 10**6)
    rng, killed, told = random.Random(seed), 0, 0
    for role, number in [*KILLED, ("look", 0)]:
        processes.start(role, number)
    while killed < kills:
        _wait_for(lambda before=told: processes.size("acknowledged") > before, processes)
        time.sleep(rng.uniform(0, 0.3))
        role, number = rng.choice(KILLED)
        assert processes.kill(role, number), f"{role} had ended by itself: {processes.said()}"
        killed, told = killed + 1, processes.size("acknowledged")
        processes.start(role, number)
    _wait_for(lambda: _seen(processes) >= kills, processes)  # the reader has seen something of them
    for role, number in [*KILLED, ("look", 0)]:
        assert processes.kill(role, number), f"{role}: {processes.said()}"
    report = processes.finish("drain", 120)
    print(f"GONGKAI_SEED={seed}: {kills} kills, {len(report['items'])} items, {len(report['cases'])} applications")
    print(f"what waited was delivered in {report['seconds']:.1f} s (goal on an idle machine: 5 s)")
    nothing_acknowledged_is_lost(processes, report, kills)
    nothing_is_torn(processes)
    nothing_is_half_done(processes, report)


def _wait_for(condition: Callable[[], bool], processes: Processes) -> None:
    while not condition():
        time.sleep(0.02)
        assert all(map(_alive, processes.running.values())), processes.said()


def nothing_acknowledged_is_lost(processes: Processes, report: dict[str, Any], kills: int) -> None:
    done = Counter((verb, identity) for verb, identity in report["trail"])
    told = processes.log("acknowledged")
    acts = Counter((line["what"], line["object"]) for line in told if line["what"].startswith("publishing."))
    lost = {act: (count, done[act]) for act, count in acts.items() if done[act] < count}
    assert not lost, f"acknowledged and not there: {lost}"
    verbs = {verb for verb, _ in acts}
    unheard = sum(done[act] for act in done if act[0] in verbs) - acts.total()
    assert unheard <= kills + len(KILLED), f"{unheard} acts were done and not acknowledged, by {kills} kills"
    numbers = {line["key"]: line["case"] for line in told if line["what"] == "application"}
    assert set(numbers.values()) <= set(report["cases"]), "an acknowledged application is lost"
    assert len(set(numbers.values())) == len(numbers), "two applications got one number"
    assert len(numbers) >= len(report["cases"]) - 1, "a transmission that was repeated became two applications"
    latest = {line["object"]: line for line in told if "token" in line or line["what"] == "publishing.withdraw"}
    states = {public_id: (state, kind) for public_id, state, kind, *_ in report["items"]}
    withdrawing = {line["object"] for line in told if line["what"] == "withdrawing"}
    for item, line in latest.items():
        state, kind = states[item]
        if "token" in line and item not in withdrawing:
            assert state == "published", f"{item} was acknowledged as public and is {state}"
        if line["what"] == "publishing.withdraw":
            assert (state, kind) == ("withdrawn", line["kind"]), f"{item} is {state} and not withdrawn"


def nothing_is_torn(processes: Processes) -> None:
    problems = [line for line in processes.log("read") if "problem" in line]
    assert not problems, problems


def _seen(processes: Processes) -> int:
    """How many pages the reader has looked at."""
    return max((line["seen"] for line in processes.log("read") if "seen" in line), default=0)


def nothing_is_half_done(processes: Processes, report: dict[str, Any]) -> None:
    assert report["waiting"] == [], "what waited is not delivered"
    assert report["broken"] == [], "the invariants that site check-invariants checks"
    public = processes.folder / "public"
    wanted = {f"items/{row[0][-2:]}/{row[0]}.html": row for row in report["items"] if row[1] == "published"}
    wanted |= {f"gone/{row[0][-2:]}/{row[0]}.html": row for row in report["items"] if row[1:3] == ["withdrawn", "open"]}
    found = {path.relative_to(public).as_posix() for path in public.rglob("*") if path.is_file()}
    assert found == set(wanted), f"left over: {found - set(wanted)}, missing: {set(wanted) - found}"
    for name, row in wanted.items():
        token = row[3].split("令牌")[1][:12]
        assert f"令牌{token}" in (public / name).read_text(encoding="utf-8"), f"{name} is not the last text"
    serials: dict[str, list[int]] = defaultdict(list)
    for number in [row[4] for row in report["items"] if row[4]] + report["cases"]:
        series, serial = re.fullmatch(r"(.*?)(\d+)号?", number).groups()
        serials[series].append(int(serial))
    for series, numbers in serials.items():
        assert sorted(numbers) == list(range(1, len(numbers) + 1)), f"{series}: {sorted(numbers)}"
