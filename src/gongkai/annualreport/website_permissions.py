"""Who may work on the website's yearly return; the door to one is `WebsiteReturn.objects.for_user`."""

from __future__ import annotations

from datetime import date

from gongkai.agencies.models import Agency, Role, User
from gongkai.agencies.permissions import is_disclosure_office
from gongkai_core.refusals import Refusal
from gongkai_core.website_return import DOC


def _one_of(agency: Agency, roles: tuple[Role, ...], words: str, *, by: User, today: date) -> Refusal | None:
    if is_disclosure_office(by, on=today) or any(by.holds(role, agency, on=today) for role in roles):
        return None
    return Refusal("needs_role", f"网站年度报表由{agency.short_name}的{words}或者政务公开办办理", DOC)


def may_fill(agency: Agency, *, by: User, today: date) -> Refusal | None:
    """The site's own organ's statistician or drafter, or the disclosure office."""
    return _one_of(agency, (Role.STATISTICIAN, Role.DRAFTER), "统计员、拟稿人", by=by, today=today)


def may_approve(agency: Agency, *, by: User, today: date) -> Refusal | None:
    return _one_of(agency, (Role.SIGNATORY, Role.PUBLISHER), "签发人", by=by, today=today)


may_publish = may_approve
"""Whoever may approve may publish what is approved."""
