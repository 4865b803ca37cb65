"""What imported old ledgers count, by the same rules as the ledgers of this site (forms.json; `publishing`, `casework`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial

from django.db.models import Count, F, Q, QuerySet, Sum, Value

from gongkai.agencies.ledger import Figure, Period, Scope
from gongkai.agencies.models import Agency
from gongkai.casework.figures import disputes_2014, table_four
from gongkai.publishing.models import Channel, NormativeKind
from gongkai.statistics.models import FormerKind, FormerRow

Rows = QuerySet[FormerRow]
_YUAN_PER_WAN = 10_000
_CHANNELS = (Channel.GAZETTE, Channel.WEBSITE, Channel.WEIBO, Channel.WECHAT, Channel.OTHER)
"""In the order of the cells t14.1_2_1 to t14.1_2_5."""


def figures(period: Period, scope: Scope) -> dict[str, Figure]:
    """Cells of all forms that old ledgers give; nothing where none was imported, which is nearly always."""
    organs = scope.agencies(period)
    if not FormerRow.objects.filter(agency__in=organs, ledger__withdrawn="").exists():
        return {}
    return {**_items(period, organs), **_disputes(organs, period), **_registers(period, organs)}


def _rows(kind: str, organs: QuerySet[Agency]) -> Rows:
    return FormerRow.objects.counted(kind).filter(agency__in=organs)


def _shown(rows: Rows) -> Rows:
    return rows.select_related("agency", "ledger").order_by("pk")


def _counted(rows: Rows, cells: Mapping[str, Q]) -> dict[str, Figure]:
    names = {cell: f"cell_{number}" for number, cell in enumerate(cells)}
    counts = rows.aggregate(**{names[cell]: Count("pk", filter=condition) for cell, condition in cells.items()})
    return {
        cell: Figure(counts[names[cell]], partial(_shown, rows.filter(condition))) for cell, condition in cells.items()
    }


# Items ---------------------------------------------------------------------------------------------------------------


def _items(period: Period, organs: QuerySet[Agency]) -> dict[str, Figure]:
    items = _rows(FormerKind.ITEM, organs)
    published = {"t14.1_1": Q(), "t14.1_1_a": ~Q(normative_kind=""), "t14.2_2_3": Q(interpretation=True)}
    published |= {f"t14.1_2_{place}": Q(**{str(channel): True}) for place, channel in enumerate(_CHANNELS, 1)}
    documents = items.exclude(normative_kind="").not_kept_here()  # type: ignore[attr-defined]
    return {
        **_counted(items.filter(day__range=(period.first, period.last)), published),
        **_counted(documents, _documents(period)),
    }


def _documents(period: Period) -> dict[str, Q]:
    """制发、公开、废止、有效, as `publishing.figures` tells them of items."""
    within = (period.first, period.last)
    in_force = Q(formed_on__lte=period.last) & (Q(ended_on=None) | Q(ended_on__gt=period.last))
    cells = {"t14.1_1_b": Q(formed_on__range=within)}
    for kind in NormativeKind:
        mine = Q(normative_kind=kind)
        cells |= {
            f"t2.{kind.value}.made": mine & Q(formed_on__range=within),
            f"t2.{kind.value}.public": mine & Q(day__range=within),
            f"t2.{kind.value}.total": mine & Q(day__lte=period.last) & in_force,
            f"t2.{kind.value}.repealed": mine & Q(ended_on__range=within),
            f"t2.{kind.value}.valid": mine & in_force,
        }
    return cells


# Reviews and suits ---------------------------------------------------------------------------------------------------


def _disputes(organs: QuerySet[Agency], period: Period) -> dict[str, Figure]:
    """One docket stands once in the old ledgers, whoever shares it: the import sees to that."""

    def proceedings(kind: str, condition: Q | None = None) -> Callable[[], Rows]:
        return lambda: _shown(_rows(kind, organs).filter(condition or Q()).annotate(filed_on=F("day")))

    reviews, suits = proceedings(FormerKind.REVIEW), proceedings(FormerKind.LAWSUIT)
    direct, after = (proceedings(FormerKind.LAWSUIT, Q(prior_review=prior)) for prior in (False, True))
    return {**table_four(reviews, direct, after, period), **disputes_2014(reviews, suits, period)}


# Registers, complaints and money -------------------------------------------------------------------------------------


def _registers(period: Period, organs: QuerySet[Agency]) -> dict[str, Figure]:
    def held(kind: str) -> Rows:
        return _rows(kind, organs).filter(day__range=(period.first, period.last))

    trainings, fees = held(FormerKind.TRAINING), held(FormerKind.FEE)
    trained = trainings.aggregate(sum=Sum("amount"))["sum"] or 0
    paid = _sum(fees)
    return {
        **_counted(held(FormerKind.CONFERENCE), {"t14.2_2_1": Q(), "t14.2_2_1_a": Q(principal_attended=True)}),
        **_counted(held(FormerKind.MEETING), {"t14.9_1": Q()}),
        **_counted(trainings, {"t14.9_2": Q()}),
        "t14.9_3": Figure(int(trained), partial(_shown, trainings.annotate(per=Value(1)))),
        **_counted(held(FormerKind.COMPLAINT), {"t14.6": Q()}),
        "t14.7": Figure(paid / _YUAN_PER_WAN, partial(_shown, fees.annotate(per=Value(_YUAN_PER_WAN)))),
    }


def fees_yuan(period: Period, scope: Scope) -> Decimal:
    """What old ledgers say was paid for information, in 元."""
    paid = _rows(FormerKind.FEE, scope.agencies(period))
    return _sum(paid.filter(day__range=(period.first, period.last)))


def _sum(rows: Rows) -> Decimal:
    return Decimal(rows.aggregate(sum=Sum("amount"))["sum"] or 0)
