"""One application through everything that touches personal data; then every byte this site has left is looked through.

Redaction with its previews, the seal's scan, labels, the day's post, the proof of delivery, the volume: what they show
stands in the answers alone, never in the database's file, in stored files, in temporary ones, in logs, in addresses of
pages or in backups.
"""

from __future__ import annotations

import gzip
import io
import json
import logging
import re
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from gongkai.agencies.models import User
from gongkai.casework import actions
from gongkai.casework.models import Case
from gongkai.documents import fonts
from gongkai.documents.blobs import read
from gongkai.operations import engines
from gongkai.operations.backup import back_up

from .conftest import ADDRESS, EMAIL, ID_NUMBER, MONDAY, NAME, PHONE, WISH, Maker, World, draft, review
from .test_desk import act, today
from .test_materials import EXPERT, word
from .test_sealed import raw_rows

__all__ = ["today"]
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.skipif(not fonts.available(), reason="no Chinese font on this machine"),
]
RECEIVER = "签收人夏侯惇义"
CANARIES = (NAME, ID_NUMBER, PHONE, ADDRESS, EMAIL, WISH, EXPERT, RECEIVER)


class Watching(Client):
    """A browser that remembers every address it was sent to."""

    def __init__(self, user: User, seen: list[str]) -> None:
        super().__init__()
        self.force_login(user)
        self.seen = seen

    def generic(self, method: str, path: str, *args: Any, **kwargs: Any) -> Any:
        self.seen.append(unquote(path))
        answer = super().generic(method, path, *args, **kwargs)
        self.seen.append(unquote(answer.headers.get("Location", "")))
        if answer["Content-Type"].startswith("text/html"):
            self.seen += map(unquote, re.findall(r'(?:href|src|action)="([^"]*)"', answer.content.decode()))
        return answer


def forms_of(canary: str) -> set[bytes]:
    """A canary as it could stand in a file."""
    texts = {canary, json.dumps(canary)[1:-1]}
    return {
        text.encode(coding, "ignore") for text in texts for coding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030")
    }


def layers(name: str, data: bytes, depth: int = 0) -> Iterator[tuple[str, bytes]]:
    """The bytes, and whatever is packed in them."""
    yield name, data
    if depth > 3:
        return
    if data.startswith(b"\x1f\x8b"):
        yield from layers(f"{name} (gz)", gzip.decompress(data), depth + 1)
    elif data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for inner in archive.namelist():
                yield from layers(f"{name}/{inner}", archive.read(inner), depth + 1)
    elif data[257:262] == b"ustar":
        with tarfile.open(fileobj=io.BytesIO(data)) as archive:
            for member in archive.getmembers():
                if file := archive.extractfile(member):
                    yield from layers(f"{name}/{member.name}", file.read(), depth + 1)
    elif data.startswith(b"%PDF"):
        for place in re.finditer(rb"stream\r?\n", data):
            try:
                yield f"{name} stream", zlib.decompressobj().decompress(data[place.end() :])
            except zlib.error:
                continue


def search(name: str, data: bytes) -> list[str]:
    return [
        f"{where}: {canary}"
        for where, content in layers(name, data)
        for canary in CANARIES
        if any(form in content for form in forms_of(canary))
    ]


