from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.publishing.actions.assign_duties import can_assign_duties
from gongkai.publishing.models import CatalogueEntry, Column, Obligation
from gongkai.publishing.obligations import recount, recount_duties, spread
from gongkai.publishing.skeleton import REPORTS
from gongkai.trail.chain import record
from gongkai_core.disclosure import Frequency, Term
from gongkai_core.refusals import Refusal, Refused

GROUND = "条例第十二条第三款"


def can_adjust_entry(entry: CatalogueEntry, *, by: User, today: date) -> Refusal | None:
    """Whoever assigns its organs."""
    return can_assign_duties(entry, by=by, today=today)


@transaction.atomic
def adjust_entry(
    entry: CatalogueEntry, *, column: Column, frequency: str, after: Term | None, by: User, today: date
) -> CatalogueEntry:
    """Change in which column an entry's items stand, and when it is owed. Raises Refused.

    Obligations not met yet are generated anew; those that something serves or documents stay.
    """
    entry = locked(entry)
    if refusal := can_adjust_entry(entry, by=by, today=today):
        raise Refused(refusal)
    if entry.catalogue_id is None and column.pk != entry.column_id:
        raise Refused(Refusal("statutory", "法定栏目的事项不能移到别的栏目", "条例第二十条、第二十一条"))
    if entry.catalogue_id is None and entry.column.code == REPORTS:
        raise Refused(Refusal("report_day", "年度报告每年公布一次，期限由条例规定，不能改", "条例第四十九条"))
    if frequency not in set(Frequency):
        raise Refused(Refusal("frequency", f"没有“{frequency}”这种更新频次，请重新选择", GROUND))
    entry.column, entry.frequency, entry.after = column, frequency, after.code if after else ""
    entry.save(update_fields=["column", "frequency", "after"])
    stale = Obligation.objects.filter(entry=entry, year__gte=today.year, served_on=None, evidence=None, reminders=None)
    stale.delete()
    duties = entry.duties.filter(until=None)
    spread(duties, years=[today.year])
    recount(Obligation.objects.filter(entry=entry, year__gte=today.year))
    recount_duties(duties)
    record(
        "publishing.adjust_entry",
        entry,
        by=by,
        today=today,
        ground=GROUND,
        column=column.code,
        frequency=frequency,
        after=entry.after,
    )
    return entry
