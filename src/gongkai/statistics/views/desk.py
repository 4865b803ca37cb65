from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.agencies.ledger import Period, Scope
from gongkai.agencies.models import Agency
from gongkai.agencies.permissions import visible_agencies
from gongkai.documents import blobs
from gongkai.documents.intake import keep
from gongkai.statistics import rounds
from gongkai.statistics.actions import (
    can_correct,
    can_file,
    can_freeze,
    can_withdraw_correction,
    correct,
    explain,
    file,
    freeze,
    withdraw_correction,
)
from gongkai.statistics.compilation import Cell, Compilation, compile_period, compile_year, frozen, kept_elsewhere
from gongkai.statistics.forms import CorrectionForm, ExplanationForm, FilingForm, FreezeForm, field_name
from gongkai.statistics.models import Correction, Filing, FilingSheet, Snapshot
from gongkai.statistics.numbers import Number, plain
from gongkai.statistics.periods import YEAR, label_of
from gongkai.statistics.permissions import may_change, scope_for
from gongkai.statistics.views.addresses import (
    form_asked,
    period_asked,
    query_of,
    scope_asked,
    scope_note,
    shown,
    tables_of,
)
from gongkai_core.refusals import Refused

PAGE = 100
ORIGINS = {
    "computed": "由台账算出",
    "filed": "由单位填报",
    "mixed": "部分单位由台账算出，部分单位填报",
    "corrected": "手工更正",
    "derived": "由他格相加",
    "blank": "未填",
}


def years(request: HttpRequest) -> HttpResponse:
    return redirect(reverse("statistics:year", args=[request.today.year]))


@require_http_methods(["GET", "POST"])
def year(request: HttpRequest, year: int) -> HttpResponse:
    """The year's tables exactly as the form has them; a figure opens its records, a sum that fails is framed."""
    scope = scope_asked(request)
    form_asked(year)
    form = FreezeForm(request.POST) if "note" in request.POST else None
    if request.method == "POST" and (form is None or form.is_valid()):
        return _freeze(request, year, scope, form.cleaned_data["note"] if form else "")
    compilation = compile_year(year, scope)
    beside = "previous" in request.GET and compilation.previous
    snapshots = list(_snapshots(scope, year))
    context = {
        "section": "statistics",
        "year": year,
        "years": range(request.today.year, request.today.year - 6, -1),
        "scope": scope,
        "scope_note": scope_note(scope),
        "query": query_of(request, scope),
        "compilation": compilation,
        "report": compilation.report,
        "shown": shown(compilation, compilation.report.findings),
        "tables": tables_of(compilation, compilation.report, compilation.previous.figures if beside else None),
        "outside": rounds.outside(scope.agency, compilation.period) if scope.whole_region else [],
        "owed": _owed(compilation) if scope.whole_region else [],
        "snapshots": snapshots,
        "snapshot": snapshots[0] if snapshots else None,
        "published": any(one.published_on for one in snapshots),
        "freeze_form": form or FreezeForm(),
        "has_previous": compilation.previous is not None,
        "refusal": can_freeze(year, scope, by=request.user, today=request.today, compilation=compilation),
        "own": scope.agency == request.organ and not scope.whole_region,
        "may_region": scope_for(request.user, request.organ, whole_region=True, on=request.today) is not None,
    }
    return render(request, "statistics/year.html", context)


def _snapshots(scope: Scope, year: int) -> Iterable[Snapshot]:
    rows = Snapshot.objects.filter(agency=scope.agency, year=year, whole_region=scope.whole_region)
    return rows.select_related("frozen_by", "agency")


def _owed(compilation: Compilation) -> list[str]:
    """Organs whose sheet of this period is not sent up yet: the region's sum lacks what only they know."""
    organs = compilation.scope.agencies(compilation.period)
    rows = FilingSheet.objects.owed().filter(agency__in=organs, year=compilation.period.year, period=compilation.code)
    return list(rows.order_by("agency__path").values_list("agency__short_name", flat=True))


def _freeze(request: HttpRequest, year: int, scope: Scope, note: str) -> HttpResponse:
    try:
        freeze(year, scope, by=request.user, today=request.today, note=note)
        messages.success(request, f"{year} 年度的数已冻结，年报按此编制")
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(reverse("statistics:year", args=[year]) + query_of(request, scope))


