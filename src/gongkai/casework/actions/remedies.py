"""Reviews, suits, complaints and money received: entered by hand, their results recorded once known.

Who enters them: the organ's legal reviewer or registrar, or the disclosure office. A result already recorded is put
right by recording it again with a reason; the trail keeps both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar

from django.db import IntegrityError, transaction

from gongkai.agencies.models import Agency, Role, User
from gongkai.agencies.permissions import locked
from gongkai.casework.models import Case, Complaint, FeeReceipt, Lawsuit, ReviewCase, result_column
from gongkai.casework.procedure import allow
from gongkai.casework.register_rights import ROLES, can_keep_register
from gongkai.documents.numbering import take
from gongkai.trail.chain import record
from gongkai_core.letters import document_number
from gongkai_core.refusals import Refusal

COMPLAINT_SUFFIX = "诉"

_REVIEW = "条例第五十一条；行政复议法"
_SUIT = "条例第五十一条；行政诉讼法"
_COMPLAINT = "条例第四十七条第二款、第五十一条"
_FEE = "条例第四十二条；国办函〔2020〕109号"
Dispute = TypeVar("Dispute", ReviewCase, Lawsuit)


def _can_enter(
    agency: Agency, *, by: User, today: date, on: date | None, cases: Iterable[Case] = (), first: date | None = None
) -> Refusal | None:
    if refused := can_keep_register(agency, by=by, today=today):
        return refused
    if on and on > today:
        return Refusal("future_date", f"日期 {on} 还没有到，只能登记已经发生的事")
    if foreign := [case.number for case in cases if case.agency_id != agency.pk]:
        return Refusal("foreign_case", f"登记号 {'、'.join(foreign)} 不是{agency.short_name}的办件")
    if first and on and on < first:
        return Refusal("dates_out_of_order", f"日期 {on} 早于收到日 {first}")
    return None


# Reviews -----------------------------------------------------------------------------------------------------------


def can_enter_review(
    agency: Agency,
    *,
    by: User,
    today: date,
    docket: str = "",
    filed_on: date | None = None,
    cases: Iterable[Case] = (),
) -> Refusal | None:
    return _can_enter(agency, by=by, today=today, on=filed_on, cases=cases) or _docket_used(ReviewCase, agency, docket)


@transaction.atomic
def enter_review(
    agency: Agency,
    *,
    docket: str,
    review_body: str,
    filed_on: date,
    by: User,
    today: date,
    claimant: str = "",
    cases: Sequence[Case] = (),
    simplified: bool = False,
    notice_number: str = "",
    reply_due_on: date | None = None,
) -> ReviewCase:
    """Enter a review with the organ as respondent (行政复议). `filed_on`: when the copy came in. Raises Refused.

    `cases`: the applications it is about, one docket for all of them; `reply_due_on` only where the review body names
    a day for the reply, else the law's term runs (`terms.reply_term`).
    """
    docket = docket.strip()
    allow(can_enter_review(agency, by=by, today=today, docket=docket, filed_on=filed_on, cases=cases))
    row = ReviewCase(
        agency=agency, docket=docket, review_body=review_body.strip(), claimant=claimant.strip(), filed_on=filed_on,
        simplified=simplified, notice_number=notice_number.strip(), reply_due_on=reply_due_on, entered_by=by,
    )  # fmt: skip
    _insert(row, cases)
    record(
        "casework.enter_review",
        row,
        by=by,
        today=today,
        ground=_REVIEW,
        docket=docket,
        filed_on=filed_on,
        simplified=simplified,
        cases=[case.number for case in cases],
    )
    return row


def can_decide_review(
    review: ReviewCase, *, by: User, today: date, closed_on: date | None = None, reason: str = ""
) -> Refusal | None:
    return _can_decide(review, by=by, today=today, closed_on=closed_on, reason=reason)


@transaction.atomic
def decide_review(
    review: ReviewCase, *, outcome: str, closed_on: date, by: User, today: date, reason: str = ""
) -> ReviewCase:
    """Record the result of a review and its day; `reason` when an earlier result is put right. Raises Refused."""
    review = locked(review)
    allow(can_decide_review(review, by=by, today=today, closed_on=closed_on, reason=reason))
    return _close(review, "casework.decide_review", _REVIEW, outcome, closed_on, by=by, reason=reason)


# Suits -------------------------------------------------------------------------------------------------------------


def can_enter_lawsuit(
    agency: Agency,
    *,
    by: User,
    today: date,
    docket: str = "",
    filed_on: date | None = None,
    cases: Iterable[Case] = (),
) -> Refusal | None:
    return _can_enter(agency, by=by, today=today, on=filed_on, cases=cases) or _docket_used(Lawsuit, agency, docket)


@transaction.atomic
def enter_lawsuit(
    agency: Agency,
    *,
    docket: str,
    court: str,
    filed_on: date,
    by: User,
    today: date,
    prior_review: bool = False,
    claimant: str = "",
    cases: Sequence[Case] = (),
    reply_due_on: date | None = None,
) -> Lawsuit:
    """Enter a suit with the organ as defendant (行政诉讼). `filed_on`: when the complaint came in. Raises Refused.

    `cases` and `reply_due_on` as of a review.
    """
    docket = docket.strip()
    allow(can_enter_lawsuit(agency, by=by, today=today, docket=docket, filed_on=filed_on, cases=cases))
    row = Lawsuit(
        agency=agency, docket=docket, court=court.strip(), prior_review=prior_review, claimant=claimant.strip(),
        filed_on=filed_on, reply_due_on=reply_due_on, entered_by=by,
    )  # fmt: skip
    _insert(row, cases)
    record(
        "casework.enter_lawsuit", row, by=by, today=today, ground=_SUIT, docket=docket, filed_on=filed_on,
        prior_review=prior_review, cases=[case.number for case in cases],
    )  # fmt: skip
    return row


def can_decide_lawsuit(
    lawsuit: Lawsuit,
    *,
    by: User,
    today: date,
    judged_on: date | None = None,
    closed_on: date | None = None,
    reason: str = "",
) -> Refusal | None:
    if refused := _can_decide(lawsuit, by=by, today=today, closed_on=closed_on or judged_on, reason=reason):
        return refused
    if judged_on and not lawsuit.filed_on <= judged_on <= (closed_on or today):
        return Refusal("dates_out_of_order", "一审裁判日应在收到日之后、生效日之前")
    return None


@transaction.atomic
def decide_lawsuit(
    lawsuit: Lawsuit,
    *,
    by: User,
    today: date,
    judged_on: date | None = None,
    outcome: str = "",
    closed_on: date | None = None,
    reason: str = "",
) -> Lawsuit:
    """Record a judgment: `judged_on` of the first instance, and `outcome` with `closed_on` once it takes effect.

    A judgment under appeal stays pending (forms.json T4-3), so its result is not recorded yet. Raises Refused.
    """
    lawsuit = locked(lawsuit)
    allow(can_decide_lawsuit(lawsuit, by=by, today=today, judged_on=judged_on, closed_on=closed_on, reason=reason))
    if bool(outcome) != bool(closed_on) or not (outcome or judged_on):
        allow(Refusal("incomplete", "生效结果和生效日要一起填；还没有生效的，只填一审裁判日"))
    lawsuit.judged_on = judged_on or lawsuit.judged_on
    return _close(lawsuit, "casework.decide_lawsuit", _SUIT, outcome, closed_on, by=by, reason=reason)


# Complaints --------------------------------------------------------------------------------------------------------


def can_enter_complaint(agency: Agency, *, by: User, today: date, received_on: date | None = None) -> Refusal | None:
    return _can_enter(agency, by=by, today=today, on=received_on)


@transaction.atomic
def enter_complaint(
    agency: Agency,
    *,
    source: str,
    subject: str,
    matter: str,
    received_on: date,
    by: User,
    today: date,
    complainant: str = "",
    contact: str = "",
) -> Complaint:
    """Enter a complaint about an organ's disclosure (举报投诉); `subject` is for lists and names nobody. Raises Refused.

    What comes to the disclosure office stays there: the organ complained of does not read it unless it is told to.
    """
    allow(can_enter_complaint(agency, by=by, today=today, received_on=received_on))
    serial = take(f"complaint:{agency.pk}:{received_on.year}")
    row = Complaint.objects.create(
        agency=agency, number=document_number(agency.document_prefix, COMPLAINT_SUFFIX, received_on.year, serial),
        received_at=keeper_of(agency, by=by, today=today), received_on=received_on, source=source.strip(),
        complainant=complainant.strip(), contact=contact.strip(), matter=matter.strip(), subject=subject.strip(),
        entered_by=by,
    )  # fmt: skip
    record(
        "casework.enter_complaint",
        row,
        by=by,
        today=today,
        ground=_COMPLAINT,
        number=row.number,
        received_on=received_on,
    )
    return row


def keeper_of(agency: Agency, *, by: User, today: date) -> Agency:
    """At which organ a complaint is received: the disclosure office's own, or the organ that enters it about itself."""
    posts = list(by.posts_on(today))
    if any(post.agency_id == agency.pk and post.role in ROLES for post in posts):
        return agency
    return next((post.agency for post in posts if post.role == Role.DISCLOSURE_OFFICE), agency)


