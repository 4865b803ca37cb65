"""上级报表模板: bring one, say what its columns mean, take all organs' figures in its order."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from gongkai.annualreport import superior
from gongkai.annualreport.actions import bring_template, say_columns
from gongkai.annualreport.forms import TemplateForm
from gongkai.annualreport.models import SuperiorTemplate
from gongkai.annualreport.views.gathering import office_only, year_of, years_offered
from gongkai.documents.intake import SHEETS, take_upload
from gongkai.documents.sheets import saved_as
from gongkai_core.refusals import Refused
from gongkai_core.returns import form_for


def templates(request: HttpRequest) -> HttpResponse:
    """The templates kept, and the form for another."""
    office_only(request)
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = TemplateForm(*data, years=years_offered(request))
    if request.method == "POST" and form.is_valid():
        given, facts = form.cleaned_data, {"by": request.user, "today": request.today}
        try:
            taken = take_upload(given["file"], SHEETS)
            row = bring_template(given["name"], taken, given["year"], head_rows=given["head_rows"], **facts)
            return redirect("annualreport:template", row.public_id)
        except Refused as refused:
            form.add_error("file", str(refused))
    rows = SuperiorTemplate.objects.select_related("brought_by")[:100]
    context = {"section": "all-reports", "form": form, "rows": rows, "years": years_offered(request)}
    return render(request, "annualreport/templates.html", context)


def template(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What each column means: matched by its heading, or said here once and kept."""
    office_only(request)
    row = get_object_or_404(SuperiorTemplate, public_id=public_id)
    typed = [superior.said(meaning, row.edition) for _, meaning in row.columns]
    if request.method == "POST":
        typed = [request.POST.get(f"column_{at}", "")[:200] for at in range(len(row.columns))]
        try:
            row = say_columns(row, typed, by=request.user, today=request.today)
            left = row.open_columns
            messages.success(request, f"已保存，还有 {left} 列没有说明" if left else "已保存，各列都已说明，可以导出")
            return redirect("annualreport:template", row.public_id)
        except Refused as refused:
            messages.error(request, str(refused))
    context = {
        "section": "all-reports",
        "template": row,
        "columns": [
            (at, heading, text) for at, ((heading, _), text) in enumerate(zip(row.columns, typed, strict=True))
        ],
        "choices": superior.choices(row.edition),
        "years": [year for year in years_offered(request) if form_for(year).edition == row.edition],
    }
    return render(request, "annualreport/template.html", context)


@require_safe
def figures(request: HttpRequest, public_id: UUID, year: int) -> HttpResponse:
    """All organs' figures of a year in the template's order, as .xlsx."""
    year_of(request, year)
    row = get_object_or_404(SuperiorTemplate, public_id=public_id)
    try:
        return saved_as(f"{row.name}（{year}）", superior.figures(row, year, today=request.today))
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("annualreport:template", row.public_id)
