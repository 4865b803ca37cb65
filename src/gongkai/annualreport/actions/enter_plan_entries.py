from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from gongkai.agencies.ledger import Scope
from gongkai.agencies.models import Agency, User
from gongkai.annualreport.models import PlanEntry, PlanEntryKind
from gongkai.annualreport.plan_permissions import GROUND, may_arrange
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused


@dataclass(frozen=True)
class PlanFacts:
    """What a person writes of an entry."""

    title: str
    responsible: Agency
    first: date
    due_on: date
    source: str = ""
    assisting: str = ""
    screen: str = ""


def can_enter_plan_entries(scope: Scope, *, by: User, today: date) -> Refusal | None:
    return may_arrange(scope, by=by, today=today)


def facts_refusal(facts: PlanFacts, scope: Scope) -> Refusal | None:
    """Why an entry cannot stand as it is written."""
    if not facts.title.strip():
        return Refusal("no_title", "没有写事项")
    if facts.first > facts.due_on:
        return Refusal("days", f"“{facts.title}”的开始日期在完成期限之后")
    if not scope.whole_region and facts.responsible != scope.agency:
        return Refusal("not_own", "自定安排的责任单位是本单位；给其他单位的任务由政务公开办安排", GROUND)
    return None


@transaction.atomic
def enter_plan_entries(scope: Scope, rows: Sequence[PlanFacts], *, kind: str, by: User, today: date) -> list[PlanEntry]:
    """Write entries of the work calendar, all or none; each stands in the year of its last day. Raises Refused."""
    if refusal := can_enter_plan_entries(scope, by=by, today=today):
        raise Refused(refusal)
    if kind == PlanEntryKind.KEY_TASK and not scope.whole_region:
        raise Refused(Refusal("office", "重点工作由政务公开办分解", GROUND))
    for facts in rows:
        if refusal := facts_refusal(facts, scope):
            raise Refused(refusal)
    entries = [
        PlanEntry(
            agency=scope.agency,
            year=facts.due_on.year,
            kind=kind,
            title=facts.title.strip(),
            source=facts.source.strip(),
            responsible=facts.responsible,
            assisting=facts.assisting.strip(),
            screen=facts.screen,
            first=facts.first,
            due_on=facts.due_on,
            entered_by=by,
            entered_on=today,
        )
        for facts in rows
    ]
    PlanEntry.objects.bulk_create(entries)
    record(
        "annualreport.enter_plan_entries", scope.agency, by=by, today=today, ground=GROUND, kind=str(kind),
        entries=[[entry.title, entry.responsible.short_name, entry.due_on.isoformat()] for entry in entries],
    )  # fmt: skip
    return entries