def can_decide_complaint(
    complaint: Complaint, *, by: User, today: date, closed_on: date | None = None, reason: str = ""
) -> Refusal | None:
    first = complaint.received_on
    if refused := _can_enter(complaint.received_at, by=by, today=today, on=closed_on, first=first):
        return refused
    if complaint.assigned_to_id and complaint.feedback_on is None:
        return Refusal("waits_for_feedback", "已经转办，先登记反馈再登记处理结果", _COMPLAINT)
    return _needs_reason(complaint.result, reason)


@transaction.atomic
def decide_complaint(
    complaint: Complaint, *, result: str, result_words: str, closed_on: date, by: User, today: date, reason: str = ""
) -> Complaint:
    """Record what came of a complaint. Raises Refused."""
    complaint = locked(complaint)
    allow(can_decide_complaint(complaint, by=by, today=today, closed_on=closed_on, reason=reason))
    before, complaint.result, complaint.closed_on = complaint.result, result, closed_on
    complaint.result_words = result_words.strip()
    complaint.save(update_fields=["result", "closed_on", "result_words"])
    record(
        "casework.decide_complaint", complaint, by=by, today=today, ground=_COMPLAINT, result=result, closed_on=closed_on,
        before=before, reason=reason.strip(),
    )  # fmt: skip
    return complaint


