from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.calendar import office_calendar
from gongkai.agencies.models import Role, User
from gongkai.agencies.permissions import locked
from gongkai.publishing.models import Change, Item, PenaltyChange
from gongkai.publishing.moments import moment
from gongkai.publishing.permissions import roles_at
from gongkai.publishing.withdrawals import PENALTIES, PENALTY_LAW, PENALTY_RULE
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused

REPORTERS = {Role.DRAFTER.value, Role.PUBLISHER.value, Role.DISCLOSURE_OFFICE.value}


def can_report_penalty_change(
    item: Item, *, by: User, today: date, change: str = Change.REVOKED, decided_on: date | None = None
) -> Refusal | None:
    """For a public penalty decision, once, with a day that has come (行政处罚法第四十八条第二款)."""
    if not roles_at(by, item.agency, on=today) & REPORTERS:
        return Refusal("needs_role", f"由{item.agency.short_name}的拟稿人、签发人登记", PENALTY_LAW)
    if item.column.code != PENALTIES:
        return Refusal("no_penalty", "只有“行政处罚”栏目的决定才登记变更、撤销", PENALTY_LAW)
    if not item.is_public:
        return Refusal("not_public", "这一条没有在网站上公开", PENALTY_LAW)
    if PenaltyChange.objects.filter(item=item).exists():
        return Refusal("reported", "已经登记过，请按期撤回", PENALTY_LAW)
    if change not in Change.values:
        return Refusal("change", "请选择变更、撤销、确认违法或者确认无效", PENALTY_LAW)
    if decided_on and decided_on > today:
        return Refusal("future_date", f"作出日期 {decided_on} 在今天之后", PENALTY_LAW)
    return None


@transaction.atomic
def report_penalty_change(
    item: Item, *, change: str, decided_on: date, basis: str, by: User, today: date
) -> PenaltyChange:
    """Note that a public penalty decision no longer stands: three working days to withdraw it. Raises Refused."""
    item = locked(item)
    if refusal := can_report_penalty_change(item, by=by, today=today, change=change, decided_on=decided_on):
        raise Refused(refusal)
    row = PenaltyChange.objects.create(
        item=item,
        change=change,
        decided_on=decided_on,
        basis=basis.strip(),
        due_on=PENALTY_RULE.term.due(decided_on, office_calendar()),
        entered_by=by,
        entered_at=moment(today),
    )
    record(
        "publishing.report_penalty_change",
        item,
        by=by,
        today=today,
        ground=PENALTY_LAW,
        change=change,
        due_on=row.due_on,
    )
    return row
