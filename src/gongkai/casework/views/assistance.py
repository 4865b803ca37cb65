"""协办 for who is asked: what is wanted, by when, and the answer. Nothing else of the case exists here."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.agencies.calendar import office_calendar
from gongkai.casework import actions, acts
from gongkai.casework.clock import days_left
from gongkai.casework.forms_acts import AssistanceAnswerForm
from gongkai.casework.models import Assistance
from gongkai_core.refusals import Refused

MOST = 100


@never_cache
@require_GET
def rows(request: HttpRequest) -> HttpResponse:
    """What the person is asked for, the most urgent first, then what was answered last."""
    asked = Assistance.objects.asked_of(request.user, on=request.today).select_related("case__agency")
    asked = asked.defer("case__info_desc", "words")
    waiting = asked.waiting().order_by("due_on", "pk")[:MOST]
    answered = asked.exclude(answered_on=None).order_by("-answered_on", "-pk")[:MOST]
    calendar = office_calendar()
    context = {
        "section": "assistance",
        "today": request.today,
        "waiting": [(one, days_left(one.due_on, request.today, calendar)) for one in waiting],
        "answered": answered,
    }
    return render(request, "casework/assistances.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def row(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One request for help; POST answers it."""
    asked = Assistance.objects.asked_of(request.user, on=request.today).select_related("case__agency", "asked_by")
    found = get_object_or_404(asked, public_id=public_id)
    refusal = actions.can_answer_assistance(found, by=request.user, today=request.today)
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = AssistanceAnswerForm(*data, case=found.case, today=request.today)
    if request.method == "POST" and form.is_valid():
        facts = {**form.cleaned_data, "paper": acts.blob_of(form.cleaned_data["paper"])}
        try:
            actions.answer_assistance(found, by=request.user, today=request.today, **facts)
        except Refused as refused:
            form.add_error(None, str(refused.refusal))
        else:
            messages.success(request, "已反馈")
            return redirect(found)
    context = {
        "section": "assistance",
        "crumbs": [("协办", "/desk/casework/assistance/"), (found.unit, "")],
        "today": request.today,
        "assistance": found,
        "days_left": days_left(found.due_on, request.today, office_calendar()),
        "form": form,
        "refusal": refusal,
    }
    return render(request, "casework/assistance.html", context, status=422 if form.errors else 200)
