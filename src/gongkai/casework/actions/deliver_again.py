from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.casework import outgoing, procedure
from gongkai.casework.actions.send import record_delivery
from gongkai.casework.models import Case, Delivery, Holder
from gongkai.casework.register_rights import worker_refusal
from gongkai_core.refusals import Refusal

ARTICLE = "条例第三十三条、第四十条"
_SENDERS = frozenset({"case_registrar", "handler"})


def can_deliver_again(delivery: Delivery, *, by: User, today: date) -> Refusal | None:
    """By who sends letters out, after the newest attempt came back; another way or the same."""
    if refused := _sender_refusal(delivery.holder, by=by, today=today):
        return refused
    paper = delivery.paper
    if paper.voided_on:
        return Refusal("voided", "这份文书已经作废", ARTICLE)
    if not delivery.failed:
        return Refusal("not_failed", "先登记退回原因，再次送达", ARTICLE)
    if paper.deliveries.filter(pk__gt=delivery.pk).exists():
        return Refusal("sent_again", "这份文书已经再次送达，请在最近一次上登记", ARTICLE)
    return None


def _sender_refusal(holder: Holder, *, by: User, today: date) -> Refusal | None:
    if not isinstance(holder, Case):
        return worker_refusal(holder.row, by=by, today=today)
    if not procedure.roles_of(holder, by, today=today) & _SENDERS:
        return Refusal("needs_role", "再次送达由登记人或者承办人办理", ARTICLE)
    return Refusal("archived", "案卷已经归档", ARTICLE) if holder.state == "archived" else None


@transaction.atomic
def deliver_again(delivery: Delivery, *, method: str, sent_on: date, by: User, today: date, **facts: Any) -> Delivery:
    """Send a letter that came back once more: a further row, with the facts of `record_delivery`. Raises Refused.

    The day that counts stays that of the first sending (domain-spec §1.5.2): the organ had answered then.
    """
    holder = locked(delivery.holder)
    delivery = locked(delivery)
    procedure.allow(can_deliver_again(delivery, by=by, today=today))
    paper = delivery.paper
    again = record_delivery(
        paper, method=method, sent_on=sent_on, not_before=delivery.sent_on, by=by, today=today, **facts
    )
    outgoing.note(
        "deliver_again", holder, by=by, today=today, ground=ARTICLE, sent_on=sent_on, method=str(method),
        number=paper.number,
    )  # fmt: skip
    return again
