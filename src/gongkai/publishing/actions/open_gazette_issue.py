from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Max

from gongkai.agencies.models import Agency, Role, User
from gongkai.agencies.permissions import locked, needs_role
from gongkai.publishing.gazette import organ_refusal
from gongkai.publishing.models import GazetteIssue
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused
from gongkai_core.states.gazette import GAZETTE


def can_open_gazette_issue(agency: Agency, *, by: User, today: date) -> Refusal | None:
    """A drafter of the government itself: no organ below it ever has a gazette."""
    return organ_refusal(agency) or needs_role(by, Role.DRAFTER, agency, on=today)


def next_numbers(agency: Agency, year: int) -> tuple[int, int]:
    """The number in the year and the serial that come next; what was discarded gives its own back."""
    kept = GazetteIssue.objects.filter(agency=agency).exclude(state="discarded")
    number = kept.filter(year=year).aggregate(last=Max("number"))["last"] or 0
    serial = kept.aggregate(last=Max("serial"))["last"] or 0
    return number + 1, serial + 1


@transaction.atomic
def open_gazette_issue(
    agency: Agency, *, year: int, number: int, serial: int, cover_date: date, by: User, today: date
) -> GazetteIssue:
    """Begin an issue (新建一期). Raises Refused.

    Numbers are the gazette's own and continue those on paper, so they are given; taken ones are refused.
    """
    agency = locked(agency)
    if refusal := can_open_gazette_issue(agency, by=by, today=today):
        raise Refused(refusal)
    kept = GazetteIssue.objects.filter(agency=agency).exclude(state="discarded")
    if kept.filter(year=year, number=number).exists():
        raise Refused(Refusal("number_taken", f"{year}年第{number}期已经有了", GAZETTE))
    if kept.filter(serial=serial).exists():
        raise Refused(Refusal("serial_taken", f"总第{serial}期已经有了", GAZETTE))
    issue = GazetteIssue.objects.create(
        agency=agency, year=year, number=number, serial=serial, cover_date=cover_date, author=by
    )
    record("publishing.open_gazette_issue", issue, by=by, today=today, ground=GAZETTE, numbering=issue.numbering)
    return issue
