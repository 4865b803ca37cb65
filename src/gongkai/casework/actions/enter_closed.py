"""按台账登记办结: a case that was answered before this site stands as the office's old ledger tells it."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.casework import clock, evidence, procedure, similar
from gongkai.casework.actions import disputes, remedies
from gongkai.casework.actions.deliver import count, timely_of
from gongkai.casework.closings import ABANDONED, WITHDRAWN, Closing, Proceeding
from gongkai.casework.models import (
    Case,
    Channel,
    Decision,
    Delivery,
    EventType,
    Inquiry,
    LedgerClosing,
    Notice,
    Opinion,
    Party,
    PlatformEntry,
    ReviewCase,
    Timely,
)
from gongkai.casework.models.case import CONFIRMED
from gongkai.casework.notices import planned_method, refuse_leaks
from gongkai_core.refusals import Refusal

_WITHOUT_WORDS = "台账只写了发出和收到的日期，没有写对象和事项"
_LAPSED = ("abandoned_correction", "abandoned_fee")


def can_enter_closed(case: Case, *, by: User, today: date) -> Refusal | None:
    """By who registers for the organ, while the case waits to be registered."""
    return procedure.refusal(case, "enter_closed", by=by, today=today)


@transaction.atomic
def enter_closed(case: Case, closing: Closing, *, subject: str, by: User, today: date) -> Case:
    """Close a case that was just received as its ledger tells: days, answer and delivery of then, review and suit.

    Nothing is drawn up and no guard is asked: what was sent then was judged then. The clock is replayed with the
    events of then and the case is counted in their year (domain-spec §11.4 items 29, 30). Raises Refused.
    """
    case = locked(case)
    procedure.allow(can_enter_closed(case, by=by, today=today))
    for day in closing.days:
        clock.refuse_future(day, today)
    _register(case, subject, by=by, today=today)
    procedure.allow(evidence.outcome_in_force(case, closing.outcome))
    notices = _moved(case, closing, by=by, today=today)
    timely = _closed(case, closing, by=by, today=today)
    if closing.outcome != WITHDRAWN:
        notices.append(_answered(case, closing, by=by, today=today))
    count(case, on=closing.replied_on, outcome=closing.outcome, ground=closing.ground, timely=timely)
    facts = ["archived_then"] if closing.archived_on else ["withdrawn_then"] if closing.outcome == WITHDRAWN else []
    case.archived_on = closing.archived_on
    article = procedure.advance(case, "enter_closed", facts=facts)
    procedure.keep(case, today=today)
    LedgerClosing.objects.create(case=case, entered_by=by, entered_on=today)
    similar.remember([case])
    PlatformEntry.objects.filter(case=case).delete()  # what was answered then was typed back then
    procedure.note(
        "enter_closed", case, by=by, today=today, ground=article, outcome=closing.outcome, on=closing.replied_on,
        timely=str(timely), notices=[notice.number for notice in notices if notice.number],
    )  # fmt: skip
    for row in (closing.review, closing.suit):
        if row:
            _fought_over(case, closing, row, by=by, today=today)
    return case


def _register(case: Case, subject: str, *, by: User, today: date) -> None:
    """The ledger's day is that of receipt, whatever the channel wants (条例第三十一条); the summary names nobody."""
    if not subject.strip():
        procedure.allow(
            Refusal("registrable", "内容摘要没有写：已经办结的须写内容摘要（不含个人信息）", "条例第二十九条")
        )
    refuse_leaks(case, "L08", subject)
    if case.channel == Channel.POST_SIGNED:
        case.signed_on = case.signed_on or case.submitted_on
    elif case.channel in CONFIRMED:
        case.confirmed_on = case.confirmed_on or case.submitted_on
    known = clock.receipt(case)
    case.received_on, case.law = known.received_on, known.law
    case.subject, case.registered_by, case.registered_on = subject.strip(), by, today


