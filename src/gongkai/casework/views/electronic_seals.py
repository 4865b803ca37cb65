"""核验: whether a file that somebody brings is the paper as it was sealed."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from gongkai.casework import electronic_seals
from gongkai.casework.forms_seal import CheckForm
from gongkai.casework.models import Outgoing
from gongkai.casework.views.papers import find_notice
from gongkai.casework.views.register_papers import find_paper
from gongkai_core.refusals import Refused


@never_cache
@require_POST
def notice_check(request: HttpRequest, public_id: UUID) -> HttpResponse:
    return _checked(request, find_notice(request, public_id))


@never_cache
@require_POST
def register_paper_check(request: HttpRequest, public_id: UUID) -> HttpResponse:
    return _checked(request, find_paper(request, public_id))


def _checked(request: HttpRequest, row: Outgoing) -> HttpResponse:
    form = CheckForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, "、".join(error for errors in form.errors.values() for error in errors))
        return redirect(row)
    try:
        _say(request, row, form.cleaned_data["file"])
    except Refused as refused:
        messages.error(request, str(refused.refusal))
    return redirect(row)


def _say(request: HttpRequest, row: Outgoing, data: bytes) -> None:
    found = electronic_seals.check_file(row, data)
    if found is None:
        messages.error(request, "这份文书没有电子签章，不能核验")
    elif found.valid:
        messages.success(request, f"带来的文件：{found.words}")
    else:
        messages.error(request, f"带来的文件：{found.words}")
