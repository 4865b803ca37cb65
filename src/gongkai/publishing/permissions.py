"""Who may do what with items. The only door to an object is `Item.objects.for_user(user, on=today)`."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from gongkai.agencies.models import Agency, Role, User
from gongkai.agencies.permissions import is_disclosure_office, locked, visible_agencies
from gongkai.publishing.models import Batch, ItemVersion


def roles_at(user: User, agency: Agency, *, on: date) -> set[str]:
    """The person's roles at the organ; the disclosure office is one everywhere (条例第三条)."""
    roles = {str(post.role) for post in user.posts_on(on) if post.agency_id == agency.pk}
    return roles | {Role.DISCLOSURE_OFFICE.value} if is_disclosure_office(user, on=on) else roles


def batches_for(user: User, *, on: date) -> QuerySet[Batch]:
    """The batches that exist for this person."""
    return Batch.objects.filter(agency__in=visible_agencies(user, on=on))


def locked_version(version: ItemVersion) -> ItemVersion:
    """The version read again and held, after its item: always in this order, so that two acts never wait crosswise."""
    item = locked(version.item)
    version = locked(version)
    version.item = item
    return version
