"""What the report's page shows of its remarks (批注), and what the person may do with each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from gongkai.annualreport import outline
from gongkai.annualreport.actions import can_answer_comment, can_close_comment, can_comment
from gongkai.annualreport.forms import CommentForm
from gongkai.annualreport.models import Comment, Report
from gongkai_core.refusals import Refusal


@dataclass(frozen=True)
class Remark:
    comment: Comment
    heading: str
    answer_refusal: Refusal | None
    close_refusal: Refusal | None


def comment_context(request: HttpRequest, row: Report, form: CommentForm | None = None) -> dict[str, Any]:
    """All remarks, the open ones first, and the form for another."""
    facts = {"by": request.user, "today": request.today}
    headings = {part.number: outline.printed_heading(part) or "引言" for part in outline.parts(row.edition)}
    rows = list(row.comments.select_related("report__agency", "made_by", "answered_by", "closed_by"))
    remarks = [
        Remark(one, headings.get(one.part, ""), can_answer_comment(one, **facts), can_close_comment(one, **facts))
        for one in sorted(rows, key=lambda one: not one.is_open)
    ]
    return {
        "remarks": remarks,
        "comment_refusal": can_comment(row, **facts),
        "comment_form": form or CommentForm(report=row),
    }
