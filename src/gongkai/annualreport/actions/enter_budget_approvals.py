from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction

from gongkai.agencies.models import Agency, User
from gongkai.agencies.permissions import is_disclosure_office
from gongkai.annualreport import budgets
from gongkai.annualreport.models import BudgetApproval
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused


def can_enter_budget_approvals(*, by: User, today: date) -> Refusal | None:
    if is_disclosure_office(by, on=today):
        return None
    return Refusal("office", "预决算批复日期由政务公开办录入", BudgetApproval.ARTICLE)


@transaction.atomic
def enter_budget_approvals(
    agencies: Collection[Agency], kind: str, year: int, *, approved_on: date | None, by: User, today: date
) -> int:
    """Enter on which day the budgets, or final accounts, of some organs were approved; None takes the days back.

    Returns for how many organs. Raises Refused.
    """
    if refusal := can_enter_budget_approvals(by=by, today=today):
        raise Refused(refusal)
    if not agencies:
        raise Refused(Refusal("nobody", "没有选单位"))
    owing = set(budgets.organs([each.pk for each in agencies]).values_list("pk", flat=True))
    if others := [each.short_name for each in agencies if each.pk not in owing]:
        raise Refused(Refusal("not_owing", f"不承担预决算公开的单位：{'、'.join(others)}", BudgetApproval.ARTICLE))
    if approved_on is not None and (approved_on > today or approved_on.year != year):
        raise Refused(Refusal("day", f"批准（批复）日期应在 {year} 年内、今天以前", BudgetApproval.ARTICLE))
    rows = BudgetApproval.objects.filter(agency__in=agencies, year=year, kind=kind)
    if approved_on is None:
        rows.delete()
    else:
        for each in agencies:
            facts = {"approved_on": approved_on, "entered_by": by, "entered_on": today}
            BudgetApproval.objects.update_or_create(agency=each, year=year, kind=kind, defaults=facts)
    record(
        "annualreport.enter_budget_approvals", None, by=by, today=today, ground=BudgetApproval.ARTICLE, kind=str(kind),
        year=year, approved_on=approved_on.isoformat() if approved_on else None,
        organs=sorted(each.short_name for each in agencies),
    )  # fmt: skip
    return len(agencies)
