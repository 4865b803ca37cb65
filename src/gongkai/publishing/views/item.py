"""One item on the desk: its facts, its thread, and what can be done now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.publishing import actions
from gongkai.publishing.chain import Subject, approvals_of
from gongkai.publishing.deadlines import facts as deadline_facts
from gongkai.publishing.derivation import responsible, summary_of
from gongkai.publishing.forms import DecisionForm
from gongkai.publishing.interpretations import companions, findings
from gongkai.publishing.models import (
    ISOLATED,
    Approval,
    Item,
    ItemVersion,
    Openness,
)
from gongkai.publishing.superior import is_superior
from gongkai.publishing.validity import ENDED, history, review_due, standing_validity, validity_words
from gongkai.publishing.views.checking import hits_on_item
from gongkai.publishing.views.desk import (
    find_item,
    newest_version,
    page,
    thread,
    tried,
    visible_items,
)
from gongkai.publishing.views.takedowns import takedowns_of
from gongkai.publishing.withdrawals import PENALTIES
from gongkai_core.review_chain import Step
from gongkai_core.states.items import UNDER_WAY


def item(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One item: its facts, its text as approved, versions, the thread of acts and what can be done now."""
    row = find_item(request, public_id)
    version = newest_version(row)
    versions = row.versions.select_related("author", "secrecy_by", "signed_by").order_by("-number")
    return page(
        request,
        "item",
        (row.title, ""),
        item=row,
        version=version,
        facts=facts_of(row, version),
        versions=versions,
        publications=row.publications.order_by("published_on", "pk"),
        thread=thread(row, version.batch),
        acts=_acts(request, row, version),
        steps=steps_done(version.batch or version),
        older=_older(request, row),
        **takedowns_of(request, row),
        **hits_on_item(request, row, version),
        history=history(row, row.validity_changes.select_related("document", "by"), request.today),
        interpretations=visible_items(request).filter(interprets=row).exclude(state="discarded").order_by("pk"),
        effects=row.validity_effects.effective().filter(item__in=visible_items(request)).select_related("item"),
    )


def steps_done(subject: Subject) -> list[tuple[Step, Approval | None, bool]]:
    """The frozen chain's steps, each with its approval in this round, and whether it is the one that waits."""
    rows = {row.step: row for row in approvals_of(subject)}
    waiting = subject.position if subject.waits_for else None
    return [(step, rows.get(place), place == waiting) for place, step in enumerate(subject.steps)]


def _older(request: HttpRequest, row: Item) -> ItemVersion | None:
    """The earlier text that is asked for: it is kept, and shown on the desk alone."""
    number = request.GET.get("version", "")
    return row.versions.filter(number=int(number)).first() if number.isdecimal() and len(number) < 5 else None


def _standing(row: Item, version: ItemVersion) -> str:
    """已公开（第 2 版待审核）: the item's word, and the newer version's where that is another."""
    words = str(row.get_state_display())
    return version.standing if version.state == row.state else f"{words}（第 {version.number} 版{version.standing}）"


def facts_of(row: Item, version: ItemVersion) -> list[tuple[str, Any]]:
    rows: list[tuple[str, Any]] = [
        ("状态", _standing(row, version)),
        ("发布机构", row.agency.name),
        ("栏目", version.column.name),
        ("索引号", row.index_no or "发布时自动取号"),
        ("公开属性", version.get_openness_display()),
        ("条目类别", row.get_item_class_display()),
        ("主题分类", version.get_topic_display()),
        ("体裁分类", version.get_genre_display()),
        ("五公开", version.get_phase_display()),
        ("内容概述", summary_of(version, version.body)),
        ("公开责任机关", _responsible(row, version)),
        ("拟稿人", version.author.name),
    ]
    if version.docno:
        rows += [
            ("发文字号", version.docno),
            ("成文日期", version.formed_on),
            ("有效性", validity_words(row, timezone.localdate())),
        ]
    if version.interprets:
        rows += [
            ("解读的文件", ISOLATED if version.interprets.isolated_at else version.interprets.title),
            ("解读形式", version.get_interpretation_form_display()),
            ("解读人", f"{version.interpreter}{'（主要负责人）' if version.by_head else ''}"),
            *(("请核对", warning) for warning in findings(version)),
        ]
    elif row.interpretation_need:
        rows.append(("解读要求", f"{row.get_interpretation_need_display()}：{row.interpretation_reason}"))
    rows += deadline_facts(row, version, today=timezone.localdate())
    if row.is_normative and row.is_public and standing_validity(row, timezone.localdate()) not in ENDED:
        rows.append(("下次评估日期", review_due(row)))
    if version.shown_until:
        rows.append(("公示截止日", version.shown_until))
    if version.openness_reason:
        rows += [("不主动公开的理由", version.openness_reason), ("依据", version.openness_article)]
        rows += [("补充说明", version.openness_note)] if version.openness_note else []
        rows += [("下次评估", row.reassess_on)] if row.reassess_on else []
    if version.confirmed_note:
        rows.append(("文末附注", f"“{version.confirmed_note}”与公开属性不一致，拟稿人已核对"))
    if version.imported_from:
        rows.append(("导入", version.imported_from))
    if version.urgent_reason:
        rows.append(("紧急事由", version.urgent_reason))
    if version.recheck_by:
        rows.append(("补审期限", version.recheck_by))
    if version.remarks and version.state in ("returned", "in_review", "published"):
        rows.append(("退回意见" if version.state != "published" else "补审意见", version.remarks))
    rows += [
        (label, text)
        for label, text in (("更正说明", version.correction), ("补登说明", version.backdated_reason))
        if text
    ]
    if row.withdrawn_at:
        rows.append(("撤回", f"{row.get_withdrawal_kind_display()}：{row.withdrawal_reason}"))
    return rows


