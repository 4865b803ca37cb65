"""The door to cases: whose organ's cases a person may see."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from gongkai.agencies.models import Agency, Role, User
from gongkai.agencies.permissions import is_disclosure_office

if TYPE_CHECKING:
    from gongkai.casework.models import Case

CASE_ROLES = frozenset(
    {
        Role.CASE_REGISTRAR,
        Role.HANDLER,
        Role.LEGAL_REVIEWER,
        Role.SECRECY_REVIEWER,
        Role.SIGNATORY,
        Role.STATISTICIAN,
    }
)
"""Who works on an organ's cases; a drafter of web pages has no business there."""


def case_agencies(user: User, *, on: date) -> QuerySet[Agency]:
    """Organs whose cases the person may see, applicants masked: all of them for the disclosure office."""
    if is_disclosure_office(user, on=on):
        return Agency.objects.all()
    return Agency.objects.filter(pk__in={post.agency_id for post in user.posts_on(on) if post.role in CASE_ROLES})


def assisting_agencies(user: User, *, on: date) -> set[int]:
    """Organs for which the person answers requests for help (协办) that name nobody."""
    answering = (Role.CASE_REGISTRAR, Role.HANDLER)
    return {post.agency_id for post in user.posts_on(on) if post.role in answering}


def roles_at(user: User, agency: Agency, *, on: date) -> set[str]:
    """The roles the person holds at this organ, as the case machine names them."""
    held = {str(post.role) for post in user.posts_on(on) if post.agency_id == agency.pk}
    if is_disclosure_office(user, on=on):
        held.add(Role.DISCLOSURE_OFFICE)
    return held


def handles(user: User, case: Case, *, on: date) -> bool:
    """Whether the case was given to this person, or to the one they deputise for at its organ (请假委托)."""
    return any(
        post.role == Role.HANDLER and post.agency_id == case.agency_id and post.user_id == case.handler_id
        for post in user.posts_on(on)
    )


def acting_for(user: User, case: Case, *, on: date) -> list[User]:
    """For whom a deputy acts in this case: the handler where it is his, else those whose posts here are the only ones.

    Nobody where the person works on it in a post of their own.
    """
    here = [post for post in user.posts_on(on) if post.agency_id == case.agency_id]
    lent = {post.user: None for post in here if post.user_id != user.pk}
    if case.handler_id in {person.pk for person in lent}:
        return [person for person in lent if person.pk == case.handler_id]
    own = any(post.user_id == user.pk and post.role in CASE_ROLES for post in here)
    return [] if own else list(lent)
