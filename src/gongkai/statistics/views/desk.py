from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from gongkai.agencies.ledger import Scope
from gongkai.agencies.models import Agency
from gongkai.agencies.permissions import visible_agencies
from gongkai.statistics.actions import can_correct, can_file, can_freeze, correct, explain, file, freeze
from gongkai.statistics.compilation import Cell, Compilation, compile_year, frozen
from gongkai.statistics.forms import CorrectionForm, ExplanationForm, FilingForm
from gongkai.statistics.models import Filing
from gongkai.statistics.numbers import plain
from gongkai.statistics.permissions import may_change, scope_for
from gongkai.statistics.tables import squares
from gongkai_core.errors import InputError
from gongkai_core.refusals import Refused
from gongkai_core.returns import Form, form_for

PAGE = 100
ORIGINS = {
    "computed": "由台账算出",
    "filed": "由单位填报",
    "corrected": "手工更正",
    "derived": "由他格相加",
    "blank": "未填",
}


def _scope(request: HttpRequest) -> Scope:
    whole_region = request.GET.get("scope") == "region"
    scope = scope_for(request.user, request.organ, whole_region=whole_region, on=request.today)
    if scope is None:
        raise Http404
    return scope


def _form(year: int) -> Form:
    try:
        return form_for(year)
    except InputError as problem:
        raise Http404(str(problem)) from None


def _query(scope: Scope) -> str:
    return "?scope=region" if scope.whole_region else ""


def years(request: HttpRequest) -> HttpResponse:
    return redirect(reverse("statistics:year", args=[request.today.year]))


def year(request: HttpRequest, year: int) -> HttpResponse:
    """The year's tables exactly as the form has them; a figure opens its records, a sum that fails is framed."""
    scope = _scope(request)
    _form(year)
    if request.method == "POST":
        return _freeze(request, year, scope)
    compilation = compile_year(year, scope)
    beside = "previous" in request.GET and compilation.previous
    previous = compilation.previous.figures if beside else None
    context = {
        "section": "statistics",
        "year": year,
        "years": range(request.today.year, request.today.year - 6, -1),
        "scope": scope,
        "query": _query(scope),
        "compilation": compilation,
        "report": compilation.report,
        "tables": squares(compilation.form, compilation.values, compilation.report.findings, previous),
        "left_out": scope.left_out(compilation.period) if scope.whole_region else [],
        "snapshot": frozen(scope, year),
        "has_previous": compilation.previous is not None,
        "refusal": can_freeze(year, scope, by=request.user, today=request.today),
        "may_region": scope_for(request.user, request.organ, whole_region=True, on=request.today) is not None,
    }
    return render(request, "statistics/year.html", context)


def _freeze(request: HttpRequest, year: int, scope: Scope) -> HttpResponse:
    try:
        freeze(year, scope, by=request.user, today=request.today)
        messages.success(request, f"{year} 年度的数已冻结，年报按此编制")
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(reverse("statistics:year", args=[year]) + _query(scope))


def cell(request: HttpRequest, year: int, cell_id: str) -> HttpResponse:
    """What is behind one figure: its records, or the cells it adds; here it is corrected and explained."""
    scope, form = _scope(request), _form(year)
    if cell_id not in form.by_id:
        raise Http404
    if request.method == "POST":
        problem = _change(request, year, scope, cell_id)
        if problem is None:
            return redirect(reverse("statistics:cell", args=[year, cell_id]) + _query(scope))
        messages.error(request, problem)
    compilation = compile_year(year, scope)
    found = compilation.cells[cell_id]
    rows, more = _records(request, found)
    context = {
        "section": "statistics",
        "year": year,
        "scope": scope,
        "query": _query(scope),
        "cell": form.cell(cell_id),
        "found": found,
        "origin": ORIGINS[found.origin],
        "parts": _parts(compilation, found),
        "corrections": [(row, plain(row.computed), plain(row.corrected)) for row in found.corrections],
        "rows": [row.as_record() for row in rows],
        "more": more,
        "former": _former(request, found),
        "findings": [finding for finding in compilation.report.findings if cell_id in finding.cells],
        "correction_form": CorrectionForm(request.POST if "correct" in request.POST else None),
        "explanation_form": ExplanationForm(initial={"text": compilation.explanations.get(cell_id, "")}),
        "correct_refusal": can_correct(compilation, cell_id, by=request.user, today=request.today),
        "explain_refusal": may_change(scope, by=request.user, today=request.today),
    }
    return render(request, "statistics/cell.html", context)


