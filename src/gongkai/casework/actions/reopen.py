"""重新答复: a case is taken up again because its answer was set aside, or because the organ puts itself right."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.calendar import office_calendar
from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.casework import clock, procedure
from gongkai.casework.models import Case, CaseFile, FileKind, Law, Lawsuit, Redecision, ReviewCase
from gongkai.documents.models import Blob
from gongkai_core.clock import last_day
from gongkai_core.refusals import Refusal

ORDERS = ("revoked", "ordered", "confirmed_illegal", "mediated")
"""Results of a review or a suit that may want the organ to answer anew; a changed decision stands as changed."""
LONGEST_TERM = 180
_ARTICLE = "行政复议法第六十三条至第六十六条；行政诉讼法第七十条、第七十二条"
Order = ReviewCase | Lawsuit


def orders_on(case: Case) -> list[Order]:
    """The results in the registers of reviews and suits that have not been answered anew yet, oldest first."""
    reviews = case.reviews.filter(outcome__in=ORDERS).exclude(redecisions__case=case)
    suits = case.lawsuits.filter(outcome__in=ORDERS).exclude(redecisions__case=case)
    return sorted([*reviews, *suits], key=lambda row: (row.closed_on, row.pk))


def can_reopen(case: Case, *, by: User, today: date) -> Refusal | None:
    """After the answer, by the handler or the disclosure office; the order itself is chosen with the act."""
    return procedure.refusal(case, "reopen", by=by, today=today)


@transaction.atomic
def reopen(
    case: Case,
    *,
    order: Order | None,
    received_on: date,
    by: User,
    today: date,
    reason: str = "",
    term: int | None = None,
    term_in_workdays: bool = False,
    paper: Blob | None = None,
) -> Redecision:
    """Take the case up again. Its answer becomes inactive, its clock starts with the order. Raises Refused.

    `order` is a row of the registers; without one the organ corrects itself and `reason` must say why. `received_on`:
    when the order came in (or the organ decided so); `term`: what the order names, in days or working days.
    """
    case = locked(case)
    procedure.allow(can_reopen(case, by=by, today=today))
    procedure.allow(_unfit(case, order, received_on, reason, term))
    clock.refuse_future(received_on, today)
    fixed = term is not None or case.law == Law.OLD  # the old 条例 knows no twenty days
    anew = Redecision.objects.create(
        case=case,
        review=order if isinstance(order, ReviewCase) else None,
        lawsuit=order if isinstance(order, Lawsuit) else None,
        reason=reason.strip(), paper=paper, received_on=received_on, term=term, term_in_workdays=term_in_workdays,
        due_on=last_day(received_on, term, in_workdays=term_in_workdays, calendar=office_calendar()) if fixed else None,
        reopened_by=by, reopened_on=today,
    )  # fmt: skip
    if paper:
        CaseFile.objects.create(case=case, kind=FileKind.ORDER, blob=paper, added_by=by)
    case.decisions.filter(active=True).update(active=False)
    article = procedure.advance(case, "reopen")
    case.redecided, case.abandoned_on, case.archived_on, case.agreed_reply_on = True, None, None, None
    procedure.keep(case, today=today)
    procedure.note(
        "reopen", case, by=by, today=today, ground=article, order=order.docket if order else "", received_on=received_on,
        reply_by=case.reply_by,
    )  # fmt: skip
    return anew


def _unfit(case: Case, order: Order | None, received_on: date, reason: str, term: int | None) -> Refusal | None:
    if order is None and not reason.strip():
        return Refusal("ordered_to_redo", "重新答复须有复议决定、判决的依据；自行纠正的须写明理由", _ARTICLE)
    if order is not None and order not in orders_on(case):
        return Refusal("ordered_to_redo", f"{order.docket}不是撤销、责令本件重新答复的结果，或者已经重新办理", _ARTICLE)
    first = case.counted_on if order is None else order.filed_on
    if first and received_on < first:
        return Refusal("dates_out_of_order", f"收到日早于 {first}", _ARTICLE)
    if term is not None and not 1 <= term <= LONGEST_TERM:
        return Refusal("term", f"载明的期限应为 1 至 {LONGEST_TERM} 日", _ARTICLE)
    return None
