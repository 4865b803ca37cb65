from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.casework import procedure
from gongkai.casework.actions.assign import take
from gongkai.casework.models import Case
from gongkai_core.refusals import Refusal


def can_start_examination(case: Case, *, by: User, today: date) -> Refusal | None:
    return procedure.refusal(case, "start_examination", by=by, today=today)


@transaction.atomic
def start_examination(case: Case, *, by: User, today: date) -> Case:
    """Begin to examine whether the application is complete (审查): who begins has taken the case. Raises Refused."""
    case = _step(case, "start_examination", by=by, today=today)
    take(case, today)
    return case


def can_start_processing(case: Case, *, by: User, today: date) -> Refusal | None:
    return procedure.refusal(case, "start_processing", by=by, today=today)


@transaction.atomic
def start_processing(case: Case, *, by: User, today: date) -> Case:
    """The application is complete: search and ask (办理). Raises Refused."""
    return _step(case, "start_processing", by=by, today=today)


def _step(case: Case, event: str, *, by: User, today: date) -> Case:
    case = locked(case)
    procedure.allow(procedure.refusal(case, event, by=by, today=today))
    article = procedure.advance(case, event)
    procedure.keep(case, today=today)
    procedure.note(event, case, by=by, today=today, ground=article)
    return case
