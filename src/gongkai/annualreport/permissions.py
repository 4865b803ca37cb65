"""Who may work on a report, sign it and publish it; the door to a report is `Report.objects.for_user`."""

from __future__ import annotations

from datetime import date

from gongkai.agencies.models import Agency, Role, User
from gongkai.agencies.permissions import is_disclosure_office, visible_agencies
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


def may_comment(agency: Agency, *, by: User, today: date) -> Refusal | None:
    """Whoever may open the organ's report: its people with a post in its business, and the disclosure office."""
    if visible_agencies(by, on=today).filter(pk=agency.pk).exists():
        return None
    return Refusal("needs_role", f"批注由{agency.short_name}的工作人员或者政务公开办提出")


def may_gather(*, by: User, today: date) -> Refusal | None:
    """The disclosure office acts on all organs' reports at once (条例第三条: 推进、指导、协调、监督)."""
    if is_disclosure_office(by, on=today):
        return None
    return Refusal("needs_role", "各单位的年度报告由政务公开办成批办理", "条例第三条、第四十九条")
