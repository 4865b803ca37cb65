"""One parent: whatever ends it, nothing that it started is left."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

PARENT = """
import sys
from gongkai.config.supervise import supervise
commands = [[sys.executable, "-c", code] for code in sys.argv[2:]]
sys.exit(supervise(commands, sys.argv[1], lambda: print("ready", flush=True), grace=2))
"""
# A child that has a child of its own, as a web server has workers; both write their process id.
FAMILY = """
import os, subprocess, sys, time
below = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print("pids", os.getpid(), below.pid, flush=True)
time.sleep(600)
"""
SERVER = """
import http.server
server = http.server.HTTPServer(("127.0.0.1", {port}), http.server.SimpleHTTPRequestHandler)
server.serve_forever()
"""


def alive(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


def gone(pids: list[int], seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while any(map(alive, pids)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not any(map(alive, pids))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(url: str, *codes: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", PARENT, url, *codes]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def family_of(parent: subprocess.Popen[str]) -> list[int]:
    assert parent.stdout is not None
    word, *pids = parent.stdout.readline().split()
    assert word == "pids"
    return [int(pid) for pid in pids]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_told_to_stop_it_ends_children_and_grandchildren_with_status_0(number: signal.Signals) -> None:
    with start("http://127.0.0.1:1/", FAMILY) as parent:
        pids = family_of(parent)
        assert all(map(alive, pids))
        parent.send_signal(number)
        assert parent.wait(20) == 0
        assert gone(pids)


def test_a_child_that_dies_ends_the_others_and_the_parent() -> None:
    with start("http://127.0.0.1:1/", FAMILY, "import time; time.sleep(1); raise SystemExit(3)") as parent:
        pids = family_of(parent)
        assert parent.wait(20) == 3
        assert gone(pids)
        assert parent.stderr is not None
        assert "状态 3" in parent.stderr.read()


def test_a_child_that_leaves_without_error_is_a_failure_too() -> None:
    with start("http://127.0.0.1:1/", "pass") as parent:
        assert parent.wait(20) == 1


def test_a_parent_killed_outright_takes_its_children_along() -> None:
    with start("http://127.0.0.1:1/", FAMILY) as parent:
        child, grandchild = family_of(parent)
        try:
            parent.kill()
            assert gone([child])
        finally:
            os.kill(grandchild, signal.SIGKILL)


def test_a_child_deaf_to_asking_is_killed() -> None:
    deaf = "import os, signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('pids', os.getpid(), flush=True); time.sleep(600)"
    with start("http://127.0.0.1:1/", deaf) as parent:
        pids = family_of(parent)
        parent.terminate()
        assert parent.wait(30) == 0
        assert gone(pids)


def test_it_announces_once_when_the_address_answers() -> None:
    port = free_port()
    with start(f"http://127.0.0.1:{port}/", SERVER.format(port=port)) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == "ready\n"
        time.sleep(0.6)
        parent.terminate()
        assert parent.stdout.read() == ""
