"""The form of a backup: one .tar.gz whose last member, manifest.json, names every file with its SHA-256.

Behind the tar stands a second, empty gzip member whose comment is the SHA-256 of all bytes before it, so that not
one bit can turn unseen; tar and gunzip read over it.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import tarfile
import zlib
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import IO, Any

MANIFEST = "manifest.json"
FORMAT = 1
_LEVEL = 1
_CHUNK = 1 << 20


class ArchiveDamaged(Exception):
    """The archive is not what was written; the message is a Chinese sentence."""


def _seal(digest: str) -> bytes:
    """An empty gzip member (RFC 1952) with the digest as its comment."""
    head = b"\x1f\x8b\x08\x10\x00\x00\x00\x00\x00\xff"
    return head + digest.encode() + b"\0" + b"\x03\x00" + bytes(8)


_SEAL_LENGTH = len(_seal("0" * 64))


class _Hashing:
    """A file that keeps the digest of what was read from it."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.digest = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self.file.read(size)
        self.digest.update(data)
        return data


def write(target: Path, files: Iterable[tuple[str, Path]], facts: dict[str, Any]) -> dict[str, Any]:
    """Write an archive of (name, path) pairs and the manifest: `facts` and what each file is. Returns the manifest.

    A file that vanished since it was listed is left out: pages are replaced while the site runs. The archive is
    readable by its owner only and appears under its name when it is complete; OSError leaves nothing behind.
    """
    partial = target.with_name(f".{target.name}.partial")
    try:
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as raw:
            with (
                gzip.GzipFile("", "wb", compresslevel=_LEVEL, fileobj=raw, mtime=0) as packed,
                tarfile.open(fileobj=packed, mode="w") as tar,
            ):
                manifest = facts | {"format": FORMAT, "files": {}, "links": {}}
                for name, path in files:
                    _add(tar, name, path, manifest)
                text = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
                entry = tarfile.TarInfo(MANIFEST)
                entry.size = len(text)
                tar.addfile(entry, io.BytesIO(text))
            raw.flush()
            with partial.open("rb") as written:
                raw.write(_seal(hashlib.file_digest(written, "sha256").hexdigest()))
            raw.flush()
            os.fsync(raw.fileno())
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    return manifest


def _add(tar: tarfile.TarFile, name: str, path: Path, manifest: dict[str, Any]) -> None:
    entry = tarfile.TarInfo(name)
    try:
        if path.is_symlink():
            entry.type, entry.linkname = tarfile.SYMTYPE, str(path.readlink())
            manifest["links"][name] = entry.linkname
            tar.addfile(entry)
            return
        with path.open("rb") as file:
            found = os.fstat(file.fileno())
            entry.size, entry.mode, entry.mtime = found.st_size, found.st_mode & 0o777, int(found.st_mtime)
            hashing = _Hashing(file)
            tar.addfile(entry, hashing)  # type: ignore[arg-type]
    except FileNotFoundError:
        return
    manifest["files"][name] = {"size": entry.size, "sha256": hashing.digest.hexdigest()}


def unpack(archive: Path, into: Path | None) -> dict[str, Any]:
    """Read an archive to its end, check every digest, and write its files below `into` (None: check only).

    Returns the manifest. Raises ArchiveDamaged at the first thing that is not as it was written; then what stands
    below `into` is to be thrown away.
    """
    found: dict[str, dict[str, Any]] = {}
    links: dict[str, str] = {}
    manifest: dict[str, Any] | None = None
    try:
        with archive.open("rb") as raw:
            _check_seal(raw, archive.stat().st_size)
            with gzip.GzipFile(fileobj=raw) as packed, tarfile.open(fileobj=packed, mode="r|") as tar:
                for entry in tar:
                    if manifest is not None:
                        raise ArchiveDamaged("清单之后还有内容")
                    if entry.name == MANIFEST:
                        manifest = json.loads(_member(tar, entry).read())
                    else:
                        _take(tar, entry, into, found, links)
    except (tarfile.TarError, OSError, EOFError, zlib.error, ValueError) as error:
        if isinstance(error, OSError) and not isinstance(error, gzip.BadGzipFile) and error.errno:
            raise
        raise ArchiveDamaged("备份文件的内容读不出来") from None
    if manifest is None or manifest.get("format") != FORMAT:
        raise ArchiveDamaged("备份文件没有清单，或者清单的格式不认识")
    if difference := sorted(
        name for name in found.keys() | manifest["files"].keys() if found.get(name) != manifest["files"].get(name)
    ):
        raise ArchiveDamaged(f"与清单不符的文件 {len(difference)} 个，第一个是 {difference[0]}")
    if links != manifest["links"]:
        raise ArchiveDamaged("链接与清单不符")
    return manifest


def _check_seal(file: IO[bytes], size: int) -> None:
    """Read the file once over and compare it with its seal; leaves it at its beginning."""
    digest, left = hashlib.sha256(), max(0, size - _SEAL_LENGTH)
    while left and (chunk := file.read(min(left, _CHUNK))):
        digest.update(chunk)
        left -= len(chunk)
    if file.read() != _seal(digest.hexdigest()):
        raise ArchiveDamaged("不是本系统的备份文件，或者已损坏、不全：校验不符")
    file.seek(0)


def _take(
    tar: tarfile.TarFile,
    entry: tarfile.TarInfo,
    into: Path | None,
    found: dict[str, dict[str, Any]],
    links: dict[str, str],
) -> None:
    name = _safe(entry.name)
    target = into / name if into else None
    if target:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if entry.issym():
        links[name] = _safe_link(name, entry.linkname)
        if target:
            target.symlink_to(entry.linkname)
        return
    digest, member = hashlib.sha256(), _member(tar, entry)
    with open(os.devnull, "wb") if target is None else target.open("xb") as output:  # noqa: PTH123
        while chunk := member.read(_CHUNK):
            digest.update(chunk)
            output.write(chunk)
    if target:
        target.chmod(entry.mode & 0o777)
        os.utime(target, (entry.mtime, entry.mtime))
    found[name] = {"size": entry.size, "sha256": digest.hexdigest()}


def _member(tar: tarfile.TarFile, entry: tarfile.TarInfo) -> IO[bytes]:
    if not entry.isreg() or (member := tar.extractfile(entry)) is None:
        raise ArchiveDamaged(f"备份中有不该有的内容：{entry.name}")
    return member


def _safe(name: str) -> str:
    """A name that stays below the folder it is unpacked into."""
    path = PurePosixPath(name)
    if path.is_absolute() or not path.parts or ".." in path.parts:
        raise ArchiveDamaged(f"备份中有不该有的路径：{name}")
    return str(path)


def _safe_link(name: str, target: str) -> str:
    """A link's target that stays in the same part (first folder) of the archive."""
    top = PurePosixPath(name).parts[0]
    reached = os.path.normpath(PurePosixPath(name).parent / target)
    if os.path.isabs(target) or not reached.startswith(f"{top}/"):  # noqa: PTH117 - names, not files
        raise ArchiveDamaged(f"备份中有不该有的链接：{name}")
    return target
