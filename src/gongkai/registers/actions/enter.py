"""Enter a row, or a block of rows of which all come in or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from gongkai.agencies.models import Agency, User
from gongkai.registers.models import RegisterEntry
from gongkai.trail.chain import act, record_many
from gongkai_core.refusals import Refusal, Refused

GROUND = "条例第四十九条、第五十条"


def can_enter(agency: Agency, *, by: User, today: date, held_on: date | None = None) -> Refusal | None:
    """By any of the organ's own people; only what has happened."""
    if not any(post.agency_id == agency.pk for post in by.business_posts_on(today)):
        return Refusal("not_here", f"由{agency.short_name}的人员登记")
    if held_on and held_on > today:
        return Refusal("future", "台账登记已经发生的事，日期不能晚于今天")
    return None


@transaction.atomic
def enter(register: type[RegisterEntry], agency: Agency, *, by: User, today: date, **facts: Any) -> RegisterEntry:
    """Write one row into a register. Raises Refused."""
    row = _write(register, agency, facts, by=by, today=today)
    record_many([_act(row, by=by, today=today)])
    return row


Facts = Sequence[Mapping[str, Any]]


@transaction.atomic
def can_enter_block(
    register: type[RegisterEntry], agency: Agency, rows: Facts, *, by: User, today: date
) -> dict[int, Refusal]:
    """What `enter_block` would refuse, by the row's place: rehearsed, so that rows at odds with each other show too."""
    found = {}
    for place, facts in enumerate(rows):
        try:
            _write_pasted(register, agency, facts, by=by, today=today)
        except Refused as refused:
            found[place] = refused.refusal
    transaction.set_rollback(True)
    return found


@transaction.atomic
def enter_block(
    register: type[RegisterEntry], agency: Agency, rows: Facts, *, by: User, today: date
) -> list[RegisterEntry]:
    """Write all rows of a pasted block, or none. Raises Refused for the first that can't be written."""
    written = [_write_pasted(register, agency, facts, by=by, today=today) for facts in rows]
    record_many([_act(row, by=by, today=today, pasted=len(written)) for row in written])
    return written


def _write_pasted(
    register: type[RegisterEntry], agency: Agency, facts: Mapping[str, Any], *, by: User, today: date
) -> RegisterEntry:
    """A block pasted twice says the very same again; whoever means another occasion says so in the note."""
    if register.objects.counted().filter(agency=agency, **facts).exists():
        raise Refused(Refusal("twin", "与台账里或者前面的一行完全相同；确是另一次的，在备注里写明区别"))
    return _write(register, agency, facts, by=by, today=today)


def _write(
    register: type[RegisterEntry], agency: Agency, facts: Mapping[str, Any], *, by: User, today: date
) -> RegisterEntry:
    if refusal := can_enter(agency, by=by, today=today, held_on=facts["held_on"]):
        raise Refused(refusal)
    if refusal := can_enter(agency, by=by, today=today, held_on=facts.get("ended_on")):
        raise Refused(refusal)
    # Whoever enters beside us for the same organ waits: a post has one person at a time, a rule one repeal.
    Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
    if refusal := register.entry_refusal(agency, facts):
        raise Refused(refusal)
    try:
        with transaction.atomic():
            return register.objects.create(agency=agency, entered_by=by, **facts)
    except IntegrityError:  # two people at once, each of whom was told that nothing stood in the way
        raise Refused(Refusal("twice", "刚刚有人登记了同样的一行，请刷新后核对")) from None


def _act(row: RegisterEntry, *, by: User, today: date, **facts: Any) -> Any:
    """The trail names no official: a row of people is told by its public id."""
    if not row.OF_PEOPLE:
        facts["title"] = row.title
    if row.replaces_id:
        facts["replaces"] = str(row.replaces.public_id) if row.replaces else ""
    return act("registers.enter", row, by=by, today=today, ground=GROUND, held_on=row.held_on, **facts)
