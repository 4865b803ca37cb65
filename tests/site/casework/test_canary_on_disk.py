"""An application through a real server on a database file with its WAL: what lies on the disk names nobody.

The canary on the whole way through casework is test_canary.py; its database is in memory. Here an installation of its
own runs as an office runs it, is asked over HTTP, and is backed up by its own command while it runs.
"""

from __future__ import annotations

import http.cookiejar
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from office_samples import docx
from office_samples import p as paragraph

from citizen import PERSON, picture
from gongkai.casework.proof import zero_bits

from ..operations.conftest import PASSWORD, init_options
from .test_canary import forms_of, layers

pytestmark = [pytest.mark.slow, pytest.mark.once]

PHONE, EMAIL, ADDRESS = "13812345678", "ouyang@example.cn", "清溪县滨河镇柳林路18号"
WISH = "滨河镇柳林路2025年道路改造项目的中标通知书"
LATER = "欧阳若水补交的委托书原文"
CANARIES = (PERSON["name"], PERSON["id_number"], PHONE, EMAIL, ADDRESS, WISH, LATER)
SOURCE = Path(__file__).parents[3] / "src"
STAFF = f"""
from gongkai.agencies.actions import appoint
from gongkai.agencies.models import Agency, User
from datetime import date
clerk = User.objects.create_user("clerk", "登记员甲", "{PASSWORD}")
for role in ("case_registrar", "handler"):
    appoint(clerk, role, Agency.objects.get(), by=None, on=date(2020, 1, 1))
"""


