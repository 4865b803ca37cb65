"""Automatic numbering of .docx: the numbers that Word prints and does not store."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

_DIGITS = "零一二三四五六七八九"
_CHINESE = ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCountingThousand")
_FORMAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")


@dataclass(frozen=True, slots=True)
class Number:
    text: str = ""
    bullet: bool = False


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    pattern: str
    start: int
    figures: bool = False
    """Whether the numbers of the levels above are written in figures too (isLgl)."""


class ListNumbers:
    """Counts the numbered paragraphs of a document in their order."""

    def __init__(self, part: Element | None) -> None:
        self._lists: dict[str, dict[int, _Level]] = {}
        self._by_style: dict[str, tuple[str, int]] = {}
        self._count: dict[str, dict[int, int]] = defaultdict(dict)
        if part is None:
            return
        abstract = {row.get("abstractNumId", ""): self._levels(row) for row in part.findall("abstractNum")}
        for row in part.findall("num"):
            key, base = row.get("numId", ""), row.find("abstractNumId")
            levels = dict(abstract.get(base.get("val", "") if base is not None else "", {}))
            for override in row.findall("lvlOverride"):
                start = override.find("startOverride")
                at = _int(override.get("ilvl"))
                if start is not None and at in levels:
                    levels[at] = replace(levels[at], start=_int(start.get("val")))
            self._lists[key] = levels
            for level in part.findall(
                f"abstractNum[@abstractNumId='{base.get('val', '') if base is not None else ''}']/lvl"
            ):
                named = level.find("pStyle")
                if named is not None:
                    self._by_style.setdefault(named.get("val", ""), (key, _int(level.get("ilvl"))))

    @staticmethod
    def _levels(row: Element) -> dict[int, _Level]:
        levels = {}
        for level in row.findall("lvl"):
            form, text, start = level.find("numFmt"), level.find("lvlText"), level.find("start")
            levels[_int(level.get("ilvl"))] = _Level(
                form.get("val", "decimal") if form is not None else "decimal",
                text.get("val", "") if text is not None else "",
                _int(start.get("val")) if start is not None else 1,
                level.find("isLgl") is not None,
            )
        return levels

    def next(self, style: Element | None, named: str) -> Number:
        """The number of a paragraph, counted on; nothing for one that has none."""
        given = style.find("numPr") if style is not None else None
        if given is None:
            if named not in self._by_style:
                return Number()
            key, at = self._by_style[named]
        else:
            number, level = given.find("numId"), given.find("ilvl")
            key = number.get("val", "") if number is not None else ""
            at = _int(level.get("val")) if level is not None else 0
        levels = self._lists.get(key, {})
        if at not in levels:
            return Number()
        if levels[at].form == "bullet":
            return Number(bullet=True)
        count = self._count[key]
        count[at] = count.get(at, levels[at].start - 1) + 1
        for deeper in [other for other in count if other > at]:
            del count[deeper]
        text = levels[at].pattern
        for place, shown in levels.items():
            if f"%{place + 1}" in text:
                form = "decimal" if levels[at].figures else shown.form
                text = text.replace(f"%{place + 1}", written(count.get(place, shown.start), form))
        return Number(text)


def _int(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else 0


def written(value: int, form: str) -> str:
    """A number as a list writes it."""
    if form in _CHINESE:
        return chinese(value)
    if form.startswith("chineseLegal"):
        return chinese(value).translate(_FORMAL)
    if form == "decimalEnclosedCircle" and 1 <= value <= 20:
        return chr(0x2460 + value - 1)
    if form in ("lowerLetter", "upperLetter") and 1 <= value <= 26:
        return chr((97 if form == "lowerLetter" else 65) + value - 1)
    if form in ("lowerRoman", "upperRoman"):
        return _roman(value).lower() if form == "lowerRoman" else _roman(value)
    return "" if form == "none" else str(value)


def chinese(value: int) -> str:
    """1–9999 in Chinese: 十二, 二十, 一百零五."""
    if not 0 < value < 10_000:
        return str(value)
    text = ""
    zero = False
    for unit, weight in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, value = divmod(value, weight)
        if digit:
            text += ("零" if zero and text else "") + _DIGITS[digit] + unit
            zero = False
        else:
            zero = True
    return text.removeprefix("一") if text.startswith("一十") else text


def _roman(value: int) -> str:
    text = ""
    for weight, sign in (
        *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC")),
        *((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
    ):
        while value >= weight and len(text) < 20:
            text, value = text + sign, value - weight
    return text
