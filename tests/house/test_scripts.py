"""The scripts say in one line what is missing, and never take "no test ran" for "all passed"."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    import house

    return house


@pytest.fixture
def check(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    import check

    return check


def report(tmp_path: Path, **counts: int) -> Path:
    attributes = " ".join(f'{name}="{number}"' for name, number in counts.items())
    file = tmp_path / "report.xml"
    file.write_text(f"<testsuites><testsuite {attributes}/></testsuites>")
    return file


def test_without_venv_and_pip_one_line_names_the_package(
    house: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(house, "find_spec", lambda name: None)
    monkeypatch.setattr(house, "_as_root", lambda: None)
    monkeypatch.setattr(house, "VENVS", tmp_path / "venvs")
    with pytest.raises(SystemExit) as stopped:
        house.environment("run")
    assert stopped.value.code == 1
    told = capsys.readouterr().err
    assert "python3-venv" in told
    assert told.count("\n") == 1
    assert not (tmp_path / "venvs" / "run").exists()


def test_an_old_python_is_one_line(
    house: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    with pytest.raises(SystemExit):
        house.environment("run")
    assert capsys.readouterr().err.count("\n") == 1


def test_an_environment_is_kept_until_what_it_was_made_from_changes(
    house: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    lock = tmp_path / "some.lock"
    lock.write_text("a==1\n")
    first = house._stamp([lock])
    assert house._stamp([lock]) == first
    lock.write_text("a==2\n")
    assert house._stamp([lock]) != first


def test_fonts_need_both_faces(house: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(house, "FONT_FOLDERS", [tmp_path / "none", tmp_path])
    (tmp_path / "noto").mkdir()
    (tmp_path / "noto" / "NotoSerifCJK-Regular.ttc").touch()
    assert not house.fonts_present()
    (tmp_path / "noto" / "NotoSansCJK-Regular.ttc").touch()
    assert house.fonts_present()


def test_counts_are_those_of_the_report(check: ModuleType, tmp_path: Path) -> None:
    outcome = check.read_report(report(tmp_path, tests=10, failures=1, errors=2, skipped=3), 1)
    assert (outcome.passed, outcome.failed, outcome.skipped) == (4, 3, 3)


def test_a_part_without_tests_has_failed(check: ModuleType, tmp_path: Path) -> None:
    assert check.read_report(report(tmp_path, tests=0), 5).failed == 1


def test_a_part_that_crashed_has_failed(check: ModuleType, tmp_path: Path) -> None:
    assert check.read_report(tmp_path / "none.xml", 0).failed == 1
    assert check.read_report(report(tmp_path, tests=3), 2).failed == 1


def test_a_missing_part_fails_only_where_strict(check: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "STRICT", False)
    assert (check.missing("no X").failed, check.missing("no X").skipped) == (0, 1)
    monkeypatch.setattr(check, "STRICT", True)
    assert (check.missing("no X").failed, check.missing("no X").skipped) == (1, 0)


def test_the_last_line_is_the_total(check: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    results = [("a", check.Outcome(passed=2), 1.0), ("b", check.Outcome(passed=1, failed=1, skipped=2), 1.0)]
    assert check.summary(results) == 1
    assert capsys.readouterr().out.rstrip("\n").splitlines()[-1] == "3 passed, 1 failed, 2 skipped"


def test_the_command_beside_postgres_passes_its_status_on(tmp_path: Path) -> None:
    code = "import os, sys; print(os.environ['DATABASE_URL']); sys.exit(7)"
    command = [sys.executable, "scripts/postgres.py", sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 7, done.stderr
    url = done.stdout.strip()
    assert url.startswith("postgresql://postgres:@/postgres?host=/")
    assert not Path(url.partition("host=")[2]).exists()


def test_an_older_county_says_for_which_day_it_was_laid_out(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    import run

    (tmp_path / run.DAY).write_text("2026-11-20\n")
    run.tell_its_day(tmp_path, date(2026, 11, 20))
    assert capsys.readouterr().out == ""
    run.tell_its_day(tmp_path, date(2026, 11, 27))
    told = capsys.readouterr().out
    assert "2026-11-20" in told
    assert "FRESH=1" in told
