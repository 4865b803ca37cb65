from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.casework import clock, procedure
from gongkai.casework.actions.applicant_paper import keep_paper
from gongkai.casework.actions.receive import info_index_of
from gongkai.casework.models import ApplicantPaperKind, Case, CaseFile, EventType, FileKind
from gongkai.documents.models import Blob
from gongkai_core.refusals import Refusal


def can_correction_received(case: Case, *, by: User | None, today: date, on: date | None = None) -> Refusal | None:
    """Only what was asked for, once, and not after the last day (条例第三十条)."""
    kinds = set(case.clock_events.in_force().values_list("type", flat=True))
    failed = []
    if EventType.CORRECTION_ASKED not in kinds or EventType.CORRECTION_RECEIVED in kinds:
        failed.append("correction_asked")
    if case.state == "waiting_correction" and case.due_on and (on or today) > case.due_on:
        failed.append("correction_in_time")
    return procedure.refusal(case, "correction_received", by=by, today=today, failed=failed)


@transaction.atomic
def correction_received(
    case: Case,
    *,
    on: date,
    by: User | None,
    today: date,
    info_desc: str = "",
    words: str = "",
    papers: list[Blob] | None = None,
    key: str = "",
) -> Case:
    """The corrected application has come in: its day starts the clock anew. Raises Refused.

    `info_desc`: the request as it now reads, where it changed (how it read before is kept); `words`: what the
    applicant says beside it; `by` None and `key` (the form's own) when it comes by the query page.
    """
    case = locked(case)
    procedure.allow(can_correction_received(case, by=by, today=today, on=on))
    clock.add(case, EventType.CORRECTION_RECEIVED, by=by, today=today, on=on)
    changed = info_desc.strip() not in ("", case.info_desc)
    keep_paper(
        case, ApplicantPaperKind.CORRECTION, on=on, by=by, key=key, text=words,
        before=case.info_desc if changed else "",
    )  # fmt: skip
    if changed:
        case.info_desc, case.info_index = info_desc.strip(), info_index_of(info_desc)
    for blob in papers or ():
        CaseFile.objects.create(case=case, kind=FileKind.CORRECTION, blob=blob, added_by=by)
    article = procedure.advance(case, "correction_received")
    procedure.keep(case, today=today)
    procedure.note("correction_received", case, by=by, today=today, ground=article, on=on, reply_by=case.reply_by)
    return case
