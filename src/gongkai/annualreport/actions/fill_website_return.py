from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.annualreport.models import WebsiteReturn, WebsiteReturnState
from gongkai.annualreport.website_permissions import may_fill
from gongkai.publishing.hits import remark_refusal
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused
from gongkai_core.website_return import CELLS, DOC, SECTIONS, Value


def can_fill_website_return(row: WebsiteReturn, *, by: User, today: date) -> Refusal | None:
    if refusal := may_fill(row.agency, by=by, today=today):
        return refusal
    if row.state != WebsiteReturnState.FILLING:
        return Refusal("not_filling", f"报表{row.get_state_display()}，不能再填；要改的，先退回", DOC)
    return None


@transaction.atomic
def fill_website_return(
    row: WebsiteReturn,
    values: Mapping[str, Value],
    *,
    evidence: Mapping[str, str],
    site_name: str,
    head: str,
    phone: str,
    version: int,
    by: User,
    today: date,
) -> WebsiteReturn:
    """Set what persons file: values by cell (None takes one back), evidence by section, the names under the form.

    `version` is the return's as the editor read it: when somebody else has changed it since, nothing is saved. Raises
    Refused.
    """
    row = locked(row)
    if refusal := can_fill_website_return(row, by=by, today=today):
        raise Refused(refusal)
    if row.version != version:
        raise Refused(Refusal("changed_meanwhile", "您打开后别人改过这张报表，您填的内容保留在下面，请核对后再保存"))
    for cell in values:
        if not CELLS[cell].filed:
            raise Refused(Refusal("computed", f"“{CELLS[cell].name}”由台账算出，不填报；不对的写理由更正", DOC))
    texts = [value for cell, value in values.items() if CELLS[cell].kind == "text" and isinstance(value, str)]
    if refusal := remark_refusal("\n".join([site_name, *texts]), today=today):  # they become public as they stand
        raise Refused(refusal)
    row.filed = {cell: str(value) for cell, value in values.items() if value is not None}
    row.evidence = {section: evidence[section].strip() for section in SECTIONS if evidence.get(section, "").strip()}
    row.site_name, row.head, row.phone = site_name.strip(), head.strip(), phone.strip()
    row.filled_by, row.filled_on = by, today
    row.version += 1
    row.save()
    row.hands.add(by)
    record(
        "annualreport.fill_website_return", row, by=by, today=today, ground=DOC, values=row.filed,
        evidence=sorted(row.evidence),
    )  # fmt: skip
    return row
