"""延迟答复 (条例第三十五条): the applicant's reasons are good, but the organ cannot answer in the lawful time."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.casework import clock, procedure
from gongkai.casework.actions.send import send_notice
from gongkai.casework.models import Case, Opinion, Party
from gongkai_core.refusals import Refusal

_ARTICLE = "条例第三十五条"


def can_agree_delay(case: Case, *, by: User, today: date) -> Refusal | None:
    """After reasons that were found good, once; it is agreed, not imposed, so that it needs the letter (L21)."""
    accepted = case.inquiries.filter(party=Party.APPLICANT, opinion=Opinion.REASONABLE).exists()
    failed = [] if accepted else ["reason_accepted"]
    if refused := procedure.refusal(case, "agree_delay", by=by, today=today, failed=failed):
        return refused
    if case.agreed_reply_on:
        return Refusal("delay_once", f"已经确定延迟答复至 {case.agreed_reply_on}", _ARTICLE)
    return None


@transaction.atomic
def agree_delay(
    case: Case,
    *,
    delayed_by: date,
    method: str,
    by: User,
    today: date,
    sent_on: date | None = None,
    files: bool = True,
) -> Case:
    """Tell the applicant by which day the answer will come (L21). Raises Refused.

    No event of the clock: the day is kept beside the last day, and lists and lamps follow the later one.
    """
    case = locked(case)
    sent_on = sent_on or today
    procedure.allow(can_agree_delay(case, by=by, today=today))
    clock.refuse_future(sent_on, today)
    lawful = clock.replay(case, today).reply_by
    if lawful and sent_on > lawful:
        procedure.allow(Refusal("delay_in_time", f"延迟答复须在答复期限 {lawful} 届满之前告知申请人", _ARTICLE))
    if lawful and delayed_by <= lawful:
        procedure.allow(Refusal("delayed_by", f"延迟答复的日期须晚于现在的答复期限 {lawful}", _ARTICLE))
    notice = send_notice(case, "L21", {"delayed_by": delayed_by}, method=method, sent_on=sent_on, by=by, files=files)
    case.agreed_reply_on = delayed_by
    article = procedure.advance(case, "agree_delay")
    procedure.keep(case, today=today)
    procedure.note(
        "agree_delay", case, by=by, today=today, ground=article, sent_on=sent_on, delayed_by=delayed_by,
        number=notice.number,
    )  # fmt: skip
    return case
