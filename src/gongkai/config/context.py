"""What every page's frame is given."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from gongkai.agencies.models import Installation, User
from gongkai.config.menu import desk_menu, public_nav
from gongkai.design.frames import Footer, Link, Site
from gongkai.outbox.station import unread


def site_frame(installation: Installation | None) -> Site:
    """The public frame's facts: name, navigation and the footer's seven elements (47号附件)."""
    if installation is None:
        return Site(name="政府信息公开平台")
    government = installation.government
    return Site(
        name=government.name,
        domain=installation.domain,
        id_code=installation.site_code,
        home_url=reverse("website:home"),
        nav=public_nav(),
        theme=installation.theme,
        demonstration=installation.demonstration,
        footer=Footer(
            id_code=installation.site_code,
            organiser=f"{government.name}办公室",
            contact=government.phone,
            icp=installation.icp_number,
            police=installation.police_number,
            links=(Link("工作人员登录", reverse("desk:login")),),
        ),
    )


def public(request: HttpRequest) -> dict[str, Any]:
    """Only the frame: what a view says of its page (section, crumbs) must not be overridden here."""
    return {"site": site_frame(Installation.current())}


def desk(request: HttpRequest) -> dict[str, Any]:
    installation = Installation.current()
    signed_in = request.user.is_authenticated and hasattr(request, "organ")
    return {
        "menu": desk_menu(request) if signed_in else (),
        "organ": getattr(request, "organ", None),
        "person": request.user if signed_in else None,
        "autosave_url": reverse("desk:autosave") if signed_in else "",
        "messages_url": reverse("desk:messages") if signed_in else "",
        "unread": unread(request.user) if signed_in else 0,
        "acting_for": _acting_for(request) if signed_in else (),
        "signout_url": reverse("desk:logout") if signed_in else "",
        "theme": installation.theme if installation else "blue",
        "demonstration": bool(installation and installation.demonstration),
    }


def _acting_for(request: HttpRequest) -> list[User]:
    """For whom the person acts at the organ they work in now (代)."""
    posts = request.user.posts_on(request.today)
    here = [post for post in posts if request.organ and post.agency_id == request.organ.pk]
    return list({post.user: None for post in here if post.user_id != request.user.pk})
