from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.casework import clock, procedure
from gongkai.casework.actions.applicant_paper import keep_paper
from gongkai.casework.actions.deliver import count
from gongkai.casework.actions.send import send_notice
from gongkai.casework.models import ApplicantPaperKind, Case, CaseFile, EventType, FileKind, Notice, Timely
from gongkai.documents.models import Blob
from gongkai_core.refusals import Refusal, Refused


def can_withdraw(case: Case, *, by: User | None, today: date) -> Refusal | None:
    """Until the answer is signed; the written withdrawal is taken with the act (G21)."""
    return procedure.refusal(case, "withdraw", by=by, today=today)


@transaction.atomic
def withdraw(
    case: Case, *, paper: Blob | None, by: User | None, today: date, on: date | None = None, key: str = ""
) -> Case:
    """The applicant takes the application back in writing: closed on this day. Raises Refused.

    `by` None and `key` (the form's own) when it comes by the query page.
    """
    case = locked(case)
    on = on or today
    procedure.allow(can_withdraw(case, by=by, today=today))
    if paper is None:
        procedure.allow(Refusal("G21", "须附申请人的书面撤回件", "条例无专条"))
    clock.refuse_future(on, today)
    if not case.received_on:
        _receive(case, on)
    CaseFile.objects.create(case=case, kind=FileKind.WITHDRAWAL, blob=paper, added_by=by)
    keep_paper(case, ApplicantPaperKind.WITHDRAWAL, on=on, by=by, key=key)
    clock.add(case, EventType.WITHDRAWN, by=by, today=today, on=on)
    count(case, on=on, outcome="other.withdrawn", ground="", timely=Timely.WITHDRAWN)
    article = procedure.advance(case, "withdraw")
    procedure.keep(case, today=today)
    procedure.note("withdraw", case, by=by, today=today, ground=article, on=on)
    return case


def _receive(case: Case, on: date) -> None:
    """A letter that nobody had confirmed yet: that the applicant is heard is the confirmation."""
    case.confirmed_on = case.confirmed_on or on
    try:
        known = clock.receipt(case)
    except Refused:
        case.signed_on = case.signed_on or case.submitted_on
        known = clock.receipt(case)
    case.received_on, case.law = known.received_on, known.law


def can_notify_end(case: Case, *, by: User, today: date) -> Refusal | None:
    if case.notices.filter(letter="L25", voided_on=None).exists():
        return Refusal("told", "终止办理告知书已经发出")
    return procedure.refusal(case, "notify_end", by=by, today=today)


@transaction.atomic
def notify_end(
    case: Case, *, method: str, by: User, today: date, sent_on: date | None = None, files: bool = True
) -> Notice:
    """Tell the applicant that the matter is at its end (L25, no remedy). Raises Refused."""
    case = locked(case)
    procedure.allow(can_notify_end(case, by=by, today=today))
    notice = send_notice(
        case,
        "L25",
        {"fact": "您（贵单位）已书面撤回申请", "basis": "您（贵单位）的撤回书"},
        method=method,
        sent_on=sent_on or today,
        by=by,
        outcome="other.withdrawn",
        files=files,
    )
    procedure.advance(case, "notify_end")
    procedure.keep(case, today=today)
    procedure.note("notify_end", case, by=by, today=today, ground="条例第三十三条", number=notice.number)
    return notice
