from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import Role, User
from gongkai.agencies.permissions import locked
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused

_GROUND = "三员分立：账号由系统管理员管理"


def can_unfreeze(user: User, *, by: User, today: date) -> Refusal | None:
    """By the system administrator; posts are given anew."""
    if not by.holds(Role.SYSTEM_ADMIN, on=today):
        return Refusal("needs_role", "账号由系统管理员解冻", _GROUND)
    return Refusal("not_frozen", "账号没有冻结", _GROUND) if user.is_active else None


@transaction.atomic
def unfreeze(user: User, *, by: User, today: date) -> User:
    """Let a frozen account log in again (解冻); it comes back without a password and without posts. Raises Refused."""
    user = locked(user)
    if refusal := can_unfreeze(user, by=by, today=today):
        raise Refused(refusal)
    user.is_active = True
    user.set_unusable_password()
    user.save(update_fields=["is_active", "password"])
    record("agencies.unfreeze", user, by=by, today=today, ground=_GROUND)
    return user
