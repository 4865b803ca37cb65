"""公开时限 on the desk: what must be public by when, and what came late (条例第二十六条)."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gongkai.agencies.ledger import Period
from gongkai.agencies.permissions import visible_agencies
from gongkai.documents.sheets import list_file
from gongkai.publishing.deadlines import LATE, Pending, Rules, judged, pending
from gongkai.publishing.forms_catalogue import DeadlinesForm
from gongkai.publishing.models import Item, ItemVersion, Openness
from gongkai.publishing.views.desk import page
from gongkai.publishing.views.paging import page_by_key, page_by_place
from gongkai_core.disclosure import deadline_rules
from gongkai_core.states.items import UNDER_WAY

HEADS = ("标题", "机关", "栏目", "形成（变更）日期", "公开期限", "依据", "首次公开", "情况")
WIDTHS = (50, 16, 20, 14, 12, 30, 12, 22)
MOST = 500
"""Versions under way that are judged at once: the oldest, which are the most urgent."""
MOST_IN_FILE = 20_000


@require_safe
def deadlines(request: HttpRequest) -> HttpResponse:
    """What is not public yet with its lamp, the most urgent first; or what came late; or what has no day."""
    organs = visible_agencies(request.user, on=request.today)
    form = DeadlinesForm(organs, request.today, request.GET or None)
    given = form.cleaned_data if form.is_bound and form.is_valid() else {}
    sheet = request.GET.get("format") == "xlsx"
    context: dict[str, Any] = {"form": form, "state": given.get("state", ""), "today": request.today}
    if given.get("state") == "late":
        found = _public(request, given).filter(LATE)
        if sheet:
            return _file([_late_cells(request, item) for item in found.order_by("shown_on", "pk")[:MOST_IN_FILE]])
        rows, newer, older = page_by_key(found, request, order="shown_on")
        judgements = [(item, judged(item, today=request.today)) for item in rows]
        context |= {"late": judgements, "newer": newer, "older": older}
    elif given.get("state") == "undated":
        rows, newer, older = page_by_key(_public(request, given).filter(publish_by=None), request)
        context |= {"undated": rows, "newer": newer, "older": older}
    else:
        oldest = list(_under_way(request, given)[:MOST])
        rows = pending(oldest, today=request.today)
        if given.get("state") == "overdue":
            rows = [row for row in rows if row.timeliness.state == "pending_overdue"]
        if sheet:
            return _file([_pending_cells(row) for row in rows])
        shown, newer, older = page_by_place(rows, request)
        context |= {"pending": shown, "cut": len(oldest) == MOST, "newer": newer, "older": older}
    rules = [*Rules.now().own, *deadline_rules()]
    return page(request, "deadlines", ("公开时限", ""), section="deadlines", rules=rules, **context)


def _filter(given: dict[str, Any], prefix: str = "") -> Q:
    condition = Q(**{f"{prefix}agency": given["agency"]}) if given.get("agency") else Q()
    return condition & (Q(column=given["column"]) if given.get("column") else Q())


def _under_way(request: HttpRequest, given: dict[str, Any]) -> Any:
    versions = ItemVersion.objects.filter(state__in=UNDER_WAY, published_at=None, formed_on__isnull=False)
    versions = versions.filter(openness=Openness.OPEN)
    versions = versions.filter(item__in=Item.objects.for_user(request.user, on=request.today))
    versions = versions.filter(_filter(given, "item__")).select_related("item__agency", "column", "author")
    return versions.order_by("formed_on", "pk")


def _public(request: HttpRequest, given: dict[str, Any]) -> Any:
    items = Item.objects.for_user(request.user, on=request.today).public().filter(_filter(given))
    year = Period.of_year(given.get("year") or request.today.year)
    return items.filter(shown_on__range=(year.first, year.last)).select_related("agency", "column")


def _file(rows: list[tuple[object, ...]]) -> HttpResponse:
    return list_file("公开时限", HEADS, rows, widths=WIDTHS)


def _pending_cells(row: Pending) -> tuple[object, ...]:
    version = row.version
    return (
        version.title, version.item.agency.short_name, version.column.name, version.formed_on, row.due,
        row.rule.article, None, row.timeliness.words,
    )  # fmt: skip


def _late_cells(request: HttpRequest, item: Item) -> tuple[object, ...]:
    judgement = judged(item, today=request.today)
    return (
        item.title, item.agency.short_name, item.column.name, item.formed_on, item.publish_by,
        Rules.now().rule(item).article, item.shown_on, judgement.words if judgement else "",
    )  # fmt: skip
