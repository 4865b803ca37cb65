from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from gongkai.agencies.models import Agency, User
from gongkai.casework.actions.receive import Received, can_receive, receive
from gongkai.casework.actions.register import can_register, register
from gongkai.casework.models import Applicant, Case
from gongkai.casework.notices import refuse_leaks
from gongkai_core.refusals import Refusal, Refused


def can_enter(
    agency: Agency,
    *,
    applicant: Mapping[str, Any],
    info_desc: str,
    submitted_on: date,
    by: User,
    today: date,
    subject: str = "",
) -> Refusal | None:
    """Whether an application that came on paper or in a list may be entered; its summary must name nobody."""
    facts = {"applicant": applicant, "info_desc": info_desc, "submitted_on": submitted_on}
    if refused := can_receive(agency, by=by, today=today, **facts):
        return refused
    try:
        refuse_leaks(Case(agency=agency, applicant=Applicant(**applicant)), "L08", subject)
    except Refused as leak:
        return leak.refusal
    return None


@transaction.atomic
def enter(agency: Agency, *, subject: str, by: User, today: date, register_now: bool = True, **facts: Any) -> Received:
    """Receive an application and register it at once (登记来件); `facts` are those of `receive`. Raises Refused.

    Where the day of receipt still waits for the applicant's confirmation (条例第三十一条), where there is no summary
    yet, where the person may not register or where it is not wanted yet (`register_now`: it may have to be passed on,
    转交), it is received with its number and waits to be registered.
    """
    received = receive(agency, by=by, today=today, **facts)
    if not received.created:
        return received
    case = received.case
    if (
        register_now
        and case.received_on
        and not case.awaits_confirmation
        and subject.strip()
        and can_register(case, by=by, today=today) is None
    ):
        case = register(case, subject=subject, by=by, today=today)
    elif subject.strip():
        refuse_leaks(case, "L08", subject)
        case.subject = subject.strip()
        case.save(update_fields=["subject"])
    return Received(case, received.query_code, created=True)
