"""Which frame a reader is told in that an address holds nothing for them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.website.views import faults


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404: to staff at the desk's addresses in the desk's frame, to everybody else in the public one."""
    user = getattr(request, "user", None)  # a fault before the log-in was looked at has none
    if request.path.startswith("/desk/") and user is not None and user.is_authenticated:
        return render(request, "desk/not_found.html", status=404)
    return faults.not_found(request, exception)
