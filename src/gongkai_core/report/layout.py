"""Layout repair: what printing, extraction and flattening do to a text, undone without moving a character.

`normalise` maps every character to exactly one character, so an offset in the repaired text is an offset in
the source and every value keeps its place. `Index` is the text without blanks and punctuation, in which the
labels of the forms are plain substrings however they were broken over lines. `tokens` cuts a stretch of text
into numbers, blank cells and words.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise

# Spaces that word processors and web editors leave behind, and the digits' and brackets' full-width forms.
_SPACES = "\u00a0\u1680\u180e\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_SAME = {"−": "-", "－": "-", "﹣": "-", "【": "(", "】": ")", "〔": "(", "〕": ")", "［": "(", "］": ")"}
_SAME |= {"｜": "|", "│": "|", "┃": "|", "║": "|", "：": ":", "；": ";", "％": "%", "﹪": "%"}
# Traditional characters that occur in the forms' labels and in titles; reading only, never written out.
_TRADITIONAL = dict(
    zip(
        "縣鎮鄉區衛廳務據報號業發辦處懷統計員會國廣東慶開遷審農產財設運輸園時間電話門關聯與歷經濟體實際應複議"
        "訴訟單訂類別條見價調數網訪談維動規範論點輿導總場獲無費專職構機號結轉繼續屬營涉書簽給組織強罰許對項購額"
        "確認並現僅記這復決訊請級裡製補絡當傳稱於個種後從負責",
        "县镇乡区卫厅务据报号业发办处怀统计员会国广东庆开迁审农产财设运输园时间电话门关联与历经济体实际应复议"
        "诉讼单订类别条见价调数网访谈维动规范论点舆导总场获无费专职构机号结转继续属营涉书签给组织强罚许对项购额"
        "确认并现仅记这复决讯请级里制补络当传称于个种后从负责",
        strict=True,
    )
)
_TABLE: dict[int, str] = {
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    **{ord(c): " " for c in _SPACES + _INVISIBLE + "\v\f\x1c\x1d\x1e\x1f\x85"},
    **{ord(c): "\n" for c in "\u2028\u2029"},
    **{ord(c): to for c, to in _SAME.items()},
    **{ord(c): to for c, to in _TRADITIONAL.items()},
}
_PAGE_NUMBER = re.compile(
    r"^[ \t]*(?:[-—–]+[ ]*\d{1,4}[ ]*[-—–]+|第[ ]*\d{1,4}[ ]*页[ ,，/]*(?:共[ ]*\d{1,4}[ ]*页)?)[ \t]*$", re.M
)


def normalise(text: str) -> str:
    """The text with one form of every space, digit, bracket and character; same length, same offsets.

    A page number on a line of its own becomes a mark of the same length that no table reads as a value.
    """
    text = text.replace("\r\n", " \n").replace("\r", "\n").translate(_TABLE)
    return _PAGE_NUMBER.sub(lambda found: "§" * len(found.group()), text)


_DROPPED = re.compile(r"[\s()\[\]{}《》<>〈〉“”\"‘’'「」『』、,，.。:;·…—\-_*#/§]+")
# 结果维护 for 结果维持 (domain-spec 11.8, 61), 只记 for 只计: letters that printers exchange.
_EXCHANGED = str.maketrans("护记", "持计")


def letters(label: str) -> str:
    """What a label is searched by: no blanks, no punctuation, exchanged letters made one."""
    return _DROPPED.sub("", label).translate(_EXCHANGED)


class Index:
    """A text reduced to its letters, with the way back to the offsets of the text."""

    def __init__(self, text: str) -> None:
        self.text = text
        pieces: list[str] = []
        self._offsets: list[int] = []
        at = 0
        for gap in _DROPPED.finditer(text):
            pieces.append(text[at : gap.start()])
            self._offsets.extend(range(at, gap.start()))
            at = gap.end()
        pieces.append(text[at:])
        self._offsets.extend(range(at, len(text)))
        self.letters = "".join(pieces).translate(_EXCHANGED)

    def find(self, key: str, limit: int) -> list[tuple[int, int]]:
        """Where `key` (already `letters`) stands: at most `limit` pairs (start, end) of offsets."""
        places: list[tuple[int, int]] = []
        at = self.letters.find(key)
        while at >= 0 and len(places) < limit:
            places.append((self._offsets[at], self._offsets[at + len(key) - 1] + 1))
            at = self.letters.find(key, at + 1)
        return places

    def follows(self, offset: int, key: str) -> int:
        """The end of `key` when it is the next thing after `offset`, else `offset`."""
        at = bisect_left(self._offsets, offset)
        if key and self.letters.startswith(key, at):
            return self._offsets[at + len(key) - 1] + 1
        return offset


@dataclass(frozen=True)
class Token:
    """One piece of a table: `kind` is number, blank, unit, word, line (end of line) or gap (empty line)."""

    kind: str
    start: int
    end: int
    value: int | float | None = None
    unit: str = ""


UNITS = r"亿元|万元|元|人次|篇次|条次|件次|条|件|次|篇|个|人|项|宗|期|场|份|家"
_NUMBER = re.compile(
    rf"(?P<before>{UNITS})?(?P<sign>增加|减少|新增|增|减|\+|-|↑|↓)?"
    rf"(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d{{1,15}}(?:\.\d{{1,8}})?)(?P<unit>{UNITS})?"
)
_UNIT = re.compile(rf"[(]?(?:单位:)?({UNITS})[)]?")
# What offices write into a cell that has nothing to say. It is not a zero.
_NOTHING = re.compile(r"[/\\—\-–_]*|无|空|不涉及|不适用|N/?A", re.I)
_PUNCTUATION = re.compile(r"[()\[\],，.。:;、“”\"§*#…]+")
_NEGATIVE = {"减少", "减", "-", "↓"}


def number(piece: str) -> tuple[int | float, str] | None:
    """The value and unit of a cell such as `29,507`, `减2`, `2.43亿元`, `条41105`; None for anything else."""
    found = _NUMBER.fullmatch(piece)
    if found is None:
        return None
    digits = found["digits"].replace(",", "")
    value: int | float = float(digits) if "." in digits else int(digits)
    return (-value if found["sign"] in _NEGATIVE else value), found["unit"] or found["before"] or ""


def tokens(text: str, start: int, end: int) -> list[Token]:
    """The pieces of text[start:end]. A tab or an upright stroke opens a cell; else blanks part words."""
    found: list[Token] = []
    at = start
    while at <= end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        line = _line(text, at, stop)
        if not line and not text[at:stop].strip() and at > start and stop < end:
            found.append(Token("gap", at, stop))
        found += line
        if stop < end:
            found.append(Token("line", stop, stop + 1))
        at = stop + 1
    return found


def _line(text: str, start: int, end: int) -> list[Token]:
    marks = [m.start() for m in re.finditer(r"[\t|]", text[start:end])]
    if not marks:
        return _pieces(text, start, end)
    found = _pieces(text, start, start + marks[0])
    edges = [start + m for m in marks] + [end]
    for opened, closed in pairwise(edges):
        found += _pieces(text, opened + 1, closed) or [Token("blank", opened + 1, closed)]
    # In `| a | b |` the last stroke closes the row and opens nothing.
    line_start = text.rfind("\n", 0, start) + 1
    framed = text[line_start : line_start + 40].lstrip().startswith("|")
    if framed and found and found[-1].kind == "blank" and text[start:end].rstrip().endswith("|"):
        found.pop()
    return found


def _pieces(text: str, start: int, end: int) -> list[Token]:
    found: list[Token] = []
    for piece in re.finditer(r"\S+", text[start:end]):
        word, at = piece.group(), start + piece.start()
        read = number(word.strip(":;,。、"))
        if read is not None:
            found.append(Token("number", at, at + len(word), *read))
        elif unit := _UNIT.fullmatch(word):
            found.append(Token("unit", at, at + len(word), unit=unit[1]))
        elif _NOTHING.fullmatch(word):
            found.append(Token("blank", at, at + len(word)))
        elif not _PUNCTUATION.fullmatch(word):
            found.append(Token("word", at, at + len(word)))
    return found
