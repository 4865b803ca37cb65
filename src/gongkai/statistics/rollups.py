"""A year's counts kept organ by organ, so that a page need not count a million rows again.

One mechanism: an organ's counts are what the ledgers' own `figures` give for that organ alone, kept with the serial
number of the trail's last entry. Every act is in the trail, so the organs whose counts may have changed since are those
that a later entry is about; they are counted again, the others are added up as they stand. An entry that may concern
several organs makes a page count all records anew, until the night's recount. Never kept are reviews and suits, since a
docket that organs share counts once, and the registers, which are small and stand beside what other organs file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from decimal import Decimal
from functools import partial
from importlib.metadata import version
from typing import Any

from django.apps import apps
from django.db import models, transaction

from gongkai.agencies.ledger import Figure, Period, Scope
from gongkai.agencies.models import Agency
from gongkai.casework.figures import disputes, shared
from gongkai.casework.figures import figures as casework_figures
from gongkai.publishing.figures import figures as publishing_figures
from gongkai.registers.figures import figures as register_figures
from gongkai.statistics.models import OrganYear, RollupMark
from gongkai.trail.models import Entry
from gongkai_core.returns import form_for

LEDGERS = (publishing_figures, casework_figures)
RULES = version("gongkai")
"""What was counted by another version of the program may have been counted by other rules."""
MOST_STALE = 20
"""Organs that a page counts again one by one; more of them are counted quicker all together."""
MOST_ENTRIES = 5_000
"""Entries of the trail that a page looks through."""
SILENT = ("statistics.", "annualreport.", "registers.", "desk.", "search.", "agencies.")
"""Acts of these apps change no record whose count is kept; which organs make up a region is asked anew each time."""
_OF_ONE_ORGAN = {
    "publishing.item": "agency_id",
    "publishing.itemversion": "item__agency_id",
    "publishing.batch": "agency_id",
    "casework.case": "agency_id",
    "casework.complaint": "agency_id",
    "casework.feereceipt": "agency_id",
    "casework.reviewcase": "agency_id",
    "casework.lawsuit": "agency_id",
}
"""What an act is about, where it changes the counts of that one organ and no other's."""
_COUNT_NOTHING = {"agencies.user", "publishing.obligation", "publishing.sample", "publishing.checklist"}
"""What an act is about, where no record comes of it: somebody was let in, looked at something, was reminded."""


def counted_by_ledgers(period: Period, scope: Scope, *, cold: bool = False) -> dict[str, Figure]:
    """Every cell that the ledgers give: whole years from what is kept unless `cold`, or where too much has changed."""
    if not cold and period == Period.of_year(period.year) and (warm := _warm(period, scope)) is not None:
        return warm
    return _counted(period, scope)


def recount(year: int) -> int:
    """Count every organ's year and keep it; returns how many organs have something to count. Done every night."""
    with transaction.atomic():
        mark = _held(year)
        mark.entry, mark.rules = _last_entry(), RULES
        OrganYear.objects.filter(year=year).delete()
        mark.cells = _keep(Period.of_year(year), Agency.objects.all())
        mark.save()
    return OrganYear.objects.filter(year=year).count()


def _counted(period: Period, scope: Scope) -> dict[str, Figure]:
    return _alone(period, scope) | _shared(period, scope)


def _alone(period: Period, scope: Scope) -> dict[str, Figure]:
    """What an organ's records count by themselves, so that a region's figure is the sum of its organs'."""
    wanted = [cell for cell in form_for(period.year).cell_ids if not shared(cell)]
    return {cell: figure for ledger in LEDGERS for cell, figure in ledger(period, scope, frozenset(wanted)).items()}


def _shared(period: Period, scope: Scope) -> dict[str, Figure]:
    return disputes(period, scope, form_for(period.year).by_id) | register_figures(period, scope)


def _held(year: int) -> RollupMark:
    """The year's mark, held until the transaction ends: two that count at once would undo each other's work."""
    RollupMark.objects.get_or_create(year=year)
    return RollupMark.objects.select_for_update().get(year=year)


def _last_entry() -> int:
    """Entries become visible in their order: each holds the chain's head until its transaction ends."""
    return Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _keep(period: Period, organs: Iterable[Agency]) -> list[str]:
    """Count organs one by one and keep what is not zero. Returns the cells that are kept."""
    cells: list[str] = []
    rows = []
    for organ in organs:
        found = {cell: figure.value for cell, figure in _alone(period, Scope(organ, whole_region=False)).items()}
        cells = list(found)
        counts = {cell: value if isinstance(value, int) else str(value) for cell, value in found.items() if value}
        if counts:
            rows.append(OrganYear(agency=organ, year=period.year, counts=counts))
    OrganYear.objects.bulk_create(rows, batch_size=500)
    return cells


def _warm(period: Period, scope: Scope) -> dict[str, Figure] | None:
    """The cells from what is kept; None where nothing is kept, or too much of it may have changed."""
    mark = RollupMark.objects.filter(year=period.year, rules=RULES).exclude(cells=[]).first()
    if mark is None:
        return None
    organs = set(scope.agencies(period).values_list("pk", flat=True))
    stale = _stale(mark.entry)
    if stale is None or (stale & organs and (len(stale) > MOST_STALE or not _catch_up(period))):
        return None
    totals: dict[str, int | Decimal] = defaultdict(int)
    for counts in OrganYear.objects.filter(year=period.year, agency__in=organs).values_list("counts", flat=True):
        for cell, number in counts.items():
            totals[cell] += Decimal(number) if isinstance(number, str) else number
    kept = {cell: Figure(totals[cell], partial(_records, period, scope, cell)) for cell in mark.cells}
    return kept | _shared(period, scope)


def _records(period: Period, scope: Scope, cell: str) -> models.QuerySet[Any]:
    return _counted(period, scope)[cell].records()


def _catch_up(period: Period) -> bool:
    """Count the few organs again whose counts may have changed; False when they are no longer few."""
    with transaction.atomic():
        mark = _held(period.year)
        last, stale = _last_entry(), _stale(mark.entry)
        if stale is None or len(stale) > MOST_STALE:
            return False
        OrganYear.objects.filter(year=period.year, agency__in=stale).delete()
        _keep(period, Agency.objects.filter(pk__in=stale))
        RollupMark.objects.filter(pk=mark.pk).update(entry=last)
    return True


def _stale(since: int) -> set[int] | None:
    """Organs whose counts an act after the entry `since` may have changed; None when it may be any organ's."""
    entries = Entry.objects.filter(pk__gt=since).order_by("pk")
    acts = list(entries.values_list("verb", "object_type", "object_id")[: MOST_ENTRIES + 1])
    if len(acts) > MOST_ENTRIES:
        return None
    by_type: dict[str, set[str]] = defaultdict(set)
    for verb, label, identity in acts:
        if not verb.startswith(SILENT):
            by_type[label].add(identity)
    stale: set[int] = set()
    for label, identities in by_type.items():
        organs = _organs_of(label, identities)
        if organs is None:
            return None
        stale |= organs
    return stale


def _organs_of(label: str, identities: Collection[str]) -> set[int] | None:
    """The organs that these objects belong to; None where an act on such an object may concern others too."""
    if label in _COUNT_NOTHING:
        return set()
    way = "pk" if label == "agencies.agency" else _OF_ONE_ORGAN.get(label)
    if way is None:
        return None
    model = apps.get_model(label)
    return set(model._default_manager.filter(public_id__in=identities).values_list(way, flat=True))
