"""How a case was answered, as a row of an office's old ledger tells it: read cell by cell, every fault named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.casework.ledger import CLOSING_HEADINGS, day_of
from gongkai.casework.models import EventType, LawsuitOutcome, Method, ReviewOutcome
from gongkai_core.outcomes import GROUNDS, OUTCOMES
from gongkai_core.refusals import Refusal, Refused

WITHDRAWN = "other.withdrawn"
ABANDONED = {"other.no_amend": "correction_asked_on", "other.no_payment": "fee_notified_on"}
"""Outcomes that end a term of the applicant's → the cell without which there was no such term."""


@dataclass(frozen=True)
class Proceeding:
    """A review or a suit as the row tells it; without `outcome` it is still pending."""

    docket: str
    body: str
    filed_on: date
    outcome: str = ""
    closed_on: date | None = None


@dataclass(frozen=True)
class Closing:
    """The answer of then. `events`: what moved its clock, as (type, days), in the order of the columns."""

    outcome: str
    ground: str
    reason: str
    number: str
    signed_on: date
    replied_on: date
    method: str
    delivered_on: date | None
    archived_on: date | None
    events: tuple[tuple[str, dict[str, date]], ...]
    review: Proceeding | None
    suit: Proceeding | None

    @property
    def days(self) -> list[date]:
        """Every day of it: none may lie ahead."""
        found = [self.replied_on, self.delivered_on, self.archived_on]
        found += [day for kind, days in self.events for name, day in days.items() if name != "return_by"]
        for row in (self.review, self.suit):
            found += [row.filed_on, row.closed_on] if row else []
        return [day for day in found if day]


