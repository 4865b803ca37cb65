"""批注 on a report in work: made, answered, closed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.annualreport.actions import answer_comment, close_comment, comment
from gongkai.annualreport.forms import CommentForm
from gongkai.annualreport.models import Comment, Report
from gongkai.annualreport.remarks import comment_context
from gongkai.annualreport.views.desk import report_for
from gongkai_core.refusals import Refused


def _back(row: Report) -> HttpResponse:
    return redirect(reverse("annualreport:desk_report", args=[row.public_id]) + "#comments")


@require_POST
def add(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Remark on a part; what was typed stays when it can't be taken."""
    row, facts = report_for(request, public_id), {"by": request.user, "today": request.today}
    form = CommentForm(request.POST, report=row)
    if form.is_valid():
        try:
            comment(row, form.cleaned_data["part"], form.cleaned_data["words"], **facts)
            messages.success(request, "已加批注，办结以前不能签发")
            return _back(row)
        except Refused as refused:
            messages.error(request, str(refused))
    context: dict[str, Any] = {"section": "reports", "report": row, **comment_context(request, row, form)}
    return render(request, "annualreport/desk_comments.html", context)


def _remark(request: HttpRequest, public_id: UUID, comment_id: UUID) -> Comment:
    row = report_for(request, public_id)
    return get_object_or_404(row.comments.select_related("report__agency"), public_id=comment_id)


@require_POST
def answer(request: HttpRequest, public_id: UUID, comment_id: UUID) -> HttpResponse:
    remark = _remark(request, public_id, comment_id)
    words = request.POST.get("words", "")
    try:
        answer_comment(remark, words, by=request.user, today=request.today)
        messages.success(request, "已答复")
    except Refused as refused:
        messages.error(request, str(refused))
        context = {"section": "reports", "report": remark.report, **comment_context(request, remark.report)}
        return render(request, "annualreport/desk_comments.html", context | {"typed": words, "typed_for": remark.pk})
    return _back(remark.report)


@require_POST
def close(request: HttpRequest, public_id: UUID, comment_id: UUID) -> HttpResponse:
    remark = _remark(request, public_id, comment_id)
    try:
        close_comment(remark, by=request.user, today=request.today)
        messages.success(request, "批注已办结")
    except Refused as refused:
        messages.error(request, str(refused))
    return _back(remark.report)
