"""有效性 on the desk: what became of a document, and when it will be looked at again."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from gongkai.publishing import actions
from gongkai.publishing.forms_validity import ReviewDayForm, ValidityForm
from gongkai.publishing.validity import review_due
from gongkai.publishing.views.decisions import confirm_page
from gongkai.publishing.views.desk import find_item

GIVEN = ("validity", "document", "authority")
"""What a list that leads here may fill in beforehand."""


def validity(request: HttpRequest, public_id: UUID) -> HttpResponse:
    row = find_item(request, public_id)
    initial = {"since": request.today} | {name: request.GET[name] for name in GIVEN if name in request.GET}
    return confirm_page(
        request,
        row,
        ValidityForm(request.POST or None, initial=initial),
        lambda given: actions.set_validity(row, by=request.user, today=request.today, **given),
        refusal=actions.can_set_validity(row, by=request.user, today=request.today),
        question=f"变更“{row.title}”的有效性",
        confirm_label="变更",
        consequences=[
            "网页、列表和失效文件清单随之更新，修改沿革留一行，不能删",
            "由哪份文件修改、废止，两份文件的网页互相链接",
        ],
        done="已变更，网页随之更新。",
    )


def review_day(request: HttpRequest, public_id: UUID) -> HttpResponse:
    row = find_item(request, public_id)
    return confirm_page(
        request,
        row,
        ReviewDayForm(request.POST or None, initial={"review_by": review_due(row)}),
        lambda given: actions.set_review_day(row, by=request.user, today=request.today, **given),
        refusal=actions.can_set_review_day(row, by=request.user, today=request.today),
        question=f"“{row.title}”的下次评估日期",
        confirm_label="定下",
        done="已定下，到期前提醒。",
    )