_GROUND_OF = {
    "商业秘密": "trade_secret", "涉及商业秘密": "trade_secret", "个人隐私": "privacy", "涉及个人隐私": "privacy",
    "其他合法权益": "other", "其他": "other",
}  # fmt: skip
_OUTCOMES = {row.label: (code, "") for code, row in OUTCOMES.items()} | {
    "公开": ("grant.provide", ""), "予以公开": ("grant.provide", ""), "同意公开": ("grant.provide", ""),
    "同意公开答复": ("grant.provide", ""), "可以公开": ("grant.provide", ""),
    "已主动公开": ("grant.already_public", ""), "属于已主动公开范围": ("grant.already_public", ""),
    "部分公开": ("partial", ""), "同意部分公开": ("partial", ""), "同意部分公开答复": ("partial", ""),
    "涉及国家秘密": ("refuse.state_secret", ""),
    "涉及商业秘密": ("refuse.third_party", "trade_secret"), "商业秘密": ("refuse.third_party", "trade_secret"),
    "涉及个人隐私": ("refuse.third_party", "privacy"), "个人隐私": ("refuse.third_party", "privacy"),
    "信息不存在": ("unable.not_held.not_exist", ""), "政府信息不存在": ("unable.not_held.not_exist", ""),
    "不存在": ("unable.not_held.not_exist", ""),
    "非本机关": ("unable.not_held.not_this_organ", ""), "不属于本机关公开": ("unable.not_held.not_this_organ", ""),
    "不属于本行政机关公开": ("unable.not_held.not_this_organ", ""),
    "不是政府信息": ("other.not_gov_info", ""), "非政府信息": ("other.not_gov_info", ""),
    "不是《条例》所指政府信息": ("other.not_gov_info", ""),
    "重复申请": ("decline.repeat", ""), "信访": ("decline.petition", ""), "撤回": (WITHDRAWN, ""),
    "申请人撤回": (WITHDRAWN, ""), "逾期不补正": ("other.no_amend", ""), "逾期未缴费": ("other.no_payment", ""),
}  # fmt: skip
"""The office's word → outcome, and the ground where the word names it (32号 and 30号 tables' own words too)."""
_METHODS = {method.label: str(method) for method in Method} | {
    "当面": Method.IN_PERSON, "当面领取": Method.IN_PERSON, "邮政寄送": Method.POST, "挂号信": Method.POST,
    "特快专递": Method.POST, "邮箱": Method.EMAIL, "网上": Method.ONLINE, "网络": Method.ONLINE,
}  # fmt: skip
_REVIEW = {one.label: str(one) for one in ReviewOutcome} | {"结果维持": "upheld", "其他结果": "other"}
_SUIT = {one.label: str(one) for one in LawsuitOutcome} | {"结果维持": "upheld", "其他结果": "other"}
_EVENTS = (
    (EventType.CORRECTION_ASKED, {"on": "correction_asked_on", "return_by": "correction_return_by"}),
    (EventType.CORRECTION_RECEIVED, {"on": "correction_received_on"}),
    (EventType.THIRD_PARTY_ASKED, {"sent_on": "third_asked_on"}),
    (EventType.THIRD_PARTY_ANSWERED, {"on": "third_answered_on"}),
    (EventType.EXTENDED, {"notice_sent_on": "extended_on"}),
    (EventType.FEE_NOTIFIED, {"delivered_on": "fee_notified_on"}),
    (EventType.FEE_PAID, {"on": "fee_paid_on"}),
)
_DAYS = tuple(name for name in CLOSING_HEADINGS if name.endswith(("_on", "_by")))
_LONGEST = {
    "reason": 2000,
    "answer_number": 60,
    "review_docket": 60,
    "suit_docket": 60,
    "review_body": 100,
    "court": 100,
}
_PAIRS = (
    ("answer_signed_on", "replied_on"), ("replied_on", "delivered_on"), ("replied_on", "archived_on"),
    ("third_asked_on", "third_answered_on"), ("correction_asked_on", "correction_received_on"),
    ("correction_asked_on", "correction_return_by"), ("fee_notified_on", "fee_paid_on"),
    ("review_filed_on", "review_closed_on"), ("suit_filed_on", "suit_closed_on"),
)  # fmt: skip
"""Of two days the first is never the later one."""
_TOGETHER = (
    ("replied_on", "outcome"), ("outcome", "replied_on"), ("ground", "outcome"), ("correction_return_by", "correction_asked_on"),
    ("correction_received_on", "correction_asked_on"), ("third_answered_on", "third_asked_on"),
    ("fee_paid_on", "fee_notified_on"),
    *((f"{kind}_{name}", f"{kind}_docket") for kind in ("review", "suit") for name in ("filed_on", "outcome", "closed_on")),
    ("review_body", "review_docket"), ("court", "suit_docket"), ("review_docket", "review_body"),
    ("review_docket", "review_filed_on"), ("suit_docket", "court"), ("suit_docket", "suit_filed_on"),
    *((f"{kind}_{a}", f"{kind}_{b}") for kind in ("review", "suit") for a, b in (("outcome", "closed_on"), ("closed_on", "outcome"))),
)  # fmt: skip
"""Where the first cell is filled, the second one must be."""


def closing_of(cells: Mapping[str, str]) -> Closing | None:
    """What a row tells of its answer; None where it tells nothing: such a case is open.

    Raises Refused (cells) with every fault, each under the heading of its cell.
    """
    told = {name: cells[name] for name in CLOSING_HEADINGS if cells.get(name)}
    if not told:
        return None
    faults: list[str] = []
    days = _days(told, faults)
    outcome, ground = _outcome(told, faults)
    method = _chosen("method", told, _METHODS, faults)
    results = {name: _chosen(f"{name}_outcome", told, known, faults) for name, known in _RESULTS.items()}
    faults += _missing(told, outcome)
    faults += [
        f"{_label(later)} {days[later]} 早于{_label(first)} {days[first]}"
        for first, later in _PAIRS
        if first in days and later in days and days[later] < days[first]
    ]
    if faults:
        raise Refused(Refusal("cells", "；".join(dict.fromkeys(faults))))
    return Closing(
        outcome=outcome, ground=ground, reason=told.get("reason", ""), number=told.get("answer_number", ""),
        signed_on=days.get("answer_signed_on", days["replied_on"]), replied_on=days["replied_on"], method=method,
        delivered_on=days.get("delivered_on"), archived_on=days.get("archived_on"), events=_events(days),
        review=_proceeding("review", "review_body", told, days, results["review"]),
        suit=_proceeding("suit", "court", told, days, results["suit"]),
    )  # fmt: skip


