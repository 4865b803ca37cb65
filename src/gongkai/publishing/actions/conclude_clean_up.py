from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.publishing.actions.draft import can_draft, draft
from gongkai.publishing.clean_ups import GROUND, office_refusal, result_body, told
from gongkai.publishing.models import CleanUp, Column, ItemVersion
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused

COLUMN = "A20_01"


def can_conclude_clean_up(clean_up: CleanUp, *, by: User, today: date) -> Refusal | None:
    """The office, who may also draft for the government, when every document was judged."""
    if refusal := office_refusal(by, today):
        return refusal
    if clean_up.result_id:
        return Refusal("concluded", "清理结果已经起草", GROUND)
    if refusal := can_draft(clean_up.agency, by=by, today=today):
        return refusal
    if still_open := clean_up.entries.filter(verdict="").count():
        return Refusal("unfinished", f"还有 {still_open} 件没有意见", GROUND)
    return None


@transaction.atomic
def conclude_clean_up(clean_up: CleanUp, *, by: User, today: date) -> ItemVersion:
    """Draft the announcement of the outcome; it goes through review like any text. Raises Refused."""
    clean_up = locked(clean_up)
    if refusal := can_conclude_clean_up(clean_up, by=by, today=today):
        raise Refused(refusal)
    version = draft(
        clean_up.agency,
        title=f"关于公布{clean_up.title}结果的公告",
        column=Column.objects.get(code=COLUMN),
        body=result_body(clean_up, told(clean_up)),
        by=by,
        today=today,
    )
    clean_up.result = version.item
    clean_up.save(update_fields=["result"])
    record(
        "publishing.conclude_clean_up", clean_up, by=by, today=today, ground=GROUND, item=str(version.item.public_id)
    )
    return version
