"""This app's numbers for a period: cells of the 2014 form (t14.1_*, t14.2_2_3) and of table 2 (规章、规范性文件).

Each group is one aggregated query. An item counts once however many channels it appeared in, on the day it was first
public; documents count by the day they were made. Cells of all forms are given; the year's form takes its own.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from datetime import date, timedelta
from functools import partial
from typing import TypeVar

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from gongkai.agencies.ledger import Figure, Period, Scope
from gongkai.publishing.models import Channel, Column, Item, ItemVersion, NormativeKind, Publication
from gongkai.publishing.querysets import ItemQuerySet, ended_in, first_published_in, in_force_on, midnight
from gongkai.publishing.skeleton import INTERPRETATION

Told = TypeVar("Told")

_CHANNEL_CELLS = {
    "t14.1_2_1": Channel.GAZETTE,
    "t14.1_2_2": Channel.WEBSITE,
    "t14.1_2_3": Channel.WEIBO,
    "t14.1_2_4": Channel.WECHAT,
    "t14.1_2_5": Channel.OTHER,
}


def figures(period: Period, scope: Scope, wanted: Container[str] | None = None) -> dict[str, Figure]:
    """The cells that items give, by cell id; sums of them are the forms' to derive.

    `wanted`: the cells of the year's form; what it doesn't have is not counted.
    """
    agencies = scope.keys(period)
    items = Item.objects.filter(agency__in=agencies)
    return {
        **_counted(items.filter(first_published_in(period)), _chosen(_published_cells(), wanted)),
        **_channels(items, Publication.objects.filter(agency__in=agencies), period, _chosen(_CHANNEL_CELLS, wanted)),
        **_counted(items.normative().issued(), _chosen(_document_cells(period), wanted)),
    }


def _chosen(cells: Mapping[str, Told], wanted: Container[str] | None) -> dict[str, Told]:
    return {cell: told for cell, told in cells.items() if wanted is None or cell in wanted}


def _counted(items: ItemQuerySet, cells: Mapping[str, Q]) -> dict[str, Figure]:
    """Count all cells of a group in one query; each opens into the rows that its own condition selects."""
    if not cells:
        return {}
    names = {cell: f"cell_{number}" for number, cell in enumerate(cells)}
    counts = items.aggregate(**{names[cell]: Count("agency", filter=condition) for cell, condition in cells.items()})
    return {
        cell: Figure(counts[names[cell]], partial(_records, items.filter(condition)))
        for cell, condition in cells.items()
    }


def _records(items: ItemQuerySet) -> QuerySet[Item]:
    return items.select_related("agency").order_by("first_published_at", "formed_on", "pk")


def _published_cells() -> dict[str, Q]:
    """Of the items first public in the period: all, normative documents, interpretations (政策解读稿件)."""
    column = Column.objects.filter(code=INTERPRETATION).values_list("pk", flat=True).first()
    return {
        "t14.1_1": Q(),
        "t14.1_1_a": ~Q(normative_kind=""),
        "t14.2_2_3": Q(interprets__isnull=False) | Q(column_id=column),
    }


def _channels(
    items: ItemQuerySet, publications: QuerySet[Publication], period: Period, cells: Mapping[str, Channel]
) -> dict[str, Figure]:
    """Items by channel; an item stands once in each (domain-spec §11.8 item 53: ticked channels only)."""
    if not cells:
        return {}
    shown = publications.filter(published_on__range=(period.first, period.last))
    counts = dict(shown.values_list("channel").annotate(count=Count("*")).order_by())
    return {
        cell: Figure(
            counts.get(channel, 0),
            partial(_records, items.filter(pk__in=shown.filter(channel=channel).values("item"))),
        )
        for cell, channel in cells.items()
    }


def _document_cells(period: Period) -> dict[str, Q]:
    """制发、公开、废止、有效 of rules and normative documents (forms.json table2_calc of 2019 and 2021)."""
    made = Q(formed_on__range=(period.first, period.last))
    cells = {"t14.1_1_b": made}
    for kind in NormativeKind:
        of_kind = Q(normative_kind=kind)
        cells |= {
            f"t2.{kind.value}.made": of_kind & made,
            f"t2.{kind.value}.public": of_kind & first_published_in(period),
            f"t2.{kind.value}.total": of_kind & _public_on(period.last) & in_force_on(period.last),
            f"t2.{kind.value}.repealed": of_kind & ended_in(period),
            f"t2.{kind.value}.valid": of_kind & in_force_on(period.last),
        }
    return cells


def _public_on(day: date) -> Q:
    """Public at the end of the day: published by then, and not withdrawn without having come back by then."""
    after = midnight(day + timedelta(days=1))
    back = ItemVersion.objects.filter(item=OuterRef("item"), number__gt=OuterRef("number"), published_at__lt=after)
    gone = ItemVersion.objects.filter(~Exists(back), withdrawn_at__lt=after)
    return Q(first_published_at__lt=after) & ~Q(pk__in=gone.values("item"))
