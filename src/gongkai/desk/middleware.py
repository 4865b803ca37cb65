"""Keeps a form that arrives without a log-in, and puts kept forms back into their pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse

from gongkai.desk import kept_forms
from gongkai.desk.filling import fill
from gongkai.desk.models import KeptForm, KeptReason
from gongkai_core.refusals import Refused

AUTOSAVING = b"data-autosave"


class KeptFormMiddleware:
    """Stands before the one that asks for a log-in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not request.path.startswith("/desk/") or not request.user.is_authenticated:
            return response
        if request.method == "POST" and response.status_code == 302:
            kept_forms.forget(request.user, request.path)
        if request.method == "GET" and response.status_code == 200 and not response.streaming:
            put_back(request, response)
        badge = request.COOKIES.get(kept_forms.COOKIE, "")
        if request.method == "GET" and not kept_forms.is_badge_of(request.user, badge):
            response.set_cookie(
                kept_forms.COOKIE, kept_forms.badge(request.user), path="/desk/", httponly=True, samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
            )  # fmt: skip
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """A POST without a log-in to a page that wants one: keep it for the person whose badge comes with it."""
        asks = request.method == "POST" and request.path.startswith("/desk/") and getattr(view, "login_required", True)
        if not asks or request.user.is_authenticated or not request.POST:
            return None
        if request.path == reverse("desk:autosave"):
            return HttpResponse("登录已过期：请在新窗口登录，再回到本页；本页的内容还在。", status=401)
        person = kept_forms.person_of(request.COOKIES.get(kept_forms.COOKIE, ""))
        if person is None:
            return None
        page = kept_forms.page_of(request)
        try:
            row = kept_forms.keep(person, page=page, target=request.path, reason=KeptReason.EXPIRED, data=request.POST)
        except Refused as refused:
            messages.error(request, str(refused.refusal))
            return redirect(f"{reverse('desk:login')}?{urlencode({'next': page})}")
        messages.info(request, f"登录已过期，您填写的内容已保留。请用{person.name}的账号重新登录，页面会填好。")
        return redirect(f"{reverse('desk:login')}?{urlencode({'next': kept_forms.with_parameter(row)})}")


def put_back(request: HttpRequest, response: HttpResponse) -> None:
    """Fill the form of the page with what is kept of it, and say so before it."""
    if not response.headers.get("Content-Type", "").startswith("text/html"):
        return
    page = kept_forms.without_parameter(request.get_full_path())
    if public_id := request.GET.get(kept_forms.PARAMETER):
        row = kept_forms.found(request.user, public_id)
    else:
        row = kept_forms.autosaved(request.user, page) if AUTOSAVING in response.content else None
    if row is None:
        return
    html = response.content.decode()
    filled = fill(html, page=page, target=row.target, pairs=row.values, notice=PLACE)
    if filled is not None:
        text, left = filled
        response.content = text.replace(PLACE, notice(request, row, left), 1)
        response["Cache-Control"] = "no-store"


PLACE = "<!-- kept form -->"


def notice(request: HttpRequest, row: KeptForm, left: list[tuple[str, str]]) -> str:
    context = {"row": row, "left": left, "autosave": row.reason == KeptReason.AUTOSAVE}
    return render_to_string("desk/kept_notice.html", context, request=request)
