"""Backup and restore: nothing lost up to the moment of the copy, nothing damaged taken for whole."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import random
import shutil
import sqlite3
import stat
import subprocess
import sys
import tarfile
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from gongkai.operations import archive
from gongkai.operations.archive import ArchiveDamaged
from gongkai.operations.backup import back_up
from gongkai.operations.restore import restore
from gongkai_core.refusals import Refused

from .conftest import CLERK, FINANCE, PASSWORD, Site, init_options, workbook

pytestmark = pytest.mark.slow

FILL = """
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from gongkai.documents.blobs import store
store("张三的申请".encode(), name="申请.txt", content_type="text/plain", sealed=True)
store(b"a public file", name="file.txt", content_type="text/plain")
storages["baked"].save("2026/page.html", ContentFile("<h1>公开</h1>".encode()))
"""
OPENED = """
from gongkai.documents import blobs
from gongkai.documents.models import Blob
print(*[blobs.read(blob).decode() for blob in Blob.objects.order_by("pk")])
"""


@pytest.fixture(scope="module")
def office_home(tmp_path_factory: pytest.TempPathFactory, site: Site) -> Path:
    """An office at work: initialised, staff imported, a sealed file, an open one, a baked page."""
    home = tmp_path_factory.mktemp("office")
    sheet = home / "staff.xlsx"
    sheet.write_bytes(workbook([FINANCE], [CLERK]))
    for arguments in (["init", *init_options(), "--stdin"], ["import-staff", sheet], ["shell", "-v", "0", "-c", FILL]):
        done = site(home, *arguments, stdin=f"{PASSWORD}\n")
        assert done.returncode == 0, done.stderr
    (home / "public" / "current").symlink_to("2026")
    (home / "public" / ".new").mkdir()
    (home / "public" / ".new" / "page.html.1").write_text("being written")
    return home


def dump(home: Path) -> list[str]:
    """Every row of every table, and every table, index and trigger."""
    with closing(sqlite3.connect(home / "gongkai.sqlite3")) as database:
        return list(database.iterdump())


def digests(home: Path) -> dict[str, str]:
    """Files by name; the database and pages that are being written aside."""
    return {
        str(path.relative_to(home)): hashlib.sha256(path.read_bytes()).hexdigest()
        for part in ("blobs", "public", "keys")
        for path in sorted((home / part).rglob("*"))
        if path.is_file() and ".new" not in path.parts
    }


@pytest.fixture(scope="module")
def backed_up(office_home: Path, site: Site, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A backup and what the database held when it was made."""
    folder, before = tmp_path_factory.mktemp("disk"), dump(office_home)
    done = site(office_home, "backup", "--to", folder)
    assert done.returncode == 0, done.stderr
    assert "像密钥一样保管" in done.stdout
    (path,) = folder.iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    return path, before


def test_what_is_restored_is_what_was(
    office_home: Path, backed_up: tuple[Path, list[str]], site: Site, tmp_path: Path
) -> None:
    path, before = backed_up
    home = tmp_path / "new"
    done = site(tmp_path / "elsewhere", "restore", path, "--home", home)
    assert done.returncode == 0, done.stderr
    assert "留痕核验通过" in done.stdout
    assert dump(home) == before
    assert digests(home) == digests(office_home)
    assert (home / "public" / "current").readlink() == Path("2026") and not (home / "public" / ".new").exists()
    assert stat.S_IMODE((home / "keys" / "cipher.json").stat().st_mode) == 0o600
    opened = site(home, "shell", "-v", "0", "-c", OPENED)
    assert opened.stdout.strip() == "张三的申请 a public file"
    checked = site(tmp_path / "elsewhere", "restore", path, "--check")
    assert "备份完好：云泉县人民政府" in checked.stdout


def test_the_backup_itself_is_in_the_trail(office_home: Path, backed_up: tuple[Path, list[str]]) -> None:
    with closing(sqlite3.connect(office_home / "gongkai.sqlite3")) as database:
        verb, facts = database.execute("SELECT verb, facts FROM trail_entry ORDER BY id DESC LIMIT 1").fetchone()
    assert verb == "operations.backup"
    assert json.loads(facts)["file"] == backed_up[0].name


