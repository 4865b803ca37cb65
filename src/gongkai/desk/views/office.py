"""Recorded instructions (代录批示), unconfirmed settings (待核), and the log (留痕)."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from gongkai.agencies.models import Role, Setting
from gongkai.agencies.office_settings import DECLARED
from gongkai.agencies.permissions import is_disclosure_office, visible_agencies
from gongkai.desk.forms import InstructionForm
from gongkai.documents.actions import can_confirm_instruction, confirm_instruction, record_instruction
from gongkai.documents.intake import keep
from gongkai.documents.models import RecordedInstruction
from gongkai.trail.models import Entry
from gongkai_core.refusals import Refused

PAGE = 100


def _instructions(request: HttpRequest) -> object:
    organs = visible_agencies(request.user, on=request.today)
    return RecordedInstruction.objects.filter(agency__in=organs).select_related("agency", "leader", "entered_by")


def instructions(request: HttpRequest) -> HttpResponse:
    """Words given by telephone, on paper or in a meeting; those not yet confirmed first."""
    organs: object = visible_agencies(request.user, on=request.today)
    form = InstructionForm(request.POST or None, request.FILES or None, agencies=organs)
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        scan = facts.pop("scan")
        try:
            if scan:
                facts["scan"] = keep(scan)
            record_instruction(by=request.user, today=request.today, **facts)
            messages.success(request, "已代录，等批示人确认")
            return redirect("desk:instructions")
        except Refused as refused:
            messages.error(request, str(refused))
    rows = _instructions(request).order_by("confirmed_at", "-entered_at")[:PAGE]
    listed = [(row, can_confirm_instruction(row, by=request.user, today=request.today)) for row in rows]
    return render(request, "desk/instructions.html", {"section": "instructions", "form": form, "rows": listed})


@require_POST
def confirm(request: HttpRequest, public_id: str) -> HttpResponse:
    row = get_object_or_404(_instructions(request), public_id=public_id)
    try:
        confirm_instruction(row, by=request.user, today=request.today)
        messages.success(request, "已确认")
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("desk:instructions")


def settings(request: HttpRequest) -> HttpResponse:
    """The rules that practice has not settled, each with its default and source."""
    if not is_disclosure_office(request.user, on=request.today):
        raise Http404
    if request.method == "POST":
        return _change(request)
    changed = {row.key: row for row in Setting.objects.all()}
    rows = [(declared, declared.value(), changed.get(key)) for key, declared in sorted(DECLARED.items())]
    return render(request, "desk/settings.html", {"section": "settings", "rows": rows})


def _change(request: HttpRequest) -> HttpResponse:
    declared = DECLARED.get(request.POST.get("key", ""))
    if declared is None:
        raise Http404
    try:
        declared.change(request.POST.get("value", ""), by=request.user)
        messages.success(request, f"已改：{declared.label}")
    except ValueError:
        messages.error(request, f"“{request.POST.get('value', '')[:60]}”不是这一项的值")
    return redirect("desk:settings")


def trail(request: HttpRequest) -> HttpResponse:
    """The log, newest first; looking into it is itself an act."""
    if not request.user.holds(Role.AUDIT_ADMIN, on=request.today):
        raise Http404
    entries = Entry.objects.select_related("actor").order_by("-id")
    before = request.GET.get("before", "")
    if before.isdecimal():
        entries = entries.filter(id__lt=int(before))
    rows = list(entries[:PAGE])
    older = f"?before={rows[-1].pk}" if len(rows) == PAGE else None
    return render(request, "desk/trail.html", {"section": "trail", "rows": rows, "older": older})
