"""Office files are zip archives: opened with limits, and never trusted for what they say of themselves."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator

from gongkai_core.reading.paper import Unreadable

MOST_ENTRIES = 5_000
LARGEST_ENTRY = 50 * 2**20
LARGEST_WHOLE = 200 * 2**20
"""Unpacked, declared or real."""
_DIRECTORY = 2 * 2**20
_END = struct.Struct("<4s4H2LH")
_CHUNK = 2**16
_FOREIGN = (".class", ".exe", ".dll", ".jar", ".bat", ".cmd", ".ps1", ".js", ".vbs", ".scr", ".lnk", ".hta", ".sh")


class Archive:
    """An archive's entries by name. Raises Unreadable as soon as anything is out of order."""

    def __init__(self, data: bytes) -> None:
        _check_end(data)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error, UnicodeDecodeError, OSError):
            raise Unreadable("damaged", "文件损坏，打不开；请用原来的软件另存一份再试") from None
        self._read = 0
        self._entries: dict[str, zipfile.ZipInfo] = {}
        entries = self._zip.infolist()
        if len(entries) > MOST_ENTRIES:
            raise Unreadable("too_many_entries", f"文件里有 {len(entries)} 个部件，不像是一份公文")
        if sum(entry.file_size for entry in entries) > LARGEST_WHOLE:
            raise Unreadable("bomb", f"文件展开后超过 {LARGEST_WHOLE // 2**20} MB，没有打开")
        for entry in entries:
            _check_entry(entry)
            if entry.filename.lower() in self._entries:
                raise Unreadable("twice", "文件里有同名的部件，不是正常保存的文件")
            self._entries[entry.filename.lower()] = entry

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._entries

    def names(self) -> Iterator[str]:
        return (entry.filename for entry in self._entries.values() if not entry.is_dir())

    def size(self, name: str) -> int:
        return self._entries[name.lower()].file_size

    def read(self, name: str) -> bytes:
        """One entry's bytes, whatever size it declares: cut off at the limit. KeyError when there is none."""
        entry = self._entries[name.lower()]
        chunks = []
        size = 0
        try:
            # The size in the header may lie; what really comes out is counted.
            with self._zip.open(entry) as file:
                while chunk := file.read(_CHUNK):
                    size += len(chunk)
                    self._read += len(chunk)
                    if size > LARGEST_ENTRY or self._read > LARGEST_WHOLE:
                        raise Unreadable("bomb", f"文件展开后超过 {LARGEST_ENTRY // 2**20} MB，没有打开")
                    chunks.append(chunk)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
            raise Unreadable("damaged", "文件损坏，打不开；请用原来的软件另存一份再试") from None
        return b"".join(chunks)


def _check_end(data: bytes) -> None:
    """The directory's own record, before anything is built from it: a hundred thousand entries cost nothing."""
    at = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557))
    if at < 0 or at + _END.size > len(data):
        raise Unreadable("damaged", "文件损坏，打不开；请用原来的软件另存一份再试")
    _, disk, _, here, count, size, offset, comment = _END.unpack_from(data, at)
    if count > MOST_ENTRIES or here > MOST_ENTRIES or size > _DIRECTORY:
        raise Unreadable("too_many_entries", "文件里的部件太多，不像是一份公文")
    if disk or comment or at + _END.size != len(data) or offset + size != at:
        raise Unreadable("polyglot", "文件头尾夹带了别的内容，不是正常保存的文件")


def _check_entry(entry: zipfile.ZipInfo) -> None:
    name, original = entry.filename, entry.orig_filename
    odd = "\0" in original or "\\" in original or name.startswith("/") or ":" in name
    if odd or ".." in name.split("/"):
        raise Unreadable("bad_name", "文件里的部件名不合规，可能会写到别处，没有打开")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise Unreadable("link", "文件里有指向别处的链接，没有打开")
    if entry.flag_bits & 0x1:
        raise Unreadable("encrypted", "文件设了打开口令，无法检查；请取消口令后再上传")
    if entry.file_size > LARGEST_ENTRY:
        raise Unreadable("bomb", f"文件展开后超过 {LARGEST_ENTRY // 2**20} MB，没有打开")
    if name.lower().endswith(_FOREIGN) or name.lower() == "meta-inf/manifest.mf":
        raise Unreadable("polyglot", "文件里夹带了程序，不是正常保存的文件")
