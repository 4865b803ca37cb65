"""校核提示 on the pages of an item: while its text is written, and afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from django.http import HttpRequest

from gongkai.publishing import actions
from gongkai.publishing.attachments import pictures_of
from gongkai.publishing.content import clean_body
from gongkai.publishing.hits import Group, checker, dismissals_of, grouped, hits_of, material_of
from gongkai.publishing.models import Item, ItemVersion, Openness
from gongkai.publishing.views.files import BroughtFiles

REASON = "reason-"


def given_reasons(request: HttpRequest) -> dict[str, str]:
    """What the page says to leave as it is: with a reason typed, or by a click."""
    reasons = {
        name.removeprefix(REASON): value.strip()
        for name, value in request.POST.items()
        if name.startswith(REASON) and value.strip()
    }
    clicked = [*request.POST.getlist("ignored"), *request.POST.getlist("ignore")]
    return {**dict.fromkeys(clicked, ""), **reasons}


class Checking:
    """The hits of a page of 发稿, found in what is typed: nothing has to be saved to see them or to dismiss them."""

    def __init__(self, request: HttpRequest, files: BroughtFiles, version: ItemVersion | None = None) -> None:
        self._request, self._files, self._version = request, files, version
        self._reasons = given_reasons(request)

    @property
    def asked(self) -> bool:
        """Whether the page was sent only to be checked."""
        return self._request.POST.get("then") == "check" or "ignore" in self._request.POST

    @cached_property
    def groups(self) -> Sequence[Group] | None:
        """What is found; None on a page that has no text yet."""
        today = self._request.today
        if self._files.data is None:
            return hits_of(self._version, today=today) if self._version else None
        typed, brought = self._files.data, self._files.rows
        material = material_of(
            typed.get("title", ""),
            clean_body(typed.get("body", ""), pictures=pictures_of(brought)),
            today=today,
            files=[file.row for file in brought],
            may_say_closed=typed.get("openness") != Openness.OPEN or "confirmed_note" in typed,
        )
        known = dismissals_of(self._version.item) if self._version else {}
        return [self._pending(group) for group in grouped(checker().check(material), known)]

    def _pending(self, group: Group) -> Group:
        if group.dismissal or group.fingerprint not in self._reasons:
            return group
        reason = self._reasons[group.fingerprint]
        return replace(group, reason=reason) if group.strict else replace(group, ignored=True)

    def settle(self, version: ItemVersion) -> None:
        """Remember for the item what was dismissed on the page. Raises Refused."""
        dismiss(self._request, version, self._reasons)


def dismiss(request: HttpRequest, version: ItemVersion, reasons: dict[str, str]) -> int:
    """Dismiss what the page says. Returns how many; raises Refused."""
    if not reasons:
        return 0
    groups = hits_of(version, today=request.today)
    return len(actions.dismiss(version.item, reasons, groups, by=request.user, today=request.today))


def hits_on_item(request: HttpRequest, item: Item, version: ItemVersion) -> dict[str, Any]:
    """The hits of an item's page, to be dismissed there by who may."""
    groups = hits_of(version, today=request.today)
    writable = actions.can_dismiss(item, by=request.user, today=request.today) is None
    strict_left = any(group.strict and group.open for group in groups)
    return {"groups": groups or None, "writable": writable and bool(groups), "strict_left": strict_left}
