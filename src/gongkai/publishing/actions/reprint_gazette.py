from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.publishing.gazette import gazette_refusal, printing_shown
from gongkai.publishing.gazette_pdf import print_issue
from gongkai.publishing.models import GazetteIssue
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused

GROUND = "条例第十五条、第十七条"


def can_reprint_gazette(issue: GazetteIssue, *, by: User, today: date) -> Refusal | None:
    """A publisher, where the printing holds what was withdrawn silently and therefore isn't offered any more."""
    failed = ["something_withdrawn"] if printing_shown(issue) else []
    return gazette_refusal(issue, "reprint", by=by, today=today, failed=failed)


@transaction.atomic
def reprint_gazette(issue: GazetteIssue, *, by: User, today: date) -> GazetteIssue:
    """Print an issue again without what was withdrawn silently (重印); earlier printings stay inside. Raises Refused.

    Nothing is added and nothing changed: what remains was approved, what goes was withdrawn by who may withdraw.
    """
    issue = locked(issue)
    if refusal := can_reprint_gazette(issue, by=by, today=today):
        raise Refused(refusal)
    printing = print_issue(issue, by=by, today=today)
    facts = {"printing": printing.number, "file": printing.blob.digest}
    record("publishing.reprint_gazette", issue, by=by, today=today, ground=GROUND, **facts)
    return issue
