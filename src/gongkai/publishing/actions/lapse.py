from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.permissions import locked
from gongkai.publishing.actions.revise import standing_version
from gongkai.publishing.models import Item, WithdrawalKind
from gongkai.publishing.moments import moment
from gongkai.publishing.obligations import went_away
from gongkai.publishing.standing import leave_column, restate, silence, step
from gongkai.publishing.tasks import announce
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused
from gongkai_core.states import ITEM_VERSION

GROUND = "条例第六条、第十五条"


def can_lapse(item: Item, *, today: date) -> Refusal | None:
    """Nobody's act: a public list of persons whose last day has passed (domain-spec §11.2 item 14)."""
    over = item.shown_until is not None and item.shown_until < today
    state = standing_version(item).state
    return ITEM_VERSION.refusal(state, "lapse", roles={"system"}, failed=[] if over else ["term_over"])


@transaction.atomic
def lapse(item: Item, *, today: date) -> Item:
    """Take a list of persons down on the day after its last one, leaving nothing of it. Raises Refused."""
    item = locked(item)
    if refusal := can_lapse(item, today=today):
        raise Refused(refusal)
    version = standing_version(item)
    version.withdrawn_at = moment(today)
    step(version, "lapse", "withdrawn_at")
    leave_column(item)
    silence(item)
    item.withdrawn_at, item.withdrawal_kind = version.withdrawn_at, WithdrawalKind.SILENT
    item.withdrawal_reason = f"公示期满（{item.shown_until}）"
    restate(item, "withdrawn_at", "withdrawal_kind", "withdrawal_reason")
    went_away(item)
    record(
        "publishing.lapse",
        item,
        by=None,
        today=today,
        ground=GROUND,
        version=version.number,
        shown_until=item.shown_until,
    )
    announce(item)
    return item
