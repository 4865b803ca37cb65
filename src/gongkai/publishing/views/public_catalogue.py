"""政府信息公开 by organ, by topic, by genre, and by the standard catalogue of the 26 fields."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from gongkai.agencies.models import Agency, LegalKind
from gongkai.design.frames import Link
from gongkai.documents.sheets import XLSX
from gongkai.publishing.catalogue import DUE, entry, organ_tree, statements
from gongkai.publishing.guides import guides_of
from gongkai.publishing.models import (
    CatalogueEntry,
    Column,
    Duty,
    Genre,
    Item,
    Level,
    StandardCatalogue,
    Tab,
    Topic,
)
from gongkai.publishing.pages import CRUMBS
from gongkai.publishing.querysets import ItemQuerySet
from gongkai.publishing.standard import book, printed
from gongkai.publishing.views.paging import page_by_key
from gongkai.publishing.views.public import SHOWN, column_frame, guide_text, list_page, today_of
from gongkai_core.disclosure.standard import FIELDS

AGENCIES = ("单位专栏", "/disclosure/agencies/")
STANDARD = ("基层政务公开标准目录", "/disclosure/fields/")


def _newest(request: HttpRequest, items: ItemQuerySet) -> dict[str, Any]:
    shown, newer, older = page_by_key(items.select_related(*SHOWN), request, order="published_at")
    return {"rows": [entry(item) for item in shown], "newer": newer, "older": older}


# One organ's --------------------------------------------------------------------------------------------------------


def _organ(public_id: UUID) -> Agency:
    return get_object_or_404(Agency.objects.exclude(legal_kind=LegalKind.VILLAGE), public_id=public_id)


def _organ_frame(request: HttpRequest, row: Agency, heading: str, node: str, **context: Any) -> dict[str, Any]:
    own = () if heading == row.name else ((row.name, reverse("publishing:agency", args=[row.public_id])),)
    return column_frame(
        Tab.STATUTORY,
        heading,
        tree=organ_tree(row, today_of(request)),
        node=node,
        crumbs=[*CRUMBS, AGENCIES, *own, (heading, "")],
        **context,
    )


@login_not_required
@require_safe
def agency(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What one organ has made public, newest first."""
    row = _organ(public_id)
    context = _organ_frame(request, row, row.name, "all")
    return list_page(request, context | _newest(request, Item.objects.public().of(row)))


@login_not_required
@require_safe
def agency_column(request: HttpRequest, public_id: UUID, slug: str) -> HttpResponse:
    """One column of an organ: its items, or why there are none."""
    row, column = _organ(public_id), get_object_or_404(Column, slug=slug)
    context = _organ_frame(request, row, column.name, column.slug, column=column)
    if column.tab == Tab.GUIDE:
        guide = guides_of(Agency.objects.filter(pk=row.pk)).get(row.pk)
        return list_page(request, context | (guide_text(guide) if guide else {}))
    stated = statements(today_of(request)).filter(agency=row, entry__column=column, entry__catalogue=None)
    context |= {"statements": stated, "empty_how": f"更新说明：{row.name}在本栏目目前没有需要公开的信息。{DUE}"}
    return list_page(request, context | _newest(request, Item.objects.public().of(row).in_column(column)))


