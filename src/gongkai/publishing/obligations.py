"""公开义务: generated from duties, counted with every publication, and told where they stand today."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet

from gongkai.agencies.calendar import office_calendar
from gongkai.agencies.ledger import Scope
from gongkai.agencies.models import Agency
from gongkai.design.words import BEIJING
from gongkai.publishing.elsewhere import DaysOut, reports_out
from gongkai.publishing.models import CatalogueEntry, Column, Duty, Evidence, Hanging, Item, Obligation
from gongkai.publishing.querysets import ItemQuerySet, ObligationQuerySet, midnight
from gongkai.publishing.report_days import due_on
from gongkai.publishing.skeleton import REPORTS, seed_duties
from gongkai_core.disclosure import Frequency, Occasion, occasions
from gongkai_core.workdays import Calendar

CHUNK = 500


# Where one stands ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Standing:
    """Where an obligation stands: served, late (served late), stated, overdue, pending, ahead (not yet open)."""

    state: str
    days: int = 0
    """Working days late when late, left until the last day when pending (negative when overdue)."""

    WORDS = {
        "served": "已公开",
        "late": "逾期公开",
        "stated": "本年度无此类事项",
        "overdue": "逾期未公开",
        "pending": "待公开",
        "ahead": "未到期",
    }

    @property
    def words(self) -> str:
        days = f" {self.days} 个工作日" if self.state == "late" and self.days else ""
        return self.WORDS[self.state] + days


def standing_of(obligation: Obligation, *, today: date, calendar: Calendar) -> Standing:
    """Tell it from its days, its statement (`stated`, of `with_statements`) and today."""
    if served := obligation.served_on:
        late = calendar.workdays_between(obligation.due_on, served)
        return Standing("late", late) if served > obligation.due_on else Standing("served")
    if obligation.stated:
        return Standing("stated")
    left = calendar.workdays_between(today, obligation.due_on)
    if today > obligation.due_on:
        return Standing("overdue", left)
    return Standing("pending" if today >= obligation.opens_on else "ahead", left)


def troubled(agency: Agency, *, today: date) -> ObligationQuerySet:
    """What an organ is to be reminded of: overdue, or open while its column has never held anything of the organ."""
    empty = Duty.objects.filter(entry=OuterRef("entry"), agency=OuterRef("agency"), until=None, items=0)
    found = Obligation.objects.unmet().filter(agency=agency, opens_on__lte=today)
    return found.filter(Q(due_on__lt=today) | Exists(empty)).order_by("due_on", "entry__position", "pk")


# Generated from duties ----------------------------------------------------------------------------------------------


@transaction.atomic
def generate(today: date) -> int:
    """Bring duties and obligations up to the year of `today`. Returns how many are new; run again, none are.

    A day that moved with the calendar moves here too, as long as nothing serves the obligation.
    """
    seed_duties(today)
    active = Duty.objects.filter(until=None, entry__retired_on=None)
    recount_duties(active)
    return spread(active, years=(today.year,))


def spread(duties: QuerySet[Duty], *, years: Collection[int]) -> int:
    """Write the obligations that these duties bring in these years, and count what already serves them."""
    calendar = office_calendar()
    wanted: dict[tuple[int, int, str], Occasion] = {}
    for duty in duties.select_related("entry__column", "agency"):
        for year in years:
            for occasion in _occasions(duty, year, calendar):
                wanted[duty.entry_id, duty.agency_id, occasion.period] = occasion
    known = {
        (row.entry_id, row.agency_id, row.period): row
        for row in Obligation.objects.filter(year__in=years, agency__in=duties.values("agency"))
    }
    moved = [_moved(known[key], occasion) for key, occasion in wanted.items() if key in known]
    Obligation.objects.bulk_update(
        [row for row in moved if row], ["opens_on", "due_on", "closes_on", "calendar_version"], batch_size=CHUNK
    )
    new = [
        Obligation(
            entry_id=entry,
            agency_id=agency,
            period=period,
            year=each.year,
            opens_on=each.opens_on,
            due_on=each.due_on,
            closes_on=each.closes_on,
            calendar_version=calendar.version,
        )
        for (entry, agency, period), each in wanted.items()
        if (entry, agency, period) not in known
    ]
    Obligation.objects.bulk_create(new, batch_size=CHUNK)
    recount(Obligation.objects.filter(pk__in=[row.pk for row in new]))
    return len(new)


def _occasions(duty: Duty, year: int, calendar: Calendar) -> tuple[Occasion, ...]:
    if duty.entry.column.code == REPORTS:
        due, _ = due_on(Scope(duty.agency, False), year - 1)
        late_comer = duty.since > due  # an organ that came to owe it later owes the next year's
        return () if late_comer else (Occasion(str(year), year, date(year, 1, 1), due, date(year, 12, 31)),)
    frequency, after = duty.entry.when
    since = duty.since if duty.since.year >= year else None
    return occasions(frequency, year=year, calendar=calendar, after=after, since=since)


def _moved(row: Obligation, occasion: Occasion) -> Obligation | None:
    """The obligation with the days it should have now; None where it has them or is met."""
    days = (occasion.opens_on, occasion.due_on, occasion.closes_on)
    if row.served_on or (row.opens_on, row.due_on, row.closes_on) == days:
        return None
    row.opens_on, row.due_on, row.closes_on = days
    row.calendar_version = office_calendar().version
    return row


# Counted ------------------------------------------------------------------------------------------------------------


def serving(obligation: Obligation) -> ItemQuerySet:
    """The public items that hang on an obligation by their column or row, whose first day lies in its window.

    A text that stands (长期公开) serves every year in which it is public.
    """
    entry = obligation.entry
    items = Item.objects.public().filter(agency=obligation.agency_id)
    items = items.filter(hangings__entry=entry) if entry.catalogue_id else items.filter(column=entry.column_id)
    items = items.filter(first_published_at__lt=midnight(obligation.closes_on + timedelta(days=1)))
    if entry.frequency == Frequency.STANDING:
        return items
    return items.filter(first_published_at__gte=midnight(obligation.opens_on))


def recount(obligations: QuerySet[Obligation]) -> None:
    """Count anew what serves these obligations, evidence included."""
    rows = list(obligations.select_related("entry__column"))
    reports = reports_out((row.entry.column.code for row in rows), {row.agency_id for row in rows})
    # An item proves nothing any more once it is withdrawn.
    standing = Evidence.objects.filter(Q(item=None) | Q(item__state="published"), obligation__in=rows)
    shown = dict(standing.filter(shown_on__isnull=False).values_list("obligation").annotate(first=Min("shown_on")))
    hung = dict(standing.filter(item__isnull=False).values_list("obligation").annotate(n=Count("pk")))
    for row in rows:
        found = serving(row).aggregate(count=Count("pk"), first=Min("first_published_at"))
        days = [max(found["first"].astimezone(BEIJING).date(), row.opens_on)] if found["first"] else []
        days += [shown[row.pk]] if row.pk in shown else []
        row.items = found["count"] + hung.get(row.pk, 0)
        if row.entry.column.code == REPORTS and (out := reports.get((row.agency_id, row.year))):
            row.items += 1
            days.append(out)
        row.served_on = min(days, default=None)
    Obligation.objects.bulk_update(rows, ["items", "served_on"], batch_size=CHUNK)


def recount_duties(duties: QuerySet[Duty]) -> None:
    """Count anew what the organs have public under these duties."""
    by_column = _public_by("column", Item.objects.public())
    by_entry = _public_by("hangings__entry", Item.objects.public().filter(hangings__isnull=False))
    rows = list(duties.select_related("entry__column"))
    reports = reports_out((row.entry.column.code for row in rows), {row.agency_id for row in rows})
    for row in rows:
        counts = by_entry if row.entry.catalogue_id else by_column
        key = row.entry_id if row.entry.catalogue_id else row.entry.column_id
        _set_counts(row, *counts.get((row.agency_id, key), (0, None)), reports)
    Duty.objects.bulk_update(rows, ["items", "last_on"], batch_size=CHUNK)


def _public_by(what: str, items: ItemQuerySet) -> dict[tuple[int, int], tuple[int, datetime]]:
    groups = items.order_by().values_list("agency", what).annotate(count=Count("pk"), last=Max("published_at"))
    return {(agency, key): (count, last) for agency, key, count, last in groups}


def follow(item: Item, *, first_time: bool, was_in: int | None, on: date) -> None:
    """An item became public: count it. `was_in` is the column in which it stood until now, None when it wasn't public.

    Part of publishing's transaction.
    """
    if first_time:
        came_out([item], agency=item.agency, column=item.column, on=on)
    elif was_in == item.column_id:
        Duty.objects.filter(entry__in=_entries_of(item), agency=item.agency, until=None).update(last_on=on)
    else:
        refresh(CatalogueEntry.objects.filter(column__in=[item.column_id, was_in or item.column_id]), item.agency)


def came_out(items: Sequence[Item], *, agency: Agency, column: Column, on: date) -> None:
    """Items of an organ became public in a column for the first time: hang them on the standard catalogue's row where
    only one can be meant, and count them."""
    owed = CatalogueEntry.objects.filter(column=column, retired_on=None, duties__agency=agency, duties__until=None)
    statutory = [entry for entry in owed if not entry.catalogue_id]
    rows = [entry for entry in owed if entry.catalogue_id]
    _count(statutory, agency, on, len(items))
    said: set[int] = set()
    for start in range(0, len(items), CHUNK):
        keys = [item.pk for item in items[start : start + CHUNK]]
        said |= set(Hanging.objects.filter(item__in=keys).values_list("item", flat=True))
    fresh = [item for item in items if item.pk not in said]
    if len(rows) == 1 and fresh:
        Hanging.objects.bulk_create([Hanging(item=item, entry=rows[0]) for item in fresh], batch_size=CHUNK)
        _count(rows, agency, on, len(fresh))
    for item in items:
        if item.pk in said:
            refresh(CatalogueEntry.objects.filter(hangings__item=item), agency)


def _entries_of(item: Item) -> QuerySet[CatalogueEntry]:
    """The entries that an item hangs on: its column's statutory one, and rows of standard catalogues."""
    return CatalogueEntry.objects.filter(Q(column=item.column_id, catalogue=None) | Q(hangings__item=item))


