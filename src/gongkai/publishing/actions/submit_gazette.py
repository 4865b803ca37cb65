from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.publishing.gazette import gazette_refusal, issue_digest, outdated, unfinished
from gongkai.publishing.models import GazetteIssue
from gongkai.publishing.moments import moment
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused
from gongkai_core.states import GAZETTE_ISSUE
from gongkai_core.states.gazette import SECRECY


def can_submit_gazette(issue: GazetteIssue, *, by: User, today: date) -> Refusal | None:
    """Something to read in it, all of it still public."""
    failed = ["complete"] if unfinished(issue) else []
    failed += ["entries_current"] if outdated(issue).exists() else []
    return gazette_refusal(issue, "submit", by=by, today=today, failed=failed)


@transaction.atomic
def submit_gazette(issue: GazetteIssue, *, by: User, today: date) -> GazetteIssue:
    """Send an issue for approval (送批), bound by its digest; whoever sends it is its editor. Raises Refused."""
    issue = locked(issue)
    if refusal := can_submit_gazette(issue, by=by, today=today):
        raise Refused(refusal)
    issue.state = GAZETTE_ISSUE.next(issue.state, "submit").next
    issue.author, issue.round, issue.submitted_at = by, issue.round + 1, moment(today)
    issue.digest = issue_digest(issue)
    issue.save(update_fields=["state", "author", "round", "submitted_at", "digest"])
    record("publishing.submit_gazette", issue, by=by, today=today, ground=SECRECY, digest=issue.digest)
    return issue
