from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.casework import procedure
from gongkai.casework.actions.send import send_notice
from gongkai.casework.models import Case, Inquiry, Opinion, Party
from gongkai_core.refusals import Refusal


def can_ask_reason(case: Case, *, by: User, today: date) -> Refusal | None:
    return procedure.refusal(case, "ask_reason", by=by, today=today)


@transaction.atomic
def ask_reason(
    case: Case, *, answer_by: date, method: str, by: User, today: date, sent_on: date | None = None, files: bool = True
) -> Inquiry:
    """Ask for reasons of clearly excessive applications (L19, 条例第三十五条); the clock goes on. Raises Refused."""
    case = locked(case)
    sent_on = sent_on or today
    procedure.allow(can_ask_reason(case, by=by, today=today))
    if answer_by <= sent_on:
        procedure.allow(Refusal("answer_by", "说明理由的截止日须在通知发出之后", "条例第三十五条"))
    notice = send_notice(case, "L19", {"reason_by": answer_by}, method=method, sent_on=sent_on, by=by, files=files)
    inquiry = Inquiry.objects.create(
        case=case, party=Party.APPLICANT, name="申请人", question="申请数量、频次明显超过合理范围的理由", notice=notice,
        sent_on=sent_on, answer_by=answer_by, asked_by=by,
    )  # fmt: skip
    article = procedure.advance(case, "ask_reason")
    procedure.keep(case, today=today)
    procedure.note("ask_reason", case, by=by, today=today, ground=article, answer_by=answer_by, sent_on=sent_on)
    return inquiry


def can_reason_received(inquiry: Inquiry, *, by: User | None, today: date) -> Refusal | None:
    if inquiry.answered_on or inquiry.opinion:
        return Refusal("answered_twice", "理由已经登记")
    return procedure.refusal(inquiry.case, "reason_received", by=by, today=today)


@transaction.atomic
def reason_received(inquiry: Inquiry, *, on: date, reasonable: bool, words: str, by: User, today: date) -> Inquiry:
    """The applicant's reasons, and whether the handler finds them reasonable. Raises Refused."""
    procedure.allow(can_reason_received(inquiry, by=by, today=today))
    return _ended(
        inquiry,
        "reason_received",
        opinion=Opinion.REASONABLE if reasonable else Opinion.UNREASONABLE,
        on=on,
        words=words,
        by=by,
        today=today,
    )


def can_reason_lapsed(inquiry: Inquiry, *, by: User | None, today: date) -> Refusal | None:
    """The day set in the letter must have passed."""
    if inquiry.answered_on or inquiry.opinion:
        return Refusal("answered_twice", "理由已经登记")
    failed = [] if inquiry.answer_by and today > inquiry.answer_by else ["reason_term_over"]
    return procedure.refusal(inquiry.case, "reason_lapsed", by=by, today=today, failed=failed)


@transaction.atomic
def reason_lapsed(inquiry: Inquiry, *, by: User | None, today: date) -> Inquiry:
    """No reasons were given in time. Raises Refused."""
    procedure.allow(can_reason_lapsed(inquiry, by=by, today=today))
    return _ended(inquiry, "reason_lapsed", opinion=Opinion.NONE, on=None, words="", by=by, today=today)


def _ended(
    inquiry: Inquiry, event: str, *, opinion: str, on: date | None, words: str, by: User | None, today: date
) -> Inquiry:
    case = locked(inquiry.case)
    inquiry = locked(inquiry)
    inquiry.opinion, inquiry.answered_on, inquiry.words = opinion, on, words
    inquiry.save(update_fields=["opinion", "answered_on", "words"])
    article = procedure.advance(case, event)
    procedure.keep(case, today=today)
    procedure.note(event, case, by=by, today=today, ground=article, opinion=opinion, inquiry=inquiry.ref)
    return inquiry