def walked(world: World, processing: Maker, seen: list[str]) -> Case:
    """The whole way over HTTP; what is given out on it does show the canaries."""
    case = processing(provide_form="paper", provide_route="post")
    handler, clerk = Watching(world.staff.handler, seen), Watching(world.staff.registrar, seen)
    handler.get(case.get_absolute_url())
    paper = SimpleUploadedFile(f"{EXPERT}.docx", word("中标金额", f"专家{EXPERT}"))
    material = handler.post(reverse("casework:materials", args=[case.public_id]), {"paper": paper}).url
    for data in (
        {"do": "find", "words": EXPERT},
        {"do": "words", "words": EXPERT, "ground": "E15"},
        {"do": "make"},
        {"do": "provide", "checked": "on"},
    ):
        assert handler.post(material, data).status_code in (200, 302)
    page = handler.get(material).content.decode()
    assert EXPERT in page
    assert EXPERT in handler.get(material + "grounds/").content.decode()
    handler.get(material + "original/")
    scan = SimpleUploadedFile(f"{NAME}.pdf", picture_of(NAME))
    picture = handler.post(reverse("casework:materials", args=[case.public_id]), {"paper": scan}).url
    handler.post(
        picture, {"do": "box", "page": "1", "left": "1", "top": "1", "right": "9", "bottom": "9", "ground": "E15"}
    )
    handler.post(picture, {"do": "make"})
    for url in re.findall(r'<img src="([^"]+)"', handler.get(picture).content.decode()):
        assert handler.get(url)["Content-Type"] == "image/png"
    handler.post(picture, {"do": "provide", "checked": "on"})

    case.refresh_from_db()
    case = review(draft(case, world, "partial", today=MONDAY, reason=f"涉及{NAME}"), world, today=MONDAY)
    actions.sign(case, by=world.staff.head, today=MONDAY)
    case.refresh_from_db()
    notice = case.notices.get()
    act(clerk, case, "record_sealing", seal="专用章", sealed_on="2026-03-02", sealed_by="印管员", copies="2")
    back = SimpleUploadedFile(f"{NAME}.pdf", read(notice.pdf))
    clerk.post(reverse("casework:act", args=[case.public_id, "return_scan"]), {"scan": back})
    for form in ("label", "envelope"):
        address = reverse("casework:notice_address", args=[notice.public_id])
        assert clerk.post(address, {"form": form, "purpose": "邮寄答复"})["Content-Type"] == "application/pdf"
    act(clerk, case, "deliver", method="post", sent_on="2026-03-02", tracking="EA1")
    assert clerk.post(reverse("casework:posting"), {"purpose": "交寄文书"}).content.startswith(b"PK")
    delivery = notice.deliveries.get()
    confirm = reverse("casework:act_on", args=[case.public_id, "confirm_delivery", delivery.public_id])
    clerk.post(confirm, {"delivered_on": "2026-03-02", "receiver": RECEIVER})
    clerk.get(reverse("casework:delivery_proof", args=[delivery.public_id, "pdf"]))
    clerk.get(notice.get_absolute_url())
    for kind in ("archive", "evidence"):
        volume = clerk.post(reverse("casework:volume", args=[case.public_id]), {"kind": kind, "purpose": "归档案卷"})
        assert search("volume", volume.content), "the canaries are really there to be found"
    act(clerk, case, "archive")
    return case


def picture_of(words: str) -> bytes:
    from gongkai.casework import posting
    from gongkai.documents.pdf import typeset

    to = {"name": words, "address": ADDRESS, "postcode": "", "phone": PHONE}
    facts = {
        "title": "扫描",
        "form": "label",
        "wide": 100,
        "tall": 60,
        "to": to,
        "sender": [],
        "postcode": "",
        "note": "",
    }
    return typeset(posting._TEMPLATE, facts)


def test_nothing_personal_stays_in_clear(
    world: World, processing: Maker, today: Any, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    caplog.set_level(logging.DEBUG)
    kept: list[Path] = []
    for name in ("mkstemp", "mkdtemp"):  # a file that is gone again by the end would have been on the disk all the same
        monkeypatch.setattr(tempfile, name, _noted(getattr(tempfile, name), kept))
    seen: list[str] = []
    walked(world, processing, seen)
    assert kept == []

    rows = [f"{table} {row}" for table, row in raw_rows()]
    if connection.vendor == "sqlite":  # PostgreSQL's own tools may be of another version than its server here
        engines.copy_out(tmp_path / "database.sqlite3")
        back_up(tmp_path / "backups")
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len([path for path in files if path.is_relative_to(home / "blobs")]) >= 6
    found = [row for path in files for row in search(str(path.relative_to(tmp_path)), path.read_bytes())]
    found += [line for row in rows for line in search("row", row.encode())]
    found += [f"address: {url}" for url in seen for canary in CANARIES if canary in url]
    found += [f"log: {line.name}" for line in caplog.records for canary in CANARIES if canary in line.getMessage()]
    for name in ("default", "shared"):
        found += search(f"cache {name}", repr(getattr(caches[name], "_cache", {})).encode())
    assert found == []


def _noted(make: Any, kept: list[Path]) -> Any:
    def noted(*args: Any, **kwargs: Any) -> Any:
        made = make(*args, **kwargs)
        kept.append(Path(made[1] if isinstance(made, tuple) else made))
        return made

    return noted
