"""体检: each fault is planted and found; a sound office has none."""

from __future__ import annotations

import shutil
import sqlite3
from collections import namedtuple
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from gongkai.agencies.actions import appoint
from gongkai.agencies.models import Agency, Installation, Role, User
from gongkai.documents.blobs import store
from gongkai.documents.cipher import make_keys
from gongkai.documents.fonts import FontsMissing
from gongkai.operations import doctor
from gongkai.operations.doctor import Finding, Level, examine
from gongkai.outbox.models import Message

from .conftest import PASSWORD, Site, init_options

pytestmark = pytest.mark.django_db

DAY = date(2026, 6, 1)
"""Of a year whose 放假安排 the core has."""


@pytest.fixture
def sound(
    office: Installation, government: Agency, backed_up_today: None, monkeypatch: pytest.MonkeyPatch
) -> Installation:
    """An office in which nothing is wrong."""
    for role in (Role.SECURITY_ADMIN, Role.AUDIT_ADMIN):
        user = User.objects.create_user(str(role), str(role.label), PASSWORD)
        appoint(user, role, government, by=None, on=DAY)
    User.objects.get(username="admin").appointments.update(valid_from=DAY)
    store(b"sealed", name="a", content_type="text/plain", sealed=True)
    plenty = namedtuple("plenty", "total used free")(10**12, 0, 10**12)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: plenty)
    return office


def finding(name: str, on: date = DAY) -> Finding:
    return next(finding for finding in examine(today=on) if finding.name == name)


def test_a_sound_office(sound: Installation, capsys: pytest.CaptureFixture[str]) -> None:
    found = examine(today=DAY)
    assert [finding.name for finding in found] == [*doctor.MACHINE, *doctor.OFFICE]
    assert [finding for finding in found if finding.level is Level.WRONG] == []
    assert [finding.name for finding in found if finding.level is Level.NOTE] == ["放假安排"]
    assert all(finding.words for finding in found)


def test_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "sys", namedtuple("old", "version_info version")((3, 9), "3.9.2"))
    assert doctor.python(DAY)[0] is Level.WRONG


def test_a_database_that_takes_no_writes(sound: Installation) -> None:
    on, off = "SET TRANSACTION READ ONLY", "SELECT 1"  # in PostgreSQL the savepoint's end ends it
    if connection.vendor == "sqlite":
        on, off = "PRAGMA query_only=ON", "PRAGMA query_only=OFF"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(on)
        found = examine(today=DAY)
        cursor.execute(off)
        transaction.set_rollback(True)
    wrong = next(finding for finding in found if finding.name == "数据库")
    assert (wrong.level, "不能写入" in wrong.words) == (Level.WRONG, True)
    assert "留痕" not in [finding.name for finding in found], "what needs the database is not asked of a sick one"


def test_a_migration_that_is_missing(sound: Installation) -> None:
    MigrationRecorder(connection).record_unapplied("operations", "0001_initial")
    assert "差 1 步" in finding("数据库结构").words


def _remove(path: Path) -> None:
    path.unlink()


def _open_to_others(path: Path) -> None:
    path.chmod(0o644)


def _garble(path: Path) -> None:
    path.write_text("{}")


@pytest.mark.parametrize(
    ("plant", "words"), [(_remove, "没有密钥文件"), (_open_to_others, "别人也能读"), (_garble, "不完整")]
)
def test_keys(sound: Installation, settings: Any, plant: Callable[[Path], None], words: str) -> None:
    plant(settings.KEY_FILE)
    found = finding("密钥")
    assert (found.level, words in found.words) == (Level.WRONG, True)


def test_keys_that_are_not_the_ones_of_then(sound: Installation, settings: Any, tmp_path: Path) -> None:
    settings.KEY_FILE = tmp_path / "other" / "cipher.json"
    make_keys(settings.KEY_FILE)
    assert finding("密钥").level is Level.GOOD
    assert "密钥不是当时的" in finding("附件").words


def test_a_file_that_is_gone(sound: Installation, home: Path) -> None:
    shutil.rmtree(home / "blobs")
    assert "缺少 1 个附件文件" in finding("附件").words