_RESULTS = {"review": _REVIEW, "suit": _SUIT}


def _label(name: str) -> str:
    return CLOSING_HEADINGS[name][0]


def _days(told: Mapping[str, str], faults: list[str]) -> dict[str, date]:
    found: dict[str, date] = {}
    for name in _DAYS:
        try:
            day = day_of(told.get(name, ""), _label(name))
        except Refused as wrong:
            faults.append(wrong.refusal.message)
        else:
            if day:
                found[name] = day
    return found


def _outcome(told: Mapping[str, str], faults: list[str]) -> tuple[str, str]:
    word = told.get("outcome", "")
    if not word:
        return "", ""
    if word not in _OUTCOMES:
        faults.append(_unknown("outcome", word, [row.label for row in OUTCOMES.values()]))
        return "", ""
    code, ground = _OUTCOMES[word]
    if said := told.get("ground"):
        if said not in _GROUND_OF:
            faults.append(_unknown("ground", said, list(GROUNDS.values())))
        ground = _GROUND_OF.get(said, ground)
    if OUTCOMES[code].cells_by_ground and not ground:
        faults.append(f"{_label('ground')}没有写：{'、'.join(GROUNDS.values())}选一")
    return code, ground if OUTCOMES[code].cells_by_ground else ""


def _chosen(name: str, told: Mapping[str, str], known: Mapping[str, str], faults: list[str]) -> str:
    word = told.get(name, "")
    if word and word not in known:
        faults.append(_unknown(name, word, list(known)))
    return str(known.get(word, ""))


def _unknown(name: str, word: str, known: list[str]) -> str:
    return f"{_label(name)}“{word[:20]}”不认识，可以写：{'、'.join(dict.fromkeys(known))}"


def _missing(told: Mapping[str, str], outcome: str) -> list[str]:
    wanted = [
        f"写了{_label(first)}，没有写{_label(then)}" for first, then in _TOGETHER if first in told and then not in told
    ]
    if not {"outcome", "replied_on"} & set(told):
        wanted.append(f"写了{_label(next(iter(told)))}，没有写{_label('outcome')}和{_label('replied_on')}")
    if (name := ABANDONED.get(outcome)) and name not in told:
        wanted.append(f"办理结果为“{OUTCOMES[outcome].label}”，没有写{_label(name)}")
    long = [f"{_label(name)}太长，最多 {most} 字" for name, most in _LONGEST.items() if len(told.get(name, "")) > most]
    return wanted + long


def _events(days: Mapping[str, date]) -> tuple[tuple[str, dict[str, date]], ...]:
    """A correction that came in needs no day by which it had to: it was in time, or nothing was waited for."""
    found = []
    if "correction_received_on" in days:
        days = {"correction_return_by": days["correction_received_on"], **days}
    for kind, names in _EVENTS:
        if given := {fact: days[name] for fact, name in names.items() if name in days}:
            found.append((str(kind), given))
    return tuple(found)


def _proceeding(
    kind: str, body: str, told: Mapping[str, str], days: Mapping[str, date], outcome: str
) -> Proceeding | None:
    if not told.get(f"{kind}_docket"):
        return None
    return Proceeding(
        told[f"{kind}_docket"], told[body], days[f"{kind}_filed_on"], outcome, days.get(f"{kind}_closed_on")
    )
