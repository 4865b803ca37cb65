"""Which faces this machine has for official papers, and what stands in for the ones it lacks.

方正小标宋简体 and 仿宋_GB2312 are not free and never shipped; an office that has a licence puts the files into
`settings.FONT_PATHS`. Otherwise the faces of the Debian package fonts-noto-cjk stand in, and the PDF says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import typst
from django.conf import settings

from gongkai_core.refusals import Refusal, Refused

PACKAGE = "fonts-noto-cjk"

# Official face first, then other files of the same face, then substitutes.
BODY = ("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong", "FandolFang R", "FandolFang")
TITLE = ("方正小标宋简体", "FZXiaoBiaoSong-B05S", "方正小标宋_GBK", "FZXiaoBiaoSong-B05")
HEADING = ("黑体", "SimHei")
SERIF = ("Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC", "SimSun", "宋体")
SANS = ("Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "Microsoft YaHei", "微软雅黑")
SAME_FACE = frozenset((*BODY[:4], *TITLE, *HEADING))


class FontsMissing(Refused):
    """This machine has no Chinese face: printing would give empty boxes."""

    def __init__(self) -> None:
        super().__init__(
            Refusal(
                "fonts_missing",
                f"服务器没有中文字体，不能生成 PDF。请安装软件包 {PACKAGE}（apt install {PACKAGE}），"
                "或者把字体文件放入字体目录；Word 等其他格式不受影响。",
            )
        )


@dataclass(frozen=True, slots=True)
class Faces:
    """The families to print with; each list ends with faces for characters that the first one lacks."""

    body: tuple[str, ...]
    title: tuple[str, ...]
    heading: tuple[str, ...]

    @property
    def note(self) -> str:
        """The small line at the foot of a PDF: which face stands in for which; empty with the official ones."""
        wanted = (("仿宋_GB2312", self.body), ("方正小标宋简体", self.title), ("黑体", self.heading))
        swaps = [f"{official}以{names[0]}代替" for official, names in wanted if names[0] not in SAME_FACE]
        return f"本件字体：{'，'.join(swaps)}" if swaps else ""


def available() -> bool:
    """Whether a PDF can be printed here."""
    try:
        faces()
    except FontsMissing:
        return False
    return True


def faces() -> Faces:
    """The faces of this machine; raises FontsMissing without a Chinese one."""
    found = _families(folders())
    serif, sans = _present(SERIF, found), _present(SANS, found)
    fallback = serif + sans
    body = _present(BODY, found) + fallback
    if not body:
        raise FontsMissing
    return Faces(
        body=body,
        title=(_present(TITLE, found) + fallback) or body,
        heading=(_present(HEADING, found) + sans + serif) or body,
    )


def file_of(family: str) -> Path:
    """The file with the regular weight of a family that `faces` has named; LookupError for another."""
    for font in installed().fonts():
        if font.family == family and font.path and font.weight == 400:
            return Path(font.path)
    raise LookupError(family)


def folders() -> tuple[str, ...]:
    """The folders where an office may put its licensed faces, as far as they exist."""
    return tuple(str(path) for path in settings.FONT_PATHS if path.exists())


def _present(wanted: tuple[str, ...], found: frozenset[str]) -> tuple[str, ...]:
    return tuple(name for name in wanted if name in found)


def installed() -> typst.Fonts:
    """The machine's fonts, looked for once: it takes as long as setting a page."""
    return _fonts(folders())


@lru_cache(maxsize=4)
def _fonts(paths: tuple[str, ...]) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=True, font_paths=list(paths))


@lru_cache(maxsize=4)
def _families(paths: tuple[str, ...]) -> frozenset[str]:
    return frozenset(_fonts(paths).families())
