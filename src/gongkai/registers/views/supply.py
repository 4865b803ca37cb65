"""部门供数单 on the desk: the list, asking, and one sheet from asking to confirmation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.agencies.calendar import office_calendar
from gongkai.agencies.identifiers import public_id_in
from gongkai.agencies.permissions import is_disclosure_office
from gongkai.documents.intake import keep
from gongkai.registers import history
from gongkai.registers.actions import (
    ask,
    can_ask,
    can_cancel,
    can_confirm,
    can_fill,
    can_return,
    can_strike_out_figure,
    cancel,
    confirm,
    fill,
    return_,
    strike_out_figure,
)
from gongkai.registers.forms import ReasonForm
from gongkai.registers.forms_supply import AskForm, FillForm
from gongkai.registers.models import SuppliedFigure, SupplySheet
from gongkai.registers.views.desk import saved_file
from gongkai_core.refusals import Refused
from gongkai_core.states import SUPPLY_SHEET

PAGE = 50
SECTION = "supply"


@require_safe
def sheets(request: HttpRequest) -> HttpResponse:
    """The sheets a person sees, newest first; by state where one is asked for."""
    rows = SupplySheet.objects.for_user(request.user, on=request.today).select_related("agency")
    state = request.GET.get("state", "")
    if state in SUPPLY_SHEET.states:
        rows = rows.filter(state=state)
    if before := public_id_in(request.GET.get("before", "")):
        rows = rows.filter(public_id__lt=before)
    page = list(rows.order_by("-public_id")[:PAGE])
    calendar, query = office_calendar(), request.GET.copy()
    query["before"] = str(page[-1].public_id) if page else ""
    open_states = set(SUPPLY_SHEET.states) - SUPPLY_SHEET.terminal
    context = {
        "section": SECTION,
        "rows": [
            (row, calendar.workdays_between(request.today, row.due_on) if row.state in open_states else None)
            for row in page
        ],
        "states": SUPPLY_SHEET.states.items(),
        "state": state,
        "older": f"?{query.urlencode()}" if len(page) == PAGE else None,
        "ask_refusal": can_ask(by=request.user, today=request.today),
    }
    return render(request, "registers/supply_sheets.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def ask_organs(request: HttpRequest) -> HttpResponse:
    """The disclosure office asks organs for figures: one sheet each."""
    if not is_disclosure_office(request.user, on=request.today):
        raise Http404
    initial = {"year": request.today.year, "part": "year", "due_on": request.today + timedelta(days=14)}
    form = AskForm(request.POST if request.method == "POST" else None, today=request.today, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            asked = ask(
                list(data["organs"]), form.kinds(), form.period(), due_on=data["due_on"], words=data["words"],
                by=request.user, today=request.today,
            )  # fmt: skip
            messages.success(request, f"已向 {len(asked)} 个单位发出供数单")
            return redirect("registers:supply")
        except Refused as refused:
            form.add_error(None, str(refused))
    context = {"section": SECTION, "form": form}
    return render(request, "registers/supply_ask.html", context, status=422 if form.errors else 200)


def _sheet(request: HttpRequest, public_id: UUID) -> SupplySheet:
    people = ("agency", "asked_by", "filled_by", "confirmed_by", "file")
    rows = SupplySheet.objects.for_user(request.user, on=request.today).select_related(*people)
    return get_object_or_404(rows, public_id=public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One sheet; POST fills it in, confirms, returns or cancels it."""
    row = _sheet(request, public_id)
    figures = list(row.figures.select_related("agency", "struck_out_by"))
    then = request.POST.get("then", "fill") if request.method == "POST" else ""
    files = (request.POST, request.FILES) if then == "fill" else (None, None)
    form = FillForm(row, [figure for figure in figures if not figure.struck_out], *files)
    reason = ReasonForm(request.POST if then in ("return", "cancel") else None)
    if then and _done(request, row, then, form, reason):
        return redirect(row)
    who: dict[str, Any] = {"by": request.user, "today": request.today}
    context = {
        "section": SECTION,
        "sheet": row,
        "facts": _facts(row),
        "figures": figures,
        "form": form,
        "reason": reason,
        "fill_refusal": can_fill(row, **who),
        "confirm_refusal": can_confirm(row, **who),
        "return_refusal": can_return(row, **who),
        "cancel_refusal": can_cancel(row, **who),
        "may_strike": is_disclosure_office(request.user, on=request.today),
        "history": history.of_sheet(row),
    }
    wrong = form.errors or reason.errors
    return render(request, "registers/supply_sheet.html", context, status=422 if wrong else 200)


