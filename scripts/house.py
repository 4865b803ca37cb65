"""What every `make` target needs before it can start: virtual environments, Debian packages, fonts, Chromium.

Standard library only, because nothing is installed yet when this runs. Environments live in `.venvs/`, each
made from one hashed lock with plain pip; a stamp of all that went in lets the next start skip the work.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENVS = ROOT / ".venvs"
LOG = ROOT / "var" / "log" / "setup.log"

# run: what an office runs. test: that and every tool. core: no Django, to prove that the core needs none.
# build.lock holds what installs our own code, and is part of each.
LOCKS = {"run": "site.lock", "test": "dev.lock", "core": "core.lock"}
BUILD_LOCK = "build.lock"

FONT_FOLDERS = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local/share/fonts"]
CHROMIUM_NAMES = ["chromium", "chromium-browser", "google-chrome"]


def say(line: str) -> None:
    print(line, flush=True)


def stop(line: str) -> None:
    """End with one clear line and no traceback."""
    print(line, file=sys.stderr, flush=True)
    raise SystemExit(1)


def end_children_when_told() -> None:
    """Make SIGTERM unwind like Ctrl-C does, so that the program being waited for ends with this one."""
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))


def _logged(command: list[str]) -> bool:
    """Run a command with its output in the log and nothing on standard input; say whether it succeeded."""
    LOG.parent.mkdir(parents=True, exist_ok=True)
    with LOG.open("a", encoding="utf-8") as log:
        log.write(f"$ {' '.join(command)}\n")
        log.flush()
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=False)
    return done.returncode == 0


def log_tail(lines: int = 5) -> str:
    return "\n".join(LOG.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])


def _as_root() -> list[str] | None:
    """The prefix that makes a command run as root without asking anything, or None when that cannot be."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return [sudo, "-n"]
    return None


def apt_install(*packages: str) -> bool:
    """Install Debian packages when this user may; False when not, or when apt refuses (see the log)."""
    root = _as_root()
    if root is None or not shutil.which("apt-get"):
        return False
    say(f"正在用 apt 安装 {' '.join(packages)} …")
    apt = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "Acquire::Retries=2"]
    _logged([*apt, "update"])
    return _logged([*apt, "install", "-y", "--no-install-recommends", *packages])


@contextmanager
def _alone() -> Iterator[None]:
    """Two `make` at once must not build the same environment."""
    VENVS.mkdir(exist_ok=True)
    with (VENVS / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _stamp(locks: list[Path]) -> str:
    """What an environment was made from: its locks, our own metadata (commands), the interpreter, the place."""
    import tomllib  # new in 3.11, which environment() has checked

    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)["project"]
    parts = [*(lock.read_text() for lock in locks), json.dumps(project), sys.version, str(VENVS)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _create(folder: Path) -> list[str]:
    """Make an empty environment; return the command that is its pip."""
    if find_spec("ensurepip") is None and find_spec("pip") is None:
        # An interpreter that was already running when apt brought the module sees it on the next look.
        if not apt_install("python3-venv") or not _logged([sys.executable, "-c", "import ensurepip"]):
            stop("缺少 python3-venv，请先安装：sudo apt-get install python3-venv")
        with_pip = True
    else:
        with_pip = find_spec("ensurepip") is not None
    shutil.rmtree(folder, ignore_errors=True)
    make = [sys.executable, "-m", "venv", str(folder)]
    if not _logged(make if with_pip else [*make, "--without-pip"]):
        stop(f"无法建立运行环境 {folder}：\n{log_tail()}")
    if with_pip:
        return [str(folder / "bin" / "python"), "-m", "pip"]
    return [sys.executable, "-m", "pip", "--python", str(folder / "bin" / "python")]


def environment(name: str) -> tuple[Path, bool]:
    """The `bin` folder of the environment `name` (run, test, core), and whether it was built just now."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this runs before anything has checked
        stop(f"需要 Python 3.11 或更新版本，当前是 {sys.version.split()[0]}。")
    locks = [ROOT / "requirements" / lock for lock in (LOCKS[name], BUILD_LOCK)]
    folder = VENVS / name
    stamp = folder / ".stamp"
    with _alone():
        want = _stamp(locks)
        if stamp.exists() and stamp.read_text() == want:
            return folder / "bin", False
        pip = [*_create(folder), "install", "--quiet", "--disable-pip-version-check", "--no-input"]
        say(f"正在准备 Python 环境 .venvs/{name}（按 requirements/{LOCKS[name]}）…")
        required = [f"--requirement={lock}" for lock in locks]
        ours = ["--no-deps", "--no-build-isolation", "--editable", str(ROOT)]
        if not (_logged([*pip, "--require-hashes", *required]) and _logged([*pip, *ours])):
            stop(f"安装依赖失败，详见 {LOG.relative_to(ROOT)}：\n{log_tail()}")
        stamp.write_text(want)
    return folder / "bin", True


def fonts_present() -> bool:
    """Whether Noto Serif and Sans CJK (思源宋体、思源黑体), with which PDF files are set, are installed."""
    files = [file.name for folder in FONT_FOLDERS for file in folder.glob("**/Noto*CJK*")]
    return all(any(name.startswith(family) for name in files) for family in ("NotoSerifCJK", "NotoSansCJK"))


def ensure_fonts() -> bool:
    return fonts_present() or (apt_install("fonts-noto-cjk") and fonts_present())


def ensure_antiword() -> bool:
    """The program that reads .doc files; without it the reader says so and the rest goes on."""
    return bool(shutil.which("antiword")) or (apt_install("antiword") and bool(shutil.which("antiword")))


def chromium() -> str | None:
    return next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


def ensure_chromium() -> str | None:
    return chromium() or (chromium() if apt_install("chromium") else None)


def main(arguments: list[str]) -> None:
    """`python scripts/house.py ENVIRONMENT ARGUMENTS…`: run that environment's Python with these arguments."""
    name, *rest = arguments
    python = str(environment(name)[0] / "python")
    os.chdir(ROOT)
    os.execv(python, [python, *rest])


if __name__ == "__main__":
    main(sys.argv[1:])
