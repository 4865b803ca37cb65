"""Acts on cases ticked in a list: one page to confirm, one transaction a case, and what could not be done with why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from gongkai.agencies.identifiers import public_id_in
from gongkai.agencies.models import Appointment
from gongkai.casework import actions
from gongkai.casework.forms_lists import HandlerChoiceForm, ReasonForm
from gongkai.casework.models import Case
from gongkai.casework.views import desk, work_lists
from gongkai_core.refusals import Refusal, Refused

MOST = 100
"""More than a list page has: what is ticked on one page goes in one go."""


@dataclass(frozen=True)
class BulkAct:
    """One act on many cases: whether each may, how each is done, and what is asked once for all."""

    label: str
    can: Callable[..., Refusal | None]
    run: Callable[..., Any]
    form: Callable[..., forms.Form] | None = None


def _handler_form(data: Any, *, cases: list[Case], request: HttpRequest) -> forms.Form:
    organs = {case.agency_id for case in cases}
    posts = Appointment.objects.held_on(request.today).filter(agency__in=organs)
    return HandlerChoiceForm(data, posts=posts)


def _reason_form(data: Any, *, cases: list[Case], request: HttpRequest) -> forms.Form:
    return ReasonForm(data)


ACTS = {
    "assign": BulkAct("分办", actions.can_assign, actions.assign, _handler_form),
    "propose_extension": BulkAct("拟延期", actions.can_propose_extension, actions.propose_extension, _reason_form),
    "remind": BulkAct("催办", actions.can_remind, actions.remind),
}
LABELS = {**{name: act.label for name, act in ACTS.items()}, "export": "导出所选"}


@dataclass(frozen=True)
class Outcome:
    """What became of one case; no refusal means done."""

    case: Case
    refusal: Refusal | None


@require_POST
@never_cache
def bulk(request: HttpRequest) -> HttpResponse:
    """What was ticked, to confirm; with `confirm`, done. Cases the person may not see are not there."""
    name = request.POST.get("act", "")
    if name not in LABELS:
        raise Http404
    cases = _ticked(request)
    if not cases:
        messages.warning(request, "请先勾选要办理的申请")
        return redirect(_back(request))
    if name == "export":
        keys = [case.pk for case in cases]
        chosen = Case.objects.for_user(request.user, on=request.today).filter(pk__in=keys)
        return work_lists.sheet(
            request, chosen.select_related("agency", "handler").defer("info_desc").order_by("due_on", "public_id")
        )  # fmt: skip
    return _confirmed(request, name, cases)


def _confirmed(request: HttpRequest, name: str, cases: list[Case]) -> HttpResponse:
    """The page that asks, or what came of it."""
    act = ACTS[name]
    confirm = "confirm" in request.POST
    form = act.form(request.POST if confirm else None, cases=cases, request=request) if act.form else None
    context = {"name": name, "act": act, "form": form, "back": _back(request)}
    if confirm and (form is None or form.is_valid()):
        facts = form.cleaned_data if form else {}
        outcomes = [_done(act, case, request, facts) for case in cases]
        context |= {
            "done": [row for row in outcomes if row.refusal is None],
            "failed": [row for row in outcomes if row.refusal],
        }
        return desk.page(request, "bulk_done", (act.label, ""), **context)
    rows = [Outcome(case, act.can(case, by=request.user, today=request.today)) for case in cases]
    status = 422 if form is not None and form.errors else 200
    return desk.page(request, "bulk_confirm", (act.label, ""), rows=rows, status=status, **context)


def _done(act: BulkAct, case: Case, request: HttpRequest, facts: dict[str, Any]) -> Outcome:
    """The act on one case, by itself: a refusal of one leaves the others done."""
    try:
        act.run(case, by=request.user, today=request.today, **facts)
    except Refused as refused:
        return Outcome(case, refused.refusal)
    return Outcome(case, None)


def _ticked(request: HttpRequest) -> list[Case]:
    keys = [key for text in request.POST.getlist("case")[:MOST] if (key := public_id_in(text))]
    found = Case.objects.for_user(request.user, on=request.today).filter(public_id__in=keys)
    return list(found.select_related("agency", "handler").defer("info_desc").order_by("due_on", "public_id"))


def _back(request: HttpRequest) -> str:
    """The list that one comes from, filtered as it was; nowhere else."""
    asked = request.POST.get("back", "")
    query = asked if asked.startswith("?") and "\n" not in asked and "\r" not in asked else ""
    return reverse("casework:workbench" if request.POST.get("from") == "workbench" else "casework:cases") + query
