from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import Agency, Appointment, Role, User
from gongkai.agencies.models.person import ADMINISTRATORS
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused


def can_appoint(user: User, role: str, *, on: date) -> Refusal | None:
    """Administrators do no business, and no account is two of the three (三员分立)."""
    held = {post.role for post in user.posts_on(on)}
    administers = held & set(ADMINISTRATORS)
    if role in ADMINISTRATORS and held - {role}:
        return Refusal("administrators_apart", f"{user.name}已有其他岗位，不能兼任{Role(role).label}", "三员分立")
    if role not in ADMINISTRATORS and administers:
        return Refusal(
            "administrators_apart", f"{user.name}是{Role(administers.pop()).label}，不能办理业务", "三员分立"
        )
    return None


@transaction.atomic
def appoint(user: User, role: str, agency: Agency, *, by: User | None, on: date, title: str = "") -> Appointment:
    """Give a person a role at an organ from a day on. Raises Refused."""
    user.__dict__.pop("_posts", None)
    if refusal := can_appoint(user, role, on=on):
        raise Refused(refusal)
    post = Appointment.objects.create(user=user, agency=agency, role=role, title=title, valid_from=on)
    user.__dict__.pop("_posts", None)
    record("agencies.appoint", agency, by=by, user=str(user.public_id), role=str(role), on=on)
    return post