def _responsible(row: Item, version: ItemVersion) -> str:
    found = responsible(version, row.agency)
    return f"{found.organ}（{found.article}：{found.why}）"


_ACTS: dict[str, tuple[tuple[str, str, str, Callable[..., Any], bool], ...]] = {
    "draft": (
        ("送审", "desk_submit", "primary", actions.can_submit, True),
        ("修改", "desk_edit", "quiet", actions.can_edit, False),
        ("作废", "desk_discard", "quiet", actions.can_discard, True),
    ),
    "in_review": (("审核", "desk_review", "primary", actions.can_approve_review, False),),
    "in_signing": (("签发", "desk_sign", "primary", actions.can_sign_and_publish, False),),
    "published": (("补审补校", "desk_review", "primary", actions.can_review_afterwards, False),),
}


_ACTS["returned"] = _ACTS["draft"]


def _acts(request: HttpRequest, row: Item, version: ItemVersion) -> list[dict[str, Any]]:
    """What the state allows, each with the refusal its action would raise."""
    who = {"by": request.user, "today": request.today}
    waiting = version.current_step
    entering = version.author_id != request.user.pk and waiting is not None and DecisionForm(version).for_leader
    found: list[dict[str, Any]] = [
        {
            "label": waiting.label if waiting else label,
            "name": name,
            "kind": kind,
            "post": post,
            "refusal": can(version, **who),
        }
        for label, name, kind, can, post in _ACTS.get(version.state, ())
        if waiting or version.state != "published"
    ]
    found += _explaining_acts(row, version, who)
    if entering and found[0]["refusal"]:
        found[0] |= {"label": f"{found[0]['label']}（代录批示）", "refusal": None}
    if version.state in UNDER_WAY:
        found.append({"label": "公开协调", "name": "desk_coordination", "refusal": None})
        if version.openness != Openness.OPEN:
            found.append({"label": "定期评估", "name": "desk_reassess", "refusal": actions.can_reassess(row, **who)})
    if row.is_public or row.state == "withdrawn":
        found.append({"label": "修订", "name": "desk_revise", "post": True, "refusal": actions.can_revise(row, **who)})
    if row.is_public:
        ticking = actions.can_tick_channel(row.agency, **who)
        found += [
            {"label": "挂接目录事项", "name": "desk_hang", "refusal": actions.can_hang(row, **who)},
            {"label": "撤回", "name": "desk_withdraw", "refusal": actions.can_withdraw(row, **who)},
            {"label": "登记公开渠道", "name": "desk_channel", "refusal": ticking},
            {"label": "新媒体文案", "name": "desk_wording", "refusal": None},
        ]
        if row.docno:
            changing = actions.can_set_validity(row, **who)
            found.append({"label": "变更有效性", "name": "desk_validity", "refusal": changing})
        if row.is_normative:
            reviewing = actions.can_set_review_day(row, **who)
            found.append({"label": "定评估日期", "name": "desk_review_day", "refusal": reviewing})
    if row.is_public and is_superior() and hasattr(row, "superior_page"):
        found.append({"label": "上级平台", "name": "desk_superior_page", "refusal": None})
    if row.is_public and row.column.code == PENALTIES:
        changing = actions.can_report_penalty_change(row, **who)
        found.append({"label": "登记决定变更", "name": "desk_penalty", "refusal": changing})
    return [
        {"kind": "quiet", "post": False, **act, "url": _act_url(row, act["name"], act.get("query", ""))}
        for act in found
    ]


def _act_url(row: Item, name: str, query: str) -> str:
    """The act's address for this item; one with a query is of no item and is told it there."""
    return reverse(f"publishing:{name}", args=[] if query else [row.public_id]) + query


def _explaining_acts(row: Item, version: ItemVersion, who: dict[str, Any]) -> list[dict[str, Any]]:
    """What a document's page offers for its interpretation: to begin one, to send and sign both in one act."""
    if not version.docno or version.interprets_id or version.batch_id:
        return []
    found: list[dict[str, Any]] = []
    if companions(row).exists():
        together = {
            "draft": ("同步送审", "desk_submit_together", actions.can_submit_together, True),
            "in_signing": ("同步签发", "desk_sign_together", actions.can_sign_together, False),
        }
        together["returned"] = together["draft"]
        if version.state in together:
            label, name, can, post = together[version.state]
            found.append({"label": label, "name": name, "post": post, "refusal": can(version, **who)})
    drafting = actions.can_draft(row.agency, **who)
    found.append(
        {"label": "起草解读", "name": "desk_compose", "query": f"?interprets={row.public_id}", "refusal": drafting}
    )
    need = actions.can_set_interpretation_need(row, **who)
    return [*found, {"label": "解读要求", "name": "desk_interpretation_need", "refusal": need}]


@require_POST
def submit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    version = newest_version(find_item(request, public_id))
    tried(request, lambda: actions.submit(version, by=request.user, today=request.today), "已送审，等审核人办理。")
    return redirect("publishing:desk_item", public_id)


@require_POST
def discard(request: HttpRequest, public_id: UUID) -> HttpResponse:
    version = newest_version(find_item(request, public_id))
    tried(request, lambda: actions.discard(version, by=request.user, today=request.today), "已作废，记录保留。")
    return redirect("publishing:desk_item", public_id)


@require_POST
def revise(request: HttpRequest, public_id: UUID) -> HttpResponse:
    row = find_item(request, public_id)
    if tried(request, lambda: actions.revise(row, by=request.user, today=request.today), "已建新版，原文继续公开。"):
        return redirect("publishing:desk_edit", public_id)
    return redirect("publishing:desk_item", public_id)
