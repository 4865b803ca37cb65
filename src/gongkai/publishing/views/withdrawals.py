"""What a withdrawal leaves to be done, on the desk: 提请撤下, 处罚决定变更."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from gongkai.agencies.permissions import visible_agencies
from gongkai.publishing import actions
from gongkai.publishing.forms_withdrawal import PenaltyChangeForm, SettleForm, TakedownForm
from gongkai.publishing.models import Takedown
from gongkai.publishing.querysets import seen
from gongkai.publishing.views.decisions import confirm_page
from gongkai.publishing.views.desk import find_item
from gongkai.publishing.withdrawals import PENALTY_LAW


def takedowns(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One more copy held elsewhere."""
    row = find_item(request, public_id)
    who = {"by": request.user, "today": request.today}
    return confirm_page(
        request,
        row,
        TakedownForm(request.POST or None),
        lambda given: actions.add_takedown(row, **given, **who),
        refusal=actions.can_add_takedown(row, **who),
        question=f"“{row.title}”还有谁登载",
        confirm_label="列入清单",
        done="已列入提请撤下清单。",
    )


def takedown(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Mark one copy as gone."""
    known = Takedown.objects.filter(seen(), item__agency__in=visible_agencies(request.user, on=request.today))
    row = get_object_or_404(known.select_related("item__agency", "item__column"), public_id=public_id)
    who = {"by": request.user, "today": request.today}
    return confirm_page(
        request,
        row.item,
        SettleForm(request.POST or None),
        lambda given: actions.settle_takedown(row, **given, **who),
        refusal=actions.can_settle_takedown(row, **who),
        question=f"{row.holder}已经撤下",
        confirm_label="核实撤下",
        done="已记下。",
    )


def penalty(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A public penalty decision was changed or revoked: from now on its last day counts."""
    row = find_item(request, public_id)
    who = {"by": request.user, "today": request.today}
    return confirm_page(
        request,
        row,
        PenaltyChangeForm(request.POST or None),
        lambda given: actions.report_penalty_change(row, **given, **who),
        refusal=actions.can_report_penalty_change(row, **who),
        question=f"登记“{row.title}”的变更、撤销",
        confirm_label="登记",
        consequences=[f"自作出之日起三个工作日内撤回，并公开说明理由（{PENALTY_LAW}）"],
        done="已登记，请签发人按期撤回。",
    )