def _parts(compilation: Compilation, found: Cell) -> list[tuple[Any, Cell]]:
    return [(compilation.form.cell(part), compilation.cells[part]) for part in found.parts]


def _records(request: HttpRequest, found: Cell) -> tuple[list[Any], str]:
    """A page of the rows behind a figure, by serial key."""
    if found.records is None:
        return [], ""
    after = request.GET.get("after", "")
    queryset = found.records().order_by("pk")
    if after.isdecimal():
        queryset = queryset.filter(pk__gt=int(after))
    rows = list(queryset[:PAGE])
    if len(rows) < PAGE:
        return rows, ""
    query = request.GET.copy()
    query["after"] = str(rows[-1].pk)
    return rows, f"?{query.urlencode()}"


def _former(request: HttpRequest, found: Cell) -> dict[str, Any]:
    """A page of the old ledgers' rows that the figure counts too."""
    if found.former is None:
        return {}
    after = request.GET.get("former", "")
    queryset = found.former().order_by("pk")
    if after.isdecimal() and len(after) < 19:
        queryset = queryset.filter(pk__gt=int(after))
    rows = list(queryset[: PAGE + 1])
    query = request.GET.copy()
    query["former"] = str(rows[PAGE - 1].pk) if len(rows) > PAGE else ""
    return {
        "rows": [row.as_record() for row in rows[:PAGE]],
        "more": f"?{query.urlencode()}" if query["former"] else "",
    }


def _change(request: HttpRequest, year: int, scope: Scope, cell_id: str) -> str | None:
    """Correct or explain; returns what was wrong, or None."""
    try:
        if "explain" in request.POST:
            explain(year, scope, cell_id, request.POST.get("text", ""), by=request.user, today=request.today)
            messages.success(request, "说明已保存，印在表下")
            return None
        form = CorrectionForm(request.POST)
        if not form.is_valid():
            return "更正须写数和理由"
        correct(year, scope, cell_id, by=request.user, today=request.today, **form.cleaned_data)
        messages.success(request, "已更正；台账数和理由一并保留")
    except Refused as refused:
        return str(refused)
    return None


def filing_now(request: HttpRequest) -> HttpResponse:
    return redirect("statistics:filing", request.today.year)


def _organ(request: HttpRequest) -> Agency:
    """Whose figures are filed: the organ one works in, or one of those whose records one sees."""
    seen = visible_agencies(request.user, on=request.today)
    if "organ" not in request.GET:
        return get_object_or_404(seen, pk=getattr(request.organ, "pk", None))
    try:
        return get_object_or_404(seen, public_id=UUID(request.GET["organ"]))
    except ValueError:
        raise Http404 from None


def filing(request: HttpRequest, year: int) -> HttpResponse:
    """Fill only what no ledger knows (填报); zero is written, blank means not yet known.

    `?organ=` names another organ than one's own: the office enters figures told by telephone (代填).
    """
    form, agency = _form(year), _organ(request)
    filed = Filing.objects.filter(agency=agency, year=year)
    initial = {FilingForm.field_name(row.cell): plain(row.value) for row in filed}
    page = FilingForm(request.POST or None, form=form, initial=initial)
    refusal = can_file(agency, year, by=request.user, today=request.today)
    if request.method == "POST" and page.is_valid():
        try:
            evidence = page.cleaned_data["evidence"]
            file(agency, year, page.filed(), by=request.user, today=request.today, evidence=evidence)
            messages.success(request, f"{agency.short_name} {year} 年度已填报")
            return redirect(request.get_full_path())
        except Refused as refused:
            messages.error(request, str(refused))
    context = {
        "section": "filing",
        "year": year,
        "years": range(request.today.year, request.today.year - 6, -1),
        "form": page,
        "agency": agency,
        "query": f"?organ={agency.public_id}" if agency != request.organ else "",
        "refusal": refusal,
    }
    return render(request, "statistics/filing.html", context)
