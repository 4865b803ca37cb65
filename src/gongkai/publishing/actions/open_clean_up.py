from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.publishing.batches import CHUNK
from gongkai.publishing.clean_ups import GROUND, government, in_force, office_refusal, open_round
from gongkai.publishing.models import CleanUp, CleanUpEntry
from gongkai.publishing.moments import moment
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused


def can_open_clean_up(
    *, by: User, today: date, as_of: date | None = None, due_on: date | None = None
) -> Refusal | None:
    """The disclosure office, one round at a time, over what is in force."""
    if refusal := office_refusal(by, today):
        return refusal
    if running := open_round():
        return Refusal("running", f"“{running}”还没有公布结果", GROUND)
    if as_of and as_of > today:
        return Refusal("future_day", "文件截止日不能在今天之后", GROUND)
    if due_on and due_on <= today:
        return Refusal("past_due", "完成期限须在今天之后", GROUND)
    return None


@transaction.atomic
def open_clean_up(*, title: str, as_of: date, due_on: date, by: User, today: date) -> CleanUp:
    """Open a round over the documents in force on a day; every organ finds its own in its list. Raises Refused."""
    if refusal := can_open_clean_up(by=by, today=today, as_of=as_of, due_on=due_on):
        raise Refused(refusal)
    organ = government()
    items = list(in_force(organ, as_of)) if organ else []
    if not items:
        raise Refused(Refusal("nothing", f"截至 {as_of} 没有现行有效的规章、规范性文件", GROUND))
    clean_up = CleanUp.objects.create(
        agency=organ, title=title.strip(), as_of=as_of, due_on=due_on, opened_by=by, opened_at=moment(today)
    )
    rows = [CleanUpEntry(clean_up=clean_up, item=item, agency_id=item.agency_id) for item in items]
    CleanUpEntry.objects.bulk_create(rows, batch_size=CHUNK)
    record(
        "publishing.open_clean_up",
        clean_up,
        by=by,
        today=today,
        ground=GROUND,
        as_of=as_of,
        due_on=due_on,
        size=len(rows),
    )
    return clean_up
