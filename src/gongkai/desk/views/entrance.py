"""Log-in, and on a demonstration one button for each role."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from gongkai.agencies.models import Appointment, Installation, Role, User
from gongkai.desk import login as guessing
from gongkai.desk.forms import LoginForm


def _demonstration() -> bool:
    installation = Installation.current()
    return bool(installation and installation.demonstration)


@method_decorator(login_not_required, name="dispatch")
class Login(LoginView):
    template_name = "desk/login.html"
    authentication_form = LoginForm

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if guessing.is_closed(request.POST.get("username", "")):
            form = self.get_form_class()(request)
            return self.render_to_response(self.get_context_data(form=form, closed=True), status=429)
        return super().post(request, *args, **kwargs)

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        guessing.failed(self.request.POST.get("username", ""))
        return super().form_invalid(form)

    def form_valid(self, form: Any) -> HttpResponse:
        guessing.succeeded(form.cleaned_data["username"])
        return super().form_valid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"demonstration_posts": demonstration_posts()}


def demonstration_posts() -> list[Appointment]:
    """One post for each role, for the log-in page of a demonstration; none anywhere else.

    And one more at another organ, for whom the first organ's records don't exist.
    """
    if not _demonstration():
        return []
    posts: dict[str, Appointment] = {}
    elsewhere = None
    for post in Appointment.objects.select_related("user", "agency").order_by("pk"):
        first = posts.setdefault(post.role, post)
        if elsewhere is None and post.role == Role.DRAFTER and post.agency_id != first.agency_id:
            elsewhere = post
    return [*posts.values(), *([elsewhere] if elsewhere else [])]


@login_not_required
@require_POST
def enter_demonstration(request: HttpRequest, public_id: str) -> HttpResponse:
    """Enter as one of the demonstration's people; such accounts exist only in a demonstration database."""
    if not _demonstration():
        raise Http404
    user = get_object_or_404(User, public_id=public_id, is_active=True)
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    where = request.POST.get("next", "")
    here = url_has_allowed_host_and_scheme(where, {request.get_host()}, require_https=request.is_secure())
    return redirect(where if here else "desk:home")
