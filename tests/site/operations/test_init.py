"""gongkai site init: one government, one administrator, nothing by default, nothing half done."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from gongkai.agencies.models import Agency, Installation, Role, User
from gongkai.operations.actions import initialise
from gongkai.publishing.models import Column
from gongkai.publishing.skeleton import SKELETON
from gongkai.trail.chain import verify
from gongkai.trail.models import Entry
from gongkai_core.refusals import Refused

from .conftest import FINANCE, FOUNDING, PASSWORD, Site, init_options, workbook

pytestmark = pytest.mark.django_db


def facts() -> dict[str, str]:
    return {
        "name": FOUNDING.name,
        "code": FOUNDING.code.lower(),
        "document_prefix": FOUNDING.document_prefix,
        "username": FOUNDING.username,
        "admin_name": FOUNDING.admin_name,
    }


def nothing_was_made() -> bool:
    return not (Agency.objects.exists() or User.objects.exists() or Column.objects.exists() or Entry.objects.exists())


def test_an_office_starts_and_its_administrator_logs_in(home: Path, tmp_path: Path, settings: Any, today: date) -> None:
    settings.KEY_FILE.unlink()
    secret = tmp_path / "password"
    secret.write_text(f"{PASSWORD}\n", encoding="utf-8")
    call_command("init", **facts(), admin_password_file=secret, verbosity=0)
    installation = Installation.objects.get()
    assert (installation.government.name, installation.demonstration) == (FOUNDING.name, False)
    assert installation.government.code == FOUNDING.code
    assert installation.government.short_name == "云泉县政府"
    assert stat.S_IMODE(settings.KEY_FILE.stat().st_mode) == 0o600
    assert set(Column.objects.values_list("code", flat=True)) == {seed.code for seed in SKELETON}
    administrator = User.objects.get()
    assert [post.role for post in administrator.posts_on(today)] == [Role.SYSTEM_ADMIN]
    assert verify().holds
    assert list(Entry.objects.values_list("verb", flat=True))[-1] == "operations.initialise"
    client = Client()
    assert client.login(username=FOUNDING.username, password=PASSWORD)
    assert client.get(reverse("operations:import")).status_code == 200


def test_a_second_init_is_refused_and_asks_nothing(office: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builtins.input", lambda _words: pytest.fail("asked"))
    with pytest.raises(CommandError, match="已经初始化过"):
        call_command("init", verbosity=0)
    assert Agency.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"code": FOUNDING.code[:-1] + "0"}, "校验位"),
        ({"code": "123"}, "18 位"),
        ({"name": ""}, "缺少政府全称"),
        ({"name": "县" * 101}, "政府全称"),
        ({"document_prefix": " "}, "缺少机关代字"),
        ({"username": "two words"}, "空格"),
        ({"admin_name": ""}, "缺少管理员姓名"),
        ({"password": ""}, "没有默认口令"),
        ({"password": "short"}, "太短，至少 10 位"),
        ({"password": "1234567890"}, "太常见"),
        ({"password": "administrator-admin", "username": "administrator"}, "太像"),
    ],
)
def test_wrong_facts_are_refused_in_chinese(wrong: dict[str, str], words: str, today: date) -> None:
    with pytest.raises(Refused, match=words):
        initialise(replace(FOUNDING, **wrong), today=today)
    assert nothing_was_made()


def test_nothing_is_half_done(monkeypatch: pytest.MonkeyPatch, today: date) -> None:
    monkeypatch.setattr("gongkai.publishing.skeleton.SKELETON", (*SKELETON, None))
    with pytest.raises(AttributeError):
        initialise(FOUNDING, today=today)
    assert nothing_was_made()
    monkeypatch.undo()
    assert initialise(FOUNDING, today=today).government.name == FOUNDING.name


def test_it_asks_again_until_the_answer_is_right(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed: Iterator[str] = iter(["", *list(facts().values())[:1], "123", *list(facts().values())[1:]])
    hidden = iter(["short", PASSWORD, "something else", PASSWORD, PASSWORD])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _words: next(typed))
    monkeypatch.setattr("gongkai.operations.management.commands.init.getpass", lambda _words: next(hidden))
    call_command("init", verbosity=0)
    complaints = capsys.readouterr().err
    for words in ("缺少政府全称", "校验位", "太短", "两次输入不一样"):
        assert words in complaints
    assert User.objects.get().check_password(PASSWORD)


def test_the_end_of_input_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def end(_words: str) -> str:
        raise EOFError

    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", end)
    with pytest.raises(CommandError, match="什么也没有改动"):
        call_command("init", verbosity=0)
    assert nothing_was_made()


def test_missing_options_are_named_where_nobody_can_be_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    with pytest.raises(CommandError, match="--government"):
        call_command("init", verbosity=0)
    with pytest.raises(CommandError, match="--admin-password-file"):
        call_command("init", **facts(), verbosity=0)
    with pytest.raises(CommandError, match="还缺 --government"):
        call_command("init", admin_password_stdin=True, verbosity=0)
    with pytest.raises(CommandError, match="读不出口令文件"):
        call_command("init", **facts(), admin_password_file=Path("nowhere"), verbosity=0)
    assert nothing_was_made()


def test_the_real_command_on_an_empty_folder(tmp_path: Path, site: Site) -> None:
    home, sheet = tmp_path / "new", tmp_path / "staff.xlsx"
    sheet.write_bytes(workbook([FINANCE]))
    for early in (["backup"], ["import-staff", sheet]):
        refused = site(home, *early)
        assert (refused.returncode, "先运行 gongkai site init" in refused.stderr) == (1, True)
        assert "Traceback" not in refused.stderr
    done = site(home, "init", *init_options(), "--stdin", stdin=f"{PASSWORD}\n")
    assert done.returncode == 0, done.stderr
    assert "已初始化：云泉县人民政府" in done.stdout
    assert PASSWORD not in done.stdout
    assert (home / "gongkai.sqlite3").exists()
    assert stat.S_IMODE((home / "keys" / "cipher.json").stat().st_mode) == 0o600
    again = site(home, "init", *init_options(), "--stdin", stdin=f"{PASSWORD}\n")
    assert again.returncode == 1
    assert "已经初始化过" in again.stderr
    assert "Traceback" not in again.stderr
