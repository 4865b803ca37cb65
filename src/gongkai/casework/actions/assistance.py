"""协办: other units help with a case. It stops no clock, and who is asked sees nothing of the applicant."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import Agency, User
from gongkai.agencies.permissions import locked
from gongkai.casework import clock, procedure
from gongkai.casework.actions.send import send_notice
from gongkai.casework.models import Assistance, Case, CaseFile, Disclosable, FileKind, Held
from gongkai.casework.notices import refuse_leaks
from gongkai.documents.models import Blob
from gongkai_core.refusals import Refusal

_ARTICLE = "条例第三十三条"
LETTER = "L08"


def can_ask_assistance(case: Case, *, by: User, today: date) -> Refusal | None:
    return procedure.refusal(case, "ask_assistance", by=by, today=today)


@transaction.atomic
def ask_assistance(
    case: Case,
    *,
    matter: str,
    due_on: date,
    by: User,
    today: date,
    agency: Agency | None = None,
    person: User | None = None,
    unit: str = "",
    letter: bool = False,
    method: str = "",
    sent_on: date | None = None,
    files: bool = True,
) -> Assistance:
    """Ask another organ, somebody of the own one, or (`unit`) one that answers on paper. Raises Refused.

    With `letter` a 协办函 (L08) is made and sent by `method`. `matter` is searched for the applicant's data.
    """
    case = locked(case)
    sent_on = sent_on or today
    procedure.allow(can_ask_assistance(case, by=by, today=today))
    procedure.allow(_unfit(case, agency, person, unit, due_on, sent_on, today=today))
    clock.refuse_future(sent_on, today)
    refuse_leaks(case, LETTER, f"{matter}\n{unit}")
    if person:
        agency, unit = case.agency, f"{case.agency.short_name} {person.name}"
    row = Assistance(
        case=case, agency=agency, person=person, unit=unit.strip() or (agency.name if agency else ""),
        matter=matter.strip(), due_on=due_on, asked_by=by, asked_on=sent_on,
    )  # fmt: skip
    if letter:
        row.notice = send_notice(
            case, LETTER, {"info_desc": row.matter, "co_by": due_on}, method=method, sent_on=sent_on, by=by,
            addressee=row.unit, files=files,
        )  # fmt: skip
    row.save()
    article = procedure.advance(case, "ask_assistance")
    procedure.keep(case, today=today)
    procedure.note(
        "ask_assistance", case, by=by, today=today, ground=article, unit=row.unit, due_on=due_on,
        assistance=str(row.public_id),
    )  # fmt: skip
    return row


def _unfit(
    case: Case, agency: Agency | None, person: User | None, unit: str, due_on: date, sent_on: date, *, today: date
) -> Refusal | None:
    if sum(map(bool, (agency, person, unit.strip()))) != 1:
        return Refusal("whom", "协办的机关、本机关人员、其他单位三项填一项", _ARTICLE)
    if agency and agency.pk == case.agency_id:
        return Refusal("whom", "请本机关科室协办的，选定人员", _ARTICLE)
    if person and case.agency_id not in {post.agency_id for post in person.business_posts_on(today)}:
        return Refusal("whom", f"{person.name}不是{case.agency.short_name}的人员", _ARTICLE)
    if due_on < sent_on:
        return Refusal("due_on", "反馈期限须在请求之后", _ARTICLE)
    return None


def can_answer_assistance(row: Assistance, *, by: User, today: date) -> Refusal | None:
    """By who was asked; or by the handler, who enters what came in on paper or by telephone."""
    if row.answered_on:
        return Refusal("answered_twice", "已经反馈", _ARTICLE)
    if row.cancelled_on:
        return Refusal("cancelled", "这一项协办已经取消，不用反馈", _ARTICLE)
    if row.case.finished:
        return Refusal("finished", "办件已经办结，不用反馈", _ARTICLE)
    asked = Assistance.objects.asked_of(by, on=today).filter(pk=row.pk).exists()
    if not asked and by.pk != row.case.handler_id:
        return Refusal("not_asked", "由被请求协办的单位反馈，或者由承办人登记", _ARTICLE)
    return None


@transaction.atomic
def answer_assistance(
    row: Assistance,
    *,
    held: str,
    by: User,
    today: date,
    disclosable: str = "",
    words: str = "",
    on: date | None = None,
    paper: Blob | None = None,
) -> Assistance:
    """Say whether the unit made or keeps the information, how it searched, whether it may be disclosed. Raises Refused."""
    case = locked(row.case)
    row = locked(row)
    on = on or today
    procedure.allow(can_answer_assistance(row, by=by, today=today))
    clock.refuse_future(on, today)
    if on < row.asked_on:
        procedure.allow(Refusal("dates_out_of_order", f"反馈日早于请求日 {row.asked_on}", _ARTICLE))
    if held not in Held.values or (disclosable and disclosable not in Disclosable.values):
        procedure.allow(Refusal("held", "须说明是否制作或者保存", _ARTICLE))
    row.answered_on, row.answered_by, row.held, row.disclosable = on, by, held, disclosable
    row.words, row.paper = words.strip(), paper
    row.save()
    if paper:
        CaseFile.objects.create(case=case, kind=FileKind.ASSISTANCE, blob=paper, added_by=by)
    procedure.note(
        "answer_assistance", case, by=by, today=today, ground=_ARTICLE, unit=row.unit, on=on,
        assistance=str(row.public_id),
    )  # fmt: skip
    return row


def can_cancel_assistance(row: Assistance, *, by: User, today: date) -> Refusal | None:
    """By the handler, while it is not answered."""
    if not row.waiting:
        return Refusal("answered_twice", "已经反馈或者取消", _ARTICLE)
    if by.pk != row.case.handler_id:
        return Refusal("wrong_role", "由承办人取消", _ARTICLE)
    return None


@transaction.atomic
def cancel_assistance(row: Assistance, *, by: User, today: date) -> Assistance:
    """The help is no longer needed. Raises Refused."""
    case = locked(row.case)
    row = locked(row)
    procedure.allow(can_cancel_assistance(row, by=by, today=today))
    row.cancelled_on = today
    row.save(update_fields=["cancelled_on"])
    procedure.note("cancel_assistance", case, by=by, today=today, ground=_ARTICLE, unit=row.unit)
    return row
