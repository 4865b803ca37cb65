from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.casework import clock, procedure
from gongkai.casework.models import AnsweringBody, Case
from gongkai.casework.notices import refuse_leaks
from gongkai_core.letters import ORGAN_KINDS
from gongkai_core.refusals import Refusal

_ARTICLE = "条例第二十九条、第三十一条"


def can_register(case: Case, *, by: User | None, today: date) -> Refusal | None:
    """Who registers is the organ's registrar; the day of receipt must be known by then."""
    return procedure.refusal(case, "register", by=by, today=today)


@transaction.atomic
def register(
    case: Case,
    *,
    subject: str,
    by: User | None,
    today: date,
    signed_on: date | None = None,
    confirmed_on: date | None = None,
    answering_body: str = "",
) -> Case:
    """Register (登记): the core's clock derives the legal day of receipt and the law from channel and days.

    `subject` is what lists and letters to others call the case: without personal data. Raises Refused.
    """
    case = locked(case)
    procedure.allow(can_register(case, by=by, today=today))
    case.signed_on = signed_on or case.signed_on
    case.confirmed_on = confirmed_on or case.confirmed_on
    case.answering_body = answering_body or case.answering_body
    if not subject.strip():
        procedure.allow(Refusal("registrable", "登记须写内容摘要（不含个人信息）", _ARTICLE))
    procedure.allow(_body_known(case))
    known = clock.receipt(case)
    clock.refuse_future(known.received_on, today)
    refuse_leaks(case, "L08", subject)
    case.subject = subject.strip()
    case.received_on, case.law = known.received_on, known.law
    case.registered_by, case.registered_on = by, today
    article = procedure.advance(case, "register")
    procedure.keep(case, today=today)
    procedure.note(
        "register",
        case,
        by=by,
        today=today,
        ground=article,
        received_on=case.received_on,
        law=case.law,
        reply_by=case.reply_by,
    )
    return case


def _body_known(case: Case) -> Refusal | None:
    """A designated office answers only where the remedy table knows it (letters.json `bodies`)."""
    office = case.answering_body == AnsweringBody.DESIGNATED_OFFICE
    if office and case.agency.organ_kind not in ("county_government", "department"):
        kind = ORGAN_KINDS.get(case.agency.organ_kind, case.agency.get_legal_kind_display())
        return Refusal("registrable", f"{kind}以本机关名义答复", "条例第四条")
    return None
