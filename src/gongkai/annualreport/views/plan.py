"""年度工作日历: the year by months and as a wall chart, key tasks, own entries, 预决算, a file for the telephone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from gongkai.agencies.calendar import office_calendar
from gongkai.agencies.ledger import Scope
from gongkai.agencies.models import Agency
from gongkai.annualreport import budgets
from gongkai.annualreport.actions import (
    can_change_plan_entry,
    can_enter_budget_approvals,
    can_enter_plan_entries,
    can_finish_plan_entry,
    can_reopen_plan_entry,
    change_plan_entry,
    drop_plan_entry,
    enter_budget_approvals,
    enter_plan_entries,
    finish_plan_entry,
    mark_plan_rule,
    reopen_plan_entry,
    unmark_plan_rule,
)
from gongkai.annualreport.forms_plan import ApprovalsForm, DoneForm, DropForm, PasteForm, PlanEntryForm
from gongkai.annualreport.models import BudgetKind, PlanEntry, PlanEntryKind
from gongkai.annualreport.plan_rules import Asked, rules
from gongkai.annualreport.plan_standing import standing
from gongkai.annualreport.screens import SCREENS
from gongkai.annualreport.work_plan import FIRST_YEAR, LAST_YEAR, by_month, for_telephone, plan, scope_of
from gongkai.documents.sheets import list_file
from gongkai_core.refusals import Refused

SECTION = "work-plan"


def _scope(request: HttpRequest, year: int) -> Scope:
    """Whose calendar this person sees; 404 for whoever handles no business, and for no year."""
    scope = scope_of(request.user, request.organ, on=request.today)
    if scope is None or not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    return scope


def _asked(request: HttpRequest, scope: Scope, year: int) -> Asked:
    return Asked(year, scope, request.today, office_calendar())


@require_safe
def now(request: HttpRequest) -> HttpResponse:
    """The running year's calendar, in the view asked for."""
    address = reverse("annualreport:plan", args=[request.today.year])
    return redirect(f"{address}?{request.GET.urlencode()}" if request.GET else address)


@require_safe
def work_plan(request: HttpRequest, year: int) -> HttpResponse:
    """The year's entries: by months, or with `view=wall` as a chart of twelve months."""
    scope = _scope(request, year)
    lines = plan(scope, year, today=request.today)
    wall = request.GET.get("view") == "wall"
    context = {
        "section": SECTION,
        "year": year,
        "scope": scope,
        "lines": lines,
        "months": by_month(lines),
        "month_numbers": range(1, 13),
        "this_month": request.today.month if request.today.year == year else 0,
        "late": [line for line in lines if line.standing.state == "late"],
        "done": sum(line.standing.is_done for line in lines),
        "unconfirmed": any(not line.confirmed for line in lines),
        "today": request.today,
        "years": [one for one in (year - 1, year, year + 1) if FIRST_YEAR <= one <= LAST_YEAR],
        "done_form": DoneForm(today=request.today),
        "arrange_refusal": can_enter_plan_entries(scope, by=request.user, today=request.today),
    }
    return render(request, f"annualreport/work_plan{'_wall' if wall else ''}.html", context)


@require_safe
def plan_file(request: HttpRequest, year: int) -> HttpResponse:
    """The calendar as .ics, to be opened on a telephone."""
    scope = _scope(request, year)
    data = for_telephone(scope, year, plan(scope, year, today=request.today), today=request.today)
    name = content_disposition_header(True, f"{scope.agency.short_name}{year}年工作日历.ics")
    return HttpResponse(data, content_type="text/calendar; charset=utf-8", headers={"Content-Disposition": name})


@require_POST
def plan_mark(request: HttpRequest, year: int, key: str) -> HttpResponse:
    """Say that a computed entry is done, or take that back."""
    scope = _scope(request, year)
    rule = next((each for each in rules(_asked(request, scope, year)) if each.key == key), None)
    if rule is None:
        raise Http404
    by = {"by": request.user, "today": request.today}
    try:
        if "unmark" in request.POST:
            marks = PlanEntry.objects.standing().filter(agency=scope.agency, year=year, rule=key)
            unmark_plan_rule(get_object_or_404(marks), **by)
            messages.success(request, "已改回未完成")
        else:
            form = DoneForm(request.POST, today=request.today)
            if form.is_valid():
                given = form.cleaned_data
                mark_plan_rule(rule, scope, year, done_on=given["done_on"], note=given["note"], **by)
                messages.success(request, f"“{rule.title}”已填完成")
            else:
                messages.error(request, "没有保存：请填完成日期（如 2026-03-31）和 300 字以内的完成情况")
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("annualreport:plan", year)


def plan_tasks(request: HttpRequest, year: int) -> HttpResponse:
    """The entries that persons wrote: key tasks with organ and day, own ones; one form, or many lines pasted."""
    scope = _scope(request, year)
    form = PlanEntryForm(request.POST if "enter" in request.POST else None, scope=scope, today=request.today)
    paste = PasteForm(request.POST if "paste" in request.POST else None, organs=_organs(scope, request))
    if request.method == "POST" and _entered(request, scope, form, paste):
        return redirect("annualreport:plan_tasks", year)
    lines = [line for line in plan(scope, year, today=request.today) if line.kind != PlanEntryKind.RULE]
    context = {
        "section": SECTION,
        "year": year,
        "scope": scope,
        "lines": lines,
        "form": form,
        "paste": paste if scope.whole_region else None,
        "refusal": can_enter_plan_entries(scope, by=request.user, today=request.today),
        "today": request.today,
    }
    return render(request, "annualreport/plan_tasks.html", context)


