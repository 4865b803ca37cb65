"""What the registers after an answer still owe, and by when: reckoned anew each time, never kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from gongkai.agencies.calendar import office_calendar
from gongkai.agencies.models import Agency
from gongkai.casework import rules
from gongkai.casework.clock import days_left
from gongkai.casework.models import (
    Advice,
    Complaint,
    Lawsuit,
    OpennessSuggestion,
    RecordCorrection,
    ReviewCase,
    SuggestionResult,
)
from gongkai_core import remedy_terms
from gongkai_core.remedy_terms import Term

MOST = 200
"""Rows of one register that are looked at for what presses; a county has a handful open."""


@dataclass(frozen=True)
class Owed:
    """One thing that a row still wants: what to do, where, by when."""

    verb: str
    title: str
    agency: Agency
    url: str
    since: date
    due: date
    days_left: int | None
    source: Any
    """The row: a proceeding, a complaint, a correction, a suggestion."""


@dataclass(frozen=True)
class Within:
    """The terms that no law names, as the office has set them; read once for a whole list."""

    advice: int
    complaint: int
    correction: int
    suggestion: int


def within() -> Within:
    return Within(
        rules.JUDICIAL_ADVICE_WITHIN.value(),
        rules.COMPLAINT_WITHIN.value(),
        rules.RECTIFY_WITHIN.value(),
        rules.SUGGESTION_WITHIN.value(),
    )


def reply_term(row: ReviewCase | Lawsuit) -> Term:
    """By when the organ replies to the review body or the court: the day they name, or the law's."""
    calendar = office_calendar()
    if row.reply_due_on:
        return Term(row.reply_due_on, "来文载明的期限", "以复议机关、人民法院的通知为准")
    if isinstance(row, ReviewCase):
        return remedy_terms.review_reply(row.filed_on, simplified=row.simplified, calendar=calendar)
    return remedy_terms.lawsuit_defence(row.filed_on, calendar=calendar)


def advice_term(advice: Advice, set_by: Within | None = None) -> Term:
    """By when the organ reports on what it was advised to do."""
    if advice.due_on:
        return Term(advice.due_on, "来文载明的期限", "以来文为准")
    calendar = office_calendar()
    if advice.review_id:
        return remedy_terms.opinion_report(advice.received_on, calendar=calendar)
    days = (set_by or within()).advice
    last = calendar.add_natural_days(advice.received_on, days)
    return Term(last, f"收到次日起 {days} 日（待核）", rules.JUDICIAL_ADVICE_WITHIN.source)


def complaint_term(row: Complaint, set_by: Within | None = None) -> Term:
    """By when a complaint is dealt with: a setting, because 条例 names no term."""
    days = (set_by or within()).complaint
    last = office_calendar().add_natural_days(row.received_on, days)
    return Term(last, f"收到次日起 {days} 日（待核）", rules.COMPLAINT_WITHIN.source)


def correction_term(row: RecordCorrection, set_by: Within | None = None) -> Term:
    """By when a record is corrected or the refusal told: a setting, because 条例第四十一条 names no term."""
    count = (set_by or within()).correction
    last = office_calendar().add_workdays(row.received_on, count)
    return Term(last, f"收到次日起 {count} 个工作日（待核）", rules.RECTIFY_WITHIN.source)


def suggestion_term(row: OpennessSuggestion, set_by: Within | None = None) -> Term:
    """By when a suggestion is examined; found right, it is public within the same time again (及时)."""
    count = (set_by or within()).suggestion
    since = row.examined_on or row.received_on
    step = "审核次日" if row.examined_on else "收到次日"
    last = office_calendar().add_workdays(since, count)
    return Term(last, f"{step}起 {count} 个工作日（待核）", rules.SUGGESTION_WITHIN.source)


def owed_by_row(row: Any, today: date, set_by: Within | None = None) -> Owed | None:
    """What this row wants next, or None."""
    found = _next(row, set_by)
    if found is None:
        return None
    verb, agency, since, due = found
    left = days_left(due, today, office_calendar())
    title = row.as_record().title if not isinstance(row, Advice) else f"{row.row.docket} {row.name}{row.number}"
    url = row.get_absolute_url() if not isinstance(row, Advice) else row.row.get_absolute_url()
    return Owed(verb, title, agency, url, since, due, left, row)


def _next(row: Any, set_by: Within | None) -> tuple[str, Agency, date, date] | None:
    if isinstance(row, ReviewCase | Lawsuit) and not (row.replied_on or row.outcome):
        verb = "复议答复" if isinstance(row, ReviewCase) else "答辩举证"
        return verb, row.agency, row.filed_on, reply_term(row).last_day
    if isinstance(row, Advice) and row.reported_on is None:
        return "函复落实情况", row.row.agency, row.received_on, advice_term(row, set_by).last_day
    if isinstance(row, Complaint) and not row.result:
        if row.assigned_to and row.feedback_on is None and row.assigned_on and row.feedback_due_on:
            return "反馈举报投诉", row.assigned_to, row.assigned_on, row.feedback_due_on
        return "处理举报投诉", row.received_at, row.received_on, complaint_term(row, set_by).last_day
    if isinstance(row, RecordCorrection) and row.closed_on is None:
        return (
            "告知更正结果" if row.result else "审核更正",
            row.agency,
            row.received_on,
            correction_term(row, set_by).last_day,
        )
    if isinstance(row, OpennessSuggestion) and not row.done:
        return (
            "公开并登记" if row.result else "审核建议",
            row.agency,
            row.received_on,
            suggestion_term(row, set_by).last_day,
        )
    return None


def owed(agencies: QuerySet[Agency], today: date) -> list[Owed]:
    """What the registers of these organs want, the most pressing first."""
    set_by = within()
    found = (owed_by_row(row, today, set_by) for row in _open_rows(agencies))
    return sorted((one for one in found if one), key=lambda one: (one.due, one.title))


def _open_rows(agencies: QuerySet[Agency]) -> Iterator[Any]:
    """Open rows whose next step is one of these organs'."""
    for model in (ReviewCase, Lawsuit):
        waiting = model.objects.filter(agency__in=agencies, replied_on=None, outcome="")
        yield from waiting.select_related("agency").defer("claimant").order_by("filed_on")[:MOST]
    advised = Advice.objects.filter(Q(review__agency__in=agencies) | Q(lawsuit__agency__in=agencies), reported_on=None)
    yield from advised.select_related("review__agency", "lawsuit__agency").defer("gist")[:MOST]
    complaints = Complaint.objects.filter(result="").filter(
        Q(assigned_to=None, received_at__in=agencies)
        | Q(assigned_to__in=agencies, feedback_on=None)
        | Q(received_at__in=agencies, feedback_on__isnull=False)
    )
    kept = ("complainant", "contact", "matter", "original_reason", "feedback", "result_words")
    yield from complaints.select_related("agency", "received_at", "assigned_to").defer(*kept)[:MOST]
    corrections = RecordCorrection.objects.filter(agency__in=agencies, closed_on=None)
    sealed = ("record", "wanted", "evidence_words", "finding")
    yield from corrections.select_related("agency").defer(*sealed).order_by("received_on")[:MOST]
    suggestions = OpennessSuggestion.objects.filter(agency__in=agencies, item=None).filter(
        Q(result="") | Q(result__in=(SuggestionResult.ACCEPTED, SuggestionResult.ALREADY))
    )
    sealed = ("suggester", "contact", "words", "reason")
    yield from suggestions.select_related("agency").defer(*sealed).order_by("received_on")[:MOST]
