from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from gongkai.agencies.models import Agency, ReportingLine, ReportsTo, User
from gongkai.trail.chain import record
from gongkai_core.identity import valid_credit_code
from gongkai_core.refusals import Refusal, Refused


def can_establish(*, code: str, parent: Agency | None) -> Refusal | None:
    if not valid_credit_code(code):
        return Refusal("bad_code", f"统一社会信用代码 {code} 的校验位不符", "GB 32100")
    if parent is None and Agency.objects.filter(parent=None).exists():
        return Refusal("second_root", "本级政府已建，其余机关须填上级", "")
    return None


@transaction.atomic
def establish(
    *, by: User | None, on: date, parent: Agency | None, reports_to: str = ReportsTo.COUNTY, **facts: Any
) -> Agency:
    """Enter an organ into the tree, with whom it reports to from that day. Raises Refused."""
    if refusal := can_establish(code=facts["code"], parent=parent):
        raise Refused(refusal)
    agency = Agency.objects.create(parent=parent, valid_from=on, **facts)
    ReportingLine.objects.create(agency=agency, reports_to=reports_to, valid_from=on)
    record("agencies.establish", agency, by=by, name=agency.name, reports_to=str(reports_to), on=on)
    return agency
