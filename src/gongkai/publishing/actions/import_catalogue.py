from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.db import transaction
from django.db.models import Max

from gongkai.agencies.models import Agency, LegalKind, User
from gongkai.agencies.permissions import is_disclosure_office
from gongkai.documents.models import Blob
from gongkai.publishing.models import (
    CatalogueEntry,
    Column,
    Duty,
    Hanging,
    NoMatterStatement,
    Obligation,
    StandardCatalogue,
)
from gongkai.publishing.obligations import recount, recount_duties, spread
from gongkai.publishing.standard import FieldSheet, frequency_of, organs_named
from gongkai.trail.chain import record
from gongkai_core.disclosure.standard import FIELDS, StandardRow
from gongkai_core.refusals import Refusal, Refused

GROUND = "国办发〔2019〕54号"
_OFFICIAL = (
    *("matter", "submatter", "content", "ground", "term_text", "organ", "other_channel", "group"),
    *("active", "on_request", "county", "town"),
)


def can_import_catalogue(*, by: User, today: date) -> Refusal | None:
    """The disclosure office."""
    if is_disclosure_office(by, on=today):
        return None
    return Refusal("office_only", "标准目录由政务公开办导入", GROUND)


@transaction.atomic
def import_catalogue(found: FieldSheet, *, level: str, source: Blob, by: User, today: date) -> StandardCatalogue | None:
    """Make a sheet the version in force of its field and level; None when it says what the present one says.

    Rows that stay keep their organs, column, frequency, statements, items and obligations. Raises Refused.
    """
    if refusal := can_import_catalogue(by=by, today=today):
        raise Refused(refusal)
    if not found.whole:
        raise Refused(Refusal("faulty", f"“{found.name}”有错行，改好后再导入", GROUND))
    of_field = StandardCatalogue.objects.filter(field_code=found.sheet.field_code, level=level)
    old = of_field.select_for_update().filter(replaced_on=None).first()
    if old and [entry.as_row() for entry in old.entries.order_by("position")] == _numbered(found.sheet.rows):
        return None
    if old:
        old.replaced_on = today
        old.save(update_fields=["replaced_on"])
    catalogue = StandardCatalogue.objects.create(
        field_code=found.sheet.field_code,
        level=level,
        version=(of_field.aggregate(last=Max("version"))["last"] or 0) + 1,
        size=len(found.sheet.rows),
        source=source,
        imported_by=by,
        imported_on=today,
    )
    kept = _kept(old)
    organs = list(Agency.objects.existing(today).exclude(legal_kind=LegalKind.VILLAGE))
    default = Column.objects.get(code=FIELDS[found.sheet.field_code][1])
    pairs = [(_entry(catalogue, row, kept.get(_key(row)), default), row) for row in _numbered(found.sheet.rows)]
    CatalogueEntry.objects.bulk_create([entry for entry, _ in pairs], batch_size=200)
    _succeed(pairs, kept, organs, level, today)
    if old:
        _retire(old, today)
    duties = Duty.objects.filter(entry__catalogue=catalogue, until=None)
    spread(duties, years=[today.year])
    recount(Obligation.objects.filter(entry__catalogue=catalogue, closes_on__gte=today))
    recount_duties(duties)
    record(
        "publishing.import_catalogue",
        catalogue,
        by=by,
        today=today,
        ground=GROUND,
        field=catalogue.field_code,
        level=level,
        version=catalogue.version,
        size=catalogue.size,
        source=source.digest,
    )
    return catalogue


def _key(row: StandardRow | CatalogueEntry) -> tuple[str, str, str]:
    """What makes a row of a new version the same matter as one of the old."""
    return row.matter, row.submatter, row.content


def _numbered(rows: Sequence[StandardRow]) -> list[StandardRow]:
    """Rows by their place in the catalogue instead of the line of the file."""
    return [replace(row, line=number) for number, row in enumerate(rows, start=1)]


def _kept(old: StandardCatalogue | None) -> dict[tuple[str, str, str], CatalogueEntry]:
    return {_key(entry): entry for entry in old.entries.select_related("column")} if old else {}


def _entry(
    catalogue: StandardCatalogue, row: StandardRow, before: CatalogueEntry | None, default: Column
) -> CatalogueEntry:
    frequency, after = (before.frequency, before.after) if before else frequency_of(row)
    return CatalogueEntry(
        catalogue=catalogue,
        column=before.column if before else default,
        position=row.line,
        term=row.term.code,
        channels=list(row.channels),
        frequency=frequency,
        after=after,
        **{name: getattr(row, name) for name in _OFFICIAL},
    )


def _succeed(
    pairs: Sequence[tuple[CatalogueEntry, StandardRow]],
    kept: dict[tuple[str, str, str], CatalogueEntry],
    organs: Sequence[Agency],
    level: str,
    today: date,
) -> None:
    """Rows that stay take over what hung on them before; new ones go to the organs that they name."""
    new: list[Duty] = []
    for entry, row in pairs:
        if before := kept.get(_key(row)):
            for model in (Duty, Obligation, NoMatterStatement, Hanging):
                model.objects.filter(entry=before).update(entry=entry)
        else:
            named = organs_named(row.organ, organs, level=level)
            new += [Duty(entry=entry, agency=organ, since=today) for organ in named]
    Duty.objects.bulk_create(new, batch_size=500)


def _retire(old: StandardCatalogue, today: date) -> None:
    """What the new version no longer has is owed no longer; what was met or documented stays on record."""
    old.entries.update(retired_on=today)
    Duty.objects.filter(entry__catalogue=old, until=None).update(until=today)
    gone = Obligation.objects.filter(entry__catalogue=old, served_on=None, evidence=None, reminders=None)
    gone.delete()
