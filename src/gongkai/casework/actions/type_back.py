from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from gongkai.agencies.models import Role, User
from gongkai.casework.models import PlatformEntry
from gongkai.casework.permissions import roles_at
from gongkai.casework.superior import GROUND
from gongkai.trail.chain import act, record_many
from gongkai_core.refusals import Refusal, Refused

TYPISTS = {Role.CASE_REGISTRAR, Role.HANDLER, Role.DISCLOSURE_OFFICE}


def can_type_back(entry: PlatformEntry, *, by: User, today: date) -> Refusal | None:
    """Whoever types at the platform says so: the organ's registrar or handler, or the disclosure office; once."""
    if not roles_at(by, entry.agency, on=today) & TYPISTS:
        return Refusal("needs_role", f"由{entry.agency.short_name}的登记人或者承办人办理", GROUND)
    if entry.typed_on:
        return Refusal("typed", "已经回填过", GROUND)
    return None


@transaction.atomic
def type_back(entries: Sequence[PlatformEntry], *, by: User, today: date) -> int:
    """Say that these have been typed in at the superior's platform (回填). All or none; raises Refused."""
    keys = [entry.pk for entry in entries]
    rows = list(
        PlatformEntry.objects.select_for_update(of=("self",)).filter(pk__in=keys).select_related("agency", "case")
    )
    for row in rows:
        if refused := can_type_back(row, by=by, today=today):
            raise Refused(refused)
    PlatformEntry.objects.filter(pk__in=keys).update(typed_by=by, typed_on=today)
    record_many(
        act("casework.type_back", row.case, by=by, today=today, ground=GROUND, event=row.event, words=row.words)
        for row in rows
    )
    return len(rows)
