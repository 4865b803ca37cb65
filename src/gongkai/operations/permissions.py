"""The only door: these pages are the system administrator's; for everybody else they don't exist."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from gongkai.agencies.models import Role
from gongkai.operations.actions.invite import digest_of
from gongkai.operations.models import Invitation

View = Callable[..., HttpResponse]


def for_system_administrator(view: View) -> View:
    @wraps(view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.holds(Role.SYSTEM_ADMIN, on=request.today):
            raise Http404
        return view(request, *args, **kwargs)

    return door


def open_invitation(token: str, *, at: datetime) -> Invitation | None:
    """The invitation that a token opens now, or None."""
    return Invitation.objects.open(at).select_related("user").filter(digest=digest_of(token)).first()