@login_not_required
@require_safe
def agency_catalogue(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The rows of the standard catalogues that one organ answers for."""
    row = _organ(public_id)
    duties = Duty.objects.filter(agency=row, until=None, entry__catalogue__isnull=False, entry__retired_on=None)
    duties = duties.select_related("entry__catalogue", "agency").order_by(
        "entry__catalogue__field_code", "entry__position"
    )
    context = _organ_frame(request, row, f"{row.short_name}标准目录", "standard")
    return _table(request, context, [(duty.entry, [duty]) for duty in duties])


# The standard catalogue ---------------------------------------------------------------------------------------------


@login_not_required
@require_safe
def fields(request: HttpRequest) -> HttpResponse:
    """The 26 fields; each in force leads to its table."""
    sizes: dict[str, int] = {}
    for code, size in StandardCatalogue.objects.filter(replaced_on=None).values_list("field_code", "size"):
        sizes[code] = sizes.get(code, 0) + size
    links = [
        Link(
            names[0], reverse("publishing:field", args=[code]), note=f"{sizes[code]} 项" if code in sizes else "编制中"
        )
        for code, names in FIELDS.items()
    ]
    note = "目录列明每一事项公开什么、谁公开、什么时候公开（国办发〔2019〕54号）。"
    return list_page(request, column_frame(Tab.STATUTORY, STANDARD[0], node="fields", links=links, note=note))


@login_not_required
@require_safe
def field(request: HttpRequest, slug: str) -> HttpResponse:
    """The catalogue of one field, county and town."""
    entries = _entries(slug).select_related("catalogue").prefetch_related("duties__agency")
    rows = [(row, [duty for duty in row.duties.all() if duty.until is None]) for row in entries]
    name = FIELDS[slug][0]
    context = column_frame(
        Tab.STATUTORY,
        f"{name}领域标准目录",
        node="fields",
        crumbs=[*CRUMBS, STANDARD, (name, "")],
        file=reverse("publishing:field_sheet", args=[slug]) if rows else "",
    )
    return _table(request, context, rows)


@login_not_required
@require_safe
def field_sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """The same as Excel, in the official layout."""
    _entries(slug)
    found = StandardCatalogue.objects.filter(field_code=slug, replaced_on=None).order_by("level")
    if not found:
        raise Http404
    response = HttpResponse(book(printed(found)), content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, f"{FIELDS[slug][0]}领域标准目录.xlsx") or ""
    return response


def _entries(slug: str) -> QuerySet[CatalogueEntry]:
    if slug not in FIELDS:
        raise Http404
    found = CatalogueEntry.objects.filter(catalogue__field_code=slug, catalogue__replaced_on=None)
    return found.order_by("catalogue__level", "position")


def _table(
    request: HttpRequest, context: dict[str, Any], rows: list[tuple[CatalogueEntry, list[Duty]]]
) -> HttpResponse:
    stated = set(statements(today_of(request)).values_list("entry", "agency"))
    lines = [
        {
            "entry": row,
            "level": Level(row.catalogue.level).label,
            "url": reverse("publishing:entry", args=[row.public_id]),
            "organs": "、".join(duty.agency.short_name for duty in duties) or row.organ,
            "count": sum(duty.items for duty in duties),
            "stated": bool(duties) and all((row.pk, duty.agency_id) in stated for duty in duties),
        }
        for row, duties in rows
    ]
    return render(request, "publishing/standard.html", {"file": "", **context, "lines": lines}, using="jinja2")


@login_not_required
@require_safe
def entry_items(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What is public under one row of a standard catalogue."""
    row = get_object_or_404(
        CatalogueEntry.objects.select_related("catalogue", "column"), public_id=public_id, catalogue__isnull=False
    )
    field_crumb = (row.catalogue.get_field_code_display(), reverse("publishing:field", args=[row.catalogue.field_code]))
    how = f"更新说明：这一事项目前没有需要公开的信息。公开时限：{row.term_text}。"
    context = column_frame(
        Tab.STATUTORY,
        row.title,
        node="fields",
        crumbs=[*CRUMBS, STANDARD, field_crumb, (row.title, "")],
        statements=statements(today_of(request)).filter(entry=row),
        empty_how=how,
        note=f"公开内容：{row.content}　公开依据：{row.ground}",
    )
    return list_page(request, context | _newest(request, Item.objects.public().filter(hangings__entry=row)))


# By topic and genre -------------------------------------------------------------------------------------------------


def _classes(request: HttpRequest, kind: type[Topic] | type[Genre], heading: str, name: str) -> HttpResponse:
    links = [Link(label, reverse(f"publishing:{name}", args=[value])) for value, label in kind.choices]
    return list_page(request, column_frame(Tab.STATUTORY, heading, node=f"{name}s", links=links))


def _class(request: HttpRequest, value: str, kind: type[Topic] | type[Genre], heading: str, name: str) -> HttpResponse:
    if value not in kind.values:
        raise Http404
    label = str(kind(value).label)
    crumbs = [*CRUMBS, (heading, reverse(f"publishing:{name}s")), (label, "")]
    how = "更新说明：这一类目前没有需要公开的信息。"
    context = column_frame(Tab.STATUTORY, label, node=f"{name}s", crumbs=crumbs, empty_how=how + DUE)
    return list_page(request, context | _newest(request, Item.objects.public().filter(Q(**{name: value}))))


@login_not_required
@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    """The 22 topics (国务院公文主题分类)."""
    return _classes(request, Topic, "主题分类", "topic")


@login_not_required
@require_safe
def topic(request: HttpRequest, value: str) -> HttpResponse:
    return _class(request, value, Topic, "主题分类", "topic")


@login_not_required
@require_safe
def genres(request: HttpRequest) -> HttpResponse:
    """The 15 kinds of official documents, and everything else."""
    return _classes(request, Genre, "体裁分类", "genre")


@login_not_required
@require_safe
def genre(request: HttpRequest, value: str) -> HttpResponse:
    return _class(request, value, Genre, "体裁分类", "genre")
