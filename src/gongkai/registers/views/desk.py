from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from gongkai.registers.actions import can_enter, can_strike_out, enter, strike_out
from gongkai.registers.forms import FORMS
from gongkai.registers.models import REGISTERS, RegisterEntry
from gongkai_core.refusals import Refused

PAGE = 100


def _register(name: str) -> type[RegisterEntry]:
    if name not in REGISTERS:
        raise Http404
    return REGISTERS[name]


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def register(request: HttpRequest, name: str = "training") -> HttpResponse:
    """One register's rows, newest first, and the form for one more."""
    model = _register(name)
    if request.organ is None:
        raise Http404
    form = FORMS[name](request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = enter(model, request.organ, by=request.user, today=request.today, **form.cleaned_data)
            messages.success(request, f"已登记：{row.title}")
            return redirect("registers:register", name)
        except Refused as refused:
            messages.error(request, str(refused))
    rows = model.objects.for_user(request.user, on=request.today).select_related("agency")
    before = request.GET.get("before", "")
    if before:
        last = get_object_or_404(rows, public_id=_key(before))
        rows = rows.filter(held_on__lte=last.held_on).exclude(held_on=last.held_on, pk__gte=last.pk)
    page = list(rows[:PAGE])
    context = {
        "section": f"registers-{name}",
        "register": model._meta.verbose_name,
        "name": name,
        "registers": [(key, one._meta.verbose_name) for key, one in REGISTERS.items()],
        "rows": page,
        "older": f"?before={page[-1].public_id}" if len(page) == PAGE else None,
        "form": form,
        "refusal": can_enter(request.organ, by=request.user, today=request.today),
    }
    return render(request, "registers/register.html", context)


def entry(request: HttpRequest, name: str, public_id: str) -> HttpResponse:
    """One row; POST strikes it out."""
    row = get_object_or_404(
        _register(name).objects.for_user(request.user, on=request.today).select_related("agency", "entered_by"),
        public_id=public_id,
    )
    if request.method == "POST":
        try:
            strike_out(row, by=request.user, today=request.today, reason=request.POST.get("reason", ""))
            messages.success(request, "已划去")
            return redirect(request.path)
        except Refused as refused:
            messages.error(request, str(refused))
    facts = [
        ("单位", row.agency.name),
        ("日期", row.held_on),
        *row.counts,
        ("备注", row.note),
        ("登记人", row.entered_by.name),
        *([("已划去", row.struck_out)] if row.struck_out else []),
    ]
    context = {
        "section": f"registers-{name}",
        "row": row,
        "register": row._meta.verbose_name,
        "facts": facts,
        "refusal": can_strike_out(row, by=request.user, today=request.today),
    }
    return render(request, "registers/entry.html", context)
