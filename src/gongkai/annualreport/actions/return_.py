from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.annualreport.models import Report, ReportState
from gongkai.annualreport.permissions import may_sign
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused

GROUND = "条例第四十九条"


def can_return(report: Report, *, by: User, today: date) -> Refusal | None:
    if refusal := may_sign(report.agency, by=by, today=today):
        return refusal
    if report.state != ReportState.SIGNED:
        return Refusal("not_signed", "只有签发后、公布前的报告可以退回", GROUND)
    return None


@transaction.atomic
def return_(report: Report, reason: str, *, by: User, today: date) -> Report:
    """Take the signature back (退回) so that the text can be changed. Raises Refused."""
    row = locked(report)
    if refusal := can_return(row, by=by, today=today):
        raise Refused(refusal)
    if not reason.strip():
        raise Refused(Refusal("no_reason", "退回须写明理由"))
    row.state, row.signed_by, row.signed_on = ReportState.DRAFT, None, None
    row.version += 1
    row.save(update_fields=["state", "signed_by", "signed_on", "version"])
    record("annualreport.return", row, by=by, today=today, ground=GROUND, reason=reason.strip())
    return row
