from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.casework import clock, outgoing, procedure, similar
from gongkai.casework.actions.seal import unsealed
from gongkai.casework.actions.send import record_delivery
from gongkai.casework.models import Case, Delivery, EventType, Holder, Timely
from gongkai.casework.register_rights import worker_refusal
from gongkai.documents.models import Blob
from gongkai_core.clock import Result
from gongkai_core.refusals import Refusal


def can_deliver(case: Case, *, by: User, today: date) -> Refusal | None:
    return procedure.refusal(case, "deliver", by=by, today=today) or unsealed(case)


@transaction.atomic
def deliver(
    case: Case,
    *,
    method: str,
    by: User,
    today: date,
    sent_on: date | None = None,
    delivered_on: date | None = None,
    tracking: str = "",
    receiver: str = "",
    evidence: Blob | None = None,
) -> Case:
    """Send the answer out (发出): the case is closed on this day and counted for good. Raises Refused.

    The day that counts is that of posting, pushing or handing over, whenever it arrives (domain-spec §1.5.2).
    """
    case = locked(case)
    sent_on = sent_on or today
    procedure.allow(can_deliver(case, by=by, today=today))
    decision = case.decisions.get(active=True)
    notice = decision.notices.get(voided_on=None)
    record_delivery(
        notice, method=method, sent_on=sent_on, delivered_on=delivered_on, tracking=tracking, receiver=receiver,
        evidence=evidence, by=by, today=today,
    )  # fmt: skip
    timely = Timely.ONTIME
    if not case.abandoned_on:
        timely = timely_of(case, clock.add(case, EventType.REPLIED, by=by, today=today, on=sent_on), sent_on)
    _answer_anew(case, decision.outcome, timely, sent_on)
    count(case, on=sent_on, outcome=decision.outcome, ground=decision.ground, timely=timely)
    article = procedure.advance(case, "deliver")
    procedure.keep(case, today=today)
    similar.remember([case])
    procedure.note(
        "deliver", case, by=by, today=today, ground=article, sent_on=sent_on, method=str(method), outcome=decision.outcome,
        timely=str(timely),
    )  # fmt: skip
    return case


def timely_of(case: Case, result: Result, sent_on: date) -> Timely:
    """Against the clock; after its last day, but by the day agreed under 条例第三十五条, is 延期办结."""
    if result.overdue:
        agreed = case.agreed_reply_on and sent_on <= case.agreed_reply_on
        return Timely.EXTENDED if agreed else Timely.OVERDUE
    original = result.reply_by_original
    return Timely.ONTIME if original is None or sent_on <= original else Timely.EXTENDED


def _answer_anew(case: Case, outcome: str, timely: Timely, sent_on: date) -> None:
    """A new answer is told apart: the case itself is never counted again (domain-spec §11.4 item 29)."""
    if anew := clock.redecision_of(case):
        anew.replied_on, anew.outcome, anew.timely = sent_on, outcome, timely
        anew.save(update_fields=["replied_on", "outcome", "timely"])


def count(case: Case, *, on: date, outcome: str, ground: str, timely: str) -> None:
    """Fix what the case counts as, at its first closing and never again (domain-spec §11.4 items 29, 30)."""
    if case.counted_on is None:
        case.counted_on, case.counted_year = on, on.year
        case.counted_outcome, case.counted_ground, case.counted_timely = outcome, ground, timely


def can_confirm_delivery(holder: Holder, *, by: User, today: date) -> Refusal | None:
    if isinstance(holder, Case):
        return procedure.refusal(holder, "confirm_delivery", by=by, today=today)
    if holder.sent_on is None:
        return Refusal("unsent", "还没有发出")
    return worker_refusal(holder.row, by=by, today=today)


@transaction.atomic
def confirm_delivery(
    delivery: Delivery,
    *,
    by: User,
    today: date,
    delivered_on: date | None = None,
    receiver: str = "",
    evidence: Blob | None = None,
    failed: str = "",
) -> Delivery:
    """Enter the proof of delivery, or why the letter came back. From the day of arrival remedies run. Raises Refused."""
    holder = locked(delivery.holder)
    delivery = locked(delivery)
    procedure.allow(can_confirm_delivery(holder, by=by, today=today))
    if not delivered_on and not failed.strip():
        procedure.allow(Refusal("delivered_on", "填写送达日，或者退回原因"))
    if delivered_on and failed.strip():
        procedure.allow(Refusal("delivered_and_failed", "送达日和退回原因只填一项：已经送达的没有退回"))
    clock.refuse_future(delivered_on, today)
    if delivered_on and delivered_on < delivery.sent_on:
        procedure.allow(Refusal("dates_out_of_order", f"送达日早于发出日 {delivery.sent_on}"))
    delivery.delivered_on, delivery.receiver = delivered_on, receiver
    delivery.evidence, delivery.failed = evidence or delivery.evidence, failed.strip()
    delivery.save()
    outgoing.note(
        "confirm_delivery",
        holder,
        by=by,
        today=today,
        ground="条例第三十三条",
        delivered_on=delivered_on,
        failed=bool(failed),
    )
    return delivery
