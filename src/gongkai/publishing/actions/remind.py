from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import Agency, User
from gongkai.agencies.permissions import is_disclosure_office
from gongkai.publishing.models import Reminder
from gongkai.publishing.obligations import troubled
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused

GROUND = "条例第四十七条第一款"


def can_remind(agency: Agency, *, by: User, today: date) -> Refusal | None:
    """The disclosure office, when the organ has something overdue or an empty column."""
    if not is_disclosure_office(by, on=today):
        return Refusal("office_only", "催办、督办由政务公开办办理", GROUND)
    if not troubled(agency, today=today).exists():
        return Refusal("nothing", f"{agency.short_name}没有逾期或者空着的栏目", GROUND)
    return None


@transaction.atomic
def remind(agency: Agency, *, by: User, today: date) -> int:
    """Remind an organ of all that is overdue or empty (催办): each waits in its queue until met. Returns how many.

    A second click on the same day reminds of nothing twice. Raises Refused.
    """
    if refusal := can_remind(agency, by=by, today=today):
        raise Refused(refusal)
    rows = list(troubled(agency, today=today))
    Reminder.objects.bulk_create(
        [Reminder(obligation=row, by=by, on=today) for row in rows], ignore_conflicts=True, batch_size=500
    )
    record("publishing.remind", agency, by=by, today=today, ground=GROUND, obligations=len(rows))
    return len(rows)
