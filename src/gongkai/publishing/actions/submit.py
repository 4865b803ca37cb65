from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.publishing.actions.edit import can_edit
from gongkai.publishing.attachments import wordless_pictures
from gongkai.publishing.backdating import reason_refusal, version_backdating
from gongkai.publishing.chain import FROZEN, freeze, step_refusal
from gongkai.publishing.checks import endless_list, entry_refusal, is_name_list, unfinished
from gongkai.publishing.guides import guide_refusal
from gongkai.publishing.hits import hits_of, undismissed_refusal
from gongkai.publishing.models import ItemVersion, Openness
from gongkai.publishing.permissions import locked_version
from gongkai.publishing.standing import move
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused
from gongkai_core.states.items import SECRECY


def can_submit(version: ItemVersion, *, by: User, today: date, urgent_reason: str = "") -> Refusal | None:
    """Complete, to be open, without any mark (条例第十七条), no personal data left without a reason.

    Entered late only with a reason; urgency is stated in a few words.
    """
    if len(urgent_reason.strip()) > 200:
        return Refusal("long_reason", "紧急事由最多 200 字", SECRECY)
    failed = []
    if unfinished(version.facts(), version.body):
        failed.append("complete")
    if version.openness != Openness.OPEN:
        failed.append("open_attribute")
    if refusal := step_refusal(version, "submit", by=by, today=today, failed=failed):
        return refusal
    if refusal := can_edit(version, by=by, today=today, event="submit"):
        return refusal
    if not version.shown_until and is_name_list(version.column):
        return endless_list()
    if refusal := wordless_pictures(version):
        return refusal
    return (
        entry_refusal(version.facts(), version.body, today=today)
        or guide_refusal(version)
        or reason_refusal(version_backdating(version, today=today), version.backdated_reason)
        or undismissed_refusal(hits_of(version, today=today))
    )


@transaction.atomic
def submit(version: ItemVersion, *, by: User, today: date, urgent_reason: str = "") -> ItemVersion:
    """Send for review (送审): the chain in force now is frozen for this round. Raises Refused.

    With an `urgent_reason` (紧急事由) it takes the short chain.
    """
    version = locked_version(version)
    if refusal := can_submit(version, by=by, today=today, urgent_reason=urgent_reason):
        raise Refused(refusal)
    freeze(version, today=today, urgent_reason=urgent_reason.strip())
    late = version_backdating(version, today=today)
    version.backdated_reason = version.backdated_reason if late else ""
    move(version, "submit", *FROZEN, "backdated_reason")
    facts = {
        "version": version.number,
        "digest": version.digest,
        "chain": [each.label for each in version.steps],
        "urgent": version.urgent_reason,
    }
    if late:
        facts |= {"backdated": late, "remarks": f"补登：{version.backdated_reason}"}
    record("publishing.submit", version.item, by=by, today=today, ground=SECRECY, **facts)
    return version
