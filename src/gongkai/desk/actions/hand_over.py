from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.actions import freeze
from gongkai.agencies.models import User, WorkHandover, WorkHandoverLine
from gongkai.agencies.permissions import locked
from gongkai.desk import handover
from gongkai.outbox import station
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused


def can_hand_over(person: User, *, successor: User, by: User, today: date) -> Refusal | None:
    """The first of what stands in the way (`handover.obstacles` has them all)."""
    return next(handover.obstacles(person, successor, by=by, today=today), None)


@transaction.atomic
def hand_over(person: User, *, successor: User, by: User, today: date) -> WorkHandover:
    """Pass all that a person has in hand to a successor before a witness (by), and freeze the account (一键交接).

    All of it moves or nothing. The list that three sign stays on record; the successor is told. Raises Refused.
    """
    for user in sorted((person, successor), key=lambda user: user.pk):
        locked(user)
    if refusal := can_hand_over(person, successor=successor, by=by, today=today):
        raise Refused(refusal)
    held = [*handover.held_by(person, on=today), *handover.tasks_of_posts(person, on=today)]
    row = WorkHandover.objects.create(person=person, successor=successor, witness=by, on=today)
    WorkHandoverLine.objects.bulk_create(
        WorkHandoverLine(
            handover=row, position=number, kind=one.kind[:30], title=one.title[:300], standing=one.standing[:120],
            agency_name=one.agency.short_name if one.agency else "", url=one.url[:300],
        )
        for number, one in enumerate(held, 1)
    )  # fmt: skip
    for app in handover.APPS:
        app.hand_over(person, successor, by=by, today=today)
    handover.move_kept_forms(person, successor)
    freeze(person, by=by, today=today)
    record(
        "desk.hand_over", row, by=by, today=today, ground=handover.GROUND, person=str(person.public_id),
        successor=str(successor.public_id), lines=len(held),
    )  # fmt: skip
    words = f"{person.name}的工作已移交给您，共 {len(held)} 项"
    station.tell([station.Line(successor.pk, f"handover:{row.public_id}", words, "/desk/taken-over/")])
    return row


@transaction.atomic
def dismiss_handover(row: WorkHandover, *, by: User, today: date) -> WorkHandover:
    """The successor has seen what was taken over; it leaves their home page and stays on record. Raises Refused."""
    row = locked(row)
    if row.successor_id != by.pk:
        raise Refused(Refusal("not_yours", "由接收人自己知悉", handover.GROUND))
    if row.dismissed_at is None:
        row.dismissed_at = timezone.now()
        row.save(update_fields=["dismissed_at"])
        record("desk.dismiss_handover", row, by=by, today=today, ground=handover.GROUND)
    return row
