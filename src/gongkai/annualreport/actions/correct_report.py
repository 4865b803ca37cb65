from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.annualreport import revisions
from gongkai.annualreport.models import PublishedVersion, Report, ReportState, Section
from gongkai.annualreport.permissions import may_sign
from gongkai.publishing.moments import moment
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused

GROUND = "条例第六条、第四十九条"
LONGEST = 500


def can_correct_report(report: Report, *, by: User, today: date) -> Refusal | None:
    """Who signs decides that what was published is corrected."""
    if refusal := may_sign(report.agency, by=by, today=today):
        return refusal
    if report.state != ReportState.PUBLISHED:
        words = "正在更正" if report.is_out else "还没有公布，可以直接修改"
        return Refusal("not_published", f"报告{words}", GROUND)
    return None


@transaction.atomic
def correct_report(report: Report, reason: str, *, by: User, today: date) -> Report:
    """Open a published report for correction (更正); the public reads the old version until the new one is published.

    The figures are corrected where they are kept and frozen anew, then the report is compiled again over the new
    snapshot; the text is edited as in any draft. `reason` is printed as 更正说明. Raises Refused.
    """
    row = locked(report)
    if refusal := can_correct_report(row, by=by, today=today):
        raise Refused(refusal)
    reason = reason.strip()
    if not reason:
        raise Refused(Refusal("no_reason", "更正须写明更正说明：哪里错了、改成什么、为什么", GROUND))
    if len(reason) > LONGEST:
        raise Refused(Refusal("too_long", f"更正说明不超过 {LONGEST} 字，现在 {len(reason)} 字"))
    row.state, row.correction_reason = ReportState.DRAFT, reason
    row.signed_by, row.signed_on = None, None
    row.version += 1
    row.save(update_fields=["state", "correction_reason", "signed_by", "signed_on", "version"])
    record("annualreport.correct", row, by=by, today=today, ground=GROUND, reason=reason)
    return row


def can_drop_correction(report: Report, *, by: User, today: date) -> Refusal | None:
    if refusal := may_sign(report.agency, by=by, today=today):
        return refusal
    if not report.in_correction:
        return Refusal("no_correction", "没有正在办的更正", GROUND)
    return None


@transaction.atomic
def drop_correction(report: Report, *, by: User, today: date) -> Report:
    """Give a correction up (撤销更正): the report is again what the public reads. Raises Refused."""
    row = locked(report)
    if refusal := can_drop_correction(row, by=by, today=today):
        raise Refused(refusal)
    current = row.current
    assert current is not None
    _restore(row, current, by=by, today=today)
    row.state, row.correction_reason = ReportState.PUBLISHED, current.reason
    row.compiled_by, row.compiled_on = current.compiled_by, current.compiled_on
    row.signed_by, row.signed_on = current.signed_by, current.signed_on
    row.snapshot, row.basis, row.title = current.snapshot, current.basis, current.title
    row.version += 1
    row.save(
        update_fields=[
            "state", "correction_reason", "compiled_by", "compiled_on", "signed_by", "signed_on", "snapshot", "basis",
            "title", "version",
        ]
    )  # fmt: skip
    revisions.keep(row, "撤销更正", by=by, today=today)
    record("annualreport.drop_correction", row, by=by, today=today, ground=GROUND, publication=current.number)
    return row


def _restore(row: Report, current: PublishedVersion, *, by: User, today: date) -> None:
    """The text that was published; its parts count as gone through, as they were when it was signed."""
    for number, text in current.texts:
        changed = Section.objects.filter(report=row, number=number).exclude(text=text, edited=True)
        changed.update(text=text, edited=True, edited_by=by, edited_at=moment(today))
