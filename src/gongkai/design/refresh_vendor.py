"""Rewrite ``static/vendor`` from unpacked npm packages.

    npm pack bootstrap@5.3.9 bootstrap-icons@1.13.2      (then unpack each)
    python -m gongkai.design.refresh_vendor <bootstrap package dir> <bootstrap-icons package dir>

Of Bootstrap the reboot, grid and utilities are taken: its components carry ``data:`` pictures that a
strict content policy refuses, and ours replace them. The only change is that the source-map line goes.
Of the icons the names in ``ICONS`` become one sprite. Each folder gets LICENSE and SHA256SUMS.
"""

import hashlib
import json
import re
import shutil
import sys
from pathlib import Path

VENDOR = Path(__file__).parent / "static" / "vendor"
STYLESHEETS = ("bootstrap-reboot.min.css", "bootstrap-grid.min.css", "bootstrap-utilities.min.css")
ICONS = (
    "archive", "arrow-left", "arrow-right", "arrow-return-left", "bar-chart", "bell", "book", "box-arrow-right",
    "building", "calendar3", "chat-left-text", "check-circle", "check-lg", "chevron-down", "chevron-left",
    "chevron-right", "clipboard-check", "clock", "clock-history", "diagram-3", "download", "envelope",
    "envelope-paper", "exclamation-triangle", "eye", "eye-slash", "file-earmark", "file-earmark-arrow-down",
    "file-earmark-excel", "file-earmark-pdf", "file-earmark-text", "file-earmark-word", "folder2", "gear",
    "geo-alt", "hourglass-split", "house", "inbox", "info-circle", "journal-text", "link-45deg", "list",
    "list-task", "lock", "megaphone", "paperclip", "pause-circle", "pencil", "pencil-square", "people", "person",
    "person-badge", "plus-lg", "printer", "question-circle", "search", "send", "shield-check", "shield-lock",
    "table", "telephone", "trash", "universal-access", "upload", "x-circle", "x-lg",
)  # fmt: skip


def package_version(package: Path) -> str:
    """The version an unpacked npm package says it is."""
    return str(json.loads((package / "package.json").read_text(encoding="utf-8"))["version"])


def fresh_folder(package: Path, name: str) -> Path:
    """An empty ``static/vendor/<name>-<version>`` holding the package's licence; older versions go."""
    for old in VENDOR.glob(f"{name}-[0-9]*"):
        shutil.rmtree(old)
    folder = VENDOR / f"{name}-{package_version(package)}"
    folder.mkdir(parents=True)
    shutil.copyfile(package / "LICENSE", folder / "LICENSE")
    return folder


def write_bootstrap(package: Path) -> Path:
    """Copy the three stylesheets without their source-map line."""
    folder = fresh_folder(package, "bootstrap")
    for name in STYLESHEETS:
        css = (package / "dist" / "css" / name).read_text(encoding="utf-8")
        (folder / name).write_text(re.sub(r"\n?/\*# sourceMappingURL=\S+ \*/", "", css), encoding="utf-8")
    return folder


def write_icons(package: Path) -> Path:
    """Write ``sprite.svg`` with one ``<symbol>`` per name in ``ICONS``."""
    folder = fresh_folder(package, "bootstrap-icons")
    symbols = []
    for name in ICONS:
        svg = (package / "icons" / f"{name}.svg").read_text(encoding="utf-8")
        drawing = re.sub(r"^<svg[^>]*>\s*|\s*</svg>\s*$", "", svg.strip())
        symbols.append(f'<symbol id="{name}" viewBox="0 0 16 16">{drawing}</symbol>')
    sprite = '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"
    (folder / "sprite.svg").write_text(sprite, encoding="utf-8")
    return folder


def write_sums(folder: Path) -> None:
    """Write SHA256SUMS in the format of ``sha256sum --check``."""
    files = sorted(path for path in folder.iterdir() if path.name != "SHA256SUMS")
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files]
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def main(arguments: list[str]) -> int:
    """Refresh both packages; exit status 2 when the two folders are not given."""
    if len(arguments) != 2:
        sys.stderr.write("usage: refresh_vendor <bootstrap package> <bootstrap-icons package>\n")
        return 2
    bootstrap, icons = (Path(argument) for argument in arguments)
    for folder in (write_bootstrap(bootstrap), write_icons(icons)):
        write_sums(folder)
        sys.stdout.write(f"{folder.name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
