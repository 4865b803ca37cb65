from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.publishing.gazette import gazette_refusal
from gongkai.publishing.models import GazetteIssue
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused
from gongkai_core.states import GAZETTE_ISSUE


def can_discard_gazette(issue: GazetteIssue, *, by: User, today: date) -> Refusal | None:
    """A drafter, while it is being composed."""
    return gazette_refusal(issue, "discard", by=by, today=today)


@transaction.atomic
def discard_gazette(issue: GazetteIssue, *, by: User, today: date) -> GazetteIssue:
    """Give an issue up (作废); its number is free again. Raises Refused."""
    issue = locked(issue)
    if refusal := can_discard_gazette(issue, by=by, today=today):
        raise Refused(refusal)
    issue.state = GAZETTE_ISSUE.next(issue.state, "discard").next
    issue.save(update_fields=["state"])
    record("publishing.discard_gazette", issue, by=by, today=today)
    return issue
