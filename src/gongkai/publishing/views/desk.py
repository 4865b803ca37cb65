"""主动公开 on the desk: the list, and what its pages share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from gongkai.agencies.models import Agency
from gongkai.agencies.permissions import visible_agencies
from gongkai.publishing import actions
from gongkai.publishing.actions.revise import standing_version
from gongkai.publishing.forms import DeskFilterForm
from gongkai.publishing.models import (
    Item,
    ItemVersion,
)
from gongkai.publishing.querysets import ItemQuerySet
from gongkai.publishing.verbs import said
from gongkai.publishing.views.paging import page_by_key
from gongkai.trail.models import Entry
from gongkai_core.refusals import Refused
from gongkai_core.states.items import UNDER_WAY

HOME = ("主动公开", "/desk/publishing/")


def visible_items(request: HttpRequest) -> ItemQuerySet:
    return Item.objects.for_user(request.user, on=request.today)


def find_item(request: HttpRequest, public_id: UUID) -> Item:
    """The item, or 404 when it doesn't exist for this person."""
    return get_object_or_404(
        visible_items(request).select_related("agency", "column", "published_version"), public_id=public_id
    )


def newest_version(row: Item) -> ItemVersion:
    """The version that is being worked on, else the one that is or was public."""
    version = row.versions.filter(state__in=UNDER_WAY).select_related("author", "column", "batch__author").first()
    version = version or standing_version(row)
    version.item = row
    return version


def page(request: HttpRequest, template: str, *crumbs: tuple[str, str], **context: Any) -> HttpResponse:
    context = {"section": "publishing", "crumbs": [HOME, *crumbs], **context}
    return render(request, f"publishing/{template}.html", context, using="django")


def tried(request: HttpRequest, act: Callable[[], object], done: str) -> bool:
    """Do an act and tell how it went."""
    try:
        act()
    except Refused as refused:
        messages.error(request, str(refused.refusal))
        return False
    messages.success(request, done)
    return True


def thread(*things: Any) -> list[dict[str, Any]]:
    """The acts on an item (and the batch it came in), oldest first."""
    keys = {(thing._meta.label_lower, str(thing.public_id)) for thing in things if thing is not None}
    entries = [
        entry
        for kind, identity in keys
        for entry in Entry.objects.filter(object_type=kind, object_id=identity).select_related("actor")
    ]
    return [
        {
            "at": entry.when,
            "words": said(entry),
            "by": entry.actor.name if entry.actor else "系统",
            "note": entry.facts.get("remarks", ""),
            "article": entry.ground,
        }
        for entry in sorted(entries, key=lambda entry: entry.pk)
    ]


def listed(request: HttpRequest) -> tuple[DeskFilterForm, ItemQuerySet]:
    """The items of the person's organs that the filters of the address find."""
    form = DeskFilterForm(visible_agencies(request.user, on=request.today), request.GET or None)
    found = Item.objects.for_user(request.user, on=request.today).select_related("agency", "column")
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        found = found.filter(agency=given["agency"]) if given["agency"] else found
        found = found.in_state(given["state"]) if given["state"] else found
        found = found.filter(column=given["column"]) if given["column"] else found
        found = found.titled(given["q"]) if given["q"] else found
    return form, found


def items(request: HttpRequest) -> HttpResponse:
    """All items of the person's organs, newest first."""
    form, found = listed(request)
    rows, newer, older = page_by_key(found, request)
    filters = urlencode({name: value for name, value in form.data.items() if name in form.fields and value})
    return page(
        request, "items", form=form, rows=rows, newer=newer, older=older, refusal=compose_refusal(request),
        filters=filters,
    )  # fmt: skip


def compose_refusal(request: HttpRequest) -> Any:
    if request.organ is None:
        return actions.can_draft(Agency(short_name="本单位"), by=request.user, today=request.today)
    return actions.can_draft(request.organ, by=request.user, today=request.today)
