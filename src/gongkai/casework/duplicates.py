"""Equal requests: who asked for the same before, and when that calls for publishing (条例第四十四条)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from gongkai.casework.models import Case, DuplicateVerdict

MANY = 2
"""From so many different applicants on the organ is prompted (PRO-01)."""
LOOKED_AT = 50
WITHIN = timedelta(days=3 * 365)


def applicants_alike(case: Case) -> int:
    """How many different applicants asked the organ for the same within three years, this one among them."""
    since = case.submitted_on - WITHIN
    found = Case.objects.filter(agency=case.agency, info_index=case.info_index, submitted_on__gte=since)
    keys = found.order_by("-pk").values_list("applicant__id_index", "applicant__name_index")[:LOOKED_AT]
    return len({number or name for number, name in keys})


def publishing_prompt(case: Case) -> int:
    """The number to prompt with, or 0: fewer asked for it, or the answer was that it may not be disclosed."""
    if case.counted_outcome.startswith("refuse."):
        return 0
    count = applicants_alike(case)
    return count if count >= MANY else 0


def answered_before(case: Case) -> dict[str, Any]:
    """Of a case judged to be a repetition: when and by which letter the earlier one was answered (G11)."""
    judgement = getattr(case, "duplicate_judgement", None)
    if judgement is None or judgement.verdict != DuplicateVerdict.REPEAT:
        return {}
    notice = judgement.earlier.notices.filter(decision__isnull=False, voided_on=None).first()
    return {"prev_on": judgement.earlier.counted_on, "prev_docno": notice.number if notice else ""}
