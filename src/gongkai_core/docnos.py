"""Document numbers (发文字号) taken apart, and whether a series runs without gaps (文号连续性).

A number is 机关代字, year in 〔〕 and serial (GB/T 9704—2012, 7.2.5): 青政发〔2026〕7号. Every number of a series must be
accounted for: published, on request, not open with its reason, secret by reference, or explained (domain-spec §11.7, 47).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

SOURCE: Final = "GB/T 9704—2012 7.2.5；国办发〔2016〕80号"
STANDINGS: Final = {
    "published": "已公开",
    "on_request": "依申请公开",
    "closed": "不予公开（有理由）",
    "secret": "涉密（引用登记）",
    "under_way": "办理中",
    "withdrawn": "曾公开，已撤回",
    "explained": "缺号，已说明",
    "gap": "缺号",
}
_RANK: Final = {standing: rank for rank, standing in enumerate(STANDINGS)}

_NUMBER: Final = re.compile(
    r"(?P<prefix>[^\s〔〕\[\]（）()\d]{1,20})〔(?P<year>(?:19|20)\d{2})〕(?P<serial>[1-9]\d{0,4})号"
)
_LOOSE: Final = re.compile(
    r"(?P<prefix>\S{1,20}?)\s*[〔\[［【(（]\s*(?P<year>\d{4})\s*[〕\]］】)）]\s*第?\s*0*(?P<serial>[1-9]\d{0,4})\s*号"
)


@dataclass(frozen=True, slots=True, order=True)
class Docno:
    """A number taken apart."""

    prefix: str
    year: int
    serial: int

    def __str__(self) -> str:
        return f"{self.prefix}〔{self.year}〕{self.serial}号"


def parse(text: str) -> Docno | None:
    """The number of a text written as the standard wants it, or None."""
    match = _NUMBER.fullmatch(text.strip())
    return Docno(match["prefix"], int(match["year"]), int(match["serial"])) if match else None


def suggestion(text: str) -> str:
    """The standard form of a number written with other brackets, zeros or 第; empty when there is none to suggest."""
    match = _LOOSE.fullmatch(text.strip())
    if match is None:
        return ""
    proper = f"{match['prefix']}〔{match['year']}〕{match['serial']}号"
    return proper if parse(proper) and proper != text.strip() else ""


@dataclass(frozen=True, slots=True)
class Line:
    """One number of a series and where it stands; `items` are the keys of what bears it."""

    docno: Docno
    standing: str
    items: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return STANDINGS[self.standing]

    @property
    def doubled(self) -> bool:
        """Whether two things bear the same number."""
        return len(self.items) > 1


def continuity(known: Iterable[tuple[Docno, str, str]], explained: Mapping[Docno, str]) -> list[Line]:
    """Every number of one series from 1 to the highest known, each with where it stands.

    `known` are (number, standing, key); of several with one number the first standing of STANDINGS counts. A number that
    nothing bears is a gap, or explained when `explained` names it.
    """
    found: dict[Docno, list[tuple[str, str]]] = {}
    for docno, standing, key in known:
        found.setdefault(docno, []).append((standing, key))
    if not found and not explained:
        return []
    series = {(docno.prefix, docno.year) for docno in (*found, *explained)}
    if len(series) != 1:
        raise ValueError(f"numbers of several series: {sorted(series)}")
    ((prefix, year),) = series
    lines = []
    for serial in range(1, max(docno.serial for docno in (*found, *explained)) + 1):
        docno = Docno(prefix, year, serial)
        if bearers := found.get(docno):
            standing = min((standing for standing, _ in bearers), key=_RANK.__getitem__)
            lines.append(Line(docno, standing, tuple(key for _, key in bearers)))
        else:
            lines.append(Line(docno, "explained" if docno in explained else "gap"))
    return lines
