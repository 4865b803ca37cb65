"""Who may do what, and the one lock an action takes."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from django.db import models

from gongkai.agencies.models import Agency, Role, User
from gongkai_core.refusals import Refusal

Row = TypeVar("Row", bound=models.Model)


def locked(row: Row) -> Row:
    """Read the row again and hold it until the transaction ends (SQLite holds the whole database instead)."""
    return type(row)._default_manager.select_for_update().get(pk=row.pk)


def needs_role(user: User, role: Role, agency: Agency, *, on: date) -> Refusal | None:
    """The refusal when the person doesn't hold the role at the organ, else None."""
    if user.holds(role, agency, on=on):
        return None
    return Refusal("needs_role", f"这一步由{agency.short_name}的{role.label}办理", "")


def is_disclosure_office(user: User, *, on: date) -> bool:
    """Whether the person works in the disclosure office (政务公开办), which sees every organ's records (条例第三、四十七条)."""
    return user.holds(Role.DISCLOSURE_OFFICE, on=on)


def visible_agencies(user: User, *, on: date) -> models.QuerySet[Agency]:
    """The organs whose records the person may see; all others don't exist for them."""
    if is_disclosure_office(user, on=on):
        return Agency.objects.all()
    return Agency.objects.filter(pk__in={post.agency_id for post in user.business_posts_on(on)})
