from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from gongkai.agencies.models import Agency, Delegation, DeputyPair, Role, User
from gongkai.agencies.permissions import locked
from gongkai.outbox import station
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused

LONGEST = timedelta(days=92)
GROUND = "内部管理：AB角、请假委托"
URL = "/desk/delegations/"


def may_arrange(agency: Agency, *, by: User, on: date) -> bool:
    """Whether the person may name a deputy for others there: the disclosure office, or the organ's head, in their own post."""
    own = by.own_posts_on(on)
    return any(
        post.role == Role.DISCLOSURE_OFFICE or (post.role == Role.SIGNATORY and post.agency_id == agency.pk)
        for post in own
    )


def can_delegate(
    person: User, deputy: User, agency: Agency, *, first: date, last: date, by: User, today: date
) -> Refusal | None:
    """By the person, or for them by who answers for the organ; the deputy works at the same organ and is there himself.

    Who stands in for the person (AB角) may begin it himself, for today alone: somebody has to when the other is ill.
    """
    for_today = first == last == today and by.pk == deputy.pk and _stands_in(deputy, person, agency)
    if by.pk != person.pk and not for_today and not may_arrange(agency, by=by, on=today):
        return Refusal("needs_role", "委托由本人，或者由本单位签发人、政务公开办登记", GROUND)
    if person.pk == deputy.pk:
        return Refusal("same_person", "受托人须是另一人", GROUND)
    if not today <= first <= last or last - first > LONGEST:
        return Refusal("bad_span", f"起止日期不对：从今天起，最长 {LONGEST.days} 天", GROUND)
    for user in (person, deputy):
        if not user.is_active or not works_at(user, agency, on=max(first, today)):
            return Refusal("no_post", f"{user.name}在{agency.short_name}没有办理业务的岗位", GROUND)
    overlapping = Delegation.objects.filter(ended_at=None, agency=agency, valid_from__lte=last, valid_to__gte=first)
    if overlapping.filter(person=person).exists():
        return Refusal("overlaps", f"{person.name}在这段时间已经有委托，请先结束", GROUND)
    if overlapping.filter(Q(person=deputy) | Q(deputy=person)).exists():
        return Refusal("deputy_away", f"{deputy.name}在这段时间也请假，或者{person.name}正代别人", GROUND)
    return None


def _stands_in(deputy: User, person: User, agency: Agency) -> bool:
    return DeputyPair.objects.standing().filter(person=person, deputy=deputy, agency=agency).exists()


def works_at(user: User, agency: Agency, *, on: date) -> bool:
    """Whether the person handles business at the organ in a post of their own."""
    own = {post.pk for post in user.own_posts_on(on)}
    return any(post.pk in own and post.agency_id == agency.pk for post in user.business_posts_on(on))


@transaction.atomic
def delegate(
    person: User, deputy: User, agency: Agency, *, first: date, last: date, by: User, today: date
) -> Delegation:
    """Name a deputy for a span of days (请假委托). It ends by itself. Raises Refused."""
    locked(person)
    if refusal := can_delegate(person, deputy, agency, first=first, last=last, by=by, today=today):
        raise Refused(refusal)
    row = Delegation.objects.create(
        person=person, deputy=deputy, agency=agency, valid_from=first, valid_to=last, set_by=by
    )  # fmt: skip
    deputy.__dict__.pop("_posts", None)
    record(
        "agencies.delegate", agency, by=by, today=today, ground=GROUND, person=str(person.public_id),
        deputy=str(deputy.public_id), first=first, last=last,
    )  # fmt: skip
    words = f"{first} 至 {last}，{deputy.name}在{agency.short_name}代{person.name}办理"
    station.tell(station.Line(user.pk, f"delegation:{row.public_id}", words, URL) for user in (person, deputy))
    return row


def can_end_delegation(row: Delegation, *, by: User, today: date) -> Refusal | None:
    """By the person, by who arranged it, or by who answers for the organ."""
    if row.ended_at or row.valid_to < today:
        return Refusal("ended", "委托已经结束", GROUND)
    if by.pk in (row.person_id, row.set_by_id) or may_arrange(row.agency, by=by, on=today):
        return None
    return Refusal("needs_role", "委托由本人，或者由本单位签发人、政务公开办结束", GROUND)


@transaction.atomic
def end_delegation(row: Delegation, *, by: User, today: date) -> Delegation:
    """End it before its last day. Raises Refused."""
    row = locked(row)
    if refusal := can_end_delegation(row, by=by, today=today):
        raise Refused(refusal)
    row.ended_at = timezone.now()
    row.save(update_fields=["ended_at"])
    row.deputy.__dict__.pop("_posts", None)
    record("agencies.end_delegation", row.agency, by=by, today=today, ground=GROUND, deputy=str(row.deputy.public_id))
    return row
