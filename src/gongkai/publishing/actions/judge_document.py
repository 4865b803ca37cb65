from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import Role, User
from gongkai.agencies.permissions import locked, needs_role
from gongkai.publishing.clean_ups import GROUND
from gongkai.publishing.models import CleanUpEntry, CleanUpVerdict
from gongkai.publishing.moments import moment
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused


def can_judge_document(
    entry: CleanUpEntry, *, by: User, today: date, verdict: str = CleanUpVerdict.CONTINUE, ground: str = "有理由"
) -> Refusal | None:
    """A drafter or publisher of the document's organ, with the ground, until the outcome is announced."""
    refusal = needs_role(by, Role.DRAFTER, entry.agency, on=today)
    if refusal and (refusal := needs_role(by, Role.PUBLISHER, entry.agency, on=today)):
        return refusal
    if entry.clean_up.result_id:
        return Refusal("closed", "清理结果已经形成，不再更改", GROUND)
    if verdict not in CleanUpVerdict.values:
        return Refusal("no_verdict", "请选择继续有效、修改、废止或者宣布失效", GROUND)
    if not ground.strip():
        return Refusal("no_ground", "请写明理由", GROUND)
    return None


@transaction.atomic
def judge_document(entry: CleanUpEntry, *, by: User, today: date, verdict: str, ground: str) -> CleanUpEntry:
    """Say what becomes of a document (清理意见); it may be said anew until the outcome is announced. Raises Refused."""
    entry = locked(entry)
    if refusal := can_judge_document(entry, by=by, today=today, verdict=verdict, ground=ground):
        raise Refused(refusal)
    entry.verdict, entry.ground, entry.judged_by, entry.judged_at = verdict, ground.strip(), by, moment(today)
    entry.save(update_fields=["verdict", "ground", "judged_by", "judged_at"])
    record(
        "publishing.judge_document",
        entry.item,
        by=by,
        today=today,
        ground=GROUND,
        verdict=verdict,
        remarks=entry.ground,
    )
    return entry
