from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.publishing.gazette import gazette_refusal
from gongkai.publishing.models import Erratum, GazetteIssue
from gongkai.publishing.moments import moment
from gongkai.trail.chain import record
from gongkai_core.marks import find_mark
from gongkai_core.refusals import Refusal, Refused
from gongkai_core.states.gazette import GAZETTE


def can_enter_erratum(issue: GazetteIssue, *, by: User, today: date) -> Refusal | None:
    """A drafter, of an issue that is out."""
    return gazette_refusal(issue, "correct", by=by, today=today)


@transaction.atomic
def enter_erratum(issue: GazetteIssue, *, place: str, wrong: str, right: str, by: User, today: date) -> Erratum:
    """Write down an error of an issue and what is right (勘误); public once another has passed it. Raises Refused."""
    issue = locked(issue)
    if refusal := can_enter_erratum(issue, by=by, today=today):
        raise Refused(refusal)
    if not (place.strip() and wrong.strip() and right.strip()):
        raise Refused(Refusal("unfinished", "位置、误、正都须填写", GAZETTE))
    if refusal := find_mark(f"{wrong}\n{right}"):
        raise Refused(refusal)
    row = Erratum.objects.create(
        issue=issue, place=place.strip(), wrong=wrong.strip(), right=right.strip(), author=by, entered_at=moment(today)
    )
    record("publishing.enter_erratum", issue, by=by, today=today, ground=GAZETTE, erratum=str(row.public_id))
    return row
