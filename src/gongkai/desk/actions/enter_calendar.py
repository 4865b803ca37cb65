from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.calendar import calendar_changed
from gongkai.agencies.models import CalendarRange, CalendarYear, User
from gongkai.agencies.permissions import is_disclosure_office
from gongkai.casework.clock import recompute
from gongkai.casework.models import Case
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused

GROUND = "民法典第二百零一条、第二百零三条"


def can_enter_calendar(*, by: User, today: date) -> Refusal | None:
    if is_disclosure_office(by, on=today):
        return None
    return Refusal("needs_role", "放假安排由政务公开办录入", GROUND)


@transaction.atomic
def enter_calendar(
    *, by: User, today: date, year: int, notice: str, ranges: list[tuple[str, date, date, str]], local: bool = False
) -> CalendarYear:
    """Enter (or replace) a year's 放假安排 and recompute every open case, each change in the trail. Raises Refused."""
    if refusal := can_enter_calendar(by=by, today=today):
        raise Refused(refusal)
    entered, _ = CalendarYear.objects.update_or_create(
        year=year, local=local, defaults={"notice": notice, "entered_by": by}
    )
    entered.ranges.all().delete()
    CalendarRange.objects.bulk_create(
        CalendarRange(calendar=entered, kind=kind, first=first, last=last, name=name)
        for kind, first, last, name in ranges
    )
    record(
        "desk.enter_calendar",
        None,
        by=by,
        today=today,
        ground=GROUND,
        year=year,
        notice=notice,
        local=local,
        ranges=ranges,
    )
    calendar_changed()
    recompute(Case.objects.open(), by=by, today=today)
    return entered
