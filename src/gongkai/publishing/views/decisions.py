"""Decisions on the desk: 审核, 签发, 撤回, 有效性, 公开渠道."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from gongkai.publishing import actions
from gongkai.publishing.comparisons import compare
from gongkai.publishing.forms import ChannelForm, DecisionForm, WithdrawForm
from gongkai.publishing.hits import hits_of
from gongkai.publishing.models import Item, ItemVersion, PenaltyChange, WithdrawalKind
from gongkai.publishing.views.desk import HOME, find_item, newest_version, page, thread
from gongkai.publishing.views.item import facts_of
from gongkai.publishing.withdrawals import PENALTY_LAW
from gongkai_core.refusals import Refused


def review(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The waiting review step, before or after the publication: pass or return."""
    version = newest_version(find_item(request, public_id))
    afterwards = version.state == "published"
    act, can = (
        (actions.review_afterwards, actions.can_review_afterwards)
        if afterwards
        else (actions.approve_review, actions.can_approve_review)
    )
    words = "已补审补校。" if afterwards else "已通过，转下一环节。"
    return _decide(request, version, act, can, label="通过", done=words)


def sign(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """签发并发布, or return."""
    version = newest_version(find_item(request, public_id))
    return _decide(
        request,
        version,
        actions.sign_and_publish,
        actions.can_sign_and_publish,
        label="签发并发布",
        done="已签发，网页已发布。",
    )


def _decide(
    request: HttpRequest,
    version: ItemVersion,
    act: Callable[..., object],
    can: Callable[..., Any],
    *,
    label: str,
    done: str,
) -> HttpResponse:
    public_id = version.item.public_id
    form = DecisionForm(version, request.POST or None)
    step = version.current_step
    if request.method == "POST" and form.is_valid():
        who = {"by": request.user, "today": request.today}
        try:
            if request.POST.get("verdict") != "return":
                act(version, **who, vouched=form.decision)
            elif version.state == "published":
                actions.review_afterwards(version, **who, vouched=form.decision, passed=False)
                done = "已转拟稿人办理。"
            else:
                actions.return_(version, **who, **form.way_back)
                done = "已退回。"
        except Refused as refused:
            version.refresh_from_db()
            form.refuse(refused, version)
        else:
            messages.success(request, done)
            return redirect("publishing:desk_item", public_id)
    name = step.label if step else label
    return page(
        request,
        "review",
        (version.title, reverse("publishing:desk_item", args=[public_id])),
        (name, ""),
        version=version,
        item=version.item,
        facts=facts_of(version.item, version),
        thread=thread(version.item),
        form=form,
        refusal=can(version, by=request.user, today=request.today),
        comparison=compare(version),
        label=f"{name}通过" if label == "通过" else label,
        step=name,
        back_label="提出问题" if version.state == "published" else "退回",
        groups=hits_of(version, today=request.today) or None,
    )


def withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    row = find_item(request, public_id)
    change = PenaltyChange.objects.filter(item=row).first()
    explained = {"kind": WithdrawalKind.OPEN, "reason": change.explanation} if change else None
    form = WithdrawForm(request.POST or None, initial=explained)
    consequences = [
        "网页、列表、栏目条数一并撤下",
        "公开说明的撤回：原网址只留标题和理由",
        "静默撤回：原网址与不存在的网页没有区别；随即列出须提请撤下的上级平台和转载方",
    ]
    if change:
        consequences.insert(
            0, f"行政处罚决定已{change.get_change_display()}，最迟 {change.due_on} 撤回并说明理由（{PENALTY_LAW}）"
        )
    return confirm_page(
        request,
        row,
        form,
        lambda given: actions.withdraw(row, by=request.user, today=request.today, **given),
        refusal=actions.can_withdraw(row, by=request.user, today=request.today),
        question=f"撤回“{row.title}”",
        confirm_label="撤回",
        consequences=consequences,
        danger=True,
        done="已撤回。",
    )


def channel(request: HttpRequest, public_id: UUID) -> HttpResponse:
    row = find_item(request, public_id)
    return confirm_page(
        request,
        row,
        ChannelForm(request.POST or None, initial={"on": request.today}),
        lambda given: actions.tick_channel(row.agency, [row], by=request.user, today=request.today, **given),
        refusal=actions.can_tick_channel(row.agency, by=request.user, today=request.today),
        question=f"登记“{row.title}”的公开渠道",
        confirm_label="登记",
        done="已登记。",
    )


def confirm_page(
    request: HttpRequest,
    row: Item,
    form: Any,
    act: Callable[[dict[str, Any]], object],
    *,
    refusal: Any,
    done: str,
    **context: Any,
) -> HttpResponse:
    """One question about an item with its form; afterwards back at the item, with what was done."""
    back = reverse("publishing:desk_item", args=[row.public_id])
    if refusal and request.method == "GET":
        messages.error(request, str(refusal))
        return redirect(back)
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused.refusal))
        else:
            messages.success(request, done)
            return redirect(back)
    context |= {"section": "publishing", "crumbs": [HOME, (row.title, back), (context["confirm_label"], "")]}
    return render(request, "design/confirm.html", {**context, "form": form, "cancel_url": back}, using="django")
