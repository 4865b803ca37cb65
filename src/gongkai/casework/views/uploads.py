"""Uploads of the desk stay in memory: a scan of an identity paper never lies in a temporary folder in clear."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from gongkai.documents.intake import InMemory

View = Callable[..., HttpResponse]


def kept_in_memory(view: View) -> View:
    """The handler is set before anybody reads the POST; the token is checked right after, as everywhere."""
    protected = csrf_protect(view)

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.upload_handlers = [InMemory(request)]
        return protected(request, *args, **kwargs)

    return csrf_exempt(page)
