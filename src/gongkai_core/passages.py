"""A piece of text with the place it stands in: what readers of files hand to whoever looks through the text."""

from __future__ import annotations

from dataclasses import dataclass

BODY = "正文"


def unspaced(text: str) -> str:
    """A text without blanks and line ends, as names and headings are compared."""
    return "".join(text.split())


@dataclass(frozen=True, slots=True)
class Passage:
    """One run of text, lines ended by newlines, and where it stands: 正文, 批注, 隐藏工作表“Sheet2”, 图片属性…"""

    text: str
    where: str = BODY
