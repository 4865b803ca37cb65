from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.annualreport import outline
from gongkai.annualreport.models import Comment, Report, ReportState
from gongkai.annualreport.permissions import may_comment, may_sign, may_write
from gongkai.publishing.moments import moment
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused

LONGEST = 2000


def can_comment(report: Report, *, by: User, today: date) -> Refusal | None:
    """Whoever may read a report in work may remark on it."""
    if refusal := may_comment(report.agency, by=by, today=today):
        return refusal
    if report.state != ReportState.DRAFT:
        return Refusal("not_draft", f"报告{report.get_state_display()}，正文不再改，不能加批注")
    return None


@transaction.atomic
def comment(report: Report, part: str, words: str, *, by: User, today: date) -> Comment:
    """Remark on a part (批注); the report isn't signed before it is closed. Raises Refused."""
    row = locked(report)
    if refusal := can_comment(row, by=by, today=today):
        raise Refused(refusal)
    if part not in {one.number for one in outline.parts(row.edition)}:
        raise Refused(Refusal("no_part", "请选择批注哪一部分"))
    made = Comment.objects.create(
        report=row, part=part, words=_written(words, "批注"), made_by=by, made_at=moment(today)
    )
    record("annualreport.comment", row, by=by, today=today, part=part, comment=str(made.public_id))
    return made


def can_answer_comment(remark: Comment, *, by: User, today: date) -> Refusal | None:
    if refusal := may_write(remark.report.agency, by=by, today=today):
        return refusal
    return None if remark.is_open else Refusal("closed", "批注已经办结")


@transaction.atomic
def answer_comment(remark: Comment, words: str, *, by: User, today: date) -> Comment:
    """Say what was done about a remark (答复); answering again replaces the answer. Raises Refused."""
    row = locked(remark)
    if refusal := can_answer_comment(row, by=by, today=today):
        raise Refused(refusal)
    row.answer, row.answered_by, row.answered_at = _written(words, "答复"), by, moment(today)
    row.save(update_fields=["answer", "answered_by", "answered_at"])
    record("annualreport.answer_comment", row.report, by=by, today=today, part=row.part, comment=str(row.public_id))
    return row


def can_close_comment(remark: Comment, *, by: User, today: date) -> Refusal | None:
    """Closed by who made it, or by who signs."""
    if not remark.is_open:
        return Refusal("closed", "批注已经办结")
    if remark.made_by_id != by.pk and may_sign(remark.report.agency, by=by, today=today):
        return Refusal("needs_role", "批注由提出的人或者签发人办结")
    return None


@transaction.atomic
def close_comment(remark: Comment, *, by: User, today: date) -> Comment:
    """The remark is settled (办结). Raises Refused."""
    row = locked(remark)
    if refusal := can_close_comment(row, by=by, today=today):
        raise Refused(refusal)
    row.closed_by, row.closed_at = by, moment(today)
    row.save(update_fields=["closed_by", "closed_at"])
    record("annualreport.close_comment", row.report, by=by, today=today, part=row.part, comment=str(row.public_id))
    return row


def _written(words: str, what: str) -> str:
    words = words.replace("\r\n", "\n").strip()
    if not words:
        raise Refused(Refusal("empty", f"请写{what}"))
    if len(words) > LONGEST:
        raise Refused(Refusal("too_long", f"{what}不超过 {LONGEST} 字，现在 {len(words)} 字"))
    return words