def _count(entries: Iterable[CatalogueEntry], agency: Agency, on: date, count: int) -> None:
    """Add to the rollups of the entries' duties and of the obligations whose window holds the day."""
    for entry in entries:
        Duty.objects.filter(entry=entry, agency=agency, until=None).update(items=F("items") + count, last_on=on)
        now = Obligation.objects.filter(entry=entry, agency=agency, opens_on__lte=on, closes_on__gte=on)
        now.update(items=F("items") + count)
        now.filter(Q(served_on__isnull=True) | Q(served_on__gt=on)).update(served_on=on)


def went_away(item: Item) -> None:
    """An item was withdrawn: count again where it hung, and where it was evidence."""
    refresh(_entries_of(item), item.agency)
    recount(Obligation.objects.filter(evidence__item=item))


def refresh(entries: QuerySet[CatalogueEntry], agency: Agency) -> None:
    """Count an organ's duties and obligations under some entries again."""
    keys = set(entries.values_list("pk", flat=True))
    recount(Obligation.objects.filter(entry__in=keys, agency=agency))
    for duty in Duty.objects.filter(entry__in=keys, agency=agency, until=None).select_related("entry__column"):
        _recount_duty(duty)


def _recount_duty(duty: Duty) -> None:
    """One duty by itself, without walking the other organs' items."""
    items = Item.objects.public().filter(agency=duty.agency_id)
    entry = duty.entry
    items = items.filter(hangings__entry=entry) if entry.catalogue_id else items.filter(column=entry.column_id)
    found = items.aggregate(count=Count("pk"), last=Max("published_at"))
    _set_counts(duty, found["count"], found["last"], reports_out([entry.column.code], [duty.agency_id]))
    duty.save(update_fields=["items", "last_on"])


def _set_counts(duty: Duty, count: int, last: datetime | None, reports: DaysOut) -> None:
    """What a duty has public: items, and in the column of annual reports these."""
    is_theirs = duty.entry.column.code == REPORTS
    out = [day for (agency, _), day in reports.items() if is_theirs and agency == duty.agency_id]
    days = [*out, *([last.astimezone(BEIJING).date()] if last else [])]
    duty.items, duty.last_on = count + len(out), max(days, default=None)


def report_came_out(agency: Agency) -> None:
    """Another ledger brought something of this organ out: count its duties and obligations there again."""
    refresh(CatalogueEntry.objects.filter(column__code=REPORTS, catalogue=None), agency)


def nightly(today: date) -> int:
    """Duties and obligations of today's year, and every rollup counted again. Returns how many are new."""
    new = generate(today)
    recount(Obligation.objects.filter(closes_on__gte=today))
    return new
