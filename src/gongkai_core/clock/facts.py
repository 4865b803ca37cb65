"""The nouns of the clock: a case with its events goes in, a result comes out.

Days are legal dates (Beijing). The clock never asks what day it is: `today` is a fact like any other.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal, TypedDict

Law = Literal["711", "492"]
State = Literal[
    "running",
    "waiting_correction",
    "waiting_third_party",
    "waiting_co_maker",
    "waiting_agency",
    "waiting_fee",
    "replied",
    "withdrawn",
    "abandoned_correction",
    "abandoned_fee",
]
Question = Literal["third_party", "co_maker", "agency"]

# 条例 (国务院令第711号) is in force from this day; before it 国务院令第492号.
LAW_711_FROM: Final = date(2019, 5, 15)
# 政府信息公开信息处理费管理办法 (国办函〔2020〕109号) is in force from this day.
FEE_FROM: Final = date(2021, 1, 1)

REPLY_WORKDAYS: Final[dict[Law, int]] = {"711": 20, "492": 15}  # 条例第三十三条; 2007年条例第二十四条
CORRECTION_NOTICE_WORKDAYS: Final = 7  # 条例第三十条
OPINION_WORKDAYS: Final = 15  # 条例第三十二条、第三十四条
PAYMENT_WORKDAYS: Final = 20  # 国办函〔2020〕109号

# Events in the order in which those of one day are taken. The steps of ten leave room for an answer that
# comes on the day of its own request: it is taken right after it.
ORDER: Final[dict[str, int]] = {
    "correction_received": 10,
    "fee_paid": 10,
    "third_party_answered": 20,
    "co_maker_answered": 20,
    "agency_answered": 20,
    "extended": 30,
    "correction_asked": 40,
    "third_party_asked": 50,
    "co_maker_asked": 50,
    "agency_consulted": 50,
    "fee_notified": 60,
    "withdrawn": 70,
    "replied": 80,
}
QUESTION_OF: Final[dict[str, Question]] = {
    "third_party_asked": "third_party",
    "co_maker_asked": "co_maker",
    "agency_consulted": "agency",
}
ANSWER_TO: Final[dict[str, str]] = {
    "correction_received": "correction_asked",
    "fee_paid": "fee_notified",
    "third_party_answered": "third_party_asked",
    "co_maker_answered": "co_maker_asked",
    "agency_answered": "agency_consulted",
}
EVENT_NAMES: Final[dict[str, str]] = {
    "correction_asked": "补正告知",
    "correction_received": "收到补正",
    "third_party_asked": "征求第三方意见",
    "third_party_answered": "收到第三方意见",
    "co_maker_asked": "征求共同制作机关意见",
    "co_maker_answered": "收到共同制作机关意见",
    "agency_consulted": "征求其他机关意见",
    "agency_answered": "收到其他机关意见",
    "extended": "延长答复期限告知",
    "fee_notified": "收费通知送达",
    "fee_paid": "缴费",
    "withdrawn": "撤回申请",
    "replied": "答复",
}


class Warning(TypedDict):
    """Something that was done and changes nothing, or a result to be used with care."""

    code: str
    message: str
    article: str | None


# One line of the computation; `from` and `to` are inclusive, written YYYY-MM-DD.
Line = TypedDict(
    "Line",
    {"from": str, "to": str, "working_days": int, "rule": str, "article": str, "text": str},
)


@dataclass(slots=True, eq=False)
class Event:
    """One act on a case. `on` is its day: sent for a question or an extension, delivered for a fee notice.

    `delivered_on` belongs to questions to a third party or a co-maker, `return_by` to a 补正告知,
    `ref` ties a question to its answer.
    """

    type: str
    on: date
    ref: str = ""
    delivered_on: date | None = None
    return_by: date | None = None
    request: Event | None = field(default=None, repr=False)  # of an answer; found when events are put in order
    order: int = field(default=0, repr=False)


@dataclass(slots=True)
class Case:
    """An application: its legal day of receipt, the law it is under, its events, and the day it is seen from.

    Without `today` the case is seen from its last event, and nothing is said about lateness.
    """

    received_on: date
    law: Law
    events: list[Event] = field(default_factory=list)
    today: date | None = None
    id: object = None
    receipt_confirmed: bool = True  # false: the day of submission stands in for that of confirmation


@dataclass(slots=True)
class Result:
    """Where a case stands; the fields are those of the contract, dates as dates."""

    id: object
    law: Law
    received_on: date
    correction_notice_by: date | None
    reply_by: date | None
    reply_by_original: date | None
    longest_reply_by: date | None
    third_party_answer_by: dict[str, date | None]
    co_maker_answer_by: dict[str, date | None]
    fee_pay_by: date | None
    working_days_used: int | None
    days_left: int | None
    state: State
    overdue: bool | None
    warnings: list[Warning]
    projected: bool
    provisional: bool
    explanation: list[Line]
