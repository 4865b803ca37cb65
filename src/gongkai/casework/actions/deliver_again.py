from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.casework import clock, procedure
from gongkai.casework.models import Delivery, Method
from gongkai.documents.models import Blob
from gongkai_core.refusals import Refusal

ARTICLE = "条例第三十三条、第四十条"
_SENDERS = frozenset({"case_registrar", "handler"})


def can_deliver_again(delivery: Delivery, *, by: User, today: date) -> Refusal | None:
    """By who sends letters out, after the newest attempt came back; another way or the same."""
    case = delivery.notice.case
    if not procedure.roles_of(case, by, today=today) & _SENDERS:
        return Refusal("needs_role", "再次送达由登记人或者承办人办理", ARTICLE)
    if case.state == "archived":
        return Refusal("archived", "案卷已经归档", ARTICLE)
    if delivery.notice.voided_on:
        return Refusal("voided", "这份文书已经作废", ARTICLE)
    if not delivery.failed:
        return Refusal("not_failed", "先登记退回原因，再次送达", ARTICLE)
    if delivery.notice.deliveries.filter(pk__gt=delivery.pk).exists():
        return Refusal("sent_again", "这份文书已经再次送达，请在最近一次上登记", ARTICLE)
    return None


@transaction.atomic
def deliver_again(
    delivery: Delivery,
    *,
    method: str,
    sent_on: date,
    by: User,
    today: date,
    delivered_on: date | None = None,
    tracking: str = "",
    receiver: str = "",
    evidence: Blob | None = None,
) -> Delivery:
    """Send a letter that came back once more: a further row. Raises Refused.

    The day that counts stays that of the first sending (domain-spec §1.5.2): the organ had answered then.
    """
    case = locked(delivery.notice.case)
    delivery = locked(delivery)
    procedure.allow(can_deliver_again(delivery, by=by, today=today))
    for day in (sent_on, delivered_on):
        clock.refuse_future(day, today)
    if sent_on < delivery.sent_on or (delivered_on and delivered_on < sent_on):
        procedure.allow(Refusal("dates_out_of_order", f"发出日不早于上次发出的 {delivery.sent_on}，送达日不早于发出日"))
    if method == Method.POST and not tracking.strip() and not delivered_on:
        procedure.allow(Refusal("tracking", "邮寄的须登记邮件号", "条例第四十条"))
    again = Delivery.objects.create(
        notice=delivery.notice, method=method, sent_on=sent_on, tracking=tracking.strip(), receiver=receiver,
        delivered_on=delivered_on or (sent_on if method in (Method.IN_PERSON, Method.ONLINE) else None),
        evidence=evidence, recorded_by=by,
    )  # fmt: skip
    procedure.note(
        "deliver_again", case, by=by, today=today, ground=ARTICLE, sent_on=sent_on, method=str(method),
        number=delivery.notice.number,
    )  # fmt: skip
    return again