def _done(request: HttpRequest, row: SupplySheet, then: str, form: FillForm, reason: ReasonForm) -> bool:
    """Do what was asked for; a refusal stays on the page with what was typed."""
    who: dict[str, Any] = {"by": request.user, "today": request.today}
    acts: dict[str, tuple[Callable[[], Any], str]] = {
        "fill": (lambda: _fill(row, form, **who), "已填报，待确认"),
        "confirm": (lambda: confirm(row, **who), "已确认，计入统计"),
        "return": (lambda: return_(row, reason=reason.cleaned_data["reason"], **who), "已退回"),
        "cancel": (lambda: cancel(row, reason=reason.cleaned_data["reason"], **who), "已撤销"),
    }
    bound: FillForm | ReasonForm | None = form if then == "fill" else None if then == "confirm" else reason
    if then not in acts or (bound is not None and not bound.is_valid()):
        return False
    act, words = acts[then]
    try:
        act()
    except Refused as refused:
        if bound is None:
            messages.error(request, str(refused))
        else:
            bound.add_error(None, str(refused))
        return False
    messages.success(request, words)
    return True


@transaction.atomic
def _fill(row: SupplySheet, form: FillForm, **who: Any) -> None:
    """The file is kept with the figures or not at all."""
    if refusal := can_fill(row, **who):
        raise Refused(refusal)
    taken = form.cleaned_data["file"]
    fill(row, form.given(), file=keep(taken) if taken else None, **who)


def _facts(row: SupplySheet) -> list[tuple[str, Any]]:
    return [
        ("供数单位", row.agency.name),
        ("时期", row.period_words),
        ("状态", row.get_state_display()),
        ("报送期限", row.due_on),
        ("要求", row.words or "无"),
        *([("退回、撤销理由", row.reason)] if row.reason else []),
    ]


@require_safe
def sheet_file(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The evidence that came with a sheet."""
    row = _sheet(request, public_id)
    if row.file is None:
        raise Http404
    return saved_file(row.file)


@require_http_methods(["GET", "HEAD", "POST"])
def figure(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Strike out one confirmed figure, with the reason."""
    rows = SuppliedFigure.objects.for_user(request.user, on=request.today).select_related("sheet__agency", "agency")
    row = get_object_or_404(rows, public_id=public_id)
    who: dict[str, Any] = {"by": request.user, "today": request.today}
    if refusal := can_strike_out_figure(row, **who):
        messages.error(request, str(refusal))
        return redirect(row.sheet)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            strike_out_figure(row, reason=form.cleaned_data["reason"], **who)
            messages.success(request, "已划去，不再计入；正确的数请另发供数单")
            return redirect(row.sheet)
        except Refused as refused:
            form.add_error(None, str(refused))
    context = {
        "section": SECTION,
        "question": f"划去“{row.declared.label} {row.words}”？",
        "consequences": ["这个数不再计入统计，留在供数单上，写明理由", "正确的数，另发一张供数单"],
        "confirm_label": "划去",
        "cancel_url": row.sheet.get_absolute_url(),
        "form": form,
        "danger": True,
    }
    return render(request, "design/confirm.html", context, status=422 if form.errors else 200)
