"""What the registers count (forms.json, cells t14.2_2_1, t14.9_*)."""

from __future__ import annotations

from collections.abc import Callable, Container

from django.db.models import QuerySet, Sum

from gongkai.agencies.ledger import Figure, Period, Scope
from gongkai.registers.models import ChannelMonth, Meeting, PressConference, RegisterEntry, Training

CELLS = ("t14.2_2_1", "t14.2_2_1_a", "t14.9_1", "t14.9_2", "t14.9_3")


def figures(period: Period, scope: Scope, wanted: Container[str] | None = None) -> dict[str, Figure]:
    """Cells counted from registers' rows that are not struck out; only `wanted` ones where the form has few."""
    if wanted is not None and not any(cell in wanted for cell in CELLS):
        return {}

    def rows(register: type[RegisterEntry]) -> Callable[[], QuerySet[RegisterEntry]]:
        organs = scope.agencies(period)
        return lambda: register.objects.counted().filter(agency__in=organs, held_on__range=(period.first, period.last))

    conferences, meetings, trainings = rows(PressConference), rows(Meeting), rows(Training)
    with_principal = lambda: conferences().filter(principal_attended=True)  # noqa: E731
    trained = trainings().aggregate(people=Sum("attendance"))["people"] or 0
    return {
        "t14.2_2_1": Figure(conferences().count(), conferences),
        "t14.2_2_1_a": Figure(with_principal().count(), with_principal),
        "t14.9_1": Figure(meetings().count(), meetings),
        "t14.9_2": Figure(trainings().count(), trainings),
        "t14.9_3": Figure(trained, trainings),
    }


def channel_numbers(period: Period, scope: Scope) -> dict[str, int]:
    """What organs filed by months, by channel: for the report's prose, never for a cell (domain-spec §11.8 item 53)."""
    rows = ChannelMonth.objects.counted().filter(
        agency__in=scope.agencies(period), held_on__range=(period.first, period.last)
    )
    sums = rows.aggregate(**{f"{name}_sum": Sum(name) for name in ChannelMonth.CHANNELS})
    return {name: sums[f"{name}_sum"] or 0 for name in ChannelMonth.CHANNELS}
