"""校核词表 and 回扫提示 on the desk, and the dismissal of a hit on its item's page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from gongkai.agencies.permissions import visible_agencies
from gongkai.publishing import actions
from gongkai.publishing.actions.set_check_list import read_list
from gongkai.publishing.forms_checks import CheckListForm
from gongkai.publishing.models import CheckList, ListKind, RescanHit
from gongkai.publishing.views.checking import dismiss, given_reasons
from gongkai.publishing.views.desk import find_item, newest_version, page
from gongkai.publishing.views.paging import page_by_key
from gongkai.trail.models import Entry
from gongkai_core.checks.lists import starter
from gongkai_core.refusals import Refused

CHANGES = 20
STARTERS = (ListKind.FORBIDDEN, ListKind.OBSOLETE, ListKind.LAWS)


@require_POST
def dismiss_hits(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Leave hits of an item as they are: one by a click, personal data with a reason."""
    row = find_item(request, public_id)
    try:
        count = dismiss(request, newest_version(row), given_reasons(request))
    except Refused as refused:
        messages.error(request, str(refused.refusal))
    else:
        if count:
            messages.success(request, f"已忽略 {count} 处，本篇不再提示。")
        else:
            messages.error(request, "没有可以忽略的提示：个人信息和涉密标志须写明理由。")
    return redirect("publishing:desk_item", public_id)


@require_safe
def rescan_hits(request: HttpRequest) -> HttpResponse:
    """回扫提示: what stands in public texts of the person's organs; `strict` alone those of personal data."""
    organs = visible_agencies(request.user, on=request.today)
    # Until the night, what was withdrawn since the last one still has its rows.
    found = RescanHit.objects.filter(agency__in=organs, item__state="published")
    strict = request.GET.get("strict") == "1"
    found = found.filter(strict=True) if strict else found
    rows, newer, older = page_by_key(found.select_related("item", "agency"), request)
    shown = {"rows": rows, "newer": newer, "older": older, "strict": strict}
    return page(request, "rescan", ("回扫提示", ""), section="rescan", **shown)


@require_safe
def check_lists(request: HttpRequest) -> HttpResponse:
    """校核词表: what the office says of wordings, each list with its size and who changed it last."""
    _office_only(request)
    rows = {row.kind: row for row in CheckList.objects.select_related("changed_by")}
    shown = [_summary(ListKind(kind), rows.get(kind)) for kind in ListKind.values]
    return page(request, "check_lists", ("校核词表", ""), section="check-lists", rows=shown)


def _summary(kind: ListKind, row: CheckList | None) -> dict[str, Any]:
    entries = read_list(kind, row.text)[0] if row else {}
    brought = len(starter(kind.value)) if kind in STARTERS else 0
    return {"kind": kind.value, "label": kind.label, "size": len(entries), "starter": brought, "row": row}


def check_list(request: HttpRequest, kind: str) -> HttpResponse:
    """One list: the whole block to be edited or pasted over, and its history."""
    _office_only(request)
    if kind not in ListKind.values:
        raise Http404
    label = ListKind(kind).label
    row = CheckList.objects.filter(kind=kind).first() or CheckList(kind=kind, row_version=0)
    form = CheckListForm(kind, request.POST or None, initial={"text": row.text, "seen": row.row_version})
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_check_list(kind, by=request.user, today=request.today, **form.cleaned_data)
        except Refused as refused:
            form.add_error("text", str(refused.refusal))
        else:
            messages.success(request, f"{label}已保存，校核随即按新的词表进行。")
            return redirect("publishing:desk_check_list", kind)
    changes = Entry.objects.filter(object_type="publishing.checklist", object_id=kind).select_related("actor")
    return page(
        request, "check_list", ("校核词表", "/desk/publishing/check-lists/"), (label, ""), section="check-lists",
        label=label, form=form, changes=changes.order_by("-id")[:CHANGES],
        starter=starter(kind).items() if ListKind(kind) in STARTERS else (),
    )  # fmt: skip


def _office_only(request: HttpRequest) -> None:
    if actions.can_set_check_list(by=request.user, today=request.today):
        raise Http404
