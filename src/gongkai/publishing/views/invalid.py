"""失效文件清单: what no longer holds, for everybody."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.documents.sheets import list_file
from gongkai.publishing.forms_validity import InvalidFilterForm
from gongkai.publishing.models import Item, Tab, ValidityChange
from gongkai.publishing.querysets import ItemQuerySet, invalid_on
from gongkai.publishing.validity import ENDED, ends_on, named, standing_validity
from gongkai.publishing.views.paging import page_by_key
from gongkai.publishing.views.public import SIZE, column_frame

TITLE = "失效文件清单"
MOST = 20_000
"""Rows of an export: more than any county has."""


def _found(request: HttpRequest, form: InvalidFilterForm) -> ItemQuerySet:
    made = ValidityChange.objects.effective().filter(validity__in=ENDED).select_related("document")
    found = Item.objects.public().documents().filter(invalid_on(request.today)).select_related("agency")
    found = found.prefetch_related(Prefetch("validity_changes", made, to_attr="endings"))
    if form.is_valid():
        q, agency = form.cleaned_data["q"], form.cleaned_data["agency"]
        found = found.filter(Q(title__icontains=q) | Q(docno__icontains=q)) if q else found
        found = found.filter(agency=agency) if agency else found
    return found


def _row(request: HttpRequest, item: Any) -> dict[str, Any]:
    ending = item.endings[-1] if item.endings else None
    document = named(ending.document) if ending else None
    shown = document if document and document.is_public else None
    words = document.docno or document.title if document else ending.authority if ending else "有效期届满"
    return {
        "item": item,
        "standing": standing_validity(item, request.today).label,
        "since": ends_on(item),
        "url": shown.get_absolute_url() if shown else "",
        "ground": words,
    }


@login_not_required
@require_safe
def invalid(request: HttpRequest) -> HttpResponse:
    """Newest documents first, found by word and organ."""
    form = InvalidFilterForm(request.GET or None)
    items, newer, older = page_by_key(_found(request, form), request, order="formed_on", size=SIZE)
    context = column_frame(Tab.STATUTORY, TITLE, node="invalid", filters=form, newer=newer, older=older)
    context |= {
        "rows": [_row(request, item) for item in items],
        "query": request.GET.urlencode(),
        "filtered": bool(request.GET),
    }
    return render(request, "publishing/invalid.html", context, using="jinja2")


@login_not_required
@require_safe
def invalid_sheet(request: HttpRequest) -> HttpResponse:
    """The same list whole, as a spreadsheet."""
    found = _found(request, InvalidFilterForm(request.GET or None)).order_by("-formed_on", "-public_id")[:MOST]
    rows = [
        (number, item.title, item.docno, item.agency.name, item.formed_on, row["standing"], row["since"], row["ground"])
        for number, item in enumerate(found, 1)
        for row in [_row(request, item)]
    ]
    heads = ("序号", "标题", "发文字号", "发布机构", "成文日期", "有效性", "自何日起", "依据")
    notes = [f"截至 {request.today}，共 {len(rows)} 件。"]
    return list_file(TITLE, heads, rows, widths=(6, 56, 22, 28, 12, 10, 12, 56), titled=True, notes=notes)
