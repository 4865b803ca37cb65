"""What is not open and why, its periodic reassessment, and the agreement of other organs."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from gongkai.documents.intake import PAPERS, keep, take_upload
from gongkai.publishing import actions
from gongkai.publishing.forms_metadata import AnswerForm, AskForm, ReassessForm
from gongkai.publishing.models import Item
from gongkai.publishing.views.desk import find_item, page
from gongkai.publishing.views.paging import page_by_key
from gongkai_core.exemptions import EXEMPTIONS, REASSESSMENT
from gongkai_core.refusals import Refused
from gongkai_core.responsibility import COORDINATION
from gongkai_core.states.items import UNDER_WAY

MOST = 100


def not_open(request: HttpRequest) -> HttpResponse:
    """不公开条目: those due for reassessment first, then all, newest first."""
    found = Item.objects.for_user(request.user, on=request.today).filter(reassess_on__isnull=False, state__in=UNDER_WAY)
    found = found.select_related("agency")
    due = [
        (row, actions.can_reassess(row, by=request.user, today=request.today))
        for row in found.filter(reassess_on__lte=request.today).order_by("reassess_on", "pk")[:MOST]
    ]
    rows, newer, older = page_by_key(found, request)
    return page(
        request, "not_open", ("不公开条目", ""), section="not-open", due=due, rows=rows, newer=newer, older=older,
        library=EXEMPTIONS.values(), article=REASSESSMENT,
    )  # fmt: skip


def reassess(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """定期评估 of one item: keep it so, or open it."""
    row = find_item(request, public_id)
    if refusal := actions.can_reassess(row, by=request.user, today=request.today):
        messages.error(request, str(refusal))
        return redirect("publishing:desk_item", public_id)
    form = ReassessForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.reassess(row, by=request.user, today=request.today, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "评估已登记。")
            return redirect("publishing:desk_not_open")
    facts = [
        ("公开属性", row.get_openness_display()),
        ("情形", row.get_exemption_display() or "—"),
        ("理由", row.openness_reason),
        ("依据", row.openness_article),
        ("补充说明", row.openness_note or "—"),
        ("应评估日期", row.reassess_on),
    ]
    crumbs = ("不公开条目", reverse("publishing:desk_not_open")), ("定期评估", "")
    earlier = row.reassessments.select_related("by").order_by("-on", "-pk")
    return page(
        request, "reassess", *crumbs, section="not-open", item=row, facts=facts, form=form, earlier=earlier
    )  # fmt: skip


def coordination(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """公开协调: the organs that have a part in an information, asked and answered (条例第十一条)."""
    row = find_item(request, public_id)
    form = AskForm(request.POST or None, initial={"asked_on": request.today})
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_organ(row, by=request.user, today=request.today, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已登记，等对方答复。")
            return redirect(request.path)
    crumbs = (row.title, reverse("publishing:desk_item", args=[public_id])), ("公开协调", "")
    return page(
        request, "coordination", *crumbs, item=row, rows=row.coordinations.select_related("entered_by", "paper"),
        form=form, refusal=actions.can_coordinate(row, by=request.user, today=request.today), article=COORDINATION,
    )  # fmt: skip


def coordination_answer(request: HttpRequest, public_id: UUID, coordination_id: UUID) -> HttpResponse:
    """The answer of one organ, with its paper."""
    row = find_item(request, public_id)
    asked = get_object_or_404(row.coordinations, public_id=coordination_id)
    back = reverse("publishing:desk_coordination", args=[public_id])
    refusal = actions.can_coordinate(row, by=request.user, today=request.today)
    if asked.answered_on or refusal:
        messages.error(request, str(refusal or f"{asked.organ}的答复已登记"))
        return redirect(back)
    form = AnswerForm(request.POST or None, request.FILES or None, initial={"answered_on": request.today})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        paper = given.pop("paper")
        try:
            if paper:
                given["paper"] = keep(take_upload(paper, PAPERS), sealed=True)
            actions.answer_of_organ(asked, by=request.user, today=request.today, **given)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "答复已登记。")
            return redirect(back)
    crumbs = (row.title, reverse("publishing:desk_item", args=[public_id])), ("公开协调", back), ("登记答复", "")
    return page(request, "coordination_answer", *crumbs, item=row, asked=asked, form=form, back=back)
