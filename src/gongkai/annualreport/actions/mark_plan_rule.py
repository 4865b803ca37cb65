from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.ledger import Scope
from gongkai.agencies.models import Agency, User
from gongkai.annualreport.models import PlanEntry, PlanEntryKind
from gongkai.annualreport.plan_permissions import GROUND, may_arrange
from gongkai.annualreport.plan_rules import PlanRule
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused


def can_mark_plan_rule(rule: PlanRule, scope: Scope, *, by: User, today: date) -> Refusal | None:
    if refusal := may_arrange(scope, by=by, today=today):
        return refusal
    if rule.progress is not None:
        return Refusal("computed", f"“{rule.title}”是否完成由台账算出，不用填", rule.article)
    return None


@transaction.atomic
def mark_plan_rule(
    rule: PlanRule, scope: Scope, year: int, *, done_on: date, note: str, by: User, today: date
) -> PlanEntry:
    """Say that a computed entry, of which no ledger can tell, is done on a day. Raises Refused."""
    organ = Agency.objects.select_for_update().get(pk=scope.agency.pk)
    if refusal := can_mark_plan_rule(rule, scope, by=by, today=today):
        raise Refused(refusal)
    if done_on > today:
        raise Refused(Refusal("future", "完成日期在今天之后"))
    if not note.strip():
        raise Refused(Refusal("no_note", "请写完成情况和佐证"))
    standing = PlanEntry.objects.standing().filter(agency=organ, year=year, rule=rule.key)
    if standing.exists():
        raise Refused(Refusal("done", f"“{rule.title}”已经填过完成"))
    row = PlanEntry.objects.create(
        agency=organ, year=year, kind=PlanEntryKind.RULE, rule=rule.key, title=rule.title, source=rule.article[:120],
        responsible=organ, first=rule.first, due_on=rule.due, entered_by=by, entered_on=today, done_on=done_on,
        done_note=note.strip(), done_by=by,
    )  # fmt: skip
    record(
        "annualreport.mark_plan_rule", row, by=by, today=today, ground=GROUND, rule=rule.key,
        done_on=done_on.isoformat(),
    )  # fmt: skip
    return row


@transaction.atomic
def unmark_plan_rule(row: PlanEntry, *, by: User, today: date) -> None:
    """Take that back. Raises Refused."""
    scope = Scope(row.agency, whole_region=row.agency.parent_id is None)
    if refusal := may_arrange(scope, by=by, today=today):
        raise Refused(refusal)
    PlanEntry.objects.filter(pk=row.pk, dropped="").update(dropped="改回未完成")
    record("annualreport.unmark_plan_rule", row, by=by, today=today, ground=GROUND, rule=row.rule)
