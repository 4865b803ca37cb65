from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.casework import clock, procedure
from gongkai.casework.actions.send import send_notice
from gongkai.casework.models import Case, EventType, Law
from gongkai_core.refusals import Refusal


def stops_nothing(case: Case, on: date) -> bool:
    """Whether a correction asked on this day leaves the clock alone (clock contract, rules 2 and 18; 重新答复)."""
    return (
        case.law == Law.OLD
        or case.redecided
        or (case.correction_notice_by is not None and on > case.correction_notice_by)
    )


def can_ask_correction(case: Case, *, by: User, today: date, on: date | None = None) -> Refusal | None:
    """Once, by the handler; after the seventh working day it is possible but resets nothing (条例第三十条)."""
    asked = case.clock_events.in_force().filter(type=EventType.CORRECTION_ASKED).exists()
    return procedure.refusal(
        case,
        "ask_correction",
        by=by,
        today=today,
        facts=["correction_stops_nothing"] if stops_nothing(case, on or today) else [],
        failed=["correction_once"] if asked else [],
    )


@transaction.atomic
def ask_correction(
    case: Case,
    *,
    items: str,
    guidance: str,
    return_by: date,
    method: str,
    by: User,
    today: date,
    sent_on: date | None = None,
    files: bool = True,
) -> Case:
    """Send the 补正告知书 (L02) with all that is to be put right, and wait. Raises Refused."""
    case = locked(case)
    sent_on = sent_on or today
    procedure.allow(can_ask_correction(case, by=by, today=today, on=sent_on))
    if return_by <= sent_on:
        procedure.allow(Refusal("return_by_given", "补正截止日须在告知书发出之后", "条例第三十条"))
    late = stops_nothing(case, sent_on)
    send_notice(
        case,
        "L02",
        {"amend_items": items, "amend_by": return_by, "guidance": guidance},
        method=method,
        sent_on=sent_on,
        by=by,
        files=files,
    )
    clock.add(case, EventType.CORRECTION_ASKED, by=by, today=today, on=sent_on, return_by=return_by)
    article = procedure.advance(case, "ask_correction", facts=["correction_stops_nothing"] if late else [])
    procedure.keep(case, today=today)
    procedure.note(
        "ask_correction", case, by=by, today=today, ground=article, return_by=return_by, sent_on=sent_on, late=late
    )
    return case
