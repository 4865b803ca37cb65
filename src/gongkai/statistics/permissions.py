"""Whose figures a person may see and change."""

from __future__ import annotations

from datetime import date

from gongkai.agencies.identifiers import public_id_in
from gongkai.agencies.ledger import Scope
from gongkai.agencies.models import Agency, Installation, Role, User
from gongkai.agencies.permissions import is_disclosure_office, visible_agencies
from gongkai_core.refusals import Refusal


def scope_for(user: User, organ: Agency | None, *, whole_region: bool, on: date) -> Scope | None:
    """The scope a person may open: the own organ's figures, and the whole region's for the disclosure office."""
    if whole_region:
        installation = Installation.current()
        if installation is None or not is_disclosure_office(user, on=on):
            return None
        return Scope(installation.government, whole_region=True)
    works_here = organ and any(post.agency_id == organ.pk for post in user.business_posts_on(on))
    return Scope(organ, whole_region=False) if organ and works_here else None


def scope_of_organ(user: User, public_id: str, *, on: date) -> Scope | None:
    """Another organ's own figures, for whoever may see its records: the disclosure office drills down to it."""
    key = public_id_in(public_id)
    agency = visible_agencies(user, on=on).filter(public_id=key).first() if key else None
    return Scope(agency, whole_region=False) if agency else None


def may_file(agency: Agency, *, by: User, today: date) -> Refusal | None:
    """An organ's statistician files its figures; the office may enter them for it (代填)."""
    if by.holds(Role.STATISTICIAN, agency, on=today) or is_disclosure_office(by, on=today):
        return None
    return Refusal("needs_role", f"由{agency.short_name}的统计员填报", "条例第四条、第五十条")


def may_change(scope: Scope, *, by: User, today: date) -> Refusal | None:
    """Who may correct, explain and freeze in a scope."""
    if scope.whole_region:
        if is_disclosure_office(by, on=today):
            return None
        return Refusal("needs_role", "全域的数由政务公开办更正和冻结", "条例第四十九条")
    return may_file(scope.agency, by=by, today=today)
