"""举报投诉 after its entry: handed to an organ with a term, that organ's word, the complainant told (条例第四十七条)."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import Agency, Role, User
from gongkai.agencies.permissions import is_disclosure_office, locked
from gongkai.casework.models import Complaint
from gongkai.casework.permissions import roles_at
from gongkai.casework.procedure import allow
from gongkai.casework.register_rights import can_keep_register
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal

_ARTICLE = "条例第四十七条第二款、第五十一条"
_WORKERS = {Role.CASE_REGISTRAR, Role.HANDLER, Role.LEGAL_REVIEWER, Role.SIGNATORY}


def may_read_complaint(complaint: Complaint, *, by: User, today: date) -> bool:
    """Whether the person reads who complained and in what words.

    Who received it does; the organ it was handed to only where the original had to go along; the organ complained of
    otherwise reads the summary.
    """
    if is_disclosure_office(by, on=today) or roles_at(by, complaint.received_at, on=today) & _WORKERS:
        return True
    shared = complaint.assigned_to if complaint.original_reason else None
    return bool(shared and roles_at(by, shared, on=today) & _WORKERS)


def can_assign_complaint(
    complaint: Complaint, *, by: User, today: date, to: Agency | None = None, due_on: date | None = None
) -> Refusal | None:
    """转办: by who received it, to another organ, until it is decided."""
    if refused := can_keep_register(complaint.received_at, by=by, today=today):
        return refused
    if complaint.result:
        return Refusal("decided_already", "处理结果已经登记，不再转办", _ARTICLE)
    if to and to.pk == complaint.received_at_id:
        return Refusal("same_organ", "转办给其他机关；本机关自己办理的不用转办", _ARTICLE)
    if due_on and due_on < today:
        return Refusal("dates_out_of_order", "反馈期限不能早于今天", _ARTICLE)
    return None


@transaction.atomic
def assign_complaint(
    complaint: Complaint, *, to: Agency, due_on: date, by: User, today: date, original_reason: str = ""
) -> Complaint:
    """Hand the complaint to an organ; `original_reason`: why it must read the complaint itself. Raises Refused.

    Without that reason the organ reads the summary only (个人信息保护法第六条: 最小必要).
    """
    complaint = locked(complaint)
    allow(can_assign_complaint(complaint, by=by, today=today, to=to, due_on=due_on))
    complaint.assigned_to, complaint.assigned_on, complaint.feedback_due_on = to, today, due_on
    complaint.original_reason, complaint.feedback, complaint.feedback_on = original_reason.strip(), "", None
    complaint.save()
    record(
        "casework.assign_complaint", complaint, by=by, today=today, ground=_ARTICLE, to=str(to.public_id), due_on=due_on,
        original=bool(original_reason.strip()),
    )  # fmt: skip
    return complaint


def can_answer_complaint(complaint: Complaint, *, by: User, today: date) -> Refusal | None:
    """By the organ it was handed to; who received it enters what came by telephone or on paper."""
    if complaint.assigned_to is None:
        return Refusal("not_assigned", "还没有转办", _ARTICLE)
    if complaint.feedback_on or complaint.result:
        return Refusal("answered_already", "反馈已经登记", _ARTICLE)
    if can_keep_register(complaint.received_at, by=by, today=today) is None:
        return None
    if roles_at(by, complaint.assigned_to, on=today) & _WORKERS:
        return None
    return Refusal("needs_role", f"由{complaint.assigned_to.short_name}反馈", _ARTICLE)


@transaction.atomic
def answer_complaint(complaint: Complaint, *, words: str, by: User, today: date) -> Complaint:
    """The organ tells what it found and did (反馈). Raises Refused."""
    complaint = locked(complaint)
    allow(can_answer_complaint(complaint, by=by, today=today))
    if not words.strip():
        allow(Refusal("words", "须写明查办的情况", _ARTICLE))
    complaint.feedback, complaint.feedback_on = words.strip(), today
    complaint.save(update_fields=["feedback", "feedback_on"])
    record("casework.answer_complaint", complaint, by=by, today=today, ground=_ARTICLE)
    return complaint


def can_tell_complainant(complaint: Complaint, *, by: User, today: date, on: date | None = None) -> Refusal | None:
    if refused := can_keep_register(complaint.received_at, by=by, today=today):
        return refused
    if not complaint.closed_on:
        return Refusal("undecided", "先登记处理结果，再登记告知", _ARTICLE)
    if complaint.told_on:
        return Refusal("told_already", f"已于 {complaint.told_on} 告知", _ARTICLE)
    if on and not complaint.closed_on <= on <= today:
        return Refusal("dates_out_of_order", "告知日应在办结日之后、今天以前", _ARTICLE)
    return None


@transaction.atomic
def tell_complainant(complaint: Complaint, *, on: date, way: str, by: User, today: date) -> Complaint:
    """The result was told to who complained: when and how. Raises Refused."""
    complaint = locked(complaint)
    allow(can_tell_complainant(complaint, by=by, today=today, on=on))
    complaint.told_on, complaint.told_way = on, way
    complaint.save(update_fields=["told_on", "told_way"])
    record("casework.tell_complainant", complaint, by=by, today=today, ground=_ARTICLE, on=on, way=way)
    return complaint
