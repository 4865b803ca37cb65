from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.actions.delegate import GROUND, may_arrange, works_at
from gongkai.agencies.models import Agency, DeputyPair, User
from gongkai.agencies.permissions import locked
from gongkai.outbox import station
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused

URL = "/desk/deputy-pairs/"


def can_pair_up(person: User, deputy: User, agency: Agency, *, by: User, today: date) -> Refusal | None:
    """By the A himself, or by who answers for the organ; both work there. One B at a time."""
    if by.pk != person.pk and not may_arrange(agency, by=by, on=today):
        return Refusal("needs_role", "AB 角由本人，或者由本单位签发人、政务公开办登记", GROUND)
    if person.pk == deputy.pk:
        return Refusal("same_person", "B 角须是另一人", GROUND)
    for user in (person, deputy):
        if not user.is_active or not works_at(user, agency, on=today):
            return Refusal("no_post", f"{user.name}在{agency.short_name}没有办理业务的岗位", GROUND)
    if DeputyPair.objects.standing().filter(person=person, agency=agency).exists():
        return Refusal("paired", f"{person.name}在{agency.short_name}已经有 B 角，请先结束", GROUND)
    return None


@transaction.atomic
def pair_up(person: User, deputy: User, agency: Agency, *, by: User, today: date) -> DeputyPair:
    """Register who stands in for a person whenever he is away (AB角). Raises Refused."""
    person = locked(person)
    if refusal := can_pair_up(person, deputy, agency, by=by, today=today):
        raise Refused(refusal)
    pair = DeputyPair.objects.create(person=person, deputy=deputy, agency=agency, set_by=by)
    _told(pair, "agencies.pair_up", f"{agency.short_name}：{deputy.name}为{person.name}的 B 角", by=by, today=today)
    return pair


def can_unpair(pair: DeputyPair, *, by: User, today: date) -> Refusal | None:
    """By the A himself, or by who answers for the organ."""
    if pair.ended_at:
        return Refusal("ended", "AB 角已经结束", GROUND)
    if by.pk == pair.person_id or may_arrange(pair.agency, by=by, on=today):
        return None
    return Refusal("needs_role", "AB 角由本人，或者由本单位签发人、政务公开办结束", GROUND)


@transaction.atomic
def unpair(pair: DeputyPair, *, by: User, today: date) -> DeputyPair:
    """End the arrangement; a delegation that runs goes on to its own last day. Raises Refused."""
    pair = locked(pair)
    if refusal := can_unpair(pair, by=by, today=today):
        raise Refused(refusal)
    pair.ended_at = timezone.now()
    pair.save(update_fields=["ended_at"])
    words = f"{pair.agency.short_name}：{pair.deputy.name}不再是{pair.person.name}的 B 角"
    _told(pair, "agencies.unpair", words, by=by, today=today)
    return pair


def _told(pair: DeputyPair, verb: str, words: str, *, by: User, today: date) -> None:
    record(
        verb, pair.agency, by=by, today=today, ground=GROUND, person=str(pair.person.public_id),
        deputy=str(pair.deputy.public_id),
    )  # fmt: skip
    key = f"{verb}:{pair.public_id}"
    station.tell(station.Line(user.pk, key, words, URL) for user in (pair.person, pair.deputy))
