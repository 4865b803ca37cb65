"""The door through which files come in, and the scanner that is asked about them."""

from __future__ import annotations

import re
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import office_samples as samples
import pytest
from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile
from django.test import RequestFactory

from gongkai.documents import blobs, intake, scanner
from gongkai.documents.models import Blob
from gongkai_core.refusals import Refused

pytestmark = pytest.mark.django_db
SOURCE = Path(intake.__file__).resolve().parent.parent
EICAR = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"


def refusal(data: bytes, name: str, door: intake.Door = intake.ATTACHMENTS) -> str:
    with pytest.raises(Refused) as caught:
        intake.take(data, name, door)
    assert not Blob.objects.exists()
    return str(caught.value.refusal.code)


def test_what_is_taken_is_named_by_its_content_and_kept_as_it_is():
    data = samples.docx(samples.NOTICE)
    taken = intake.take_upload(
        SimpleUploadedFile("..\\通知\u202e.DOCX", data, content_type="text/html"), intake.ATTACHMENTS
    )
    assert (taken.name, taken.kind) == ("通知.docx", "docx")
    blob = intake.keep(taken)
    assert blobs.read(blob) == data and blob.content_type.endswith("wordprocessingml.document")


def test_what_is_not_taken():
    assert refusal(b"<svg onload=alert(1)>", "a.svg") == "kind"
    assert refusal(b"<html><script>", "a.html") == "kind"
    assert refusal(samples.zipped({"a": b"x"}), "a.zip") == "kind"
    assert refusal(samples.docx(""), "a.pdf") == "disagree"
    assert refusal(samples.docx("", word__vbaProject_bin=b"x"), "a.docx") == "danger"
    assert refusal(samples.xlsx({"一": ("visible", [["a"]])}), "a.xlsx", intake.PAPERS) == "kind"
    large = SimpleUploadedFile("a.pdf", b"")
    large.size = 10 * 2**20 + 1
    with pytest.raises(Refused, match="超过了 10 MB"):
        intake.take_upload(large, intake.PAPERS)
    intake.PAPER_MB.change("1", by=None)
    with pytest.raises(Refused, match="超过了 1 MB"):
        intake.take(b"%PDF-" + b"0" * 2**20, "a.pdf", intake.PAPERS)


MARK = samples.p("机密★10年")
NOTE = samples.p("（此件不公开）")
HIDDEN = {
    "on the page": (samples.docx(MARK), "a.docx"),
    "in a comment": (
        samples.docx("", links=[("c", "comments", "comments.xml")], word__comments_xml=f"<w:comments {samples.W}>{MARK}</w:comments>"),
        "a.docx",
    ),
    "in a header": (
        samples.docx("", links=[("c", "header", "h.xml")], word__h_xml=f"<w:hdr {samples.W}>{MARK}</w:hdr>"), "a.docx",
    ),
    "struck out": (samples.docx('<w:p><w:del><w:r><w:delText>绝密★长期</w:delText></w:r></w:del></w:p>'), "a.docx"),
    "in a hidden sheet": (samples.xlsx({"一": ("visible", [["a"]]), "二": ("hidden", [["秘密★1年"]])}), "a.xlsx"),
    "in a PDF": (samples.pdf([(90, 800, "机密★10年"), (90, 700, "关于防汛的请示")]), "a.pdf"),
    "in an .ofd": (samples.ofd([(30, 20, "绝密★长期")]), "a.ofd"),
    "in a picture's properties": (samples.png(text="机密★10年"), "a.png"),
    "in the file's title": (samples.docx("", docProps__core_xml="<core><title>机密★10年</title></core>"), "a.docx"),
}  # fmt: skip


@pytest.mark.parametrize("where", HIDDEN)
def test_a_mark_keeps_a_file_out_wherever_it_stands(where, settings):
    data, name = HIDDEN[where]
    assert refusal(data, name) == intake.MARK
    root = Path(settings.HOME)
    assert not [
        path for path in root.rglob("*") if path.is_file() and path.stat().st_size < 10**6 and data in path.read_bytes()
    ]


def test_a_note_against_publication_keeps_an_attachment_out_and_no_scan():
    data = samples.docx(NOTE)
    assert refusal(data, "a.docx") == intake.NOTE
    assert intake.take(data, "a.docx", intake.PAPERS).kind == "docx"


