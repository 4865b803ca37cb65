"""One parent for the processes of a running site: web server and outbox worker live and end together."""

from __future__ import annotations

import contextlib
import ctypes
import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

_TICK_SECONDS = 0.2
_PR_SET_PDEATHSIG = 1
_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def supervise(
    commands: Sequence[Sequence[str]], ready_url: str, announce: Callable[[], None], *, grace: float = 15.0
) -> int:
    """Run `commands` until one of them ends or this process is told to stop, then end them all.

    commands: argument lists; each runs in a process group of its own, so that a Ctrl-C in the terminal
        reaches this parent alone and the children end in an orderly way.
    ready_url: `announce` is called once, when this address first answers with a status below 500.
    grace: seconds that the children have to end in an orderly way before they are killed.
    Returns 0 after SIGINT, SIGTERM or SIGHUP, otherwise the status of the child that ended first (1 if that
    was 0: a child that leaves is a failure, whatever it says). Nothing it started is running afterwards.
    """
    stopping = False

    def stop(_signal: int, _frame: object) -> None:
        nonlocal stopping
        stopping = True

    before = {number: signal.signal(number, stop) for number in _STOP_SIGNALS}
    children: list[subprocess.Popen[bytes]] = []
    try:
        for command in commands:
            children.append(_start(command))
        announced = False
        while not stopping:
            ended = next((child for child in children if child.poll() is not None), None)
            if ended is not None:
                return _report(ended)
            if not announced and _answers(ready_url):
                announced = True
                announce()
            time.sleep(_TICK_SECONDS)
        return 0
    finally:
        _end(children, grace)
        for number, handler in before.items():
            signal.signal(number, handler)


def _start(command: Sequence[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own commands, no shell
        command,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=_die_with_parent,  # noqa: PLW1509 - this parent has one thread
    )


def _die_with_parent() -> None:
    """Even a parent killed outright leaves no child behind (Linux)."""
    if _LIBC is not None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _report(child: subprocess.Popen[bytes]) -> int:
    arguments = child.args if isinstance(child.args, list | tuple) else [child.args]
    _tell(f"进程已退出（状态 {child.returncode}），全部停止：{' '.join(map(str, arguments))}")
    return child.returncode if 0 < child.returncode < 256 else 1


def _answers(url: str) -> bool:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=2)
    try:
        connection.request("GET", parts.path or "/")
        return connection.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _end(children: Sequence[subprocess.Popen[bytes]], grace: float) -> None:
    """Ask every group to end, wait, then kill what is left, grandchildren too."""
    for child in children:
        _signal_group(child, signal.SIGTERM)
    deadline = time.monotonic() + grace
    for child in children:
        try:
            child.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            _tell(f"进程 {child.pid} 未按时结束，强制停止。")
        _signal_group(child, signal.SIGKILL)
        child.wait()


def _signal_group(child: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, number)


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
