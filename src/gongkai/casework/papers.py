"""Which files are taken from the public: by ending and by their first bytes, up to ten megabytes."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler

LARGEST = 10 * 1024 * 1024
LARGEST_REQUEST = 40 * 1024 * 1024
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BEGINNINGS: dict[str, tuple[bytes, str]] = {
    "pdf": (b"%PDF-", "application/pdf"),
    "jpg": (b"\xff\xd8\xff", "image/jpeg"),
    "jpeg": (b"\xff\xd8\xff", "image/jpeg"),
    "png": (b"\x89PNG\r\n\x1a\n", "image/png"),
    "doc": (_OLE, "application/msword"),
    "wps": (_OLE, "application/vnd.ms-works"),
    "docx": (_ZIP, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "ofd": (_ZIP, "application/ofd"),
}
ACCEPT = ",".join(f".{ending}" for ending in _BEGINNINGS)
PAPER_HINT = "PDF、图片（JPG、PNG）、Word、WPS 或者 OFD，每个不超过 10 MB。手机拍照即可。"


def ending_of(name: str) -> str:
    return name.rpartition(".")[2].lower()


def check_paper(upload: UploadedFile) -> str:
    """Why a file is not taken, in a sentence; empty when it is."""
    ending = ending_of(str(upload.name))
    if ending not in _BEGINNINGS:
        return f"不收“{ending}”类文件；请用 PDF、图片、Word、WPS 或者 OFD"
    if not upload.size:
        return "选的文件是空的"
    if upload.size > LARGEST:
        return f"文件有 {upload.size / 1024 / 1024:.0f} MB，超过了 10 MB；可以拍小一些或者分开上传"
    beginning, content_type = _BEGINNINGS[ending]
    upload.seek(0)
    if upload.read(len(beginning)) != beginning:
        return f"文件内容不是 {ending.upper()}，可能改过后缀，请重新选择"
    upload.content_type = content_type  # told by its bytes, not by the browser
    return ""


class InMemory(MemoryFileUploadHandler):
    """Holds uploads in memory whatever their size: identity papers never touch a temporary folder in clear."""

    def handle_raw_input(self, *args: object, **facts: object) -> None:
        self.activated = True
