"""Index numbers (索引号) by rule: 条例第十二条第三款 asks for an index, each government has its own pattern.

A rule is a pattern of parts and a reset. The default, `{code}/{year}-{serial:05d}` anew each year, is the most
frequent (domain-spec §5.1). Numbers are composed, never typed; the serial comes from a locked counter named by
`IndexRule.counter_key`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from gongkai_core.identity import valid_credit_code
from gongkai_core.refusals import Refusal, Refused

ARTICLE: Final = "条例第十二条第三款"
RESETS: Final = {"year": "每年归零", "month": "每月归零", "never": "不归零"}
PARTS: Final = {
    "code": "机关代码",
    "catalogue": "目录代码",
    "year": "年",
    "month": "月",
    "serial": "流水号",
}

_TOKEN: Final = re.compile(r"\{(\w+)(?::0([1-9])d)?\}")
_LITERAL: Final = re.compile(r"[0-9A-Za-z/\-_.]*")
_CODE: Final = re.compile(r"[0-9A-Za-z]{1,18}(?:-[0-9A-Za-z])?")
_CATALOGUE: Final = re.compile(r"[0-9A-Za-z]{1,12}")


@dataclass(frozen=True, slots=True)
class IndexParts:
    """What a number is made of beside its serial: the organ's code, the day that gives year and month, and
    the catalogue's code where the pattern has one."""

    code: str
    on: date
    catalogue: str = ""


@dataclass(frozen=True, slots=True)
class IndexNumber:
    """A number taken apart by `IndexRule.parse`; parts that the pattern lacks are None."""

    code: str
    year: int | None
    month: int | None
    catalogue: str | None
    serial: int


@dataclass(frozen=True)
class IndexRule:
    """How one organ's index numbers look and when their serials begin anew.

    `pattern` holds `{code}` and `{serial}` (or `{serial:05d}`, padded) once each, and may hold `{year}`,
    `{month}` and `{catalogue}`. `reset` is year, month or never; serials count by organ, and by catalogue
    where the pattern names it. Raises Refused (bad_rule) for a pattern whose numbers could repeat.
    """

    pattern: str = "{code}/{year}-{serial:05d}"
    reset: str = "year"
    _reader: re.Pattern[str] = field(init=False, repr=False, compare=False)
    _names: frozenset[str] = field(init=False, repr=False, compare=False)
    _width: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        tokens = list(_TOKEN.finditer(self.pattern))
        names = [token[1] for token in tokens]
        _check_rule(self.pattern, self.reset, names)
        widths = [int(token[2]) for token in tokens if token[1] == "serial" and token[2]]
        object.__setattr__(self, "_names", frozenset(names))
        object.__setattr__(self, "_width", widths[0] if widths else 1)
        object.__setattr__(self, "_reader", _reader(self.pattern))

    def format(self, parts: IndexParts, serial: int) -> str:
        """Compose a number. ValueError for a serial below 1 or a code the pattern can't hold.

        A serial that outgrows its width gets longer; the number stays unique.
        """
        if serial < 1:
            raise ValueError(f"流水号从1开始：{serial}")
        if not _CODE.fullmatch(parts.code):
            raise ValueError(f"机关代码只能是字母和数字，最多18位：{parts.code}")
        if "catalogue" in self._names and not _CATALOGUE.fullmatch(parts.catalogue):
            raise ValueError(f"目录代码只能是字母和数字，最多12位：{parts.catalogue}")
        values = {
            "code": parts.code,
            "catalogue": parts.catalogue,
            "year": f"{parts.on.year:04d}",
            "month": f"{parts.on.month:02d}",
            "serial": f"{serial:0{self._width}d}",
        }
        return _TOKEN.sub(lambda token: values[token[1]], self.pattern)

    def counter_key(self, parts: IndexParts) -> str:
        """The name of the counter this number's serial comes from; it changes when serials begin anew."""
        scope = [parts.code]
        if "catalogue" in self._names:
            scope.append(parts.catalogue)
        if self.reset != "never":
            scope.append(f"{parts.on.year:04d}" + (f"{parts.on.month:02d}" if self.reset == "month" else ""))
        return "/".join(scope)

    def parse(self, text: str) -> IndexNumber:
        """Take a number apart; Refused (bad_index_number, bad_credit_code) when it isn't of this rule."""
        match = self._reader.fullmatch(text)
        if match is None or int(match["serial"]) < 1:
            raise Refused(Refusal("bad_index_number", f"索引号“{text}”不合本机关的规则：{self.pattern}。", ARTICLE))
        found = match.groupdict()
        if len(found["code"]) == 18 and not valid_credit_code(found["code"]):
            raise Refused(Refusal("bad_credit_code", f"索引号“{text}”中的统一社会信用代码校验不符。", "GB 32100—2015"))
        year, month = found.get("year"), found.get("month")
        return IndexNumber(
            code=found["code"],
            year=int(year) if year else None,
            month=int(month) if month else None,
            catalogue=found.get("catalogue"),
            serial=int(found["serial"]),
        )

    def check(self, text: str) -> Refusal | None:
        """Why `text` is not a number of this rule, or None."""
        try:
            self.parse(text)
        except Refused as refused:
            return refused.refusal
        return None


def _check_rule(pattern: str, reset: str, names: list[str]) -> None:
    def refuse(message: str) -> None:
        raise Refused(Refusal("bad_rule", f"索引号规则“{pattern}”：{message}", ARTICLE))

    unknown = sorted(set(names) - set(PARTS))
    if unknown:
        refuse(f"没有这些部分：{'、'.join(unknown)}；可用：{'、'.join(PARTS)}。")
    if not _LITERAL.fullmatch(_TOKEN.sub("", pattern)):
        refuse("各部分之间只能用字母、数字和 / - _ .，流水号补零写作 {serial:05d}。")
    if any(token[2] and token[1] != "serial" for token in _TOKEN.finditer(pattern)):
        refuse("只有流水号可以补零。")
    if len(set(names)) != len(names):
        refuse("同一部分不能写两次。")
    if not {"code", "serial"} <= set(names):
        refuse("须有机关代码和流水号。")
    if reset not in RESETS:
        refuse(f"归零方式只有：{'、'.join(RESETS.values())}。")
    needed = {"year": {"year"}, "month": {"year", "month"}, "never": set[str]()}[reset]
    if not needed <= set(names):
        refuse(f"{RESETS[reset]}的，编号中须有{'、'.join(PARTS[name] for name in PARTS if name in needed)}。")
    if re.search(r"\{(code|catalogue)\}\{", pattern) or re.search(r"\}\{(code|catalogue)\}", pattern):
        refuse("机关代码、目录代码与相邻部分之间须有分隔符。")


def _reader(pattern: str) -> re.Pattern[str]:
    kinds = {
        "code": _CODE.pattern,
        "catalogue": _CATALOGUE.pattern,
        "year": r"(?:19|20)[0-9]{2}",
        "month": r"(?:0[1-9]|1[0-2])",
    }
    parts = []
    end = 0
    for token in _TOKEN.finditer(pattern):
        parts.append(re.escape(pattern[end : token.start()]))
        width = int(token[2] or 1)
        digits = rf"[0-9]{{{width}}}|[1-9][0-9]{{{width},}}"
        parts.append(f"(?P<{token[1]}>{kinds.get(token[1], digits)})")
        end = token.end()
    return re.compile("".join([*parts, re.escape(pattern[end:])]))
