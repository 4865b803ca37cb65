"""政府信息公开: what the public reads."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from gongkai.agencies.ledger import Period
from gongkai.agencies.models import Agency, LegalKind
from gongkai.design.frames import Link
from gongkai.publishing.catalogue import DUE, column_url, entry, statements, tabs, tree
from gongkai.publishing.forms import PublicFilterForm
from gongkai.publishing.models import Column, Item, Tab, WithdrawalKind
from gongkai.publishing.pages import CRUMBS, frame, page_of, render_page, shown_items
from gongkai.publishing.querysets import ItemQuerySet
from gongkai.publishing.tasks import read_baked
from gongkai.publishing.views.paging import page_by_key

SIZE = 20
MOST_SYSTEMS = 60
SHOWN = ("agency", "published_version")


def column_frame(tab: str, heading: str, **context: Any) -> dict[str, Any]:
    """What every page of the 政府信息公开 part needs; a page overrides what it has."""
    return {
        "tabs": tabs(),
        "tab": tab,
        "tree": [] if "tree" in context or tab not in (Tab.STATUTORY, Tab.SYSTEM) else tree(tab),
        "section": "disclosure",
        "heading": heading,
        "crumbs": [*CRUMBS, (heading, "")] if heading != CRUMBS[-1][0] else [CRUMBS[0], (heading, "")],
        "column": None,
        "rows": [],
        "first": 1,
        "text": "",
        "filters": None,
        "filtered": False,
        "filter_url": "",
        "newer": None,
        "older": None,
        "pager": None,
        "note": "",
        "statements": [],
        "links": [],
        "guides": [],
        "empty_what": "暂无内容。",
        "empty_how": f"更新说明：本栏目目前没有需要公开的信息。{DUE}",
    } | context


def list_page(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    return render(request, "publishing/listing.html", context, using="jinja2")


@login_not_required
@require_safe
def disclosure(request: HttpRequest) -> HttpResponse:
    """法定主动公开内容 with its tree, and the latest items of all columns."""
    newest = Item.objects.public().filter(column__tab=Tab.STATUTORY).select_related(*SHOWN).newest(SIZE)
    context = column_frame(Tab.STATUTORY, "法定主动公开内容", rows=[entry(item) for item in newest])
    return list_page(request, context | {"note": "以上为最新公开的信息；按左侧目录查看各栏目。"})


@login_not_required
@require_safe
def column(request: HttpRequest, slug: str, page: int | None = None) -> HttpResponse:
    """One column: the newest first, numbered pages from the oldest, or what a filter finds."""
    row = get_object_or_404(Column, slug=slug)
    items = Item.objects.public().in_column(row).select_related(*SHOWN)
    context = column_frame(row.tab, row.name, column=row, filter_url=column_url(row))
    if row.tab == Tab.GUIDE:
        return list_page(request, context | _guides(items))
    if row.tab == Tab.SYSTEM and row.parent_id is None:
        newest = Item.objects.public().filter(column__tab=Tab.SYSTEM).select_related(*SHOWN).newest(MOST_SYSTEMS)
        return list_page(request, context | {"rows": [entry(item) for item in newest], "node": row.slug})
    context |= {"statements": statements(today_of(request)).filter(entry__column=row, entry__catalogue=None)}
    form = PublicFilterForm(request.GET or None)
    context |= {"filters": form, "node": row.slug}
    if request.GET and form.is_valid() and (form.cleaned_data["q"] or form.cleaned_data["year"]):
        return list_page(request, context | _found(request, items, form.cleaned_data))
    return list_page(request, context | _numbered(row, items, page))


def _guides(items: ItemQuerySet) -> dict[str, Any]:
    """The guide of the county's government, whole and as it is in force; below it those of the other organs."""
    newest: dict[int, Item] = {item.agency_id: item for item in items.order_by("published_at", "pk")}
    if not newest:
        return {"empty_how": "指南由政务公开办编制，发布后在此公开（条例第十二条）。"}
    shown = min(newest.values(), key=lambda item: (item.agency.parent_id is not None, -item.published_at.timestamp()))
    others = sorted((item for item in newest.values() if item is not shown), key=lambda item: item.agency.path)
    return guide_text(shown) | {"guides": [Link(item.agency.name, item.get_absolute_url()) for item in others]}


def guide_text(item: Item) -> dict[str, Any]:
    text = mark_safe(item.published_version.body)  # noqa: S308 - sanitised before it was approved
    return {"text": text, "note": f"发布机构：{item.agency.name}　发布日期：{item.published_at:%Y-%m-%d}"}


def _numbered(row: Column, items: ItemQuerySet, page: int | None) -> dict[str, Any]:
    """A page by the serials of the column: full pages never change, the front page holds the newest."""
    pages = max(1, -(-row.last_serial // SIZE))
    if page is not None and not 1 <= page <= pages:
        raise Http404
    if page is None:
        shown = items.order_by("-column_serial")[:SIZE]
    else:
        last = page * SIZE
        shown = items.filter(column_serial__gt=last - SIZE, column_serial__lte=last).order_by("-column_serial")

    def url_of(number: int) -> str:
        return reverse("publishing:column_page", args=[row.slug, number])

    note = "更新：信息形成或者变更之日起二十个工作日内（条例第二十六条）"
    pager = SimpleNamespace(page=page or pages, pages=pages, url_of=url_of, total=row.public_count)
    return {"rows": [entry(item) for item in shown], "pager": pager if row.public_count else None, "note": note}


def _found(request: HttpRequest, items: ItemQuerySet, given: dict[str, Any]) -> dict[str, Any]:
    if given["year"]:
        year = Period.of_year(given["year"])
        items = items.published_in(year)
    if given["q"]:
        items = items.filter(Q(title__icontains=given["q"]) | Q(docno__icontains=given["q"]))
    rows, newer, older = page_by_key(items, request, order="column_serial")
    return {
        "rows": [entry(item) for item in rows],
        "newer": newer,
        "older": older,
        "filtered": True,
        "empty_what": "没有找到符合条件的信息。",
        "empty_how": "可换一个词，或者清除年份；没有公开的信息可以依法申请公开（条例第二十七条）。",
    }


@login_not_required
@require_safe
def agencies(request: HttpRequest) -> HttpResponse:
    """单位专栏: columns under one address, not sites of their own (国办发〔2017〕47号)."""
    existing = Agency.objects.existing(today_of(request)).exclude(legal_kind=LegalKind.VILLAGE)
    links = [Link(row.name, reverse("publishing:agency", args=[row.public_id])) for row in existing.order_by("path")]
    context = column_frame(Tab.STATUTORY, "单位专栏", agencies=links, node="agencies")
    return render(request, "publishing/agencies.html", context, using="jinja2")


@login_not_required
@require_safe
def item(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The baked bytes of an item; 410 after an open withdrawal; nothing at all after a silent one or before."""
    row = get_object_or_404(Item, public_id=public_id)
    if row.is_public:
        content, status = read_baked(public_id), 200
    elif row.state == "withdrawn" and row.withdrawal_kind == WithdrawalKind.OPEN:
        content, status = read_baked(public_id, gone=True), 410
    else:
        raise Http404
    if content is None:  # published a moment ago: the same function makes the same bytes
        page = page_of(shown_items().get(pk=row.pk))
        if page is None:
            raise Http404
        content = render_page(page, frame())
    return HttpResponse(content, status=status)


def today_of(request: HttpRequest) -> date:
    return request.today  # type: ignore[attr-defined,no-any-return]
