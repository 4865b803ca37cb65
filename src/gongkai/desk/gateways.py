"""短信、企业微信网关: a gateway is a function `send(way, address, text, key)` named in `GATEWAYS`.

`key` is the message's own: a gateway that is asked twice (at least once is the outbox's promise) may tell by it. The
one that comes with the house writes each message into the home, sealed, for a program of the office to fetch.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from django.conf import settings

from gongkai.documents.cipher import open_bytes, seal_bytes


def folder(way: str) -> Path:
    return Path(settings.HOME) / "gateway" / way


def to_file(way: str, address: str, text: str, key: str) -> None:
    """Write one message, sealed and whole; the same key writes the same file."""
    place = folder(way)
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    data = json.dumps({"to": address, "text": text}, ensure_ascii=False).encode()
    part = place / f"{key}.part"
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(seal_bytes(data, _belongs_to(way, key)))
        file.flush()
        os.fsync(file.fileno())
    part.replace(place / f"{key}.sealed")


def waiting(way: str) -> list[tuple[str, dict[str, str]]]:
    """(key, {"to", "text"}) of what has been written and not fetched, oldest first."""
    files = sorted(folder(way).glob("*.sealed"))
    return [(file.stem, json.loads(open_bytes(file.read_bytes(), _belongs_to(way, file.stem)))) for file in files]


def fetched(way: str, key: str) -> None:
    """Forget one that was sent."""
    (folder(way) / f"{key}.sealed").unlink(missing_ok=True)


def _belongs_to(way: str, key: str) -> str:
    return f"desk.gateway/{way}/{key}"
