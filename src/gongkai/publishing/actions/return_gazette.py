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
from gongkai_core.states.gazette import OTHERS


def can_return_gazette(issue: GazetteIssue, *, by: User, today: date, remarks: str = "有意见") -> Refusal | None:
    """A publisher, with remarks, until it is out."""
    return gazette_refusal(issue, "return", by=by, today=today, failed=[] if remarks.strip() else ["remarks"])


@transaction.atomic
def return_gazette(issue: GazetteIssue, *, by: User, today: date, remarks: str) -> GazetteIssue:
    """Give an issue back to its editor (退回); its approval is void. Raises Refused."""
    issue = locked(issue)
    if refusal := can_return_gazette(issue, by=by, today=today, remarks=remarks):
        raise Refused(refusal)
    issue.state = GAZETTE_ISSUE.next(issue.state, "return").next
    issue.remarks = remarks.strip()
    issue.approved_by = issue.approved_at = issue.secrecy_passed_at = issue.instruction = None
    issue.approved_digest = ""
    issue.save()
    record("publishing.return_gazette", issue, by=by, today=today, ground=OTHERS, remarks=issue.remarks)
    return issue