def _organs(scope: Scope, request: HttpRequest) -> list[Agency]:
    return list(Agency.objects.within(scope.agency).existing(request.today)) if scope.whole_region else []


def _entered(request: HttpRequest, scope: Scope, form: PlanEntryForm, paste: PasteForm) -> bool:
    """Write what was sent; False when the page must be shown again with what is wrong."""
    by = {"by": request.user, "today": request.today}
    try:
        if form.is_bound and form.is_valid():
            enter_plan_entries(scope, [form.facts()], kind=form.kind_chosen, **by)
            messages.success(request, "已录入")
            return True
        if scope.whole_region and paste.is_bound and paste.is_valid():
            rows = enter_plan_entries(scope, paste.cleaned_data["block"], kind=PlanEntryKind.KEY_TASK, **by)
            messages.success(request, f"已录入 {len(rows)} 项重点工作")
            return True
    except Refused as refused:
        messages.error(request, str(refused))
    return False


def plan_entry(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One entry: changed and struck out by who arranged it, finished by who is responsible."""
    mine = PlanEntry.objects.for_user(request.user, on=request.today).exclude(kind=PlanEntryKind.RULE)
    entry = get_object_or_404(
        mine.select_related("agency", "responsible", "entered_by", "done_by"), public_id=public_id
    )
    scope = Scope(entry.agency, whole_region=entry.kind == PlanEntryKind.KEY_TASK)
    by = {"by": request.user, "today": request.today}
    forms = {
        "change": PlanEntryForm(
            request.POST if "change" in request.POST else None, scope=scope, today=request.today, entry=entry
        ),
        "finish": DoneForm(request.POST if "finish" in request.POST else None, today=request.today),
        "drop": DropForm(request.POST if "drop" in request.POST else None),
    }
    if request.method == "POST" and _acted(request, entry, forms):
        return redirect("annualreport:plan_tasks", entry.year) if "drop" in request.POST else redirect(request.path)
    stands = standing(
        entry.first, entry.due_on, done=False, done_on=entry.done_on, today=request.today, calendar=office_calendar()
    )
    context = {
        "section": SECTION,
        "entry": entry,
        "standing": stands,
        "facts": _entry_facts(entry),
        "screen": SCREENS.get(entry.screen),
        **{f"{name}_form": form for name, form in forms.items()},
        "change_refusal": can_change_plan_entry(entry, **by),
        "finish_refusal": can_finish_plan_entry(entry, **by),
        "reopen_refusal": can_reopen_plan_entry(entry, **by),
    }
    return render(request, "annualreport/plan_entry.html", context)


def _entry_facts(entry: PlanEntry) -> list[tuple[str, Any]]:
    rows = [
        ("类别", entry.get_kind_display()),
        ("责任单位", entry.responsible.name),
        ("配合单位", entry.assisting),
        ("依据", entry.source),
        ("开始日期", entry.first),
        ("完成期限", entry.due_on),
        ("录入", f"{entry.entered_by.name}，{entry.entered_on}"),
    ]
    if entry.done_on and entry.done_by:
        rows += [("完成", f"{entry.done_on}，{entry.done_by.name}确认"), ("完成情况", entry.done_note)]
    return rows + ([("已撤销", entry.dropped)] if entry.dropped else [])


def _acted(request: HttpRequest, entry: PlanEntry, forms: dict[str, Any]) -> bool:
    by = {"by": request.user, "today": request.today}
    try:
        if "reopen" in request.POST:
            reopen_plan_entry(entry, **by)
            messages.success(request, "已改回未完成")
            return True
        if forms["change"].is_bound and forms["change"].is_valid():
            change_plan_entry(entry, forms["change"].facts(), **by)
            messages.success(request, "已修改")
            return True
        if forms["finish"].is_bound and forms["finish"].is_valid():
            given = forms["finish"].cleaned_data
            finish_plan_entry(entry, done_on=given["done_on"], note=given["note"], **by)
            messages.success(request, "已填完成")
            return True
        if forms["drop"].is_bound and forms["drop"].is_valid():
            drop_plan_entry(entry, forms["drop"].cleaned_data["reason"], **by)
            messages.success(request, "已撤销")
            return True
    except Refused as refused:
        messages.error(request, str(refused))
    return False


def plan_budgets(request: HttpRequest, year: int) -> HttpResponse:
    """The wall chart of budgets and final accounts; the office enters on which day they were approved."""
    scope = _scope(request, year)
    within = _asked(request, scope, year).organs
    refusal = can_enter_budget_approvals(by=request.user, today=request.today)
    form = ApprovalsForm(request.POST or None, within=within)
    if request.method == "POST" and form.is_valid():
        try:
            given = form.cleaned_data
            count = enter_budget_approvals(
                form.chosen(), given["kind"], year, approved_on=given["approved_on"], by=request.user,
                today=request.today,
            )  # fmt: skip
            messages.success(request, f"已{'录入' if given['approved_on'] else '撤销'} {count} 个单位的日期")
            return redirect(request.path)
        except Refused as refused:
            messages.error(request, str(refused))
    rows = budgets.chart(year, within, today=request.today)
    if request.GET.get("format") == "xlsx":
        return list_file(f"{year}年预决算公开情况", budgets.HEADS, budgets.sheet_rows(rows))
    context = {
        "section": SECTION,
        "year": year,
        "scope": scope,
        "rows": rows,
        "tallies": [(label, budgets.tally(rows, kind)) for kind, label in BudgetKind.choices],
        "form": form,
        "refusal": refusal,
        "today": request.today,
    }
    return render(request, "annualreport/plan_budgets.html", context)
