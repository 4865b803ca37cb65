from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.casework import clock, procedure, rules
from gongkai.casework.actions.send import send_notice
from gongkai.casework.models import Case, EventType, FeeCharge, FeeMethod, FeeReceipt, Law, Method
from gongkai_core import fees
from gongkai_core.refusals import Refusal

_ARTICLE = "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）第六条"
UNCOUNTED = ("other.withdrawn", "other.no_amend")


def place_in_month(case: Case) -> int:
    """Which case of the applicant's month this is, at this answering organ, by the legal day of receipt (item 62)."""
    assert case.received_on
    same = Case.objects.filter(
        agency=case.agency,
        answering_body=case.answering_body,
        applicant__in=case.applicant.same_person(),
        received_on__year=case.received_on.year,
        received_on__month=case.received_on.month,
    )
    if not rules.COUNT_WITHDRAWN_FEES.value():
        same = same.exclude(counted_outcome__in=UNCOUNTED)
    earlier = same.filter(received_on__lt=case.received_on) | same.filter(received_on=case.received_on, pk__lt=case.pk)
    return earlier.count() + 1


def quote_for(case: Case, method: str, *, pages: int | None, on: date) -> fees.Quote:
    """The fee of this case under one tariff, bracket by bracket."""
    if method == FeeMethod.PER_CASE:
        return fees.quote(nth=place_in_month(case), on=on)
    return fees.quote(pages=pages or 0, on=on)


def can_notify_fee(case: Case, *, by: User, today: date) -> Refusal | None:
    failed = []
    if case.law == Law.OLD or today < fees.IN_FORCE_FROM:
        failed.append("fee_in_force")
    if FeeCharge.objects.filter(case=case).exists():
        failed.append("fee_once")
    return procedure.refusal(case, "notify_fee", by=by, today=today, failed=failed)


@transaction.atomic
def notify_fee(
    case: Case,
    *,
    tariff: str,
    pay_method: str,
    method: str,
    delivered_on: date,
    by: User,
    today: date,
    pages: int | None = None,
    sent_on: date | None = None,
    files: bool = True,
) -> FeeCharge:
    """Send the 收费通知书 (L20): the case waits for payment from its delivery. Raises Refused."""
    case = locked(case)
    sent_on = sent_on or delivered_on
    procedure.allow(can_notify_fee(case, by=by, today=sent_on))
    clock.refuse_future(delivered_on, today)
    quote = quote_for(case, tariff, pages=pages, on=sent_on)
    if quote.total == 0:
        procedure.allow(Refusal("no_fee", f"这一件不收费：{quote.detail}", fees.REGULATION))
    result = clock.add(case, EventType.FEE_NOTIFIED, by=by, today=today, delivered_on=delivered_on)
    if result.state != "waiting_fee":
        procedure.allow(Refusal("asked_after_due", "收费通知须在答复期限内送达", _ARTICLE))
    known_day = method in (Method.IN_PERSON, Method.ONLINE)
    variables = {
        "tariff": quote.method_label,
        "amount": str(quote.total),
        "detail": quote.detail,
        "pay_method": pay_method,
        "pay_by": result.fee_pay_by if known_day else None,
    }
    notice = send_notice(
        case, "L20", variables, method=method, sent_on=sent_on, delivered_on=delivered_on, by=by, files=files
    )
    quantity = place_in_month(case) if tariff == FeeMethod.PER_CASE else pages or 0
    charge = FeeCharge.objects.create(
        case=case, method=tariff, quantity=quantity, amount_fen=quote.total_fen, detail=quote.detail[:300],
        notice=notice, delivered_on=delivered_on,
    )  # fmt: skip
    article = procedure.advance(case, "notify_fee")
    procedure.keep(case, today=today)
    procedure.note(
        "notify_fee", case, by=by, today=today, ground=article, amount_fen=charge.amount_fen, delivered_on=delivered_on
    )
    return charge


def can_fee_paid(case: Case, *, by: User, today: date, on: date | None = None) -> Refusal | None:
    late = case.state == "waiting_fee" and case.due_on is not None and (on or today) > case.due_on
    return procedure.refusal(case, "fee_paid", by=by, today=today, failed=["fee_in_time"] if late else [])


@transaction.atomic
def fee_paid(
    case: Case,
    *,
    on: date,
    by: User,
    today: date,
    collection_code: str = "",
    payment_number: str = "",
    receipt_number: str = "",
) -> FeeReceipt:
    """The money is in: the clock starts anew from this day. Raises Refused."""
    case = locked(case)
    procedure.allow(can_fee_paid(case, by=by, today=today, on=on))
    clock.add(case, EventType.FEE_PAID, by=by, today=today, on=on)
    paid = FeeReceipt.objects.create(
        agency=case.agency, case=case, amount_fen=case.fee.amount_fen, paid_on=on, collection_code=collection_code,
        payment_number=payment_number, receipt_number=receipt_number, entered_by=by,
    )  # fmt: skip
    article = procedure.advance(case, "fee_paid")
    procedure.keep(case, today=today)
    procedure.note(
        "fee_paid", case, by=by, today=today, ground=article, on=on, amount_fen=paid.amount_fen, reply_by=case.reply_by
    )
    return paid