# Money -------------------------------------------------------------------------------------------------------------


def can_enter_fee_receipt(
    agency: Agency,
    *,
    by: User,
    today: date,
    paid_on: date | None = None,
    receipt_number: str = "",
    case: Case | None = None,
) -> Refusal | None:
    """Money of a case that waits for it is entered on the case, because its clock starts anew then."""
    if refused := _can_enter(agency, by=by, today=today, on=paid_on, cases=[case] if case else ()):
        return refused
    if case and case.state == "waiting_fee":
        return Refusal(
            "waits_for_fee",
            f"{case.number} 正在等缴费，请在办件页登记缴费，答复期限才会重新计算",
            "国办函〔2020〕109号",
        )
    if receipt_number and FeeReceipt.objects.filter(agency=agency, receipt_number=receipt_number).exists():
        return Refusal("receipt_used", f"票据号 {receipt_number} 已经登记过")
    return None


@transaction.atomic
def enter_fee_receipt(
    agency: Agency,
    *,
    amount_fen: int,
    paid_on: date,
    by: User,
    today: date,
    case: Case | None = None,
    collection_code: str = "",
    payment_number: str = "",
    receipt_number: str = "",
) -> FeeReceipt:
    """Enter money received with its papers (domain-spec §11.9 item 63); the amount is in fen. Raises Refused."""
    receipt_number, payment_number = receipt_number.strip(), payment_number.strip()
    allow(can_enter_fee_receipt(agency, by=by, today=today, paid_on=paid_on, receipt_number=receipt_number, case=case))
    if not (receipt_number or payment_number):
        allow(Refusal("receipt_number", "缴款书号和票据号至少填一项", _FEE))
    row = FeeReceipt.objects.create(
        agency=agency, case=case, amount_fen=amount_fen, paid_on=paid_on, collection_code=collection_code.strip(),
        payment_number=payment_number, receipt_number=receipt_number, entered_by=by,
    )  # fmt: skip
    record(
        "casework.enter_fee_receipt", row, by=by, today=today, ground=_FEE, amount_fen=amount_fen, paid_on=paid_on,
        receipt_number=receipt_number, case=_number(case),
    )  # fmt: skip
    return row


# What they share ---------------------------------------------------------------------------------------------------


def _docket_used(model: type[Dispute], agency: Agency, docket: str) -> Refusal | None:
    if docket.strip() and model.objects.filter(agency=agency, docket=docket.strip()).exists():
        return Refusal("docket_once", f"案号 {docket.strip()} 已经登记过", "同一案号只计一次（表四）")
    return None


def _insert(row: ReviewCase | Lawsuit, cases: Iterable[Case]) -> None:
    """Two persons may enter one docket at the same moment: the second one is told."""
    try:
        with transaction.atomic():
            row.save()
            row.cases.set(cases)
    except IntegrityError:
        allow(_docket_used(type(row), row.agency, row.docket))
        raise


def _can_decide(
    row: ReviewCase | Lawsuit, *, by: User, today: date, closed_on: date | None, reason: str
) -> Refusal | None:
    if refused := _can_enter(row.agency, by=by, today=today, on=closed_on, first=row.filed_on):
        return refused
    return _needs_reason(row.outcome, reason)


def _needs_reason(recorded: str, reason: str) -> Refusal | None:
    if recorded and not reason.strip():
        return Refusal("reason", "结果已经登记过；更正须写明理由")
    return None


def _close(
    row: Dispute, verb: str, ground: str, outcome: str, closed_on: date | None, *, by: User, reason: str
) -> Dispute:
    before, facts = row.outcome, {}
    if isinstance(row, Lawsuit):
        facts = {"judged_on": row.judged_on}
    row.outcome, row.closed_on = outcome or row.outcome, closed_on or row.closed_on
    row.save()
    record(
        verb, row, by=by, ground=ground, outcome=row.outcome, column=str(result_column(row.outcome)),
        closed_on=row.closed_on, before=before, reason=reason.strip(), **facts,
    )  # fmt: skip
    return row


def _number(case: Case | None) -> str:
    return case.number if case else ""
