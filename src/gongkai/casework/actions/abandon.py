from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.casework import clock, procedure
from gongkai.casework.models import Case
from gongkai_core.refusals import Refusal, Refused

_GUARD = {"waiting_correction": "G14", "waiting_fee": "G15"}
_CLOCK = ("abandoned_correction", "abandoned_fee")


def can_abandon(case: Case, *, by: User, today: date) -> Refusal | None:
    """The clock must say so: the day of correction or payment has passed and nothing came."""
    failed = []
    if case.state in _GUARD:
        try:
            if clock.replay(case, today).state not in _CLOCK:
                failed = [_GUARD[case.state]]
        except Refused as refused:
            return refused.refusal
    return procedure.refusal(case, "abandon", by=by, today=today, failed=failed)


@transaction.atomic
def abandon(case: Case, *, by: User, today: date) -> Case:
    """Find the application abandoned (视为放弃). It is closed when the L25 has left, not before. Raises Refused."""
    case = locked(case)
    procedure.allow(can_abandon(case, by=by, today=today))
    article = procedure.advance(case, "abandon")
    case.abandoned_on = today
    procedure.keep(case, today=today)
    procedure.note("abandon", case, by=by, today=today, ground=article)
    return case