class Office:
    """An installation in a folder: its command, its running server, and browsers without script."""

    def __init__(self, folder: Path) -> None:
        self.home, self.temporary = folder / "home", folder / "temporary"
        for place in (self.home, self.temporary):
            place.mkdir(parents=True)
        kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "GONGKAI_KEY_FILE")}
        path = os.pathsep.join(filter(None, [str(SOURCE), kept.get("PYTHONPATH")]))
        self.given = {**kept, "GONGKAI_HOME": str(self.home), "TMPDIR": str(self.temporary), "PYTHONPATH": path}
        self.log, self.address = folder / "server.log", ""

    def command(self, *arguments: object, stdin: str = "") -> None:
        done = subprocess.run(
            [sys.executable, "-m", "gongkai.config.cli", *map(str, arguments)], env=self.given, input=stdin,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr

    @contextmanager
    def running(self) -> Iterator[None]:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        command = [sys.executable, "-m", "gongkai.config.cli", "run", "--port", str(port), "--workers", "1"]
        with self.log.open("wb") as log:
            server = subprocess.Popen(command, env=self.given, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
            try:
                self._await(server)
                yield
            finally:
                server.terminate()
                server.wait(30)

    def _await(self, server: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            assert server.poll() is None, self.log.read_text()
            with suppress(OSError), urllib.request.urlopen(f"{self.address}/apply/", timeout=5):
                return
            time.sleep(0.2)
        raise AssertionError("nothing answers")

    def files(self) -> list[Path]:
        return [path for path in self.home.parent.rglob("*") if path.is_file()]


class Browser:
    """Follows redirects, keeps cookies and remembers its addresses."""

    def __init__(self, office: Office) -> None:
        self.office, self.addresses = office, [office.address]
        self.cookies = http.cookiejar.CookieJar()
        self.open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies)).open
        self.page = ""

    def get(self, path: str) -> str:
        return self._read(urllib.request.Request(self.office.address + path))

    def post(self, path: str, **data: Any) -> str:
        for name in ("key", "nonce", "csrfmiddlewaretoken"):
            if name not in data and (hidden := re.search(rf'name="{name}" value="([^"]+)"', self.page)):
                data[name] = hidden[1]
        body = encode_multipart(BOUNDARY, data)
        return self._read(urllib.request.Request(self.office.address + path, body, {"Content-Type": MULTIPART_CONTENT}))

    def _read(self, request: urllib.request.Request) -> str:
        with self.open(request, timeout=60) as answer:
            self.addresses.append(urllib.parse.unquote(answer.url))
            content = answer.read()
            if answer.headers.get_content_type() == "text/html":
                self.page = content.decode()
                self.addresses += map(urllib.parse.unquote, re.findall(r'(?:href|src|action)="([^"]*)"', self.page))
            return str(content.decode("utf-8", "replace"))


def applied(office: Office) -> tuple[Browser, str, str]:
    """A citizen's five steps. Returns browser, number and query code."""
    citizen = Browser(office)
    organ = re.search(r'name="organ"[^>]*value="([^"]+)"', citizen.get("/apply/organ/"))
    assert organ
    citizen.post("/apply/organ/", organ=organ[1])
    citizen.post("/apply/notice/", read="1")
    citizen.post("/apply/fill/kind/", kind="natural_person")
    citizen.post("/apply/fill/identity/", **PERSON, id_front=picture(), id_back=picture("欧阳若水背面.jpg"))
    citizen.post("/apply/fill/contact/", phone=PHONE, email=EMAIL, address=ADDRESS)
    citizen.post("/apply/fill/agent/", by_agent="no")
    citizen.get("/apply/fill/content/")
    piece = citizen.post("/apply/suggest/typing/", text=WISH)
    assert "<html" not in piece
    citizen.get("/apply/fill/content/")
    citizen.post("/apply/fill/content/", info_desc=WISH)
    citizen.post("/apply/fill/supply/", provide_form="electronic", provide_route="online")
    work = re.search(r'data-proof="(\d+)"', citizen.get("/apply/confirm/"))
    nonce = re.search(r'name="nonce" value="([^"]+)"', citizen.page)
    assert work and nonce, citizen.page
    proof = next(n for n in range(10_000_000) if zero_bits(f"{nonce[1]}.{n}") >= int(work[1]))
    page = citizen.post("/apply/confirm/", promise="on", proof=str(proof), answer="")
    number, code = re.search(r"〔\d{4}〕[^<]*", page), re.search(r"[A-Z2-7]{6}(?:-[A-Z2-7]{6}){3}", page)
    assert number and code, page
    full = re.search(rf"[^<>\s]*{re.escape(number[0])}", page)
    assert full
    return citizen, full[0], code[0]


def handled(office: Office) -> Browser:
    """A clerk registers the case, opens what is personal, and puts a later paper into its file."""
    clerk = Browser(office)
    clerk.get("/desk/login/")
    clerk.post("/desk/login/", username="clerk", password=PASSWORD)
    case = re.search(r'href="(/desk/casework/[0-9a-f-]{36}/)"', clerk.get("/desk/casework/?scope=office"))
    assert case, clerk.page
    clerk.get(f"{case[1]}act/register/")
    clerk.post(f"{case[1]}act/register/", subject="道路改造项目中标通知书", answering_body="organ")
    assert WISH in clerk.get(case[1]) and PHONE not in clerk.page
    assert PHONE in clerk.post(f"{case[1]}applicant/", purpose="核对申请人信息")
    clerk.get(f"{case[1]}papers/")
    today = time.strftime("%Y-%m-%d")
    from django.core.files.uploadedfile import SimpleUploadedFile

    paper = SimpleUploadedFile("欧阳若水的委托书.docx", docx(paragraph(LATER)))
    assert "已添加 1 份" in clerk.post(f"{case[1]}papers/", kind="authority", received_on=today, papers=paper)
    for file in re.findall(rf'href="({case[1]}file/[0-9a-f-]+/)"', clerk.get(case[1])):
        clerk.get(file)
    clerk.get(case[1])
    volume = clerk.post(f"{case[1]}volume/", kind="archive", purpose="归档案卷")
    assert volume.startswith("PK")
    return clerk


def names(path: Path) -> list[str]:
    return [
        f"{path.name} {where}: {canary}"
        for where, content in layers(path.name, path.read_bytes())
        for canary in CANARIES
        if any(form in content for form in forms_of(canary))
    ]


def test_nothing_on_the_disk_of_a_running_office_names_anybody(tmp_path: Path) -> None:
    office = Office(tmp_path / "office")
    office.command("init", *init_options(), "--stdin", stdin=f"{PASSWORD}\n")
    office.command("shell", "-v", "0", "-c", STAFF)
    with office.running():
        citizen, number, code = applied(office)
        clerk = handled(office)
        citizen.get("/apply/status/")
        assert number in citizen.post("/apply/status/", number=number, code=code)
        wal = office.home / "gongkai.sqlite3-wal"
        assert number.encode() in wal.read_bytes(), "the rows of this application are in the WAL"
        office.command("backup", "--to", tmp_path / "office" / "backups")
        found = [line for path in office.files() for line in names(path)]
    found += [line for path in office.files() for line in names(path)]  # and after it has been shut down
    assert any(path.suffixes[-2:] == [".tar", ".gz"] for path in office.files())
    assert len([path for path in (office.home / "blobs").rglob("*") if path.is_file()]) >= 3
    found += [f"address {url}" for each in (citizen, clerk) for url in each.addresses for it in CANARIES if it in url]
    assert found == []
