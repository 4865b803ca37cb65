"""年度报告 in the back office: compile, write, check, sign, publish."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from gongkai.agencies.calendar import office_calendar
from gongkai.annualreport import checks, exports, outline, pictures
from gongkai.annualreport.actions import (
    can_compile_report,
    can_edit_sections,
    can_publish,
    can_return,
    can_sign,
    compile_report,
    edit_sections,
    publish,
    return_,
    sign,
)
from gongkai.annualreport.content import document
from gongkai.annualreport.forms import ReturnForm, SectionsForm
from gongkai.annualreport.models import Report, ReportState
from gongkai.annualreport.pages import blocks
from gongkai.documents import fonts
from gongkai.publishing.report_days import due_on, is_governments
from gongkai.statistics.permissions import scope_for
from gongkai_core.errors import InputError
from gongkai_core.refusals import Refused
from gongkai_core.returns import form_for

YEARS_OFFERED = 3


def _report(request: HttpRequest, public_id: UUID) -> Report:
    mine = Report.objects.for_user(request.user, on=request.today).select_related("agency", "snapshot")
    return get_object_or_404(mine, public_id=public_id)


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """The reports this person may open, and the years for which one can be compiled."""
    mine = list(Report.objects.for_user(request.user, on=request.today).newest_first())
    rows = [(row, *due_on(row.scope, row.year), _days_left(request, row)) for row in mine]
    context = {"section": "reports", "rows": rows, "offers": _offers(request, mine), "today": request.today}
    return render(request, "annualreport/desk_reports.html", context)


def _days_left(request: HttpRequest, report: Report) -> int | None:
    due, _ = due_on(report.scope, report.year)
    return None if report.state == ReportState.PUBLISHED else office_calendar().workdays_between(request.today, due)


def _offers(request: HttpRequest, existing: list[Report]) -> list[dict[str, Any]]:
    """Years and scopes without a report: with the last day, and why it can't be compiled where it can't."""
    have = {(row.agency_id, row.whole_region, row.year) for row in existing}
    found = []
    for year in range(request.today.year - 1, request.today.year - 1 - YEARS_OFFERED, -1):
        for whole_region in (False, True):
            scope = scope_for(request.user, request.organ, whole_region=whole_region, on=request.today)
            if scope is None or (scope.agency.pk, whole_region, year) in have:
                continue
            # A government's report is that of its region (domain-spec §3(c)).
            if not whole_region and is_governments(scope):
                continue
            refusal = can_compile_report(year, scope, by=request.user, today=request.today)
            value = f"{year}/{'region' if whole_region else 'own'}"
            found.append({"year": year, "scope": scope, "due": due_on(scope, year), "refusal": refusal, "value": value})
    return found


@require_POST
def compile_(request: HttpRequest) -> HttpResponse:
    """Compile, or compile anew, the report of `year/own` or `year/region`."""
    year, _, which = request.POST.get("of", "").partition("/")
    scope = scope_for(request.user, request.organ, whole_region=which == "region", on=request.today)
    if scope is None or not _is_reported(year):
        raise Http404
    try:
        row = compile_report(int(year), scope, by=request.user, today=request.today)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("annualreport:desk_reports")
    messages.success(request, f"{row.title}已按冻结的数编成草稿，请逐段核改")
    return redirect("annualreport:desk_report", row.public_id)


def _is_reported(year: str) -> bool:
    try:
        return year.isdecimal() and bool(form_for(int(year)))
    except InputError:
        return False


def report(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Write the report: every part on one page, with what the rules want there and what is still amiss."""
    row = _report(request, public_id)
    form = SectionsForm(request.POST or None, report=row)
    if request.method == "POST" and form.is_valid():
        try:
            version = form.cleaned_data["version"]
            edit_sections(row, form.edited(), version=version, by=request.user, today=request.today)
            messages.success(request, "已保存")
            return redirect("annualreport:desk_report", row.public_id)
        except Refused as refused:
            messages.error(request, str(refused))
    return render(request, "annualreport/desk_report.html", _edit_context(request, row, form))


