"""Asks a virus scanner (clamd) about a file: its INSTREAM command, over a Unix socket or TCP. Off unless named."""

from __future__ import annotations

import socket
import struct
from urllib.parse import urlsplit

from gongkai_core.refusals import Refusal

SECONDS = 30
_CHUNK = 2**16
_ANSWER = 4096
UNREACHABLE = Refusal("scanner_silent", "病毒扫描程序没有应答，暂时不能接收文件；请稍后再试或者告诉系统管理员")


def scan(data: bytes, address: str) -> Refusal | None:
    """The refusal for an infected file, or for any when the scanner doesn't answer; None when it is clean.

    `address` is `unix:/run/clamav/clamd.ctl` or `tcp://127.0.0.1:3310`; empty means that no scanner is used.
    """
    if not address:
        return None
    try:
        with _connected(address) as connection:
            connection.sendall(b"zINSTREAM\0")
            for start in range(0, len(data), _CHUNK):
                chunk = data[start : start + _CHUNK]
                connection.sendall(struct.pack(">I", len(chunk)) + chunk)
            connection.sendall(struct.pack(">I", 0))
            answer = _answer(connection)
    except (OSError, ValueError):
        return UNREACHABLE
    if answer.endswith(" OK"):
        return None
    if answer.endswith(" FOUND"):
        name = answer.removesuffix(" FOUND").rpartition(": ")[2]
        return Refusal("infected", f"文件带有病毒（{name}），没有接收；请杀毒后重新制作")
    return UNREACHABLE


def _connected(address: str) -> socket.socket:
    parts = urlsplit(address)
    if parts.scheme == "unix":
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(SECONDS)
        try:
            connection.connect(parts.path)
        except OSError:
            connection.close()
            raise
        return connection
    if parts.scheme != "tcp" or not parts.hostname or not parts.port:
        raise ValueError(address)
    return socket.create_connection((parts.hostname, parts.port), timeout=SECONDS)


def _answer(connection: socket.socket) -> str:
    """Up to the NUL that ends it."""
    answer = b""
    while b"\0" not in answer and len(answer) < _ANSWER:
        chunk = connection.recv(_ANSWER)
        if not chunk:
            break
        answer += chunk
    return answer.split(b"\0", 1)[0].decode("utf-8", errors="replace").strip()