def test_a_home_with_data_is_not_overwritten(
    office_home: Path, backed_up: tuple[Path, list[str]], site: Site, tmp_path: Path
) -> None:
    home = tmp_path / "used"
    shutil.copytree(office_home, home, symlinks=True)
    (home / "blobs" / "later").write_bytes(b"written after the backup")
    before = digests(home)
    refused = site(tmp_path / "elsewhere", "restore", backed_up[0], "--home", home)
    assert (refused.returncode, digests(home)) == (1, before)
    assert "--force" in refused.stderr
    forced = site(tmp_path / "elsewhere", "restore", backed_up[0], "--home", home, "--force")
    assert forced.returncode == 0, forced.stderr
    (aside,) = home.glob("replaced-*")
    assert (aside / "blobs" / "later").exists()
    assert (aside / "gongkai.sqlite3").exists()
    assert not (home / "blobs" / "later").exists()
    assert dump(home) == backed_up[1]


def test_a_copy_under_writes_is_of_one_moment(office_home: Path, site: Site, tmp_path: Path) -> None:
    """A writer adds rows in pairs, each pair in one transaction; no copy may hold half a pair."""
    home, stop = tmp_path / "busy", threading.Event()
    shutil.copytree(office_home, home, symlinks=True)
    pairs = 0

    def write() -> None:
        nonlocal pairs
        with closing(sqlite3.connect(home / "gongkai.sqlite3", timeout=30, isolation_level=None)) as database:
            while not stop.is_set():
                database.execute("BEGIN IMMEDIATE")
                for half in ("a", "b"):
                    database.execute("INSERT INTO documents_counter (series, last) VALUES (?, 0)", (f"{half}{pairs}",))
                database.execute("COMMIT")
                pairs += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        done = site(home, "backup", "--to", tmp_path / "disk")
    finally:
        stop.set()
        writer.join()
    assert done.returncode == 0, done.stderr
    (path,) = (tmp_path / "disk").iterdir()
    restored = tmp_path / "restored"
    archive.unpack(path, restored)
    with closing(sqlite3.connect(restored / "database" / "gongkai.sqlite3")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        halves = [
            database.execute("SELECT count(*) FROM documents_counter WHERE series LIKE ?", (f"{half}%",)).fetchone()[0]
            for half in ("a", "b")
        ]
    assert halves[0] == halves[1]
    assert 0 < halves[0] <= pairs


@pytest.mark.soak
def test_every_flipped_byte_is_found(
    backed_up: tuple[Path, list[str]], tmp_path: Path, budget: Callable[..., int]
) -> None:
    whole = bytearray(backed_up[0].read_bytes())
    damaged = tmp_path / "damaged.tar.gz"
    chance = random.Random(20261123)
    places = [
        *range(12),
        *range(len(whole) - 100, len(whole)),
        *(chance.randrange(len(whole)) for _ in range(budget(test=60, soak=1_000))),
    ]
    for place in places:
        bit = 1 << chance.randrange(8)
        whole[place] ^= bit
        damaged.write_bytes(whole)
        whole[place] ^= bit
        with pytest.raises(ArchiveDamaged):
            archive.unpack(damaged, None)


def test_other_programs_read_the_archive(backed_up: tuple[Path, list[str]]) -> None:
    listed = subprocess.run(["tar", "tzf", backed_up[0]], capture_output=True, text=True, check=False)
    assert (listed.returncode, listed.stderr) == (0, "")
    assert "database/gongkai.sqlite3" in listed.stdout.splitlines()


def test_a_sealed_file_that_is_no_archive_is_refused(tmp_path: Path) -> None:
    for content in (b"", b"text", gzip.compress(b"text")):
        other = tmp_path / "other.tar.gz"
        other.write_bytes(content)
        with pytest.raises(ArchiveDamaged):
            archive.unpack(sealed(other), None)


@pytest.mark.parametrize("cut", [0, 5, 10, 500, -1, -8, -1000])
def test_a_cut_off_archive_is_found(backed_up: tuple[Path, list[str]], tmp_path: Path, cut: int) -> None:
    damaged = tmp_path / "damaged.tar.gz"
    damaged.write_bytes(backed_up[0].read_bytes()[:cut])
    with pytest.raises(ArchiveDamaged):
        archive.unpack(damaged, None)


def test_a_damaged_archive_leaves_the_home_untouched(
    backed_up: tuple[Path, list[str]], site: Site, tmp_path: Path
) -> None:
    content = bytearray(backed_up[0].read_bytes())
    content[len(content) // 2] ^= 1
    damaged, home = tmp_path / "damaged.tar.gz", tmp_path / "target"
    damaged.write_bytes(content)
    done = site(tmp_path / "elsewhere", "restore", damaged, "--home", home)
    assert done.returncode == 1
    assert "已损坏" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(home.iterdir()) == []
    missing = site(tmp_path / "elsewhere", "restore", tmp_path / "nowhere.tar.gz", "--home", home)
    assert (missing.returncode, "没有" in missing.stderr) == (1, True)


def sealed(path: Path) -> Path:
    """Append the empty gzip member whose comment is the digest of what stands before it."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    with path.open("ab") as file:
        file.write(b"\x1f\x8b\x08\x10" + bytes(5) + b"\xff" + digest.encode() + b"\0\x03\0" + bytes(8))
    return path


Change = Callable[[dict[str, bytes], dict[str, Any]], None]


def rebuilt(source: Path, target: Path, change: Change, link: tuple[str, str] | None = None) -> Path:
    """The same archive with other content, sealed as ours are."""
    members: dict[str, bytes] = {}
    with tarfile.open(source) as tar:
        for entry in tar:
            if entry.isreg() and (member := tar.extractfile(entry)):
                members[entry.name] = member.read()
    manifest = json.loads(members.pop(archive.MANIFEST))
    manifest["links"] = {}
    change(members, manifest)
    with (
        target.open("wb") as raw,
        gzip.GzipFile("", "wb", compresslevel=1, fileobj=raw, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w") as tar,
    ):
        if link:
            entry = tarfile.TarInfo(link[0])
            entry.type, entry.linkname = tarfile.SYMTYPE, link[1]
            tar.addfile(entry)
        for name, content in [*members.items(), (archive.MANIFEST, json.dumps(manifest).encode())]:
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    return sealed(target)


def _changed(members: dict[str, bytes], manifest: dict[str, Any]) -> None:
    members["public/2026/page.html"] = b"<h1>forged</h1>"


def _missing(members: dict[str, bytes], manifest: dict[str, Any]) -> None:
    del members["public/2026/page.html"]


def _added(members: dict[str, bytes], manifest: dict[str, Any]) -> None:
    members["public/extra.html"] = b""


def _outside(members: dict[str, bytes], manifest: dict[str, Any]) -> None:
    members["../outside"] = b""
    manifest["files"]["../outside"] = {"size": 0, "sha256": hashlib.sha256(b"").hexdigest()}


def _absolute(members: dict[str, bytes], manifest: dict[str, Any]) -> None:
    members["/outside"] = b""


def _other_format(members: dict[str, bytes], manifest: dict[str, Any]) -> None:
    manifest["format"] = 99


@pytest.mark.parametrize("change", [_changed, _missing, _added, _outside, _absolute, _other_format])
def test_content_that_is_not_the_manifests_is_found(
    backed_up: tuple[Path, list[str]], tmp_path: Path, change: Change
) -> None:
    forged = rebuilt(backed_up[0], tmp_path / "forged.tar.gz", change)
    with pytest.raises(ArchiveDamaged):
        archive.unpack(forged, tmp_path / "into")
    assert not (tmp_path / "outside").exists()


@pytest.mark.parametrize("target", ["/etc/passwd", "../../outside", "../keys/secret"])
def test_links_out_of_their_part_are_refused(backed_up: tuple[Path, list[str]], tmp_path: Path, target: str) -> None:
    forged = rebuilt(backed_up[0], tmp_path / "forged.tar.gz", lambda _m, _n: None, ("public/link", target))
    with pytest.raises(ArchiveDamaged, match="链接"):
        archive.unpack(forged, tmp_path / "into")


def _newer(members: dict[str, bytes], manifest: dict[str, Any]) -> None:
    manifest["migrations"].append(["agencies", "9999_of_tomorrow"])


def _broken_database(members: dict[str, bytes], manifest: dict[str, Any]) -> None:
    content = b"SQLite format 3\x00" + b"\x00" * 4096
    members["database/gongkai.sqlite3"] = content
    manifest["files"]["database/gongkai.sqlite3"] = {
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def _of_postgresql(members: dict[str, bytes], manifest: dict[str, Any]) -> None:
    manifest["engine"] = "postgresql"


@pytest.mark.parametrize(
    ("change", "words"),
    [(_newer, "更新的版本"), (_broken_database, "数据库"), (_of_postgresql, "DATABASE_URL")],
)
def test_an_archive_that_does_not_fit_is_refused(
    backed_up: tuple[Path, list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Change, words: str
) -> None:
    monkeypatch.setattr("gongkai.operations.restore.connection", SimpleNamespace(vendor="sqlite"))
    forged = rebuilt(backed_up[0], tmp_path / "forged.tar.gz", change)
    with pytest.raises(Refused, match=words):
        restore(forged, tmp_path / "target")
    assert list((tmp_path / "target").iterdir()) == []


def test_keys_may_be_kept_elsewhere(office_home: Path, site: Site, tmp_path: Path) -> None:
    done = site(office_home, "backup", "--without-keys", "--to", tmp_path / "disk")
    assert "备份中没有密钥" in done.stdout
    (path,) = (tmp_path / "disk").iterdir()
    with tarfile.open(path) as tar:
        assert not [name for name in tar.getnames() if name.startswith("keys")]
    home = tmp_path / "target"
    restored = site(tmp_path / "elsewhere", "restore", path, "--home", home)
    assert restored.returncode == 0, restored.stderr
    assert "加密的申请人信息打不开" in restored.stdout
    sick = site(home, "doctor")
    assert (sick.returncode, "没有密钥文件" in sick.stdout) == (1, True)
    shutil.copy(office_home / "keys" / "cipher.json", home / "keys" / "cipher.json")
    assert site(home, "shell", "-v", "0", "-c", OPENED).stdout.startswith("张三的申请")


def test_a_trail_that_was_broken_before_the_backup_is_said(office_home: Path, site: Site, tmp_path: Path) -> None:
    home = tmp_path / "broken"
    shutil.copytree(office_home, home, symlinks=True)
    with closing(sqlite3.connect(home / "gongkai.sqlite3")) as database:
        database.execute("DROP TRIGGER trail_entry_no_update")
        database.execute("UPDATE trail_entry SET verb = 'something.else' WHERE id = 2")
        database.commit()
    site(home, "backup", "--to", tmp_path / "disk")
    (path,) = (tmp_path / "disk").iterdir()
    done = site(tmp_path / "elsewhere", "restore", path, "--home", tmp_path / "target")
    assert done.returncode == 1
    assert "留痕没有通过核验" in done.stderr


@pytest.mark.django_db
def test_nothing_to_back_up_before_init(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="还没有初始化"):
        back_up(tmp_path / "disk")
    assert not (tmp_path / "disk").exists()


def test_a_full_disk_leaves_no_half_backup(office_home: Path, tmp_path: Path, site: Site) -> None:
    """The limit on a file's size stands for the disk's end."""
    code = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000));"
        "from gongkai.config.cli import site; sys.exit(site(sys.argv[1:]))"
    )
    done = _python(code, office_home, "backup", "--to", str(tmp_path / "disk"))
    assert done.returncode == 1
    assert "备份没有完成" in done.stderr
    assert "Traceback" not in done.stderr
    assert list((tmp_path / "disk").iterdir()) == []


def _python(code: str, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment = {**kept, "GONGKAI_HOME": str(home), "PYTHONPATH": str(Path(archive.__file__).parents[2])}
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], env=environment, capture_output=True, text=True, check=False
    )
