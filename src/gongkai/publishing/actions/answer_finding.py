from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import Role, User
from gongkai.agencies.permissions import locked
from gongkai.publishing.models import Sample, SampleVerdict
from gongkai.publishing.moments import moment
from gongkai.publishing.permissions import roles_at
from gongkai.publishing.samples import GROUND
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused

ANSWERERS = {Role.DRAFTER.value, Role.REVIEWER.value, Role.PUBLISHER.value}


def can_answer_finding(sample: Sample, *, by: User, today: date, answer: str = "已整改") -> Refusal | None:
    """Those who write, review and publish at the organ, for a finding not yet answered."""
    if not roles_at(by, sample.draw.agency, on=today) & ANSWERERS:
        return Refusal("needs_role", f"由{sample.draw.agency.short_name}整改", GROUND)
    if sample.verdict != SampleVerdict.FINDING or sample.answer:
        return Refusal("no_finding", "这一条没有待整改的问题", GROUND)
    if not answer.strip():
        return Refusal("no_answer", "请写明整改情况", GROUND)
    return None


@transaction.atomic
def answer_finding(sample: Sample, *, answer: str, by: User, today: date) -> Sample:
    """Say what was done about a finding (整改). Raises Refused."""
    sample = locked(sample)
    if refusal := can_answer_finding(sample, by=by, today=today, answer=answer):
        raise Refused(refusal)
    sample.answer, sample.answered_by, sample.answered_at = answer.strip(), by, moment(today)
    sample.save(update_fields=["answer", "answered_by", "answered_at"])
    record("publishing.answer_finding", sample.version.item, by=by, today=today, ground=GROUND, remarks=sample.answer)
    return sample
