from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.publishing.actions.submit import can_submit, submit
from gongkai.publishing.interpretations import RULE, companions
from gongkai.publishing.models import ItemVersion
from gongkai_core.refusals import Refusal, Refused

WRITTEN = ("draft", "returned")


def can_submit_together(version: ItemVersion, *, by: User, today: date) -> Refusal | None:
    """A document and every interpretation that is being written with it, each ready to be sent."""
    going = [row for row in companions(version.item) if row.state in WRITTEN]
    if not going:
        return Refusal("alone", "没有在拟的解读稿；先起草解读稿，再同步送审", RULE)
    for row in (version, *going):
        if refusal := can_submit(row, by=by, today=today):
            return Refusal(refusal.code, f"“{row.title}”：{refusal.message}", refusal.article)
    return None


@transaction.atomic
def submit_together(version: ItemVersion, *, by: User, today: date) -> list[ItemVersion]:
    """Send a document and its interpretations for review in one act (同步送审). All or none; raises Refused."""
    if refusal := can_submit_together(version, by=by, today=today):
        raise Refused(refusal)
    going = [row for row in companions(version.item) if row.state in WRITTEN]
    return [submit(row, by=by, today=today) for row in (version, *going)]
