"""保密请示: whether something is a state secret, and of which level, is told by who has the right to (保密法第二十五条)."""

from __future__ import annotations

from datetime import date

from gongkai.agencies.models import User
from gongkai.casework.actions.ask import ask, can_ask
from gongkai.casework.models import Case, Inquiry, Party
from gongkai_core.refusals import Refusal, Refused

BASIS = "条例第十七条第三款"
ASKS = "是否属于国家秘密、属于何种密级的问题"
WHO_TELLS = {
    "classified_it": "原定密机关",
    "competent": "有权的业务主管部门",
    "province": "省级以上保密行政管理部门（逐级上报）",
}
"""A county has no right to classify as a rule; what is unclear or disputed goes up to the province (§11.1 item 5)."""


def can_refer_secrecy(case: Case, *, by: User, today: date) -> Refusal | None:
    return can_ask(case, Party.AGENCY, by=by, today=today, basis=BASIS)


def refer_secrecy(
    case: Case, *, to: str, name: str, question: str, method: str, by: User, today: date, contact: str = "",
    answer_term: str = "尽快", sent_on: date | None = None, files: bool = True,
) -> Inquiry:  # fmt: skip
    """Ask who may tell (L39); the clock stands until the answer. Raises Refused."""
    if to not in WHO_TELLS:
        raise Refused(Refusal("who_tells", "报请确定的去向须选定", "保密法第二十五条；条例第十七条第三款"))
    return ask(
        case, Party.AGENCY, name=name, contact=contact, question=question, asks=ASKS, basis=BASIS,
        answer_term=answer_term, method=method, by=by, today=today, sent_on=sent_on, files=files,
    )  # fmt: skip
