"""代录批示: a leader's word given by telephone, on paper or in a meeting, entered by an office."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Agency, Role, User
from gongkai.agencies.permissions import is_disclosure_office, locked
from gongkai.documents.models import Blob, RecordedInstruction
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused


def can_record_instruction(
    agency: Agency, *, leader: User, by: User, today: date, given_at: datetime | None = None
) -> Refusal | None:
    """Whoever enters it works at the organ (or in the disclosure office) and is not the leader; a word already given."""
    if by.pk == leader.pk:
        return Refusal("own_instruction", "本人的批示由本人直接办理，不用代录")
    works_here = any(post.agency_id == agency.pk for post in by.business_posts_on(today))
    if not works_here and not is_disclosure_office(by, on=today):
        return Refusal("not_here", f"代录批示由{agency.short_name}或者政务公开办的人员录入")
    if given_at and given_at > timezone.now():
        return Refusal("future_word", "批示时间还没有到；批示之后才代录")
    return None


@transaction.atomic
def record_instruction(
    agency: Agency,
    *,
    leader: User,
    channel: str,
    given_at: datetime,
    words: str,
    by: User,
    today: date,
    scan: Blob | None = None,
) -> RecordedInstruction:
    """Enter a leader's word; it counts at once and waits for confirmation. Raises Refused."""
    if refusal := can_record_instruction(agency, leader=leader, by=by, today=today, given_at=given_at):
        raise Refused(refusal)
    instruction = RecordedInstruction.objects.create(
        agency=agency, leader=leader, channel=channel, given_at=given_at, words=words, scan=scan, entered_by=by
    )
    record(
        "documents.record_instruction", instruction, by=by, today=today, leader=str(leader.public_id), channel=channel
    )
    return instruction


def can_confirm_instruction(instruction: RecordedInstruction, *, by: User, today: date) -> Refusal | None:
    """The leader, or the head of the disclosure office; never who entered it (domain-spec §11.3 item 23)."""
    if instruction.confirmed_at:
        return Refusal("confirmed", "这条批示已确认")
    if by.pk == instruction.entered_by_id:
        return Refusal("own_entry", "录入人不能确认自己代录的批示")
    if by.pk != instruction.leader_id and not by.holds(Role.DISCLOSURE_OFFICE, on=today):
        return Refusal("not_leader", "由批示人本人或者政务公开办确认")
    return None


@transaction.atomic
def confirm_instruction(instruction: RecordedInstruction, *, by: User, today: date) -> RecordedInstruction:
    """Confirm that the word was given so. Raises Refused."""
    instruction = locked(instruction)
    if refusal := can_confirm_instruction(instruction, by=by, today=today):
        raise Refused(refusal)
    instruction.confirmed_by, instruction.confirmed_at = by, timezone.now()
    instruction.save(update_fields=["confirmed_by", "confirmed_at"])
    record("documents.confirm_instruction", instruction, by=by, today=today)
    return instruction
