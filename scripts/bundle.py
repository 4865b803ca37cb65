"""`make bundle`: one archive that installs Gongkai on a Debian 12 without a network.

dist/gongkai-<version>-bundle.tar.gz holds our wheel and those of requirements/site.lock, pip's own wheel, the
Chinese fonts with their licence, the collected static files, `./install` and a digest of every file.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import house

FONTS = Path("/usr/share/fonts/opentype/noto")
FONT_FILES = [f"Noto{family}CJK-{weight}.ttc" for family in ("Serif", "Sans") for weight in ("Regular", "Bold")]
FONT_LICENCE = Path("/usr/share/doc/fonts-noto-cjk/copyright")


def call(*command: str, **environment: str) -> None:
    done = subprocess.run(command, cwd=house.ROOT, env={**os.environ, **environment}, check=False)
    if done.returncode:
        house.stop(f"制作安装包失败：{' '.join(command)}（状态 {done.returncode}）")


def collect_wheels(python: str, bundle: Path) -> str:
    """Put every wheel into the bundle; return our own version."""
    pip = [python, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    locked = ["download", "--only-binary=:all:", "--require-hashes"]
    site, build = (house.ROOT / "requirements" / lock for lock in (house.LOCKS["run"], house.BUILD_LOCK))
    call(*pip, *locked, f"--requirement={site}", f"--dest={bundle / 'wheels'}")
    call(*pip, *locked, f"--requirement={build}", f"--dest={bundle / 'build'}")
    (bundle / "pip").mkdir()
    for wheel in (bundle / "build").glob("pip-*.whl"):
        wheel.rename(bundle / "pip" / wheel.name)
    shutil.rmtree(bundle / "build")
    call(*pip, "wheel", "--no-deps", "--no-build-isolation", f"--wheel-dir={bundle / 'wheels'}", str(house.ROOT))
    shutil.copy(site, bundle / "site.lock")
    (ours,) = (bundle / "wheels").glob("gongkai-*.whl")
    return ours.name.split("-")[1]


def collect_static(python: str, bundle: Path) -> None:
    with tempfile.TemporaryDirectory() as home:
        command = [python, "-m", "gongkai.config.cli", "collectstatic", "--no-input", "--verbosity=0"]
        call(*command, GONGKAI_HOME=home)
        shutil.copytree(Path(home) / "static", bundle / "static")


def collect_fonts(bundle: Path) -> None:
    if not house.ensure_fonts() or not all((FONTS / name).exists() for name in FONT_FILES):
        house.stop("制作安装包需要中文字体：sudo apt-get install fonts-noto-cjk")
    (bundle / "fonts").mkdir()
    for name in FONT_FILES:
        shutil.copy(FONTS / name, bundle / "fonts" / name)
    shutil.copy(FONT_LICENCE, bundle / "fonts" / "LICENSE.fonts-noto-cjk")


def write_digests(bundle: Path) -> None:
    lines = []
    for file in sorted(path for path in bundle.rglob("*") if path.is_file()):
        with file.open("rb") as opened:
            digest = hashlib.file_digest(opened, "sha256").hexdigest()
        lines.append(f"{digest}  {file.relative_to(bundle)}\n")
    (bundle / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def write_archive(bundle: Path, archive: Path) -> None:
    """Pack without owners and times, so that the same content gives the same archive."""

    def plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.uid = entry.gid = entry.mtime = 0
        entry.uname = entry.gname = "root"
        return entry

    partial = archive.with_suffix(".partial")
    with (
        partial.open("wb") as file,
        gzip.GzipFile("", "wb", compresslevel=6, fileobj=file, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w") as tar,
    ):
        tar.add(bundle, bundle.name, filter=plain)
    partial.replace(archive)


def main(folder: Path) -> Path:
    python = str(house.environment("run")[0] / "python")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".bundle-", dir=folder) as work:
        bundle = Path(work) / "bundle"
        bundle.mkdir()
        house.say("正在收集安装包的内容…")
        version = collect_wheels(python, bundle)
        collect_static(python, bundle)
        collect_fonts(bundle)
        (bundle / "VERSION").write_text(f"{version}\n")
        (bundle / "MACHINE").write_text(f"{platform.machine()}\n")
        shutil.copy(house.ROOT / "LICENSE", bundle / "LICENSE")
        shutil.copy(house.ROOT / "deploy" / "install", bundle / "install")
        write_digests(bundle)
        named = bundle.rename(bundle.with_name(f"gongkai-{version}"))
        archive = folder / f"gongkai-{version}-bundle.tar.gz"
        write_archive(named, archive)
    house.say(f"已生成 {archive}（{archive.stat().st_size / 2**20:.0f} MB）")
    return archive


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else house.ROOT / "dist")
