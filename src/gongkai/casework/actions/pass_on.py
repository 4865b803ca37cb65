from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import Agency, User
from gongkai.agencies.permissions import locked
from gongkai.casework import clock, procedure
from gongkai.casework.actions.receive import next_number
from gongkai.casework.models import AnsweringBody, Case, Channel, Transfer
from gongkai_core.refusals import Refusal, Refused

_ARTICLE = "条例第四条、第三十六条第（五）项"


def can_pass_on(case: Case, *, by: User, today: date) -> Refusal | None:
    """Before registration; online the applicant has chosen the organ, so that nothing is delivered by mistake."""
    failed = ["named_another"] if case.channel == Channel.ONLINE else []
    return procedure.refusal(case, "pass_on", by=by, today=today, failed=failed)


@transaction.atomic
def pass_on(case: Case, *, to: Agency, named: bool, keeps_day: bool, reason: str, by: User, today: date) -> Transfer:
    """Pass an application that names another organ on to it (转交, 误投). Raises Refused.

    `named`: the form names that organ. `keeps_day`: the delivery went astray inside one organ, whose day of receipt
    stands; otherwise the receiving organ enters its own. There is no other transfer: who is named answers (L13).
    """
    case = locked(case)
    procedure.allow(can_pass_on(case, by=by, today=today))
    procedure.allow(_unfit(case, to, named, reason, today))
    row = Transfer.objects.create(
        case=case, from_agency=case.agency, to_agency=to, old_number=case.number, reason=reason.strip(),
        came_in_on=case.submitted_on, passed_by=by, passed_on=today,
    )  # fmt: skip
    article = procedure.advance(case, "pass_on")
    case.agency, case.answering_body, case.duplicate_of = to, AnsweringBody.ORGAN, None
    case.number = next_number(to, today.year)
    if not keeps_day:
        _come_in_anew(case, today)
    procedure.keep(case, today=today)
    procedure.note(
        "pass_on", case, by=by, today=today, ground=article, number=case.number, old_number=row.old_number,
        came_in_on=row.came_in_on,
    )  # fmt: skip
    return row


def _come_in_anew(case: Case, today: date) -> None:
    """The right organ has it from today; a letter's day of receipt or confirmation is for its registrar to enter."""
    case.submitted_on, case.signed_on, case.confirmed_on = today, None, None
    try:
        known = clock.receipt(case)
    except Refused:
        case.received_on, case.law = None, ""
    else:
        case.received_on, case.law = known.received_on, known.law


def _unfit(case: Case, to: Agency, named: bool, reason: str, today: date) -> Refusal | None:
    if not named:
        return Refusal(
            "named_another",
            "申请书写明本机关的，由本机关答复；不属于本机关负责的，告知负责机关的名称和联系方式，不转交",
            "条例第三十六条第（五）项",
        )
    if to.pk == case.agency_id or not to.answers_applications or (to.valid_to and to.valid_to < today):
        return Refusal("not_answering", f"{to.name}不受理这一申请", "条例第四条")
    return None if reason.strip() else Refusal("reason", "须写明转交的理由", _ARTICLE)
