"""不再等候: another organ was asked and does not answer; the case goes on without it."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.casework import clock, procedure
from gongkai.casework.models import Case, EventType, Opinion, Party
from gongkai_core.refusals import Refusal


def can_resume(case: Case, *, by: User, today: date) -> Refusal | None:
    """While only other organs are waited for: their silence has no last day of its own."""
    return procedure.refusal(case, "resume", by=by, today=today)


@transaction.atomic
def resume(case: Case, *, reason: str, by: User, today: date) -> Case:
    """Stop waiting: every open question to another organ ends today, and the clock goes on. Raises Refused.

    The time is not counted only while an answer is awaited (条例第三十三条第三款), so that giving up ends the stop.
    """
    case = locked(case)
    procedure.allow(can_resume(case, by=by, today=today))
    if not reason.strip():
        procedure.allow(Refusal("resume_reason", "不再等候须写明理由", "条例第三十三条"))
    for inquiry in case.inquiries.filter(party=Party.AGENCY, answered_on=None, opinion=""):
        if inquiry.ref in _open_refs(case):
            clock.add(case, EventType.AGENCY_ANSWERED, by=by, today=today, ref=inquiry.ref, on=today)
        inquiry.opinion, inquiry.words = Opinion.NONE, reason.strip()
        inquiry.save(update_fields=["opinion", "words"])
    article = procedure.advance(case, "resume")
    procedure.keep(case, today=today)
    procedure.note("resume", case, by=by, today=today, ground=article, reply_by=case.reply_by)
    return case


def _open_refs(case: Case) -> set[str]:
    """Questions of the present clock without an answer."""
    events = clock.running(case)
    asked = {event.ref for event in events if event.type == EventType.AGENCY_CONSULTED}
    return asked - {event.ref for event in events if event.type == EventType.AGENCY_ANSWERED}
