"""添加材料 on the desk: what comes in after the application goes into the case's file."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gongkai.casework import actions
from gongkai.casework.forms_papers import AddPapersForm
from gongkai.casework.views import desk
from gongkai_core.refusals import Refused


@never_cache
@require_http_methods(["GET", "POST"])
def papers(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One kind, one day, some files; `?kind=` chooses the kind beforehand."""
    row = desk.find_case(request, public_id)
    by, today = request.user, request.today
    initial = {"kind": request.GET.get("kind", "")}
    form = AddPapersForm(*desk.posted(request), case=row, today=today, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            added = actions.add_papers(row, **form.cleaned_data, by=by, today=today)
        except Refused as refused:
            form.add_error(None, str(refused.refusal))
        else:
            if added:
                messages.success(request, f"已添加 {len(added)} 份")
            if withheld := len(form.cleaned_data["papers"]) - len(added):
                messages.warning(request, f"{withheld} 份带有密级标志，没有保存；请转保密员线下处理。")
            return redirect(row)
    return desk.page(
        request, "case_papers", desk.case_crumb(row), ("添加材料", ""), case=row, form=form,
        refusal=actions.can_add_papers(row, by=by, today=today), status=422 if form.errors else 200,
    )  # fmt: skip
