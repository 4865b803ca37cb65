"""The archive for an office without a network: built, carried over, installed, started."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from gongkai_core.identity import valid_credit_code

ROOT = Path(__file__).resolve().parent.parent.parent

pytestmark = pytest.mark.soak

SERVE = """
set -e
"$1/bin/gongkai" site run --port 8123 --workers 1 & server=$!
for _ in $(seq 100); do
    /usr/bin/python3 -c 'import urllib.request; urllib.request.urlopen("http://127.0.0.1:8123/")' 2>/dev/null && break
    sleep 0.3
done
/usr/bin/python3 -c 'import urllib.request; print(urllib.request.urlopen("http://127.0.0.1:8123/").status)'
kill -TERM $server
wait $server
"""


def credit_code(serial: int) -> str:
    """A fictional 统一社会信用代码 with a valid check digit."""
    body = f"11999999{serial:09d}"
    return next(body + sign for sign in "0123456789ABCDEFGHJKLMNPQRTUWXY" if valid_credit_code(body + sign))


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bundle")
    subprocess.run([sys.executable, "scripts/bundle.py", str(folder)], cwd=ROOT, check=True)
    (archive,) = folder.glob("gongkai-*-bundle.tar.gz")
    with tarfile.open(archive) as tar:
        tar.extractall(folder)  # our own archive; Debian's 3.11.2 knows no filter
    (bundle,) = (path for path in folder.iterdir() if path.is_dir() and path.name.startswith("gongkai-"))
    return bundle


def offline(*command: str) -> list[str]:
    """The command where there is only the loopback interface, or as it is where that may not be arranged."""
    alone = ["unshare", "-n", "sh", "-c", 'ip link set lo up && exec "$@"', "sh"]
    if shutil.which("unshare") and subprocess.run([*alone, "true"], capture_output=True, check=False).returncode == 0:
        return [*alone, *command]
    return list(command)


def plain() -> dict[str, str]:
    """A login with Debian's own programs and nothing that points at an index."""
    kept = {name: os.environ[name] for name in ("HOME", "LANG", "TMPDIR") if name in os.environ}
    return {**kept, "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}


def run(*command: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(offline(*command), env=plain(), input=typed, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def installed(unpacked: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not Path("/usr/bin/python3.11").exists():
        pytest.skip("Debian 12's own python3 is not on this machine")
    prefix = tmp_path_factory.mktemp("opt") / "gongkai"
    done = run(str(unpacked / "install"), "--prefix", str(prefix))
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.rstrip().endswith("/bin/gongkai site init")
    return prefix


def test_the_bundle_holds_fonts_with_their_licence_and_static_files(unpacked: Path) -> None:
    assert len(list((unpacked / "fonts").glob("Noto*CJK-*.ttc"))) == 4
    assert "SIL OPEN FONT LICENSE" in (unpacked / "fonts" / "LICENSE.fonts-noto-cjk").read_text().upper()
    assert (unpacked / "static" / "staticfiles.json").exists()


def test_core_first_hour_and_site_work_offline(installed: Path) -> None:
    core = run(str(installed / "bin" / "gongkai"), "forms", "--edition", "2021", "--json")
    assert core.returncode == 0, core.stderr
    begun = run(
        *(str(installed / "bin" / "gongkai"), "site", "init", "--admin-password-stdin"),
        *("--government", "青禾县人民政府", "--code", credit_code(1), "--document-prefix", "青政"),
        *("--admin-username", "guanli", "--admin-name", "林远"),
        typed="bu-yong-moren-kouling-7\n",
    )
    assert begun.returncode == 0, begun.stdout + begun.stderr
    served = run("sh", "-c", SERVE, "sh", str(installed))
    assert served.returncode == 0, served.stdout + served.stderr
    assert "200" in served.stdout


def test_an_upgrade_keeps_the_data(unpacked: Path, installed: Path) -> None:
    kept = installed / "var" / "kept"
    kept.write_text("data")
    assert run(str(unpacked / "install"), f"--prefix={installed}").returncode == 0
    assert kept.read_text() == "data"


def test_a_damaged_bundle_is_refused_before_anything_is_touched(unpacked: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged"
    shutil.copytree(unpacked, damaged)
    with (damaged / "site.lock").open("a") as lock:
        lock.write("#\n")
    done = run(str(damaged / "install"), "--prefix", str(tmp_path / "opt"))
    assert done.returncode == 1
    assert "已损坏" in done.stderr
    assert not (tmp_path / "opt").exists()


def test_unknown_options_are_one_line(unpacked: Path) -> None:
    done = run(str(unpacked / "install"), "--nonsense")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
