"""今年以来: one sheet for leaders, each count opening into its records."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header, urlencode
from django.views.decorators.http import require_safe

from gongkai.agencies.ledger import Scope
from gongkai.annualreport.forms_year import DayForm
from gongkai.annualreport.year_so_far import NOTES, YearSheet, printed, sheet
from gongkai.documents import fonts
from gongkai.statistics.permissions import scope_for
from gongkai_core.refusals import Refused

MOST_RECORDS = 200
SECTION = "year-so-far"


def _scope(request: HttpRequest) -> Scope:
    """The organ's own figures; with `scope=region` the whole region's, for the office."""
    whole = request.GET.get("scope") == "region"
    scope = scope_for(request.user, request.organ, whole_region=whole, on=request.today)
    if scope is None:
        raise Http404
    return scope


def _asked(request: HttpRequest) -> tuple[DayForm, date]:
    """The form and its day; today unless a day that has been is asked for."""
    form = DayForm(request.GET if "to" in request.GET else None, today=request.today)
    return form, form.cleaned_data["to"] if form.is_bound and form.is_valid() else request.today


def _query(scope: Scope, day: date, **more: str) -> str:
    return "?" + urlencode({"to": day.isoformat(), "scope": "region" if scope.whole_region else "own", **more})


@require_safe
def year_so_far(request: HttpRequest) -> HttpResponse:
    """The sheet on the screen, printed from there or taken as PDF (`format=pdf`)."""
    scope = _scope(request)
    form, day = _asked(request)
    found = sheet(scope, day, today=request.today)
    if request.GET.get("format") == "pdf":
        return _pdf(request, found, day)
    may_region = scope_for(request.user, request.organ, whole_region=True, on=request.today) is not None
    context = {
        "section": SECTION,
        "sheet": found,
        "form": form,
        "notes": NOTES,
        "today": request.today,
        "query": _query(scope, day),
        "before_query": _query(scope, day, of="before"),
        "pdf_query": _query(scope, day, format="pdf"),
        "other_scope": _query(Scope(scope.agency, not scope.whole_region), day) if may_region else "",
        "fonts": fonts.available(),
    }
    return render(request, "annualreport/year_so_far.html", context)


def _pdf(request: HttpRequest, found: YearSheet, day: date) -> HttpResponse:
    try:
        data = printed(found, made_on=request.today)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(reverse("annualreport:year_so_far") + _query(found.scope, day))
    name = content_disposition_header(True, f"{found.title}（至{day}，{found.scope.label}）.pdf")
    return HttpResponse(data, content_type="application/pdf", headers={"Content-Disposition": name})


@require_safe
def year_records(request: HttpRequest, key: str) -> HttpResponse:
    """The records behind one count; `of=before` those of last year."""
    scope = _scope(request)
    _, day = _asked(request)
    found = sheet(scope, day, today=request.today)
    line = found.line(key)
    of_before = request.GET.get("of") == "before"
    figure = (line.before if of_before else line.now) if line else None
    if line is None or figure is None:
        raise Http404
    rows: list[Any] = list(figure.records()[: MOST_RECORDS + 1])
    context = {
        "section": SECTION,
        "line": line,
        "value": line.shown_before if of_before else line.shown,
        "scope": scope,
        "period": found.before if of_before else found.now,
        "records": [row.as_record() for row in rows[:MOST_RECORDS]],
        "more": len(rows) > MOST_RECORDS,
        "back": reverse("annualreport:year_so_far") + _query(scope, day),
    }
    return render(request, "annualreport/year_records.html", context)
