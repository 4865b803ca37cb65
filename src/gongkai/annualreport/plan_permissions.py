"""Who may write in the annual work calendar; the door to an entry is `PlanEntry.objects.for_user`."""

from __future__ import annotations

from datetime import date

from gongkai.agencies.ledger import Scope
from gongkai.agencies.models import Agency, User
from gongkai.agencies.permissions import is_disclosure_office
from gongkai.annualreport.models import PlanEntry, PlanEntryKind
from gongkai_core.refusals import Refusal

GROUND = "条例第三条、第四条"


def works_at(user: User, agency: Agency, *, on: date) -> bool:
    return any(post.agency_id == agency.pk for post in user.business_posts_on(on))


def may_arrange(scope: Scope, *, by: User, today: date) -> Refusal | None:
    """The region's calendar is the office's; an organ's own is that of whoever handles business there."""
    if scope.whole_region:
        allowed = is_disclosure_office(by, on=today)
        return None if allowed else Refusal("office", "全县的工作日历由政务公开办安排", GROUND)
    if works_at(by, scope.agency, on=today):
        return None
    return Refusal("needs_post", f"由{scope.agency.short_name}的工作人员安排", GROUND)


def may_change(entry: PlanEntry, *, by: User, today: date) -> Refusal | None:
    """Key tasks are the office's; an own entry is its organ's."""
    if entry.kind == PlanEntryKind.KEY_TASK:
        return may_arrange(Scope(entry.agency, whole_region=True), by=by, today=today)
    if is_disclosure_office(by, on=today):
        return None
    return may_arrange(Scope(entry.agency, whole_region=False), by=by, today=today)


def may_finish(entry: PlanEntry, *, by: User, today: date) -> Refusal | None:
    """Whoever may change it, and the organ responsible."""
    if works_at(by, entry.responsible, on=today):
        return None
    return may_change(entry, by=by, today=today)
