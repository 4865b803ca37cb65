"""Title, 文号 and 成文日期 of an official paper, told by where they stand (GB/T 9704—2012, 7.2 and 7.3)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongkai_core.reading.paper import Block, Heading, Paragraph

_NUMBER = re.compile(
    r"([\u4e00-\u9fffA-Za-z]{2,20}?)\s*[〔\[［（(【]\s*((?:19|20)\d{2})\s*[〕\]］）)】]\s*第?\s*0*([1-9]\d{0,4})\s*号"
)
_DAY = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_CHINESE_DAY = re.compile(
    r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)
_VALUES = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0}
_KINDS = (
    *(
        "决议",
        "决定",
        "命令",
        "公报",
        "公告",
        "通告",
        "意见",
        "通知",
        "通报",
        "报告",
        "请示",
        "批复",
        "议案",
        "函",
        "纪要",
    ),
    *("办法", "细则", "规定", "方案", "规划", "计划", "预案", "指南", "公示", "目录", "清单", "令"),
)
_ENDS = re.compile(rf"(?:{'|'.join(_KINDS)})(?:[（(][^（）()]{{1,20}}[）)])?$")
_HEAD = re.compile(
    r".{2,30}文件|签发人[:：].*|(?:索\s*引\s*号|份号|主题分类|发文机[关构]|信息来源)[:： ].*|特急|加急|平急|\d{6}"
)
_LOOK_AT = 20
LONGEST_TITLE = 150


@dataclass(frozen=True, slots=True)
class Recognised:
    title: str = ""
    docno: str = ""
    formed_on: date | None = None
    body_from: int = 0
    """The first block after the title."""


def recognise(blocks: Sequence[Block], title: str = "") -> Recognised:
    """What stands where it belongs; `title` is what the file says of itself, used when the text shows none."""
    place, shown = _title(blocks)
    return Recognised(
        title=shown or title.strip()[:LONGEST_TITLE],
        docno=_docno(blocks[: max(place, 3)]) or _docno(blocks[:_LOOK_AT]),
        formed_on=_formed_on(blocks),
        body_from=place if shown else _after_head(blocks),
    )


def docno_in(text: str) -> str:
    """The 文号 that is (nearly) all of a line, written as GB/T 9704 wants it; empty when there is none."""
    bare = re.sub(r"签发人.*", "", text).strip(" \t\u3000（()）")
    found = _NUMBER.fullmatch(bare)
    return f"{found[1]}〔{found[2]}〕{found[3]}号" if found else ""


def day_in(text: str) -> date | None:
    """The day that is all of a line, in figures or in Chinese."""
    bare = text.strip(" \t\u3000。（）()")
    if found := _DAY.fullmatch(bare):
        numbers = tuple(int(part) for part in found.groups())
    elif found := _CHINESE_DAY.fullmatch(bare):
        year = int("".join(str(_VALUES[sign]) for sign in found[1]))
        numbers = (year, _small(found[2]), _small(found[3]))
    else:
        return None
    try:
        return date(*numbers)
    except ValueError:
        return None


def _small(text: str) -> int:
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _VALUES.get(text, 0)
    return (_VALUES.get(tens, 1) if tens else 1) * 10 + (_VALUES.get(ones, 0) if ones else 0)


def _docno(blocks: Sequence[Block]) -> str:
    texts = (
        line for block in blocks[:_LOOK_AT] if isinstance(block, Paragraph | Heading) for line in block.text.split("\n")
    )
    return next(filter(None, map(docno_in, texts)), "")


def _formed_on(blocks: Sequence[Block]) -> date | None:
    lines = [line for block in blocks if isinstance(block, Paragraph | Heading) for line in block.text.split("\n")]
    days = [day for line in lines if (day := day_in(line))]
    return days[-1] if days else None


def _is_head(text: str) -> bool:
    return bool(not text.strip() or docno_in(text) or day_in(text) or _HEAD.fullmatch(text.strip()))


def _after_head(blocks: Sequence[Block]) -> int:
    place = 0
    while place < min(len(blocks), _LOOK_AT) and isinstance(blocks[place], Paragraph) and _is_head(blocks[place].text):
        place += 1
    return place


def _title(blocks: Sequence[Block]) -> tuple[int, str]:
    """Where the title ends and what it is; it may stand on several lines."""
    place = _after_head(blocks)
    if place >= len(blocks) or not isinstance(blocks[place], Paragraph | Heading):
        return place, ""
    text, end = "", place
    for block in blocks[place : place + 4]:
        line = "".join(block.text.split("\n")) if isinstance(block, Paragraph | Heading) else ""
        if not line or line.endswith(("：", "。", ":", "；")) or len(text + line) > LONGEST_TITLE:
            break
        text, end = text + line.strip(), end + 1
        if _ENDS.search(text):
            while (
                end < len(blocks) and end - place < 6 and (docno_in(blocks[end].text) or not blocks[end].text.strip())
            ):
                end += 1
            return end, text
    first = blocks[place]
    bare = "".join(first.text.split("\n")).strip()
    if isinstance(first, Heading) or (len(bare) <= 60 and not bare.endswith(("。", "：", "；", ":"))):
        return place + 1, bare
    return place, ""
