from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.ledger import Scope
from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.design.words import BEIJING
from gongkai.publishing.deposits import GROUND, scope_refusal
from gongkai.publishing.models import Deposit, Handover, Receiver
from gongkai.publishing.moments import moment
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused


def can_hand_over(
    deposit: Deposit, *, by: User, today: date, receiver: str = "", on: date | None = None
) -> Refusal | None:
    """Whoever makes the scope's lists; once to each receiver, on a day that has come and not before the list."""
    scope = Scope(deposit.agency, deposit.whole_region)
    if refusal := scope_refusal(scope, by=by, today=today):
        return refusal
    done = set(deposit.handovers.values_list("receiver", flat=True))
    if len(done) == len(Receiver.values):
        return Refusal("complete", "档案馆、图书馆都已登记交接", GROUND)
    if receiver in done:
        return Refusal("done", f"{Receiver(receiver).label}已登记过交接", GROUND)
    if on and on > today:
        return Refusal("future_day", "交接日期在今天之后", GROUND)
    made_on = deposit.made_at.astimezone(BEIJING).date()
    if on and on < made_on:
        return Refusal("before_list", f"交接日期早于编目日期 {made_on}", GROUND)
    return None


@transaction.atomic
def hand_over(
    deposit: Deposit,
    *,
    by: User,
    today: date,
    receiver: str,
    receiver_name: str,
    handed_by: str,
    received_by: str,
    on: date,
    form: str = "",
) -> Handover:
    """Note that a receiver has signed for the list and its papers (登记交接). Raises Refused."""
    deposit = locked(deposit)
    if refusal := can_hand_over(deposit, by=by, today=today, receiver=receiver, on=on):
        raise Refused(refusal)
    row = Handover.objects.create(
        deposit=deposit, receiver=receiver, receiver_name=receiver_name.strip(), handed_by=handed_by.strip(),
        received_by=received_by.strip(), on=on, form=form.strip(), entered_by=by, entered_at=moment(today),
    )  # fmt: skip
    record(
        "publishing.hand_over", deposit, by=by, today=today, ground=GROUND, receiver=receiver, on=on,
        handed_by=row.handed_by, received_by=row.received_by,
    )  # fmt: skip
    return row
