"""Searching papers that go to others for the applicant's data (条例第十五条; domain-spec §11.6, 40)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from gongkai_core.letters.catalogue import LETTERS

LABELS: Final[Mapping[str, str]] = {
    "name": "姓名（名称）",
    "id_number": "证件号",
    "address": "住址",
    "phone": "电话",
    "email": "电子邮箱",
}

# Shorter values can't be told from ordinary words and numbers.
_SHORTEST: Final = {"name": 2, "id_number": 6, "address": 5, "phone": 7, "email": 5}
_PLACE_ENDS: Final = re.compile(r"[省市县区旗州盟镇乡]|街道")
_HOUSE: Final = re.compile(r"\d|[一二三四五六七八九十]+(?:号|组|栋|室|单元)")


@dataclass(frozen=True, slots=True)
class Leak:
    """A value of the applicant found where it must not be; `kind` is a key of LABELS."""

    kind: str
    value: str

    @property
    def message(self) -> str:
        """What to tell the handler, without repeating the value."""
        return f"文书或者附件中出现申请人的{LABELS[self.kind]}，发给申请人以外者的文书不得出现。"


def leaks(letter_code: str, text: str, applicant_values: Mapping[str, str | Iterable[str]]) -> list[Leak]:
    """What of the applicant appears in `text`, for letters that go to others; nothing for the rest.

    `text`: the whole printed letter, or an annex's text. `applicant_values`: values by kind (keys of LABELS),
    one or several each; KeyError for another key. Blanks, hyphens, full-width forms and case don't hide a
    value; an address is also found without its leading places, a telephone without its prefix. Values too
    short to tell (such as a one-character name) are left out.
    """
    if not LETTERS[letter_code].privacy_check:
        return []
    found = []
    for kind, given in applicant_values.items():
        shortest = _SHORTEST[kind]
        haystack = _plain(kind, text)
        for value in [given] if isinstance(given, str) else given:
            needles = [form for form in _forms(kind, _plain(kind, value)) if len(form) >= shortest]
            if any(needle in haystack for needle in needles):
                found.append(Leak(kind, value))
    return found


def _plain(kind: str, text: str) -> str:
    """What is compared: digits for numbers, text without fillers for the rest."""
    text = unicodedata.normalize("NFKC", text).casefold()
    if kind in ("id_number", "phone"):
        # A separator inside a number is dropped; anything else parts two numbers.
        joined = re.sub(r"(?<=\d)[\s\-—–_.()]+(?=[\dx])", "", text)
        return re.sub(r"[^\dx]+", " ", joined).strip()
    if kind == "name":
        return re.sub(r"[\s·・.]+", "", text)
    return re.sub(r"[\s,，。、]+", "", text) if kind == "address" else re.sub(r"\s+", "", text)


def _forms(kind: str, plain: str) -> list[str]:
    """The value, and the shorter ways of writing it that still point to this person."""
    if kind == "address":
        tails = [plain[match.end() :] for match in _PLACE_ENDS.finditer(plain)]
        return [plain, *(tail for tail in tails if _HOUSE.search(tail))]
    if kind == "phone":
        return [plain, re.sub(r"^86(?=1\d{10}$)", "", plain), re.sub(r"^0\d{2,3}(?=\d{7,8}$)", "", plain)]
    return [plain]
