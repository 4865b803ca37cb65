"""年度报告 in the back office: compile, write, check, sign, publish."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from gongkai.agencies.calendar import office_calendar
from gongkai.annualreport import checks, exports, improvements, outline, pictures, required, similarity
from gongkai.annualreport.actions import (
    can_compile_report,
    can_correct_report,
    can_drop_correction,
    can_edit_sections,
    can_publish,
    can_return,
    can_sign,
    compile_report,
    correct_report,
    drop_correction,
    edit_sections,
    publish,
    return_,
    sign,
)
from gongkai.annualreport.content import document
from gongkai.annualreport.forms import CorrectReportForm, ReturnForm, SectionsForm
from gongkai.annualreport.models import Report, ReportState
from gongkai.annualreport.pages import blocks
from gongkai.annualreport.pages import tables as drawn_tables
from gongkai.annualreport.remarks import comment_context
from gongkai.documents import fonts
from gongkai.publishing.report_days import due_on, is_governments
from gongkai.statistics.permissions import scope_for
from gongkai_core.errors import InputError
from gongkai_core.refusals import Refused
from gongkai_core.returns import form_for

YEARS_OFFERED = 3


def report_for(request: HttpRequest, public_id: UUID) -> Report:
    """The report, for whoever may open it; for all others it doesn't exist (404)."""
    mine = Report.objects.for_user(request.user, on=request.today).select_related("agency", "snapshot")
    return get_object_or_404(mine.prefetch_related("sections"), public_id=public_id)


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """The reports this person may open, and the years for which one can be compiled."""
    mine = list(Report.objects.for_user(request.user, on=request.today).newest_first())
    rows = [(row, *due_on(row.scope, row.year), _days_left(request, row)) for row in mine]
    context = {"section": "reports", "rows": rows, "offers": _offers(request, mine), "today": request.today}
    return render(request, "annualreport/desk_reports.html", context)


def _days_left(request: HttpRequest, report: Report) -> int | None:
    due, _ = due_on(report.scope, report.year)
    return None if report.is_out else office_calendar().workdays_between(request.today, due)


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
            due = due_on(scope, year)
            found.append(
                {
                    "year": year,
                    "scope": scope,
                    "due": due,
                    "days_left": office_calendar().workdays_between(request.today, due[0]),
                    "refusal": refusal,
                    "value": f"{year}/{'region' if whole_region else 'own'}",
                }
            )
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
    row = report_for(request, public_id)
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
    due, article = due_on(row.scope, row.year)
    before = row.year_before()
    return {
        "section": "reports",
        "report": row,
        "form": form,
        "parts": _parts(row, form),
        "problems_part": outline.PROBLEMS[row.edition],
        "problems": improvements.beside(row, before),
        "before": before,
        "alike": similarity.compared(row, before),
        "threshold": similarity.THRESHOLD.value(),
        "wanted": required.wanted(row),
        "level": required.LEVELS[required.level_of(row)],
        "signed_facts": [("签发人", row.signed_by), ("签发日期", row.signed_on)],
        "due": due,
        "article": article,
        "days_left": _days_left(request, row),
        "today": request.today,
        "fonts": fonts.available(),
        "kinds": [(kind, f"report.{kind}") for kind in exports.FORMATS],
        "publications": row.publications.order_by("-number") if row.is_out else [],
        **_judged(row),
        **_acts(request, row),
        **comment_context(request, row),
    }


def _parts(row: Report, form: SectionsForm) -> list[tuple[Any, ...]]:
    """(section, its field, its tick, its figures, how many remarks are open on it) in the report's order."""
    remarks = Counter(row.comments.filter(closed_at=None).values_list("part", flat=True))
    return [
        (section, text, done, _figures(row, section.figures), remarks[section.number])
        for section, text, done in form.rows()
    ]


def _judged(row: Report) -> dict[str, Any]:
    checked = checks.cross_checks(row)
    return {
        "checked": checked,
        "findings": [(finding, _cell_url(row, finding.cells[0])) for finding in checked.findings],
        "notes": [(note, _cell_url(row, note.cells[0]) if note.cells else "") for note in checks.notes(row)],
        "unfinished": checks.unfinished(row),
    }


def _acts(request: HttpRequest, row: Report) -> dict[str, Any]:
    """What this person may do with it now, and why not."""
    facts = {"by": request.user, "today": request.today}
    return {
        "edit_refusal": can_edit_sections(row, **facts),
        "sign_refusal": can_sign(row, **facts),
        "publish_refusal": can_publish(row, **facts),
        "return_refusal": can_return(row, **facts),
        "return_form": ReturnForm(),
        "correct_refusal": can_correct_report(row, **facts),
        "correct_form": CorrectReportForm(),
        "drop_refusal": can_drop_correction(row, **facts),
        "compile_refusal": can_compile_report(row.year, row.scope, **facts),
        "compile_value": f"{row.year}/{'region' if row.whole_region else 'own'}",
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
    row = report_for(request, public_id)
    drawn = blocks(
        document(row),
        chart_url=lambda number: reverse("annualreport:desk_picture", args=[row.public_id, number]),
        cell_url=lambda cell: _cell_url(row, cell),
    )
    context = {"section": "reports", "report": row, "blocks": drawn}
    return render(request, "annualreport/desk_preview.html", context)


@require_safe
def tables(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The statutory tables on one page as 30号 prints them; a figure opens its records."""
    row = report_for(request, public_id)
    drawn = drawn_tables(document(row), cell_url=lambda cell: _cell_url(row, cell))
    context = {"section": "reports", "report": row, "tables": drawn}
    return render(request, "annualreport/desk_tables.html", context)


@require_safe
def picture(request: HttpRequest, public_id: UUID, number: int) -> HttpResponse:
    found = {entry.number: entry.chart for entry in document(report_for(request, public_id)).pictures}
    if number not in found:
        raise Http404
    return HttpResponse(pictures.svg(found[number]), content_type="image/svg+xml")


@require_safe
def export(request: HttpRequest, public_id: UUID, kind: str) -> HttpResponse:
    """The report as a file, also while it is a draft; the same bytes as published ones once it is signed."""
    row = report_for(request, public_id)
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
def correct(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Open a published report for correction; a reason that isn't good stands in the form again."""
    row, form = report_for(request, public_id), CorrectReportForm(request.POST)
    if not form.is_valid():
        context = _edit_context(request, row, SectionsForm(report=row)) | {"correct_form": form}
        return render(request, "annualreport/desk_report.html", context)
    reason = form.cleaned_data["reason"]
    done = "已转入更正：公众仍看到原来的版本，签发、公布以后换成新的"
    return _act(request, public_id, lambda row, **facts: correct_report(row, reason, **facts), done)


@require_POST
def drop(request: HttpRequest, public_id: UUID) -> HttpResponse:
    return _act(request, public_id, drop_correction, "已撤销更正，恢复为公布的版本")


@require_POST
def return_report(request: HttpRequest, public_id: UUID) -> HttpResponse:
    reason = request.POST.get("reason", "")
    return _act(request, public_id, lambda row, **facts: return_(row, reason, **facts), "已退回，可以修改正文")


def _act(request: HttpRequest, public_id: UUID, verb: Any, done: str) -> HttpResponseRedirect:
    row = report_for(request, public_id)
    try:
        verb(row, by=request.user, today=request.today)
        messages.success(request, done)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("annualreport:desk_report", row.public_id)
