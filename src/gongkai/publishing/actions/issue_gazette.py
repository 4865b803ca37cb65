from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.publishing.gazette import gazette_refusal, issue_digest, outdated
from gongkai.publishing.gazette_pdf import print_issue
from gongkai.publishing.models import Channel, EntryKind, GazetteIssue, Publication
from gongkai.publishing.moments import moment
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused
from gongkai_core.states import GAZETTE_ISSUE
from gongkai_core.states.gazette import OTHERS


def can_issue_gazette(issue: GazetteIssue, *, by: User, today: date) -> Refusal | None:
    """A publisher, for the content that was approved, all of it still public."""
    failed = [] if issue.approved_digest and issue_digest(issue) == issue.approved_digest else ["digest_approved"]
    failed += ["entries_current"] if outdated(issue).exists() else []
    return gazette_refusal(issue, "issue", by=by, today=today, failed=failed)


@transaction.atomic
def issue_gazette(issue: GazetteIssue, *, by: User, today: date) -> GazetteIssue:
    """Bring an issue out (出刊): printed once, its bytes kept; its items were in this channel too from today on.

    Raises Refused, FontsMissing without a Chinese face. An item already noted in the channel keeps its first day.
    """
    issue = locked(issue)
    if refusal := can_issue_gazette(issue, by=by, today=today):
        raise Refused(refusal)
    issue.state, issue.issued_at = GAZETTE_ISSUE.next(issue.state, "issue").next, moment(today)
    issue.save(update_fields=["state", "issued_at"])
    printing = print_issue(issue, by=by, today=today)
    items = [entry.item for entry in issue.entries.filter(kind=EntryKind.ITEM).select_related("item")]
    Publication.objects.bulk_create(
        (
            Publication(item=item, agency_id=item.agency_id, channel=Channel.GAZETTE, published_on=today)
            for item in items
            if item is not None
        ),
        ignore_conflicts=True,
    )
    facts = {"digest": issue.approved_digest, "file": printing.blob.digest, "items": len(items)}
    record("publishing.issue_gazette", issue, by=by, today=today, ground=OTHERS, **facts)
    return issue
