"""政府网站工作年度报表 in the back office: fill, correct, approve, publish; and what the public reads of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.agencies.calendar import office_calendar
from gongkai.annualreport import website_exports
from gongkai.annualreport.actions import (
    approve_website_return,
    can_approve_website_return,
    can_correct_website_figure,
    can_fill_website_return,
    can_open_website_return,
    can_publish_website_return,
    can_return_website_return,
    correct_website_figure,
    fill_website_return,
    open_website_return,
    publish_website_return,
    return_website_return,
    withdraw_website_correction,
)
from gongkai.annualreport.forms_website import ReasonForm, WebsiteCorrectionForm, WebsiteReturnForm
from gongkai.annualreport.models import WebsiteReturn, WebsiteReturnFile, WebsiteReturnState
from gongkai.annualreport.pages import CRUMBS
from gongkai.annualreport.website_figures import (
    SCOPE_NOTE,
    counted,
    figures_of,
    government,
    label_of,
    lines,
    signed_facts,
    site_facts,
)
from gongkai.annualreport.website_permissions import may_approve, may_fill
from gongkai.documents import blobs, fonts
from gongkai_core.refusals import Refused
from gongkai_core.website_return import CELLS, printed

YEARS_OFFERED = 3
MOST_RECORDS = 200
SECTION = "website-return"


def _row(request: HttpRequest, public_id: UUID) -> WebsiteReturn:
    mine = WebsiteReturn.objects.for_user(request.user, on=request.today)
    return get_object_or_404(mine.select_related("agency", "filled_by", "approved_by"), public_id=public_id)


def returns(request: HttpRequest) -> HttpResponse:
    """The returns of the website by year; POST begins one."""
    agency = government()
    by = {"by": request.user, "today": request.today}
    if agency is None or (may_fill(agency, **by) and may_approve(agency, **by)):
        raise Http404
    if request.method == "POST":
        return _begin(request, agency)
    rows = list(WebsiteReturn.objects.for_user(request.user, on=request.today).select_related("agency"))
    calendar = office_calendar()
    shown = [
        (
            row,
            None if row.state == WebsiteReturnState.PUBLISHED else calendar.workdays_between(request.today, row.due_on),
        )
        for row in rows
    ]
    have = {row.year for row in rows}
    offers = [
        (year, can_open_website_return(agency, year, **by))
        for year in range(request.today.year, request.today.year - YEARS_OFFERED, -1)
        if year not in have
    ]
    context = {"section": SECTION, "rows": shown, "offers": offers, "today": request.today}
    return render(request, "annualreport/website_returns.html", context)


def _begin(request: HttpRequest, agency: Any) -> HttpResponseRedirect:
    year = request.POST.get("year", "")
    if not (year.isdecimal() and len(year) == 4):
        raise Http404
    try:
        row = open_website_return(agency, int(year), by=request.user, today=request.today)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("annualreport:website_returns")
    messages.success(request, f"{row.year} 年度网站报表已建好，台账里有的数已经算出，请填其余各格")
    return redirect("annualreport:desk_website_return", row.public_id)


def website_return(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The return as the form prints it: counted cells with their records, the others to be filled in."""
    row = _row(request, public_id)
    form = WebsiteReturnForm(request.POST or None, row=row)
    if request.method == "POST" and form.is_valid():
        try:
            given = form.cleaned_data
            fill_website_return(
                row, form.values(), evidence=form.evidence(), site_name=given["site_name"], head=given["head"],
                phone=given["phone"], version=given["version"], by=request.user, today=request.today,
            )  # fmt: skip
            messages.success(request, "已保存")
            return redirect("annualreport:desk_website_return", row.public_id)
        except Refused as refused:
            messages.error(request, str(refused))
    return render(request, "annualreport/website_return.html", _context(request, row, form))


def _context(request: HttpRequest, row: WebsiteReturn, form: WebsiteReturnForm) -> dict[str, Any]:
    by = {"by": request.user, "today": request.today}
    figures = figures_of(row)
    filling = row.state == WebsiteReturnState.FILLING
    refusal = can_fill_website_return(row, **by)
    drawn = [
        {
            "line": line,
            "label": label_of(line),
            "field": form.field_of(line.cell) if not refusal and line.cell.filed else None,
            "evidence": form.evidence_of(line.section) if not refusal and line.section else None,
            "said": row.evidence.get(line.section, "") if line.section else "",
            "previous": printed(line.cell, figures.before.get(line.cell.id)) if figures.before else "",
            "opens": not line.cell.filed and line.cell.is_number,
        }
        for line in lines(figures)
    ]
    return {
        "section": SECTION,
        "row": row,
        "form": form,
        "lines": drawn,
        "site": site_facts(row),
        "signed": signed_facts(row),
        "findings": figures.findings,
        "errors": figures.errors,
        "note": SCOPE_NOTE,
        "filling": filling,
        "today": request.today,
        "days_left": office_calendar().workdays_between(request.today, row.due_on),
        "fill_refusal": refusal,
        "approve_refusal": can_approve_website_return(row, **by),
        "publish_refusal": can_publish_website_return(row, **by),
        "return_refusal": can_return_website_return(row, **by),
        "reason_form": ReasonForm(),
        "kinds": list(website_exports.FORMATS),
        "fonts": fonts.available(),
    }


