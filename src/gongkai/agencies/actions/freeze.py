from __future__ import annotations

from datetime import date

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from gongkai.agencies.models import Delegation, DeputyPair, User
from gongkai.agencies.permissions import locked
from gongkai.trail.chain import record

GROUND = "内部管理：离岗即冻结账号"


@transaction.atomic
def freeze(user: User, *, by: User, today: date) -> User:
    """Freeze an account (账号冻结): no log-in, no open session, no post, no delegation and no AB角 is left.

    For acts that have asked whether it may be done (desk: 一键交接).
    """
    user = locked(user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    user.appointments.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=today)).update(valid_to=today)
    running = Delegation.objects.filter(Q(person=user) | Q(deputy=user), ended_at=None, valid_to__gte=today)
    running.update(ended_at=timezone.now())
    DeputyPair.objects.standing().filter(Q(person=user) | Q(deputy=user)).update(ended_at=timezone.now())
    ended = end_sessions(user)
    record("agencies.freeze", user, by=by, today=today, ground=GROUND, sessions=ended)
    user.__dict__.pop("_posts", None)
    return user


def end_sessions(user: User) -> int:
    """End every open session of a person. Returns how many."""
    open_ones = Session.objects.filter(expire_date__gt=timezone.now()).iterator()
    theirs = [row.pk for row in open_ones if row.get_decoded().get("_auth_user_id") == str(user.pk)]
    Session.objects.filter(pk__in=theirs).delete()
    return len(theirs)