def test_published_pictures_lose_their_properties_scans_stay_as_they_are():
    data = samples.png(text="Zhang San") + b"<script>alert(1)</script>"
    assert b"Zhang" not in intake.take(data, "a.png", intake.ATTACHMENTS).data
    assert b"script" not in intake.take(data, "a.png", intake.ATTACHMENTS).data
    assert intake.take(data, "a.png", intake.PAPERS).data == data


@contextmanager
def clamd(listener: socket.socket) -> Iterator[list[bytes]]:
    """A small clamd: reads INSTREAM as the manual says it, and finds EICAR."""
    seen: list[bytes] = []

    def exactly(connection: socket.socket, count: int) -> bytes:
        data = b""
        while len(data) < count:
            chunk = connection.recv(count - len(data))
            assert chunk
            data += chunk
        return data

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            assert exactly(connection, 10) == b"zINSTREAM\0"
            data = b""
            while size := struct.unpack(">I", exactly(connection, 4))[0]:
                data += exactly(connection, size)
            seen.append(data)
            connection.sendall(b"stream: Eicar-Test FOUND\0" if EICAR in data else b"stream: OK\0")

    thread = threading.Thread(target=serve)
    thread.start()
    yield seen
    thread.join(10)
    assert not thread.is_alive()


def test_the_scanner_is_asked_and_believed(settings, tmp_path):
    clean = samples.docx(samples.NOTICE)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "clamd"))
        listener.listen()
        settings.CLAMD = f"unix:{tmp_path / 'clamd'}"
        with clamd(listener) as seen:
            assert intake.take(clean, "a.docx", intake.ATTACHMENTS).data == clean
        assert seen == [clean]
    with socket.create_server(("127.0.0.1", 0)) as listener:
        settings.CLAMD = f"tcp://127.0.0.1:{listener.getsockname()[1]}"
        ill = b"%PDF-1.7\n" + EICAR + b"0" * 200_000 + b"\n%%EOF"
        with clamd(listener) as seen, pytest.raises(Refused, match="病毒（Eicar-Test）"):
            intake.take(ill, "a.pdf", intake.ATTACHMENTS)
        assert seen == [ill]
    assert refusal(clean, "a.docx") == scanner.UNREACHABLE.code  # nobody listens any more: nothing is let in
    settings.CLAMD = "nonsense"
    assert refusal(clean, "a.docx") == scanner.UNREACHABLE.code


def test_files_have_no_other_door():
    """Whoever keeps bytes from outside goes through intake; these keep what the house itself has made."""
    own = {
        "documents/intake.py",
        "casework/actions/redact.py",  # the redacted file
        "casework/notices.py",
        "casework/views/envelope.py",  # the pages of each form, cut from a scan that was taken in
        "casework/views/public_holder.py",  # what was typed on the query page, written as a paper
        "casework/actions/electronic_seal.py",  # the sealed file
        "documents/certificates.py",  # 印模, taken in and drawn anew
        "casework/drafts.py",  # what the public form's door has let in
        "annualreport/actions/publish.py",
        "annualreport/actions/publish_website_return.py",
        "annualreport/actions/gather.py",  # a collected report's own file
        "operations/demonstration/cases.py",
        "operations/demonstration/catalogue.py",
        "publishing/actions/supervise.py",
        "publishing/gazette_pdf.py",
    }
    storing = re.compile(r"\bblobs\.store(_apart)?\(|\bfrom gongkai\.documents\.blobs import [^\n]*\bstore(_apart)?\b")
    found = {str(path.relative_to(SOURCE)) for path in SOURCE.rglob("*.py") if storing.search(path.read_text())}
    assert found <= own


def test_an_upload_is_never_put_on_disk_by_the_way():
    """domain-spec §11.1 item 2: a mark is found before anything is stored, a temporary folder included."""
    request = RequestFactory().post("/", {"scan": SimpleUploadedFile("a.pdf", b"0" * (4 * 2**20))})
    assert isinstance(request.FILES["scan"], InMemoryUploadedFile) and request.FILES["scan"].size == 4 * 2**20


def test_a_request_that_is_too_large_is_answered_in_words(client):
    facts = {"content_type": "multipart/form-data; boundary=x", "CONTENT_LENGTH": str(10**9)}
    answer = client.generic("POST", "/desk/login/", b"--x--", **facts)
    assert answer.status_code == 413 and "文件合计不超过 120 MB" in answer.content.decode()
