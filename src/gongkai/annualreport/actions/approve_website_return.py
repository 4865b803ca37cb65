from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.annualreport.models import WebsiteReturn, WebsiteReturnState
from gongkai.annualreport.website_figures import figures_of, frozen
from gongkai.annualreport.website_permissions import may_approve
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused
from gongkai_core.website_return import DOC, sections_to_prove


def can_approve_website_return(row: WebsiteReturn, *, by: User, today: date) -> Refusal | None:
    """Another than who filled it in approves, once the year is over and every cell is there, fits and is proven."""
    if refusal := may_approve(row.agency, by=by, today=today):
        return refusal
    if row.state != WebsiteReturnState.FILLING:
        return Refusal("not_filling", f"报表{row.get_state_display()}", DOC)
    if by.pk == row.filled_by_id or row.hands.filter(pk=by.pk).exists():
        return Refusal("own_work", "填报的人不能审核自己填的报表", "填报与审核分开")
    if today.year <= row.year:
        return Refusal("year_open", f"{row.year} 年度还没有过完，次年 1 月 1 日起审核", DOC)
    figures = figures_of(row)
    if errors := figures.errors:
        return Refusal("unfinished", f"还有 {len(errors)} 处没有填或者对不上：{errors[0].detail}", DOC)
    if missing := [section for section in sections_to_prove(figures.values) if not row.evidence.get(section)]:
        return Refusal("no_evidence", f"填报的数没有写佐证：{'、'.join(missing)}", DOC)
    if not row.head:
        return Refusal("no_head", "没有写单位负责人", DOC)
    return None


@transaction.atomic
def approve_website_return(row: WebsiteReturn, *, by: User, today: date) -> WebsiteReturn:
    """Approve the return (审核): its figures are frozen as they stand. Raises Refused."""
    row = locked(row)
    if refusal := can_approve_website_return(row, by=by, today=today):
        raise Refused(refusal)
    row.frozen = frozen(row)
    row.state, row.approved_by, row.approved_on = WebsiteReturnState.APPROVED, by, today
    row.version += 1
    row.save(update_fields=["frozen", "state", "approved_by", "approved_on", "version"])
    record("annualreport.approve_website_return", row, by=by, today=today, ground=DOC, values=row.frozen)
    return row


def can_return_website_return(row: WebsiteReturn, *, by: User, today: date) -> Refusal | None:
    if refusal := may_approve(row.agency, by=by, today=today):
        return refusal
    if row.state != WebsiteReturnState.APPROVED:
        return Refusal("not_approved", "只有审核后、公布前的报表可以退回", DOC)
    return None


@transaction.atomic
def return_website_return(row: WebsiteReturn, reason: str, *, by: User, today: date) -> WebsiteReturn:
    """Take the approval back (退回) so that it can be filled in again. Raises Refused."""
    row = locked(row)
    if refusal := can_return_website_return(row, by=by, today=today):
        raise Refused(refusal)
    if not reason.strip():
        raise Refused(Refusal("no_reason", "退回须写明理由"))
    row.frozen, row.approved_by, row.approved_on = {}, None, None
    row.state = WebsiteReturnState.FILLING
    row.version += 1
    row.save(update_fields=["frozen", "state", "approved_by", "approved_on", "version"])
    record("annualreport.return_website_return", row, by=by, today=today, ground=DOC, reason=reason.strip())
    return row
