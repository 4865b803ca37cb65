"""泄露处置 on the desk: isolate, have it confirmed by another, purge, print the report for the secrecy office."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from gongkai.agencies.models import Installation, Role
from gongkai.design.words import BEIJING, long_day, minute
from gongkai.documents.pdf import typeset
from gongkai.operations.actions import handle_spill as acts
from gongkai.publishing.models import Item, Publication, Spill, SpillState
from gongkai_core.refusals import Refused

_TEMPLATE = Path(__file__).parent.parent / "typst" / "spill.typ"
_IDENTITY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
HOW = {"destroyed": "已销毁", "elsewhere": "在别处，须人工销毁", "destroyed_by_hand": "已人工销毁"}


class ReportForm(forms.Form):
    item = forms.CharField(label="条目", max_length=300, help_text="粘贴条目的网址或者索引号；不要写标题和内容")
    sure = forms.BooleanField(
        label="先隔离：立即从公开网页和全部列表撤下，停止审核", error_messages={"required": "请勾选"}
    )


def _mine(request: HttpRequest) -> QuerySet[Spill]:
    """The cases that exist for this person; 404 for whoever handles none."""
    if request.user.holds(Role.DISCLOSURE_OFFICE, on=request.today):
        return Spill.objects.all()
    posts = request.user.posts_on(request.today)
    organs = {post.agency_id for post in posts if post.role == Role.SECRECY_REVIEWER}
    if not organs:
        raise Http404
    return Spill.objects.filter(items__agency__in=organs).distinct()


@never_cache
def spills(request: HttpRequest) -> HttpResponse:
    """All cases, and the form that isolates an item."""
    rows = _mine(request).select_related("asked_by", "decided_by").prefetch_related("items__agency")
    form = ReportForm(request.POST or None, initial={"item": request.GET.get("item", "")})
    if request.method == "POST" and form.is_valid():
        item = _named(request, form.cleaned_data["item"])
        if item is None:
            form.add_error("item", "没有找到这一条：请粘贴条目的网址或者索引号")
        else:
            try:
                spill = acts.report_spill(item, by=request.user, today=request.today)
            except Refused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, "已隔离。请另一人核实后确认清除，或者解除。")
                return redirect("operations:spill", spill.public_id)
    return render(request, "operations/spills.html", {"section": "spills", "rows": rows, "form": form})


def _named(request: HttpRequest, text: str) -> Item | None:
    found = Item.objects.for_user(request.user, on=request.today).select_related("agency")
    if identity := _IDENTITY.search(text.lower()):
        return found.filter(public_id=UUID(identity[0])).first()
    rows = list(found.filter(index_no=text.strip())[:2]) if text.strip() else []
    return rows[0] if len(rows) == 1 else None


_VERBS: dict[str, tuple[Callable[..., Any], str]] = {
    "purge": (acts.purge_spill, "已清除。请打印报告单送保密部门，并立即另做一次备份。"),
    "lift": (acts.lift_spill, "已解除隔离。撤下的网页须修订后重新发布。"),
    "finish": (acts.finish_spill, "文件已再清一次。"),
}


@never_cache
def spill(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One case: what was isolated, the decision of the second person, what was purged."""
    row = get_object_or_404(_mine(request).select_related("asked_by", "decided_by"), public_id=public_id)
    if request.method == "POST":
        return _decide(request, row)
    context = {
        "section": "spills",
        "spill": row,
        "crumbs": [("泄露处置", reverse("operations:spills")), (minute(row.asked_at), "")],
        "facts": _facts(row),
        "refusal": acts.can_decide_spill(row, by=request.user, today=request.today),
        "copies": [
            f"{p.get_channel_display()}（{p.published_on}）"
            for p in Publication.objects.filter(item__in=row.items.all())
        ],
        "was_public": row.items.filter(first_published_at__isnull=False).exists(),
        "waiting": row.state == SpillState.ISOLATED,
        "purged": row.state == SpillState.PURGED,
        "backups": [{**one, "words": HOW[one["how"]]} for one in row.backups],
    }
    return render(request, "operations/spill.html", context)


def _facts(row: Spill) -> list[tuple[str, str]]:
    named = (f"{item.agency.name}　{item.index_no or item.public_id}" for item in row.items.select_related("agency"))
    found = [
        ("状态", row.get_state_display()),
        ("涉及条目", "；".join(named)),
        ("隔离", f"{minute(row.asked_at)}　{row.asked_by.name}"),
    ]
    return [*found, ("确认", f"{minute(row.decided_at)}　{row.decided_by.name}")] if row.decided_by else found


def _decide(request: HttpRequest, row: Spill) -> HttpResponse:
    verb = request.POST.get("verb", "")
    who: dict[str, Any] = {"by": request.user, "today": request.today}
    try:
        if verb == "backup":
            acts.backup_destroyed(row, file=request.POST.get("file", ""), **who)
            messages.success(request, "已登记销毁。")
        elif verb in _VERBS:
            act, done = _VERBS[verb]
            act(row, **who)
            messages.success(request, done)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("operations:spill", row.public_id)


@require_GET
@never_cache
def report(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """报告单 for the secrecy office: digests, persons and times; neither title nor text."""
    row = get_object_or_404(_mine(request).exclude(state=SpillState.ISOLATED), public_id=public_id)
    response = HttpResponse(typeset(_TEMPLATE, report_data(row)), content_type="application/pdf")
    name = quote(f"泄露处置报告单-{row.asked_at.astimezone(BEIJING):%Y%m%d}.pdf")
    response["Content-Disposition"] = f"attachment; filename=\"spill.pdf\"; filename*=UTF-8''{name}"
    return response


def report_data(row: Spill) -> dict[str, Any]:
    installation = Installation.current()
    items = [f"{item.agency.name}　{item.index_no or item.public_id}" for item in row.items.select_related("agency")]
    decided = row.decided_by.name if row.decided_by else ""
    facts = [
        ("处置编号", str(row.public_id)),
        ("涉及条目", "\n".join(items)),
        ("结果", row.get_state_display()),
        ("隔离", f"{minute(row.asked_at)}　{row.asked_by.name}"),
        ("确认", f"{minute(row.decided_at)}　{decided}"),
        ("复查", "\n".join(row.residue) or "数据库、网页、附件、备份中没有再发现"),
    ]
    return {
        "title": "泄露处置报告单",
        "organ": str(installation.government.name) if installation else "",
        "made_on": long_day(row.decided_at),
        "facts": [list(fact) for fact in facts],
        "evidence": [list(one) for one in row.evidence],
        "backups": [[one["file"], one["made_at"], HOW[one["how"]]] for one in row.backups],
    }