def _edit_context(request: HttpRequest, row: Report, form: SectionsForm) -> dict[str, Any]:
    facts = {"by": request.user, "today": request.today}
    due, article = due_on(row.scope, row.year)
    checked = checks.cross_checks(row)
    return {
        "section": "reports",
        "report": row,
        "form": form,
        "parts": [(section, text, done, _figures(row, section.figures)) for section, text, done in form.rows()],
        "problems_part": outline.PROBLEMS[row.edition],
        "problems_before": checks.problems_of(row.year_before()),
        "checked": checked,
        "findings": [(finding, _cell_url(row, finding.cells[0])) for finding in checked.findings],
        "notes": checks.notes(row),
        "unfinished": checks.unfinished(row),
        "signed_facts": [("签发人", row.signed_by), ("签发日期", row.signed_on)],
        "due": due,
        "article": article,
        "days_left": _days_left(request, row),
        "today": request.today,
        "fonts": fonts.available(),
        "edit_refusal": can_edit_sections(row, **facts),
        "sign_refusal": can_sign(row, **facts),
        "publish_refusal": can_publish(row, **facts),
        "return_refusal": can_return(row, **facts),
        "return_form": ReturnForm(),
        "compile_refusal": can_compile_report(row.year, row.scope, **facts),
        "compile_value": f"{row.year}/{'region' if row.whole_region else 'own'}",
        "kinds": [(kind, f"report.{kind}") for kind in exports.FORMATS],
    }


def _figures(row: Report, used: list[list[str]]) -> list[tuple[str, str]]:
    """(number as printed, address of its records) for the numbers a draft uses; a sum leads to its first cell."""
    return [(printed, _cell_url(row, cells.split("+")[0])) for cells, printed in used]


def _cell_url(row: Report, cell: str) -> str:
    """Where a cell's records are listed; nothing for a figure that stands in no cell."""
    if cell not in row.snapshot.values:
        return ""
    try:
        address = reverse("statistics:cell", args=[row.year, cell])
    except NoReverseMatch:
        return ""
    return address + ("?scope=region" if row.whole_region else "")


@require_safe
def preview(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The report as it will be printed; a figure opens its records."""
    row = _report(request, public_id)
    drawn = blocks(
        document(row),
        chart_url=lambda number: reverse("annualreport:desk_picture", args=[row.public_id, number]),
        cell_url=lambda cell: _cell_url(row, cell),
    )
    context = {"section": "reports", "report": row, "blocks": drawn}
    return render(request, "annualreport/desk_preview.html", context)


@require_safe
def picture(request: HttpRequest, public_id: UUID, number: int) -> HttpResponse:
    found = {entry.number: entry.chart for entry in document(_report(request, public_id)).pictures}
    if number not in found:
        raise Http404
    return HttpResponse(pictures.svg(found[number]), content_type="image/svg+xml")


@require_safe
def export(request: HttpRequest, public_id: UUID, kind: str) -> HttpResponse:
    """The report as a file, also while it is a draft; the same bytes as published ones once it is signed."""
    row = _report(request, public_id)
    if kind not in exports.FORMATS:
        raise Http404
    try:
        data = exports.one(row, kind)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("annualreport:desk_report", row.public_id)
    mark = "（草稿）" if row.state == ReportState.DRAFT else ""
    name = content_disposition_header(as_attachment=True, filename=f"{row.title}{mark}.{kind}")
    return HttpResponse(data, content_type=exports.TYPES[kind], headers={"Content-Disposition": name})


@require_POST
def sign_report(request: HttpRequest, public_id: UUID) -> HttpResponse:
    return _act(request, public_id, sign, "已签发，可以公布")


@require_POST
def publish_report(request: HttpRequest, public_id: UUID) -> HttpResponse:
    return _act(request, public_id, publish, "已公布")


@require_POST
def return_report(request: HttpRequest, public_id: UUID) -> HttpResponse:
    reason = request.POST.get("reason", "")
    return _act(request, public_id, lambda row, **facts: return_(row, reason, **facts), "已退回，可以修改正文")


def _act(request: HttpRequest, public_id: UUID, verb: Any, done: str) -> HttpResponseRedirect:
    row = _report(request, public_id)
    try:
        verb(row, by=request.user, today=request.today)
        messages.success(request, done)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("annualreport:desk_report", row.public_id)