def _moved(case: Case, closing: Closing, *, by: User, today: date) -> list[Notice]:
    """What moved the clock then; of a correction the letter too, because it is counted (item 59)."""
    case.save()
    notices: list[Notice] = []
    inquiry = None
    for kind, days in closing.events:
        if kind == EventType.THIRD_PARTY_ASKED:
            inquiry = Inquiry.objects.create(
                case=case, party=Party.THIRD_PARTY, name="第三方", question=_WITHOUT_WORDS, asked_by=by, **days
            )
        elif kind == EventType.THIRD_PARTY_ANSWERED and inquiry:
            inquiry.answered_on, inquiry.opinion = days["on"], Opinion.OTHER
            inquiry.save(update_fields=["answered_on", "opinion"])
        elif kind == EventType.CORRECTION_ASKED:
            notices.append(_sent(case, "L02", "", days["on"], days["on"], planned_method(case), None, by=by))
        ref = inquiry.ref if inquiry and kind in (EventType.THIRD_PARTY_ASKED, EventType.THIRD_PARTY_ANSWERED) else ""
        clock.add(case, kind, by=by, today=today, ref=ref, **days)
    return notices


def _closed(case: Case, closing: Closing, *, by: User, today: date) -> Timely:
    """End the clock on the day of then. Raises Refused where the ledger and the clock contradict each other."""
    if closing.outcome == WITHDRAWN:
        clock.add(case, EventType.WITHDRAWN, by=by, today=today, on=closing.replied_on)
        return Timely.WITHDRAWN
    if closing.outcome in ABANDONED:
        if clock.replay(case, closing.replied_on).state not in _LAPSED:
            procedure.allow(Refusal("abandoned", f"答复日 {closing.replied_on} 时申请人的期限还没有过，不能视为放弃"))
        case.abandoned_on = closing.replied_on
        return Timely.ONTIME
    result = clock.add(case, EventType.REPLIED, by=by, today=today, on=closing.replied_on)
    return timely_of(case, result, closing.replied_on)


def _answered(case: Case, closing: Closing, *, by: User, today: date) -> Notice:
    decision = Decision(
        case=case,
        outcome=closing.outcome,
        ground=closing.ground,
        reason=closing.reason,
        drafted_by=by,
        drafted_on=today,
    )
    decision.save()
    method = closing.method or planned_method(case)
    return _sent(
        case, evidence.letter_code(closing.outcome), closing.number, closing.signed_on, closing.replied_on, method,
        closing.delivered_on, by=by, decision=decision,
    )  # fmt: skip


def _sent(
    case: Case,
    letter: str,
    number: str,
    signed_on: date,
    sent_on: date,
    method: str,
    delivered_on: date | None,
    *,
    by: User,
    decision: Decision | None = None,
) -> Notice:
    """A letter of then by its number and days: its words are on paper."""
    notice = Notice.objects.create(
        case=case, decision=decision, letter=letter, number=number, signed_on=signed_on, addressee=case.applicant.name
    )
    Delivery.objects.create(notice=notice, method=method, sent_on=sent_on, delivered_on=delivered_on, recorded_by=by)
    return notice


def _fought_over(case: Case, closing: Closing, told: Proceeding, *, by: User, today: date) -> None:
    """Enter the review or the suit with its result, or add the case to the one of this docket, which counts once."""
    is_review = told is closing.review
    known = (case.agency.reviews if is_review else case.agency.lawsuits).filter(docket=told.docket).first()
    if known:
        body = known.review_body if isinstance(known, ReviewCase) else known.court
        if (known.filed_on, known.outcome, known.closed_on, body) != (
            told.filed_on,
            told.outcome,
            told.closed_on,
            told.body,
        ):
            procedure.allow(Refusal("docket", f"案号 {told.docket} 已经登记，与这一行写的机关、日期或者结果不同"))
        disputes.add_case(known, case, by=by, today=today)
        return
    who = {"by": by, "today": today}
    facts = {"docket": told.docket, "filed_on": told.filed_on, "cases": [case]}
    if is_review:
        review = remedies.enter_review(case.agency, review_body=told.body, **facts, **who)
        if told.outcome and told.closed_on:
            remedies.decide_review(review, outcome=told.outcome, closed_on=told.closed_on, **who)
        return
    suit = remedies.enter_lawsuit(case.agency, court=told.body, prior_review=closing.review is not None, **facts, **who)
    if told.outcome and told.closed_on:
        remedies.decide_lawsuit(suit, outcome=told.outcome, closed_on=told.closed_on, **who)
