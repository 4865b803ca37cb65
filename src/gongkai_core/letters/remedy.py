"""Remedy clauses (救济条款): which review body, which court, in which words, by the day of the letter.

The tables are `remedy` in `data/letters.json`; the choice per outcome is `gongkai_core.outcomes`. Sources:
行政复议法（2023）第二十二条至第二十四条、第二十七条、第二十八条; 行政复议法（2017）第十二条、第十三条、第十五条;
行政诉讼法第十四条、第十五条、第四十五条、第四十六条; 法释〔2021〕5号.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from gongkai_core import outcomes
from gongkai_core.letters.catalogue import RAW, Letter
from gongkai_core.letters.template import fill, variables_in
from gongkai_core.refusals import Refusal, Refused

_REMEDY: Final[Mapping[str, Any]] = RAW["remedy"]
BODY_LABELS: Final[Mapping[str, str]] = _REMEDY["body_names"]
COURT_LABELS: Final[Mapping[str, str]] = {"basic": "基层人民法院", "intermediate": "中级人民法院"}
ORGAN_KINDS: Final[Mapping[str, str]] = {
    row["organ_kind"]: row["name"] for row in _REMEDY["bodies"] if row["answering_body"] == "organ"
}
"""The kinds of organ the remedy table knows; for any other, legal review chooses."""
LEGAL_REVIEW_CHOICES: Final = ("choice", "review_first", "review_only", "none")


@dataclass(frozen=True, slots=True)
class AnsweringBody:
    """答复主体: the organ itself (`organ`) or its designated office (`designated_office`) in its own name.

    `review_names` gives the full name for each of `BODY_LABELS` that may be needed, `courts` for `basic` and
    `intermediate`. `chosen_review_bodies` are the names legal review chose where the table has no row;
    `court_override` is the court of a place with 集中管辖, or legal review's choice. `province` is for the
    court pilot of 2021–2023.
    """

    organ_kind: str
    answering_body: str = "organ"
    province: str = ""
    review_names: Mapping[str, str] = field(default_factory=dict)
    courts: Mapping[str, str] = field(default_factory=dict)
    chosen_review_bodies: tuple[str, ...] = ()
    court_override: str = ""


@dataclass(frozen=True, slots=True)
class Court:
    """Which court a suit goes to: `level` basic, intermediate or legal_review; the defendant; the source."""

    level: str
    defendant: str
    source: str
    confidence: str


def review_bodies(organ_kind: str, answering_body: str, signed_on: date) -> tuple[str, ...]:
    """The review bodies (ids of `BODY_LABELS`) for a letter of this body signed on this day.

    Several mean that the applicant chooses. Refused (no_review_body) where the table has no row.
    """
    side = "from_2024" if outcomes.remedy_period(signed_on) == "from_2024" else "before_2024"
    for row in _REMEDY["bodies"]:
        if (row["organ_kind"], row["answering_body"]) == (organ_kind, answering_body):
            return tuple(row[side])
    raise Refused(
        Refusal(
            "no_review_body",
            "这类答复主体的复议机关没有现成规则，须由法审选定后才能签发。",
            "行政复议法第二十四条至第二十八条",
        )
    )


def court_for(organ_kind: str, answering_body: str, signed_on: date, province: str = "") -> Court:
    """The court of first instance for a suit against a letter of this body signed on this day."""
    pilot = _REMEDY["court_pilot"]
    row = next(
        row
        for row in _REMEDY["courts"]
        if row["organ_kind"] in (organ_kind, "*")
        and row["answering_body"] in (answering_body, "*")
        and _within(signed_on, row["from"], row["until"])
    )
    defendant = answering_body if row["defendant"] == "answering_body" else row["defendant"]
    in_pilot = (
        defendant == "county_government"
        and _within(signed_on, pilot["from"], pilot["until"])
        and any(province.startswith(name) for name in pilot["provinces"])
    )
    if in_pilot:
        return Court(pilot["court"], defendant, pilot["source"], pilot["confidence"])
    return Court(row["court"], defendant, row["source"], row["confidence"])


def remedy_clause(
    outcome: str,
    signed_on: date,
    body: AnsweringBody,
    *,
    delivered_online: bool = False,
    review_url: str = "",
    legal_review_choice: str | None = None,
) -> list[str]:
    """The sentences of remedy for an answer with this outcome: none, one, or two for 部分公开 since 2024.

    `delivered_online` makes `review_url` necessary (复议法2023第二十二条第二款). `legal_review_choice`, one of
    LEGAL_REVIEW_CHOICES, is needed where the outcome leaves it to legal review, and only there; its reason is
    kept by the caller. Refused with outcome_not_in_force, no_legal_review, needless_legal_review,
    no_review_body, no_review_name, no_court, no_court_name or no_review_url.
    """
    remedy = outcomes.remedy_for(outcome, signed_on)
    if remedy is None:
        raise Refused(
            Refusal(
                "outcome_not_in_force",
                f"成文时还没有“{outcomes.outcome(outcome).label}”这一办理结果。",
                "国办公开办函〔2019〕60号",
            )
        )
    clauses = [_chosen(remedy, legal_review_choice)]
    parts = outcomes.remedy_parts_for(outcome, signed_on)
    if parts:
        clauses = [f"{parts['withheld']}_withheld_part", f"{parts['disclosed']}_disclosed_part"]
    return _sentences(clauses, signed_on, body, delivered_online=delivered_online, review_url=review_url)


def remedy_by_choice(
    signed_on: date, body: AnsweringBody, *, delivered_online: bool = False, review_url: str = ""
) -> list[str]:
    """The sentence "review or suit, as you like", for letters whose `remedy` is choice (L06, L23)."""
    return _sentences(["choice"], signed_on, body, delivered_online=delivered_online, review_url=review_url)


def remedy_for_letter(
    letter: Letter,
    outcome: str | None,
    signed_on: date,
    body: AnsweringBody,
    *,
    delivered_online: bool = False,
    review_url: str = "",
    legal_review_choice: str | None = None,
) -> list[str]:
    """The remedy a letter must state, whatever decides it: its outcome, the letter itself, or nothing."""
    if letter.remedy == "by_outcome" and outcome is not None:
        return remedy_clause(
            outcome,
            signed_on,
            body,
            delivered_online=delivered_online,
            review_url=review_url,
            legal_review_choice=legal_review_choice,
        )
    if letter.remedy == "choice":
        return remedy_by_choice(signed_on, body, delivered_online=delivered_online, review_url=review_url)
    return []


def _within(day: date, first: str | None, last: str | None) -> bool:
    return (first is None or date.fromisoformat(first) <= day) and (last is None or day <= date.fromisoformat(last))


def _chosen(remedy: str, choice: str | None) -> str:
    if remedy != "legal_review":
        if choice is not None:
            raise Refused(Refusal("needless_legal_review", "该办理结果的救济途径由规则确定，法审不能另选。"))
        return remedy
    if choice not in LEGAL_REVIEW_CHOICES:
        raise Refused(
            Refusal(
                "no_legal_review",
                "该办理结果的救济途径须由法审选定并写明理由，未选定不得签发。",
                "行政复议法第二十三条",
            )
        )
    return choice


def _sentences(
    clauses: list[str], signed_on: date, body: AnsweringBody, *, delivered_online: bool, review_url: str
) -> list[str]:
    period = outcomes.remedy_period(signed_on)
    sentences = []
    for clause in clauses:
        template: str = _REMEDY["clauses"][clause][period]
        names = variables_in(template)
        values = {"review_url": review_url.strip()}
        if "review_body" in names:
            values["review_body"] = _review_body(body, signed_on)
        if "court" in names:
            values["court"] = _court(body, signed_on)
        if "review_url" in names and delivered_online and not values["review_url"]:
            raise Refused(
                Refusal(
                    "no_review_url",
                    "通过互联网送达的，须写明行政复议的互联网申请渠道，请先在设置中填写。",
                    "行政复议法第二十二条第二款",
                )
            )
        if template:
            sentences.append(fill(template, values))
    return sentences


def _review_body(body: AnsweringBody, signed_on: date) -> str:
    if body.chosen_review_bodies:
        return "或者".join(body.chosen_review_bodies)
    kinds = review_bodies(body.organ_kind, body.answering_body, signed_on)
    missing = [BODY_LABELS[kind] for kind in kinds if not body.review_names.get(kind)]
    if missing:
        raise Refused(
            Refusal(
                "no_review_name",
                f"机关资料中还没有复议机关的全称：{'、'.join(missing)}。",
                "行政复议法第二十四条至第二十八条",
            )
        )
    return "或者".join(body.review_names[kind] for kind in kinds)


def _court(body: AnsweringBody, signed_on: date) -> str:
    if body.court_override:
        return body.court_override
    court = court_for(body.organ_kind, body.answering_body, signed_on, body.province)
    if court.level == "legal_review":
        raise Refused(Refusal("no_court", "管辖法院须由法审选定后才能签发。", "行政诉讼法第十四条、第十五条"))
    name = body.courts.get(court.level)
    if not name:
        raise Refused(
            Refusal(
                "no_court_name",
                f"机关资料中还没有管辖法院的全称：{COURT_LABELS[court.level]}。",
                "行政诉讼法第十四条、第十五条",
            )
        )
    return name
