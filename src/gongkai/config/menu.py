"""The desk's menu and the portal's navigation: which app's page stands where."""

from __future__ import annotations

from django.http import HttpRequest

from gongkai.design.frames import Link


def public_nav() -> tuple[Link, ...]:
    return ()


def desk_menu(request: HttpRequest) -> tuple[Link, ...]:
    return ()
