from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.ledger import Scope
from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.annualreport.actions.enter_plan_entries import PlanFacts, facts_refusal
from gongkai.annualreport.models import PlanEntry, PlanEntryKind
from gongkai.annualreport.plan_permissions import GROUND, may_change, may_finish
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused


def can_change_plan_entry(entry: PlanEntry, *, by: User, today: date) -> Refusal | None:
    if refusal := may_change(entry, by=by, today=today):
        return refusal
    return _standing_refusal(entry)


def _standing_refusal(entry: PlanEntry) -> Refusal | None:
    if entry.dropped:
        return Refusal("dropped", f"已撤销：{entry.dropped}")
    if entry.done_on:
        return Refusal("done", "已经完成；要改的，先改回未完成")
    return None


@transaction.atomic
def change_plan_entry(entry: PlanEntry, facts: PlanFacts, *, by: User, today: date) -> PlanEntry:
    """Change what an entry says; the trail keeps what it said. Raises Refused."""
    row = locked(entry)
    if refusal := can_change_plan_entry(row, by=by, today=today):
        raise Refused(refusal)
    scope = Scope(row.agency, whole_region=row.kind == PlanEntryKind.KEY_TASK or row.responsible_id != row.agency_id)
    if refusal := facts_refusal(facts, scope):
        raise Refused(refusal)
    before = [row.title, row.responsible.short_name, row.due_on.isoformat()]
    row.title, row.source, row.assisting = facts.title.strip(), facts.source.strip(), facts.assisting.strip()
    row.responsible, row.screen = facts.responsible, facts.screen
    row.first, row.due_on, row.year = facts.first, facts.due_on, facts.due_on.year
    row.save()
    record(
        "annualreport.change_plan_entry", row, by=by, today=today, ground=GROUND, before=before,
        after=[row.title, row.responsible.short_name, row.due_on.isoformat()],
    )  # fmt: skip
    return row


def can_finish_plan_entry(entry: PlanEntry, *, by: User, today: date) -> Refusal | None:
    if refusal := may_finish(entry, by=by, today=today):
        return refusal
    return _standing_refusal(entry)


@transaction.atomic
def finish_plan_entry(entry: PlanEntry, *, done_on: date, note: str, by: User, today: date) -> PlanEntry:
    """Say that an entry is done, on which day and how (完成). Raises Refused."""
    row = locked(entry)
    if refusal := can_finish_plan_entry(row, by=by, today=today):
        raise Refused(refusal)
    if done_on > today:
        raise Refused(Refusal("future", "完成日期在今天之后"))
    if not note.strip():
        raise Refused(Refusal("no_note", "请写完成情况和佐证"))
    row.done_on, row.done_note, row.done_by = done_on, note.strip(), by
    row.save(update_fields=["done_on", "done_note", "done_by"])
    record("annualreport.finish_plan_entry", row, by=by, today=today, ground=GROUND, done_on=done_on.isoformat())
    return row


def can_reopen_plan_entry(entry: PlanEntry, *, by: User, today: date) -> Refusal | None:
    if refusal := may_finish(entry, by=by, today=today):
        return refusal
    return None if entry.done_on and not entry.dropped else Refusal("open", "还没有完成")


@transaction.atomic
def reopen_plan_entry(entry: PlanEntry, *, by: User, today: date) -> PlanEntry:
    """Take back that an entry is done. Raises Refused."""
    row = locked(entry)
    if refusal := can_reopen_plan_entry(row, by=by, today=today):
        raise Refused(refusal)
    row.done_on, row.done_note, row.done_by = None, "", None
    row.save(update_fields=["done_on", "done_note", "done_by"])
    record("annualreport.reopen_plan_entry", row, by=by, today=today, ground=GROUND)
    return row


@transaction.atomic
def drop_plan_entry(entry: PlanEntry, reason: str, *, by: User, today: date) -> PlanEntry:
    """Strike an entry out with its reason (撤销); it stays in the trail. Raises Refused."""
    row = locked(entry)
    if refusal := can_change_plan_entry(row, by=by, today=today):
        raise Refused(refusal)
    if not reason.strip():
        raise Refused(Refusal("no_reason", "撤销须写明理由"))
    row.dropped = reason.strip()
    row.save(update_fields=["dropped"])
    record("annualreport.drop_plan_entry", row, by=by, today=today, ground=GROUND, reason=row.dropped)
    return row
