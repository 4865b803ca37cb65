"""What a file is, told by its content; its name only has to agree."""

from __future__ import annotations

import unicodedata
from pathlib import PurePath

from gongkai_core.encodings import decode
from gongkai_core.reading.archive import Archive
from gongkai_core.reading.paper import Unreadable

KINDS: dict[str, tuple[str, tuple[str, ...], str]] = {
    "docx": (
        "Word 文档",
        (".docx",),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "doc": ("旧版 Word 文档", (".doc", ".wps", ".wpt", ".dot"), "application/msword"),
    "xlsx": ("Excel 表格", (".xlsx",), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "pptx": ("演示文稿", (".pptx",), "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    "xls": ("旧版 Excel 表格", (".xls", ".et"), "application/vnd.ms-excel"),
    "ole": ("旧版 Office 文件", (".ppt", ".dps", ".msg"), "application/x-ole-storage"),
    "pdf": ("PDF", (".pdf",), "application/pdf"),
    "ofd": ("OFD", (".ofd",), "application/ofd"),
    "zip": ("压缩包", (".zip",), "application/zip"),
    "png": ("图片", (".png",), "image/png"),
    "jpg": ("图片", (".jpg", ".jpeg"), "image/jpeg"),
    "gif": ("图片", (".gif",), "image/gif"),
    "bmp": ("图片", (".bmp",), "image/bmp"),
    "webp": ("图片", (".webp",), "image/webp"),
    "svg": ("矢量图", (".svg",), "image/svg+xml"),
    "html": ("网页", (".html", ".htm"), "text/html"),
    "rtf": ("RTF 文档", (".rtf",), "application/rtf"),
    "xml": ("XML", (".xml",), "application/xml"),
    "txt": ("文本", (".txt", ".csv", ".json", ".text", ".md"), "text/plain"),
}
"""What a kind is called, which endings are its own, and its media type."""
PICTURES = ("png", "jpg", "gif", "bmp", "webp")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BEGINNINGS = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"BM", "bmp"),
    (b"{\\rtf", "rtf"),
)
_PARTS = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("ppt/presentation.xml", "pptx"),
    ("ofd.xml", "ofd"),
)
_PAGE = ("<!doctype html", "<html", "<head", "<body", "<meta", "<div", "<p>", "<p ", "<table")
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe")
_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}


def kind_of(data: bytes) -> str:
    """The kind of a file by its content alone. Raises Unreadable for an empty one and one of no known kind."""
    if not data:
        raise Unreadable("empty", "选的文件是空的")
    if data.startswith(b"PK\x03\x04"):
        archive = Archive(data)
        return next((kind for part, kind in _PARTS if part in archive), "zip")
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "webp"
    if data.startswith(_OLE):
        return _ole(data)
    for beginning, kind in _BEGINNINGS:
        if data.startswith(beginning):
            return kind
    if data.startswith(_PROGRAMS):
        raise Unreadable("program", "这是程序，不是公文，没有接收")
    text = decode(data)
    if text is None:
        raise Unreadable("unknown", "认不出这是什么文件，没有接收")
    start = text.lstrip("\ufeff \t\r\n").lower()[:4_000]
    if "<svg" in start:
        return "svg"
    if start.startswith(_PAGE) or (start.startswith("<!--") and "<html" in start):
        return "html"
    return (
        "xml" if start.startswith("<?xml") and "<html" not in start else "html" if "<html" in start[:1_000] else "txt"
    )


def _ole(data: bytes) -> str:
    """Its streams are named in UTF-16 in the directory."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Unreadable("encrypted", "文件设了打开口令，无法检查；请取消口令后再上传")
    if "WordDocument".encode("utf-16-le") in data:
        return "doc"
    return "xls" if "Workbook".encode("utf-16-le") in data or "Book\0".encode("utf-16-le") in data else "ole"


def ending_of(name: str) -> str:
    return PurePath(name.replace("\\", "/")).suffix.lower()


def check_name(name: str, kind: str) -> None:
    """Unreadable when the name's ending is another kind's."""
    words, endings, _ = KINDS[kind]
    ending = ending_of(visible(name))
    if ending not in endings:
        shown = f"后缀却是 {ending}" if ending else "文件名却没有后缀"
        raise Unreadable("disagree", f"文件内容是{words}，{shown}；可能改过后缀，请核对后重新选择")


def visible(name: str) -> str:
    """A name without signs that nobody sees: control characters and those that turn the direction of writing."""
    return "".join(sign for sign in name if unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp"))


def safe_name(name: str, kind: str, *, longest: int = 80) -> str:
    """A name that can stand anywhere: no folder, no device, no hidden sign, the ending of its kind."""
    bare = unicodedata.normalize("NFC", visible(name)).replace("\\", "/").rpartition("/")[2]
    stem, dot, ending = bare.rpartition(".")
    endings = KINDS[kind][1]
    stem, ending = (stem, f".{ending.lower()}") if dot else (bare, "")
    stem = "".join("_" if sign in "<>:\"|?*/%&#'`$;" else sign for sign in stem).strip(". ")
    if not stem or stem.lower().split(".")[0] in _DEVICES:
        stem = f"文件{stem}" if stem else "文件"
    return stem[:longest] + (ending if ending in endings else endings[0])
