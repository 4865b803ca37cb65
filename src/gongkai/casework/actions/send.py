"""Issue a paper and record that it left: what every act with a letter does, of a case or of a register."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from gongkai.agencies.models import User
from gongkai.casework import clock, mailing, notices, signing
from gongkai.casework.models import Case, Delivery, Method, Notice, Outgoing, belongs_to_paper
from gongkai.documents.models import Blob
from gongkai_core.letters import FIRST_DAY, Value
from gongkai_core.refusals import Refusal, Refused


def send_notice(
    case: Case,
    code: str,
    variables: Mapping[str, Value | None],
    *,
    method: str,
    sent_on: date,
    by: User,
    addressee: str = "",
    delivered_on: date | None = None,
    outcome: str | None = None,
    files: bool = True,
) -> Notice:
    """Write the letter with its number and send it, inside the caller's transaction. Raises Refused.

    Papers under the old 条例 were sent long ago: only that they were sent is kept (domain-spec §11.6 item 38).
    """
    if case.received_on and case.received_on < FIRST_DAY:
        notice = Notice.objects.create(case=case, letter=code, signed_on=sent_on, signed_by=by, addressee=addressee)
    else:
        notice = notices.issue(
            case,
            code,
            variables,
            signed_on=sent_on,
            signed_by=by,
            addressee=addressee,
            delivered_by=method,
            outcome=outcome,
            files=files,
        )
    signing.use(case, code, notice)
    Delivery.objects.create(notice=notice, method=method, sent_on=sent_on, delivered_on=delivered_on, recorded_by=by)
    return notice


def record_delivery(
    paper: Outgoing,
    *,
    method: str,
    sent_on: date,
    by: User,
    today: date,
    not_before: date | None = None,
    delivered_on: date | None = None,
    tracking: str = "",
    receiver: str = "",
    evidence: Blob | None = None,
) -> Delivery:
    """Record one sending of a signed paper, inside the caller's transaction. Raises Refused.

    `not_before`: an earlier sending, for a paper that came back. An e-mail that this system sends goes to the outbox.
    """
    clock.refuse_future(sent_on, today)
    clock.refuse_future(delivered_on, today)
    first = not_before or paper.signed_on
    if first and sent_on < first:
        words = f"上次发出的 {first}" if not_before else f"成文日期 {first}"
        raise Refused(Refusal("dates_out_of_order", f"发出日早于{words}"))
    if delivered_on and delivered_on < sent_on:
        raise Refused(Refusal("dates_out_of_order", f"送达日早于发出日 {sent_on}"))
    if method == Method.POST and not tracking.strip() and not delivered_on:
        raise Refused(Refusal("tracking", "邮寄的须登记邮件号", "条例第四十条"))
    delivery = Delivery.objects.create(
        **belongs_to_paper(paper), method=method, sent_on=sent_on, tracking=tracking.strip(), receiver=receiver,
        delivered_on=delivered_on or (sent_on if method in (Method.IN_PERSON, Method.ONLINE) else None),
        evidence=evidence, recorded_by=by,
    )  # fmt: skip
    mailing.post(delivery)
    return delivery
