"""What the registers count: cells of the tables (forms.json), and figures of the report's prose (metrics.md)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from gongkai.agencies.ledger import Figure, Period, Scope
from gongkai.agencies.models import Agency
from gongkai.registers.models import (
    Capacity,
    ChannelMonth,
    DisclosurePlace,
    Fund,
    FundPurpose,
    Meeting,
    PlaceKind,
    PlaceVisits,
    PressConference,
    RegisterEntry,
    StaffMember,
    StaffWork,
    SuppliedFigure,
    Training,
    WorkRule,
)
from gongkai.registers.models.events import FEN_PER_WAN
from gongkai.registers.supply_kinds import BY_CODE

Rows = Callable[[], QuerySet[Any]]


def figures(period: Period, scope: Scope) -> dict[str, Figure]:
    """Cells counted from rows that are not struck out, and from confirmed 供数单.

    Cells that organs file where they keep no register (forms.json: `manual`) come only for the organs that do keep it:
    `Figure.covers` says which.
    """
    return _events(period, scope) | _standing(period, scope) | _funds(period, scope) | _supplied(period, scope)


def _happened(register: type[RegisterEntry], period: Period, scope: Scope) -> Rows:
    organs = scope.agencies(period)
    return lambda: register.objects.counted().within(period).filter(agency__in=organs)


def _organs_of(rows: Rows) -> Callable[[], QuerySet[Agency]]:
    return lambda: Agency.objects.filter(pk__in=rows().values("agency"))


def _events(period: Period, scope: Scope) -> dict[str, Figure]:
    conferences, meetings, trainings = (
        _happened(register, period, scope) for register in (PressConference, Meeting, Training)
    )
    with_principal = lambda: conferences().filter(principal_attended=True)  # noqa: E731
    people = lambda: trainings().annotate(adds=F("attendance"))  # noqa: E731
    held = conferences().aggregate(all=Count("pk"), principal=Count("pk", filter=Q(principal_attended=True)))
    trained = trainings().aggregate(all=Count("pk"), people=Sum("attendance"))
    return {
        "t14.2_2_1": Figure(held["all"], conferences),
        "t14.2_2_1_a": Figure(held["principal"], with_principal),
        "t14.9_1": Figure(meetings().count(), meetings),
        "t14.9_2": Figure(trained["all"], trainings),
        "t14.9_3": Figure(trained["people"] or 0, people),
    }


def _standing(period: Period, scope: Scope) -> dict[str, Figure]:
    """Reading points in use and people in post on the period's last day; whoever had some in the period keeps them here."""
    organs = scope.agencies(period)

    def kept(register: type[RegisterEntry], **what: str) -> Rows:
        return lambda: register.objects.counted().standing_in(period).filter(agency__in=organs, **what)

    def counted(keeping: Rows, **what: str) -> Figure | None:
        covers = _organs_of(keeping)
        if not keeping().exists():
            return None
        rows = lambda: keeping().standing(period.last).filter(**what)  # noqa: E731
        return Figure(rows().count(), rows, covers)

    points = kept(DisclosurePlace, kind=PlaceKind.READING_POINT)
    staff = kept(StaffMember, work=StaffWork.DISCLOSURE)
    found = {
        "t14.8_2": counted(points),
        "t14.8_3_1": counted(staff, capacity=Capacity.FULL_TIME),
        "t14.8_3_2": counted(staff, capacity=Capacity.PART_TIME),
    }
    return {cell: figure for cell, figure in found.items() if figure}


def _funds(period: Period, scope: Scope) -> dict[str, Figure]:
    happened = _happened(Fund, period, scope)
    rows = lambda: happened().filter(purpose=FundPurpose.DISCLOSURE)  # noqa: E731
    fen = rows().aggregate(total=Sum("amount_fen"))["total"]
    return {} if fen is None else {"t14.8_4": Figure(Decimal(fen) / FEN_PER_WAN, rows, _organs_of(rows))}


# 供数 --------------------------------------------------------------------------------------------------------------


def supplied(period: Period, scope: Scope) -> QuerySet[SuppliedFigure]:
    """Confirmed figures of a period in a scope: the organs' own, and for a region those given for the whole of it.

    Numbers that add up count when their days lie within the period; standing ones and rates when they end with it.
    """
    standing = [code for code, kind in BY_CODE.items() if kind.stock]
    inside = Q(first__gte=period.first, last__lte=period.last) & ~Q(kind__in=standing)
    at_its_end = Q(last=period.last, kind__in=standing)
    own = Q(agency__in=scope.agencies(period), whole_region=False)
    whole = Q(agency=scope.agency, whole_region=True)
    found = SuppliedFigure.objects.filter(inside | at_its_end, own | whole if scope.whole_region else own, counted=True)
    return found.select_related("sheet__agency", "agency")


def _supplied(period: Period, scope: Scope) -> dict[str, Figure]:
    """Cells that 供数单 give. What is given for the whole region stands for it alone: nothing of the organs is added."""
    sums: dict[tuple[str, bool], Decimal] = defaultdict(Decimal)
    by_unit = supplied(period, scope).values("kind", "whole_region", "unit").annotate(total=Sum("value")).order_by()
    for row in by_unit:
        sums[row["kind"], row["whole_region"]] += row["total"] * BY_CODE[row["kind"]].units[row["unit"]]
    found = {}
    for (code, whole), total in sums.items():
        if not BY_CODE[code].is_cell or (not whole and (code, True) in sums):
            continue
        rows = _lines(period, scope, code, whole)
        found[code] = Figure(total, rows, None if whole else _organs_of(rows))
    return found


def _lines(period: Period, scope: Scope, code: str, whole: bool) -> Rows:
    return lambda: supplied(period, scope).filter(kind=code, whole_region=whole)


# For the report's prose --------------------------------------------------------------------------------------------


def metrics(period: Period, scope: Scope) -> dict[str, Figure]:
    """Figures of the registers that stand in no table of today, by the ids of metrics.md."""
    points = lambda: _in_use(period, scope, PlaceKind.READING_POINT)  # noqa: E731
    zones = lambda: _in_use(period, scope, PlaceKind.ZONE)  # noqa: E731
    made, visits = _happened(WorkRule, period, scope), _happened(PlaceVisits, period, scope)
    people = visits().aggregate(people=Sum("visits"))["people"] or 0
    return {
        "org.reading_points": Figure(points().count(), points),
        "org.zones": Figure(zones().count(), zones),
        "org.rules": Figure(made().count(), made),
        "visit.people": Figure(people, visits),
    }


def _in_use(period: Period, scope: Scope, kind: str) -> QuerySet[Any]:
    rows = DisclosurePlace.objects.counted().standing(period.last)
    return rows.filter(agency__in=scope.agencies(period), kind=kind)


def channel_numbers(period: Period, scope: Scope) -> dict[str, int]:
    """What organs filed by months, by channel: for the report's prose, never for a cell (domain-spec §11.8 item 53)."""
    rows = _happened(ChannelMonth, period, scope)()
    sums = rows.aggregate(**{f"{name}_sum": Sum(name) for name in ChannelMonth.CHANNELS})
    return {name: sums[f"{name}_sum"] or 0 for name in ChannelMonth.CHANNELS}