@require_safe
def snapshot(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Figures as they were frozen, every version for ever, and what the ledgers say otherwise today."""
    row = get_object_or_404(Snapshot.objects.select_related("agency", "frozen_by"), public_id=public_id)
    if may_not_see(request, row.scope):
        raise Http404
    live = compile_year(row.year, row.scope)
    as_frozen = live.as_signed(row.figures)
    by_id = live.form.by_id
    context = {
        "section": "statistics",
        "row": row,
        "year": row.year,
        "query": query_of(request, row.scope),
        "scope_note": scope_note(row.scope),
        "tables": tables_of(as_frozen, as_frozen.report),
        "moved": [(by_id[cell], then, now) for cell, then, now in _moved(row, live)],
        "versions": list(_snapshots(row.scope, row.year)),
    }
    return render(request, "statistics/snapshot.html", context)


def may_not_see(request: HttpRequest, scope: Scope) -> bool:
    """Whether these figures don't exist for the person: the region's are the office's, an organ's those who see it."""
    if scope.whole_region:
        return scope_for(request.user, request.organ, whole_region=True, on=request.today) is None
    return not visible_agencies(request.user, on=request.today).filter(pk=scope.agency.pk).exists()


def _moved(row: Snapshot, live: Compilation) -> list[tuple[str, Number, Number]]:
    """Cells that the ledgers give otherwise today than when they were frozen."""
    then = row.figures
    return [(cell.id, then.get(cell.id), cell.value) for cell in live.cells.values() if cell.value != then.get(cell.id)]


@require_http_methods(["GET", "POST"])
def cell(request: HttpRequest, year: int, cell_id: str) -> HttpResponse:
    """What is behind one figure: its records, or the cells it adds; here it is corrected and explained."""
    scope, form, code = scope_asked(request), form_asked(year), period_asked(request)
    if cell_id not in form.by_id:
        raise Http404
    query = query_of(request, scope, code)
    sent: dict[str, Any] = {}
    if request.method == "POST" and code == YEAR:
        sent = _change(request, year, scope, cell_id)
        if not sent:
            return redirect(reverse("statistics:cell", args=[year, cell_id]) + query)
    compilation = compile_period(year, code, scope)
    found = compilation.cells[cell_id]
    rows, more = _records(request, found)
    who = {"by": request.user, "today": request.today}
    newest = frozen(scope, year) if code == YEAR else None
    context = {
        "section": "statistics",
        "year": year,
        "period": label_of(year, code),
        "whole_year": code == YEAR,
        "scope": scope,
        "query": query,
        "cell": form.cell(cell_id),
        "kind": "填报数" if form.cell(cell_id).manual else "台账数",
        "found": found,
        "origin": ORIGINS[found.origin],
        "frozen": newest,
        "frozen_value": newest.figures.get(cell_id) if newest else None,
        "parts": _parts(compilation, found),
        "organs": _organs(compilation, cell_id),
        "corrections": [_correction(row, who) for row in found.corrections],
        "rows": [row.as_record() for row in rows],
        "filings": [row.as_record() for row in found.filings().order_by("agency__path")] if found.filings else [],
        "more": more,
        "former": _former(request, found),
        "shown": shown(compilation, tuple(one for one in compilation.report.findings if cell_id in one.cells)),
        "correction_form": sent.get("correct") or CorrectionForm(),
        "explanation_form": sent.get("explain")
        or ExplanationForm(initial={"text": compilation.explanations.get(cell_id, "")}),
        "correct_refusal": can_correct(compilation, cell_id, **who),
        "explain_refusal": may_change(scope, **who),
    }
    return render(request, "statistics/cell.html", context)


def _correction(row: Correction, who: dict[str, Any]) -> dict[str, Any]:
    return {
        "row": row,
        "before": plain(row.computed),
        "after": plain(row.corrected),
        "refusal": can_withdraw_correction(row, **who),
    }


def _organs(compilation: Compilation, cell_id: str) -> list[tuple[Agency, Number]]:
    """What each organ's sheet says in this cell, where it has one: from the region's figure down to the organ's."""
    if not compilation.scope.whole_region:
        return []
    rows = FilingSheet.objects.sent_up().filter(
        agency__in=compilation.scope.agencies(compilation.period), year=compilation.period.year, period=compilation.code
    )
    figures = (
        (row.agency, row.as_signed.get(cell_id)) for row in rows.select_related("agency").order_by("agency__path")
    )
    return [(agency, value) for agency, value in figures if value]


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


def _change(request: HttpRequest, year: int, scope: Scope, cell_id: str) -> dict[str, Any]:
    """Correct, take a correction back, or explain; returns the form that was refused, with what was typed."""
    who: dict[str, Any] = {"by": request.user, "today": request.today}
    name = next((name for name in ("withdraw", "explain") if name in request.POST), "correct")
    forms_by_name: dict[str, Any] = {"explain": ExplanationForm, "correct": CorrectionForm}
    form = forms_by_name[name](request.POST, request.FILES) if name in forms_by_name else None
    if form is not None and not form.is_valid():
        return {name: form}
    try:
        if name == "withdraw":
            rows = Correction.objects.filter(
                agency=scope.agency, whole_region=scope.whole_region, year=year, cell=cell_id
            )
            withdraw_correction(get_object_or_404(rows), **who)
            messages.success(request, "已撤销更正，恢复为台账数或者填报数")
        elif name == "explain":
            explain(year, scope, cell_id, form.cleaned_data["text"], **who)
            messages.success(request, "说明已保存，印在表下")
        else:
            _correct(year, scope, cell_id, form.cleaned_data, who)
            messages.success(request, "已更正；原来的数、理由和佐证一并保留")
    except Refused as refused:
        if form is None:
            messages.error(request, str(refused))
            return {}
        form.add_error(None, str(refused))
        return {name: form}
    return {}


def _correct(year: int, scope: Scope, cell_id: str, typed: dict[str, Any], who: dict[str, Any]) -> None:
    """The paper is kept only once the correction itself would pass."""
    taken = typed.pop("paper")
    compilation = compile_year(year, scope)
    if refusal := can_correct(compilation, cell_id, **who):
        raise Refused(refusal)
    correct(year, scope, cell_id, paper=keep(taken) if taken else None, **typed, **who)


@require_safe
def correction_paper(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The paper that proves a correction."""
    rows = Correction.objects.filter(paper__isnull=False).select_related("paper", "agency")
    row = get_object_or_404(rows, public_id=public_id)
    if may_not_see(request, Scope(row.agency, row.whole_region)):
        raise Http404
    assert row.paper
    response = HttpResponse(blobs.read(row.paper), content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, row.paper.name) or ""
    return response


def _organ(request: HttpRequest) -> Agency:
    """Whose figures are filed: the organ one works in, or one of those whose records one sees."""
    seen = visible_agencies(request.user, on=request.today)
    if "organ" not in request.GET:
        return get_object_or_404(seen, pk=getattr(request.organ, "pk", None))
    try:
        return get_object_or_404(seen, public_id=UUID(request.GET["organ"]))
    except ValueError:
        raise Http404 from None


LAST_OF_2014 = 2018


@require_http_methods(["GET", "POST"])
def filing(request: HttpRequest, year: int) -> HttpResponse:
    """Fill only what no ledger knows (填报); zero is written, blank means not yet known.

    `?organ=` names another organ than one's own: the office enters figures told by telephone (代填).
    """
    form, agency = form_asked(year), _organ(request)
    if form.edition == "2014":
        raise Http404  # imported and computed, never filed (domain-spec §11.8 item 57)
    code = period_asked(request)
    sheet = FilingSheet.objects.filter(agency=agency, year=year, period=code).first()
    if sheet is not None:
        return redirect(sheet)
    if code != YEAR:
        raise Http404
    filed = Filing.objects.filter(agency=agency, year=year, period=YEAR)
    elsewhere = kept_elsewhere(form, agency, Period.of_year(year))
    initial = {field_name(row.cell): plain(row.value) for row in filed}
    page = FilingForm(request.POST or None, form=form, elsewhere=elsewhere, initial=initial)
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
        "years": [one for one in range(request.today.year, request.today.year - 6, -1) if one > LAST_OF_2014],
        "form": page,
        "elsewhere": [(form.cell(cell), plain(value)) for cell, value in elsewhere.items()],
        "agency": agency,
        "query": f"?organ={agency.public_id}" if agency != request.organ else "",
        "refusal": refusal,
    }
    return render(request, "statistics/filing.html", context)
