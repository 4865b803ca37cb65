"""Who may work on a report, sign it and publish it; the door to a report is `Report.objects.for_user`."""

from __future__ import annotations

from datetime import date

from gongkai.agencies.models import Agency, Role, User
from gongkai.agencies.permissions import is_disclosure_office
from gongkai_core.refusals import Refusal

AUTHORS = (Role.STATISTICIAN, Role.DRAFTER)


def may_write(agency: Agency, *, by: User, today: date) -> Refusal | None:
    """The organ's statistician or drafter, or the disclosure office, compiles and edits."""
    if any(by.holds(role, agency, on=today) for role in AUTHORS) or is_disclosure_office(by, on=today):
        return None
    return Refusal("needs_role", f"年度报告由{agency.short_name}的统计员、拟稿人或者政务公开办编写", "条例第四十九条")


def may_sign(agency: Agency, *, by: User, today: date) -> Refusal | None:
    """The organ's signatory, or the disclosure office."""
    if by.holds(Role.SIGNATORY, agency, on=today) or is_disclosure_office(by, on=today):
        return None
    return Refusal("needs_role", f"年度报告由{agency.short_name}的签发人或者政务公开办签发", "条例第四十九条")


def may_publish(agency: Agency, *, by: User, today: date) -> Refusal | None:
    """Whoever may sign, or the organ's publisher."""
    if by.holds(Role.PUBLISHER, agency, on=today):
        return None
    return may_sign(agency, by=by, today=today)
