"""疑似重复 on the desk: two equal texts, judged by a person."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gongkai.casework import actions
from gongkai.casework.forms import text_field
from gongkai.casework.models import DuplicateVerdict
from gongkai.casework.views import desk, lists
from gongkai_core.refusals import Refused


class JudgeForm(forms.Form):
    verdict = forms.ChoiceField(label="判断", choices=DuplicateVerdict.choices, widget=forms.RadioSelect)
    reason = text_field("理由", long=True, max_length=300)


@never_cache
@require_http_methods(["GET", "POST"])
def judge(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What the case marked 疑似重复 is, beside the earlier one."""
    case = desk.find_case(request, public_id)
    if case.duplicate_of is None:
        raise Http404
    judged = getattr(case, "duplicate_judgement", None)
    initial = {"verdict": judged.verdict, "reason": judged.reason} if judged else {}
    form = JudgeForm(desk.posted(request)[0], initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.judge_duplicate(case, **form.cleaned_data, by=request.user, today=request.today)
        except Refused as refused:
            form.add_error(None, str(refused.refusal))
        else:
            messages.success(request, "已记录判断")
            return redirect(case)
    return desk.page(
        request, "duplicate", desk.case_crumb(case), ("疑似重复", ""), case=case, form=form,
        earlier=lists.row_of(case.duplicate_of, request.today),
        refusal=actions.can_judge_duplicate(case, by=request.user, today=request.today),
        status=422 if form.errors else 200,
    )  # fmt: skip
