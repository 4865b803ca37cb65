"""Issue a one-time link by which a person chooses a password."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Role, User
from gongkai.agencies.permissions import locked
from gongkai.operations.models import Invitation
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused

VALID_FOR = timedelta(days=14)
# Without letters and digits that look alike on paper; 24 of them are 118 bits.
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
_LENGTH, _GROUP = 24, 6


def can_invite(user: User, *, by: User | None, today: date) -> Refusal | None:
    """The system administrator's; `by` None is the command line."""
    if by is not None and not by.holds(Role.SYSTEM_ADMIN, on=today):
        return Refusal("needs_role", "一次性口令链接由系统管理员发出")
    if not user.is_active:
        return Refusal("frozen", f"{user.name}的账号已冻结，先解冻再发链接")
    return None


@transaction.atomic
def invite(user: User, *, by: User | None, today: date) -> tuple[Invitation, str]:
    """Make a link for the person; an older one of theirs stops working. Raises Refused.

    Returns the invitation and its token. The token is nowhere kept: shown now, or never.
    """
    user = locked(user)
    if refusal := can_invite(user, by=by, today=today):
        raise Refused(refusal)
    now = timezone.now()
    user.invitations.filter(closed_at=None).update(closed_at=now)
    token = new_token()
    invitation = Invitation.objects.create(
        user=user, digest=digest_of(token), issued_by=by, issued_at=now, expires_at=now + VALID_FOR
    )
    record("operations.invite", user, by=by, today=today, expires=invitation.expires_at)
    return invitation, token


def new_token() -> str:
    signs = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
    return "-".join(signs[at : at + _GROUP] for at in range(0, _LENGTH, _GROUP))


def digest_of(token: str) -> str:
    """The digest under which a token is kept; case and hyphens don't count, they are typed from paper."""
    return hashlib.sha256(token.strip().lower().replace("-", "").encode()).hexdigest()
