"""The page behind a one-time link: whoever was handed it chooses a password."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from gongkai.operations.actions import choose_password
from gongkai.operations.actions.choose_password import CLOSED
from gongkai.operations.forms import PasswordForm
from gongkai.operations.permissions import open_invitation
from gongkai_core.refusals import Refused


@login_not_required
@never_cache
@sensitive_post_parameters()
def password(request: HttpRequest, token: str) -> HttpResponse:
    """A link that is unknown, used or expired says so in one sentence, the same for all three."""
    invitation = open_invitation(token, at=timezone.now())
    if invitation is None:
        return render(request, "operations/link_closed.html", {"refusal": CLOSED}, status=404)
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            choose_password(invitation, form.cleaned_data["first"])
            messages.success(request, "口令已设置，请登录")
            return redirect("desk:login")
        except Refused as refused:
            if refused.refusal == CLOSED:
                return render(request, "operations/link_closed.html", {"refusal": CLOSED}, status=404)
            form.add_error("first", refused.refusal.message)
    return render(request, "operations/password.html", {"form": form, "holder": invitation.user})
