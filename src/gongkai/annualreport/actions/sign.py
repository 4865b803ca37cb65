from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.annualreport import checks, required
from gongkai.annualreport.models import Report, ReportState
from gongkai.annualreport.permissions import may_sign
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused

GROUND = "条例第四十九条、第五十条"


def can_sign(report: Report, *, by: User, today: date) -> Refusal | None:
    """Another than its authors signs, when every part is gone through, nothing required is missing and the tables hold."""
    if refusal := may_sign(report.agency, by=by, today=today):
        return refusal
    if report.state != ReportState.DRAFT:
        return Refusal("not_draft", f"报告{report.get_state_display()}", GROUND)
    if by.pk == report.compiled_by_id or report.sections.filter(edited_by=by).exists():
        return Refusal("own_work", "编写的人不能签发自己的报告", "编写与签发分开")
    if unfinished := checks.unfinished(report):
        return Refusal("unfinished", f"还有 {len(unfinished)} 处没有写完或者核改：{'、'.join(unfinished)}", GROUND)
    if absent := required.withheld(report):
        words = "、".join(one.words for one in absent)
        return Refusal("missing_items", f"报告缺少必写事项：{words}", absent[0].source)
    if waiting := report.comments.filter(closed_at=None).count():
        return Refusal("open_comments", f"还有 {waiting} 条批注没有办结", "")
    if report.in_correction and (current := report.current) and checks.changes_nothing(report, current):
        return Refusal("nothing_corrected", "更正还没有改动正文或者数；不用更正的可以撤销", "")
    if errors := checks.cross_checks(report).errors:
        return Refusal("cross_checks", f"统计表有 {len(errors)} 处勾稽不成立，须先更正或者说明", "条例第五十条")
    return None


@transaction.atomic
def sign(report: Report, *, by: User, today: date) -> Report:
    """Sign the report (签发): from now on its text stays as it is. Raises Refused."""
    row = locked(report)
    if refusal := can_sign(row, by=by, today=today):
        raise Refused(refusal)
    row.state, row.signed_by, row.signed_on = ReportState.SIGNED, by, today
    row.version += 1
    row.save(update_fields=["state", "signed_by", "signed_on", "version"])
    record("annualreport.sign", row, by=by, today=today, ground=GROUND, digest=checks.digest(row))
    return row