def test_fonts(sound: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> None:
        raise FontsMissing

    monkeypatch.setattr("gongkai.documents.fonts.faces", none)
    assert finding("字体").level is Level.WRONG


@pytest.mark.parametrize("free", [2**20, 10**12 // 50])
def test_a_disk_nearly_full(sound: Installation, monkeypatch: pytest.MonkeyPatch, free: int) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: namedtuple("disk", "total free")(10**12, free))
    assert finding("磁盘").level is Level.WRONG


def test_not_yet_initialised(db: None) -> None:
    assert "还没有初始化" in finding("安装").words


def test_a_demonstration_is_said_but_not_wrong(sound: Installation) -> None:
    Installation.objects.update(demonstration=True)
    found = finding("安装")
    assert (found.level, "演示" in found.words) == (Level.NOTE, True)


def test_administrators(sound: Installation) -> None:
    audit = User.objects.get(username=str(Role.AUDIT_ADMIN))
    audit.set_unusable_password()
    audit.save()
    found = finding("三员")
    assert (found.level, "审计管理员" in found.words) == (Level.NOTE, True)
    User.objects.filter(pk=audit.pk).update(is_active=False)
    assert "没有审计管理员" in finding("三员").words


def test_two_administrations_in_one_hand(sound: Installation, government: Agency) -> None:
    """The database refuses two open posts; one with an end comes past it."""
    admin = User.objects.get(username="admin")
    admin.appointments.create(agency=government, role=Role.AUDIT_ADMIN, valid_from=DAY, valid_to=DAY)
    assert "兼任" in finding("三员").words


def test_outbox(sound: Installation) -> None:
    message = Message.objects.create(topic="publishing.item", key="1")
    assert finding("送达队列").words == "等待 1 项"
    Message.objects.filter(pk=message.pk).update(created_at=timezone.now() - timedelta(hours=1))
    assert "等了 15 分钟以上" in finding("送达队列").words
    Message.objects.filter(pk=message.pk).update(attempts=9, last_error="OSError")
    assert "publishing.item（OSError）" in finding("送达队列").words


def test_calendar(sound: Installation) -> None:
    assert finding("放假安排", date(2026, 12, 1)).level is Level.WRONG
    assert finding("放假安排", date(2025, 12, 1)).level is Level.GOOD
    assert "2040 年" in finding("放假安排", date(2040, 1, 1)).words


def test_backups(sound: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    assert finding("备份").level is Level.GOOD
    monkeypatch.setattr(doctor, "MAX_AGE", timedelta(0))
    assert finding("备份").level is Level.WRONG


def test_the_command_ends_with_1_when_something_is_wrong(
    sound: Installation, capsys: pytest.CaptureFixture[str], settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: DAY)
    call_command("doctor")
    assert "异常 0 项" in capsys.readouterr().out
    settings.KEY_FILE.unlink()
    with pytest.raises(SystemExit) as stop:
        call_command("doctor")
    assert stop.value.code == 1
    shown = capsys.readouterr().out
    assert "没有密钥文件" in shown
    assert "→ 从备份" in shown


@pytest.fixture(scope="module")
def sick_home(tmp_path_factory: pytest.TempPathFactory, site: Site) -> Path:
    home = tmp_path_factory.mktemp("sick")
    assert site(home, "init", *init_options(), "--stdin", stdin=f"{PASSWORD}\n").returncode == 0
    return home


def _break_trail(home: Path) -> None:
    with closing(sqlite3.connect(home / "gongkai.sqlite3")) as database:
        database.execute("DROP TRIGGER trail_entry_no_delete")
        database.execute("DELETE FROM trail_entry WHERE id = 2")
        database.commit()


def _loosen(home: Path) -> None:
    with closing(sqlite3.connect(home / "gongkai.sqlite3")) as database:
        database.execute("PRAGMA foreign_keys=OFF")
        database.execute("UPDATE agencies_appointment SET agency_id = 999")
        database.commit()


def _scribble(home: Path) -> None:
    """Overwrite a page in the middle of the file."""
    path = home / "gongkai.sqlite3"
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2 // 4096 * 4096)
        file.write(b"\xff" * 4096)


def _replace(home: Path) -> None:
    (home / "gongkai.sqlite3").write_bytes(b"this was a database once" * 1000)


@pytest.mark.parametrize(
    ("plant", "words"),
    [(_break_trail, "留痕没有通过核验"), (_loosen, "数据库不完整"), (_scribble, "数据库"), (_replace, "检查不了")],
)
def test_a_database_damaged_on_the_disk(
    sick_home: Path, site: Site, tmp_path: Path, plant: Callable[[Path], None], words: str
) -> None:
    home = tmp_path / "sick"
    shutil.copytree(sick_home, home)
    plant(home)
    done = site(home, "doctor")
    assert done.returncode == 1
    assert any(line.startswith("异常") and words in line for line in done.stdout.splitlines()), done.stdout
    assert "Traceback" not in done.stderr
