from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.annualreport.actions.fill_website_return import can_fill_website_return
from gongkai.annualreport.models import WebsiteCorrection, WebsiteReturn
from gongkai.annualreport.website_figures import figures_of
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused
from gongkai_core.website_return import CELLS, DOC


def can_correct_website_figure(row: WebsiteReturn, cell: str, *, by: User, today: date) -> Refusal | None:
    """Only what was counted or added is corrected: a filed figure is filed again."""
    if refusal := can_fill_website_return(row, by=by, today=today):
        return refusal
    if CELLS[cell].filed:
        return Refusal("filed", "这一格是填报的数，请直接改填", DOC)
    return None


@transaction.atomic
def correct_website_figure(
    row: WebsiteReturn, cell: str, value: Decimal, *, reason: str, evidence: str, by: User, today: date
) -> WebsiteCorrection:
    """Correct a counted figure by hand; the counted one is kept beside it. Raises Refused."""
    row = locked(row)
    if refusal := can_correct_website_figure(row, cell, by=by, today=today):
        raise Refused(refusal)
    if not reason.strip() or not evidence.strip():
        raise Refused(Refusal("no_reason", "更正须写明理由和佐证", DOC))
    found = figures_of(row)
    computed = found.computed[cell] if cell in found.corrections else found.values[cell]
    facts = {"computed": computed, "corrected": value, "reason": reason.strip(), "evidence": evidence.strip()}
    correction, _ = WebsiteCorrection.objects.update_or_create(
        website_return=row, cell=cell, defaults={**facts, "corrected_by": by, "corrected_on": today}
    )
    _touched(row, by)
    record(
        "annualreport.correct_website_figure", row, by=by, today=today, ground=DOC, cell=cell,
        computed=str(computed), corrected=str(value), reason=correction.reason,
    )  # fmt: skip
    return correction


@transaction.atomic
def withdraw_website_correction(correction: WebsiteCorrection, *, by: User, today: date) -> None:
    """Go back to the counted figure. Raises Refused."""
    row = locked(correction.website_return)
    if refusal := can_fill_website_return(row, by=by, today=today):
        raise Refused(refusal)
    correction.delete()
    _touched(row, by)
    record("annualreport.withdraw_website_correction", row, by=by, today=today, ground=DOC, cell=correction.cell)


def _touched(row: WebsiteReturn, by: User) -> None:
    row.hands.add(by)
    row.version += 1
    row.save(update_fields=["version"])
