"""征求第三方意见 once for the cases of a series (系列案): one letter that names their numbers, a question and a clock
event in each of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.casework import clock, notices, procedure, signing
from gongkai.casework.actions.ask import ASKED, LETTER
from gongkai.casework.actions.send import send_notice
from gongkai.casework.models import Case, Inquiry, Law, Party
from gongkai_core.refusals import Refusal
from gongkai_core.states.cases import CASE

EVENT = f"ask_{Party.THIRD_PARTY}"
CODE = LETTER[Party.THIRD_PARTY]
_ARTICLE = "条例第三十二条"


def lead_of(cases: Sequence[Case]) -> Case:
    """The case whose letter it is: one for which the letter is signed, else the first."""
    kind = signing.kind_of_letter(CODE)
    return next((case for case in cases if kind and signing.ready(case, kind)), cases[0])


def can_ask_together(cases: Sequence[Case], *, by: User, today: date) -> Refusal | None:
    """Each case must be where the party can be asked; the one letter is signed once, in any of them."""
    if not cases:
        return Refusal("no_case", "还没有选定办件", _ARTICLE)
    if len({case.agency_id for case in cases}) > 1:
        return Refusal("other_organ", "不是同一机关的办件，不能一并征求", _ARTICLE)
    for case in cases:
        if case.law == Law.OLD:
            return Refusal("old_law", f"{case.number} 适用2007年条例，请单独征求", _ARTICLE)
        refused = CASE.refusal(case.state, EVENT, roles=procedure.roles_of(case, by, today=today))
        if refused:
            return Refusal(refused.code, f"{case.number}：{refused.message}", refused.article)
    return signing.unsigned(lead_of(cases), EVENT, by=by, today=today)


@transaction.atomic
def ask_together(
    cases: Sequence[Case],
    *,
    name: str,
    question: str,
    method: str,
    by: User,
    today: date,
    contact: str = "",
    sent_on: date | None = None,
    delivered_on: date | None = None,
    files: bool = True,
) -> list[Inquiry]:
    """Send one letter (L04) for all the cases; each one's clock stands from the day after. Raises Refused, all or none.

    The letter names the cases by number. It is searched for the data of every applicant of them.
    """
    cases = [locked(case) for case in sorted(cases, key=lambda case: case.pk)]
    sent_on = sent_on or today
    procedure.allow(can_ask_together(cases, by=by, today=today))
    clock.refuse_future(delivered_on, today)
    lead = lead_of(cases)
    numbers = "、".join(case.number for case in cases)
    notice = send_notice(
        lead, CODE, {"info_desc": f"{question}（登记号：{numbers}，共{len(cases)}件）"}, method=method, sent_on=sent_on, by=by,
        addressee=name, delivered_on=delivered_on, files=files,
    )  # fmt: skip
    for case in cases:
        notices.refuse_leaks(case, CODE, notice.rendered.text)
    asked: dict[int, Inquiry] = {}
    for case in [lead, *(case for case in cases if case.pk != lead.pk)]:
        inquiry = Inquiry(
            case=case, party=Party.THIRD_PARTY, name=name, contact=contact, question=question, sent_on=sent_on,
            delivered_on=delivered_on, asked_by=by,
        )  # fmt: skip
        first = asked.get(lead.pk)
        inquiry.notice, inquiry.asked_with = (None, first) if first else (notice, None)
        inquiry.save()
        asked[case.pk] = inquiry
        _stop(case, inquiry, notice.number, by=by, today=today)
    return [asked[case.pk] for case in cases]


def _stop(case: Case, inquiry: Inquiry, number: str, *, by: User, today: date) -> None:
    """The question in one case: its clock, its state, its trail."""
    clock.add(
        case, ASKED[Party.THIRD_PARTY], by=by, today=today, ref=inquiry.ref, sent_on=inquiry.sent_on,
        delivered_on=inquiry.delivered_on,
    )  # fmt: skip
    article = procedure.advance(case, EVENT)
    procedure.keep(case, today=today)
    procedure.note(
        EVENT, case, by=by, today=today, ground=article, sent_on=inquiry.sent_on, inquiry=inquiry.ref, number=number
    )