def website_cell(request: HttpRequest, public_id: UUID, cell_id: str) -> HttpResponse:
    """One counted cell: its records, and its correction by hand."""
    row = _row(request, public_id)
    cell = CELLS.get(cell_id)
    if cell is None or cell.filed:
        raise Http404
    form = WebsiteCorrectionForm(request.POST if "correct" in request.POST else None, cell=cell)
    if request.method == "POST" and _corrected(request, row, cell_id, form):
        return redirect(request.path)
    figures = figures_of(row)
    figure = counted(row.year).get(cell_id)
    correction = figures.corrections.get(cell_id)
    records = list(figure.records()[: MOST_RECORDS + 1]) if figure else []
    context = {
        "section": SECTION,
        "row": row,
        "cell": cell,
        "value": printed(cell, figures.values.get(cell_id)),
        "origin": figures.origins.get(cell_id, "blank"),
        "correction": correction,
        "computed": printed(cell, correction.computed) if correction else "",
        "corrected": printed(cell, correction.corrected) if correction else "",
        "parts": [(CELLS[part], printed(CELLS[part], figures.values.get(part))) for part in cell.parts],
        "records": [record.as_record() for record in records[:MOST_RECORDS]],
        "more": len(records) > MOST_RECORDS,
        "form": form,
        "refusal": can_correct_website_figure(row, cell_id, by=request.user, today=request.today),
    }
    return render(request, "annualreport/website_cell.html", context)


def _corrected(request: HttpRequest, row: WebsiteReturn, cell: str, form: WebsiteCorrectionForm) -> bool:
    """Carry out what the cell's page asked for; False when it must be shown again."""
    by = {"by": request.user, "today": request.today}
    try:
        if "withdraw" in request.POST:
            withdraw_website_correction(get_object_or_404(row.corrections, cell=cell), **by)
            messages.success(request, "已改回台账数")
            return True
        if form.is_valid():
            given = form.cleaned_data
            correct_website_figure(row, cell, given["value"], reason=given["reason"], evidence=given["evidence"], **by)
            messages.success(request, "已更正，台账数保留在旁边")
            return True
    except Refused as refused:
        messages.error(request, str(refused))
    return False


@require_safe
def website_export(request: HttpRequest, public_id: UUID, kind: str) -> HttpResponse:
    """The return as a file, also while it is being filled in."""
    row = _row(request, public_id)
    if kind not in website_exports.FORMATS:
        raise Http404
    try:
        data = website_exports.one(row, kind)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("annualreport:desk_website_return", row.public_id)
    mark = "（填报稿）" if row.state == WebsiteReturnState.FILLING else ""
    return _file(data, f"{row}{mark}.{kind}", website_exports.TYPES[kind])


def _file(data: bytes, name: str, content_type: str) -> HttpResponse:
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(data, content_type=content_type, headers={"Content-Disposition": disposition})


@require_POST
def website_act(request: HttpRequest, public_id: UUID, verb: str) -> HttpResponse:
    """审核、退回 or 公布."""
    row = _row(request, public_id)
    by = {"by": request.user, "today": request.today}
    try:
        if verb == "approve":
            approve_website_return(row, **by)
            messages.success(request, "已审核，可以公布")
        elif verb == "return":
            return_website_return(row, request.POST.get("reason", ""), **by)
            messages.success(request, "已退回，可以改填")
        elif verb == "publish":
            publish_website_return(row, **by)
            messages.success(request, "已公布")
        else:
            raise Http404
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("annualreport:desk_website_return", row.public_id)


# The public's -------------------------------------------------------------------------------------------------------


def _published(public_id: UUID) -> WebsiteReturn:
    rows = WebsiteReturn.objects.public().select_related("agency", "filled_by", "approved_by")
    return get_object_or_404(rows, public_id=public_id)


@login_not_required
@require_http_methods(["GET", "HEAD"])
def public_return(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A published return as a page: nothing but what was approved goes in."""
    row = _published(public_id)
    context = {
        "row": row,
        "lines": [(line, label_of(line)) for line in lines(figures_of(row))],
        "site_facts": site_facts(row),
        "signed": signed_facts(row),
        "note": SCOPE_NOTE,
        "downloads": [
            (file.kind, file.get_absolute_url(), file.blob.size)
            for file in row.files.select_related("blob", "website_return")
        ],
        "section": "reports",
        "crumbs": [*CRUMBS, (str(row), "")],
    }
    return render(request, "annualreport/website_return_public.html", context, using="jinja2")


@login_not_required
@require_safe
def public_file(request: HttpRequest, public_id: UUID, kind: str) -> HttpResponse:
    """A file of a published return, the bytes made at its publication."""
    found = WebsiteReturnFile.objects.select_related("blob").filter(website_return=_published(public_id))
    row = get_object_or_404(found, kind=kind)
    return _file(blobs.read(row.blob), row.blob.name, row.blob.content_type)
