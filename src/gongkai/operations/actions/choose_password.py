"""Set one's own password with a one-time link."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.operations.models import Invitation
from gongkai.operations.passwords import wrong_password
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused

CLOSED = Refusal("link_closed", "这个链接不存在、已经用过或者已经过期，请向本机关的系统管理员重新索取")


def can_choose_password(invitation: Invitation, *, at: datetime) -> Refusal | None:
    """One sentence for every reason: a stranger learns nothing about accounts."""
    if invitation.closed_at or invitation.expires_at <= at or not invitation.user.is_active:
        return CLOSED
    return None


@transaction.atomic
def choose_password(invitation: Invitation, password: str) -> User:
    """Set the password and close the link; sessions open under an older password end with it.

    Raises Refused; for a password that the validators don't take (code weak_password) the link stays open.
    """
    invitation, now = locked(invitation), timezone.now()
    if refusal := can_choose_password(invitation, at=now):
        raise Refused(refusal)
    user = locked(invitation.user)
    if refusal := wrong_password(password, user):
        raise Refused(refusal)
    user.set_password(password)
    user.save(update_fields=["password"])
    invitation.closed_at = now
    invitation.save(update_fields=["closed_at"])
    record("operations.choose_password", user, by=user)
    return user
