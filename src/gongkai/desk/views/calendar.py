"""放假安排: entered in ranges with its document number, previewed before it is saved."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from gongkai.agencies.calendar import lay_over, office_calendar
from gongkai.agencies.models import CalendarYear
from gongkai.casework.clock import preview, printed_dates_affected
from gongkai.desk.actions import can_enter_calendar, enter_calendar
from gongkai.desk.forms import CalendarForm
from gongkai_core.refusals import Refused


def calendar(request: HttpRequest) -> HttpResponse:
    """GET shows what is in force; POST previews, and with `save` enters."""
    form = CalendarForm(request.POST or None)
    context: dict[str, Any] = {
        "section": "calendar",
        "form": form,
        "refusal": can_enter_calendar(by=request.user, today=request.today),
        "years": _years(),
        "entered": CalendarYear.objects.prefetch_related("ranges").select_related("entered_by"),
    }
    if request.method == "POST" and form.is_valid():
        try:
            if "save" in request.POST:
                entered = enter_calendar(by=request.user, today=request.today, **form.cleaned_data)
                messages.success(request, f"已录入 {entered}，未结申请的期限已重算")
                return redirect("desk:calendar")
            if context["refusal"]:  # the preview names every organ's cases
                raise Refused(context["refusal"])
            context |= _preview(form.cleaned_data, request)
        except (Refused, ValueError) as problem:
            messages.error(request, str(problem))
    return render(request, "desk/calendar.html", context)


def _preview(data: dict[str, Any], request: HttpRequest) -> dict[str, Any]:
    ranges = [(kind, first, last) for kind, first, last, _ in data["ranges"]]
    changed = lay_over(office_calendar(), data["year"], data["notice"], ranges, local=data["local"])
    return {
        "previewed": True,
        "moves": preview(changed, today=request.today),
        "printed": printed_dates_affected(changed, today=request.today),
    }


def _years() -> list[tuple[int, bool, str]]:
    current = office_calendar()
    return [(year, current.published(year), "、".join(entry.notices)) for year, entry in current.years.items()]
