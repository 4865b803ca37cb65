"""未提交的填写: the door for autosaving, and a person's own list of what was kept."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.design.words import BEIJING
from gongkai.desk import kept_forms
from gongkai.desk.models import KeptReason
from gongkai_core.refusals import Refused


@require_POST
def autosave(request: HttpRequest) -> HttpResponse:
    """Keep the form on the page from which this comes; 422 with the reason when it may not be stored."""
    page = kept_forms.page_of(request)
    path = urlsplit(page).path
    try:
        resolve(path)
    except Resolver404:
        raise Http404 from None
    if path == request.path:
        raise Http404
    try:
        kept_forms.keep(request.user, page=page, target=path, reason=KeptReason.AUTOSAVE, data=request.POST)
    except Refused as refused:
        return HttpResponse(str(refused.refusal), status=422)
    return HttpResponse(f"已自动保存 {timezone.now().astimezone(BEIJING):%H:%M}")


def kept(request: HttpRequest) -> HttpResponse:
    """What this person typed and has not sent."""
    shown = [
        {"row": row, "url": kept_forms.with_parameter(row), "texts": kept_forms.sentences(row)}
        for row in kept_forms.mine(request.user)
    ]
    return render(request, "desk/kept.html", {"section": "home", "rows": shown})


@require_POST
def drop(request: HttpRequest, public_id: str) -> HttpResponse:
    """Throw one away."""
    row = kept_forms.found(request.user, str(public_id))
    if row is None:
        raise Http404
    page = row.page
    row.delete()
    messages.success(request, "已丢弃。")
    return redirect(page)
