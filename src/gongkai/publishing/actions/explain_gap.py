from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import Agency, Role, User
from gongkai.publishing.docno_series import series_of
from gongkai.publishing.models import GapExplanation
from gongkai.publishing.permissions import roles_at
from gongkai.trail.chain import record
from gongkai_core.docnos import SOURCE, Docno
from gongkai_core.refusals import Refusal, Refused

LONGEST = 200
EXPLAINERS = frozenset(
    {Role.DRAFTER.value, Role.REVIEWER.value, Role.PUBLISHER.value, Role.SECRECY_REVIEWER.value}
    | {Role.DISCLOSURE_OFFICE.value}
)


def can_explain_gap(agency: Agency, *, by: User, today: date) -> Refusal | None:
    """Whoever writes, reviews or publishes at the organ, or the disclosure office."""
    if EXPLAINERS & roles_at(by, agency, on=today):
        return None
    return Refusal("needs_role", f"缺号由{agency.short_name}的拟稿人、审核人、签发人或者政务公开办说明", SOURCE)


@transaction.atomic
def explain_gap(
    agency: Agency, docno: Docno, *, reason: str, by: User, today: date, until: int | None = None
) -> list[GapExplanation]:
    """Say why a number was never used, or why all gaps of its series up to the serial `until` were not.

    A second explanation of one number replaces the first; of several, those that have one keep it. Raises Refused.
    """
    refusal = can_explain_gap(agency, by=by, today=today)
    if refusal is None and len(reason.strip()) < 2:
        refusal = Refusal("no_reason", "请写明缺号的原因，如“空号”“取号后未印发”", SOURCE)
    if refusal is None and (len(reason.strip()) > LONGEST or "\0" in reason):
        refusal = Refusal("long_reason", f"缺号的原因最多 {LONGEST} 字，不含空字符", SOURCE)
    if refusal is None:
        lines = {line.docno: line for line in series_of(agency, docno.prefix, docno.year)}
        if docno not in lines or lines[docno].standing not in ("gap", "explained"):
            refusal = Refusal("no_gap", f"{docno} 不是缺号", SOURCE)
    if refusal:
        raise Refused(refusal)
    further = [
        one for one, line in lines.items() if line.standing == "gap" and docno.serial < one.serial <= (until or 0)
    ]
    rows = []
    for one in (docno, *further):
        row, _ = GapExplanation.objects.update_or_create(
            agency=agency, docno=str(one), defaults={"reason": reason.strip(), "entered_by": by}
        )
        record("publishing.explain_gap", agency, by=by, today=today, ground=SOURCE, docno=str(one), reason=row.reason)
        rows.append(row)
    return rows
