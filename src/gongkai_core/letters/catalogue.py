"""The letters (文书) of `data/letters.json`, checked when loaded."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

from gongkai_core.letters.template import variables_in, variables_outside_segments

FIRST_DAY: Final = date(2019, 5, 15)
"""Letters are made only for applications received from this day (条例2019年修订施行日; `law_note`)."""

KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {"notice": "告知书", "letter": "函", "form": "表单", "internal": "内部文书", "litigation": "复议诉讼文书"}
)

ADDRESSEES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "applicant": "申请人",
        "third_party": "第三方",
        "co_maker": "共同制作机关",
        "assisting_unit": "协办单位",
        "agency": "被征求意见机关",
        "transferee": "受移送单位",
        "review_body": "复议机关",
        "court": "法院",
        "review_body_or_court": "复议机关或者法院",
        "any": "按案选定",
        "none": "无称谓",
    }
)


@dataclass(frozen=True, slots=True)
class Letter:
    """One 文书: its template, variables and what is checked before it is printed.

    `remedy` is by_outcome, choice or none; `required_when` makes an optional variable necessary for some
    outcomes; `date_only_when` lets a date be printed only for deliveries whose day of receipt is known
    (domain-spec §11.6, 39); `privacy_check` names what is searched for the applicant's data (§11.6, 40).
    `stops_clock` is None where the letter has nothing to do with the clock.
    """

    code: str
    name: str
    kind: str
    addressee: str
    docno_suffix: str
    triggers: tuple[str, ...]
    template: str
    required: tuple[str, ...]
    optional: tuple[str, ...]
    record: tuple[str, ...]
    remedy: str
    deadline_rule: str
    privacy_check: tuple[str, ...]
    date_only_when: Mapping[str, tuple[str, ...]]
    required_when: Mapping[str, tuple[str, ...]]
    stops_clock: bool | None
    note: str

    @property
    def printed(self) -> tuple[str, ...]:
        """Every variable that can appear on paper."""
        return (*self.required, *self.optional)


class LettersError(ValueError):
    """`letters.json` contradicts itself; raised at import, so never in an office."""


def check(letter: Letter) -> None:
    """Raise `LettersError` unless declared and used variables are the same and no blank can be printed."""
    used = set(variables_in(letter.template))
    if used != set(letter.printed):
        raise LettersError(f"{letter.code}: declared and used variables differ: {used ^ set(letter.printed)}")
    if len(set(letter.printed)) != len(letter.printed) or used & set(letter.record):
        raise LettersError(f"{letter.code}: a variable is declared twice")
    bare = set(variables_outside_segments(letter.template)) & set(letter.optional)
    if bare:
        raise LettersError(f"{letter.code}: optional variables outside a segment: {bare}")
    if letter.kind not in KINDS or letter.addressee not in ADDRESSEES:
        raise LettersError(f"{letter.code}: unknown kind or addressee")
    if not set(letter.date_only_when) | set(letter.required_when) <= set(letter.optional):
        raise LettersError(f"{letter.code}: only an optional variable can depend on delivery or outcome")


def read(row: Mapping[str, Any]) -> Letter:
    """Read and check one entry of `letters`."""
    letter = Letter(
        code=row["code"],
        name=row["name"],
        kind=row["kind"],
        addressee=row["addressee"],
        docno_suffix=row["docno_suffix"],
        triggers=tuple(row["trigger"]),
        template=row["template"],
        required=tuple(row["required_vars"]),
        optional=tuple(row["optional_vars"]),
        record=tuple(row["record_vars"]),
        remedy=row["remedy"],
        deadline_rule=row["deadline_rule"],
        privacy_check=tuple(row.get("privacy_check", ())),
        date_only_when=_lists(row.get("date_only_when", {})),
        required_when=_lists(row.get("required_when", {})),
        stops_clock=row.get("stops_clock"),
        note=row.get("note", ""),
    )
    check(letter)
    return letter


def _lists(raw: Mapping[str, list[str]]) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({name: tuple(values) for name, values in raw.items()})


RAW: Final[Mapping[str, Any]] = json.loads(
    (files("gongkai_core") / "data" / "letters.json").read_text(encoding="utf-8")
)

LETTERS: Final[Mapping[str, Letter]] = MappingProxyType({row["code"]: read(row) for row in RAW["letters"]})


def letters_for(trigger: str) -> tuple[Letter, ...]:
    """The letters an outcome code or a step of the case calls for, main paper first."""
    found = [letter for letter in LETTERS.values() if trigger in letter.triggers]
    return tuple(sorted(found, key=lambda letter: letter.kind == "internal"))
