"""上级平台 on the desk: 回填清单, one item's paste package, and its address coming back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from gongkai.outbox.queue import left_to_worker
from gongkai.publishing import actions
from gongkai.publishing.filling_back import Returned, read_returns
from gongkai.publishing.forms_superior import FillBackForm, PagesFilterForm, ReturnsForm
from gongkai.publishing.models import SuperiorPage, Verdict
from gongkai.publishing.package import fields_of, package
from gongkai.publishing.superior import is_superior, pages_for
from gongkai.publishing.views.desk import page
from gongkai.trail.chain import record
from gongkai_core.refusals import Refused

LIST = ("回填清单", "/desk/publishing/superior/")
SIZE = 50


def find_page(request: HttpRequest, public_id: UUID) -> SuperiorPage:
    """The superior's page of an item, or 404 where there is none for this person."""
    if not is_superior():
        raise Http404
    found = pages_for(request.user, on=request.today)
    related = found.select_related("item__column", "item__agency", "agency", "version__column")
    return get_object_or_404(related, item__public_id=public_id)


def pages(request: HttpRequest) -> HttpResponse:
    """What is awaited, filled back or doubtful; a block from Excel is checked first, then taken."""
    if not is_superior():
        raise Http404
    form = ReturnsForm(request.POST or None)
    returned: Returned | None = None
    if request.method == "POST" and form.is_valid():
        returned = read_returns(form.cleaned_data["table"], by=request.user, today=request.today)
        if returned.problem:
            form.add_error("table", returned.problem)
        elif request.POST.get("then") == "fill" and returned.good:
            _fill(request, returned)
            return redirect("publishing:desk_superior")
    state = PagesFilterForm(request.GET)
    wanted = state.cleaned_data["state"] if state.is_valid() else ""
    rows, newer, older = _listed(request, wanted or "waiting")
    return page(
        request, "superior", (LIST[0], ""), section="superior", form=form, filters=PagesFilterForm({"state": wanted}),
        returned=returned, rows=rows, newer=newer, older=older, wanted=wanted or "waiting",
    )  # fmt: skip


def _listed(request: HttpRequest, wanted: str) -> tuple[list[SuperiorPage], str | None, str | None]:
    """A page of the list by the items' public ids, whose order is that of time."""
    found = pages_for(request.user, on=request.today).select_related("item", "agency")
    if wanted == "filled":
        found = found.exclude(filled_at=None)
    elif wanted == "doubtful":
        found = found.filter(verdict__in=[Verdict.OTHER, Verdict.UNREACHED])
    else:
        found = found.filter(filled_at=None)
    before = request.GET.get("before", "")
    if before.isdecimal():
        found = found.filter(pk__lt=int(before))
    rows = list(found.order_by("-pk")[: SIZE + 1])
    older = f"?state={wanted}&before={rows[SIZE - 1].pk}" if len(rows) > SIZE else None
    return rows[:SIZE], None, older


def _fill(request: HttpRequest, returned: Returned) -> None:
    """Take every good row; what fails now, because somebody was quicker, is told."""
    done, failed = 0, []
    with left_to_worker():  # hundreds of pages change: a request must not wait for them
        for row in returned.good:
            given = {"url": row.url, "posted_at": row.posted_at, "by": request.user, "today": request.today}
            try:
                actions.fill_back(row.page, **given)
                done += 1
            except Refused as refused:
                failed.append(f"第 {row.number} 行：{refused.refusal}")
    messages.success(request, f"已回填 {done} 条。")
    for words in [*failed, *(f"第 {row.number} 行（{row.label}）没有回填：{row.refusal}" for row in returned.wrong)]:
        messages.warning(request, words)


def superior_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One item: its fields in the superior's order to be copied, and the form for what comes back."""
    row = find_page(request, public_id)
    initial = {"url": row.url, "posted_at": row.posted_at}
    form = FillBackForm(request.POST or None, initial=initial)
    who: dict[str, Any] = {"by": request.user, "today": request.today}
    if request.method == "POST" and form.is_valid():
        try:
            actions.fill_back(row, **form.cleaned_data, **who)
            messages.success(request, "已回填。")
            return redirect("publishing:desk_superior")
        except Refused as refused:
            form.add_error(None, str(refused.refusal))
    return page(
        request, "superior_page", LIST, (row.item.title, ""), section="superior", row=row, form=form,
        fields=fields_of(row.item, row.version, on=request.today), refusal=actions.can_fill_back(row, **who),
        item_url=reverse("publishing:desk_item", args=[public_id]),
    )  # fmt: skip


@require_safe
def package_file(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """净文、元数据、附件 as one .zip."""
    row = find_page(request, public_id)
    with transaction.atomic():
        record("publishing.take_package", row.item, by=request.user, today=request.today, version=row.version.number)
    response = HttpResponse(package(row.item, row.version, on=request.today), content_type="application/zip")
    response["Content-Disposition"] = content_disposition_header(True, f"{row.item.title[:60]}.zip") or ""
    return response
