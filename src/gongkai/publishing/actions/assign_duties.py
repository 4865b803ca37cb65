from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction

from gongkai.agencies.models import Agency, LegalKind, User
from gongkai.agencies.permissions import is_disclosure_office, locked
from gongkai.publishing.models import CatalogueEntry, Duty, Obligation
from gongkai.publishing.obligations import recount_duties, spread
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused

GROUND = "条例第十条、第四十七条"


def can_assign_duties(entry: CatalogueEntry, *, by: User, today: date) -> Refusal | None:
    """The disclosure office, for an entry in force."""
    if not is_disclosure_office(by, on=today):
        return Refusal("office_only", "责任单位由政务公开办确定", GROUND)
    if entry.retired_on:
        return Refusal("retired", "这一事项所在的目录已停用", GROUND)
    return None


@transaction.atomic
def assign_duties(entry: CatalogueEntry, agencies: Collection[Agency], *, by: User | None, today: date) -> int:
    """Make exactly these organs answer for an entry from today on; `by` None is the installation itself.

    Obligations of an organ that is relieved go, unless something serves or documents them. Returns how many obligations
    are new. Raises Refused.
    """
    entry = locked(entry)
    if by and (refusal := can_assign_duties(entry, by=by, today=today)):
        raise Refused(refusal)
    if any(agency.legal_kind == LegalKind.VILLAGE for agency in agencies):
        raise Refused(Refusal("no_organ", "村（居）民委员会不是行政机关，不承担公开义务", "条例第二条"))
    wanted = {agency.pk for agency in agencies}
    duties = Duty.objects.filter(entry=entry, until=None)
    relieved = duties.exclude(agency__in=wanted)
    gone = Obligation.objects.filter(entry=entry, agency__in=relieved.values("agency"), served_on=None)
    gone.filter(evidence=None, reminders=None).delete()
    relieved.update(until=today)
    held = set(duties.values_list("agency", flat=True))
    Duty.objects.bulk_create([Duty(entry=entry, agency_id=pk, since=today) for pk in sorted(wanted - held)])
    new = duties.exclude(agency__in=held)
    recount_duties(new)
    count = spread(new, years=[today.year])
    record(
        "publishing.assign_duties",
        entry,
        by=by,
        today=today,
        ground=GROUND,
        agencies=sorted(agency.code for agency in agencies),
    )
    return count
