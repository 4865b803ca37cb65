"""更正申请 (条例第四十一条): entered, given to somebody, examined on its evidence, told by L23, filed away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from gongkai.agencies.models import Agency, Role, User
from gongkai.agencies.permissions import locked
from gongkai.casework.actions.disputes import add_register_file
from gongkai.casework.actions.open_personal_data import SHORTEST_PURPOSE
from gongkai.casework.actions.register_papers import can_open_register_papers
from gongkai.casework.models import Applicant, CorrectionResult, RecordCorrection, RegisterPaper
from gongkai.casework.notices import applicant_values
from gongkai.casework.procedure import allow, note_row
from gongkai.casework.register_rights import can_keep_register
from gongkai.documents.models import Blob
from gongkai.documents.numbering import take
from gongkai_core.letters import document_number, leaks
from gongkai_core.refusals import Refusal

ARTICLE = "条例第四十一条"
SUFFIX = "更申"
TO_OTHERS = (CorrectionResult.HANDED_ON, CorrectionResult.POINTED)


def can_enter_record_correction(
    agency: Agency, *, by: User, today: date, received_on: date | None = None
) -> Refusal | None:
    if refused := can_keep_register(agency, by=by, today=today):
        return refused
    if received_on and received_on > today:
        return Refusal("future_date", f"日期 {received_on} 还没有到，只能登记已经发生的事")
    return None


@transaction.atomic
def enter_record_correction(
    agency: Agency,
    *,
    applicant: Mapping[str, str],
    channel: str,
    received_on: date,
    subject: str,
    record_words: str,
    wanted: str,
    by: User,
    today: date,
    evidence_words: str = "",
    papers: Mapping[str, Blob] | None = None,
) -> RecordCorrection:
    """Enter a request to correct a record about the applicant, with its evidence (`papers` by name). Raises Refused."""
    allow(can_enter_record_correction(agency, by=by, today=today, received_on=received_on))
    person = Applicant(**applicant)
    allow(names_somebody(subject, applicant_values(person)))
    person.save()
    serial = take(f"rectify:{agency.pk}:{received_on.year}")
    row = RecordCorrection.objects.create(
        agency=agency, number=document_number(agency.document_prefix, SUFFIX, received_on.year, serial),
        applicant=person, channel=channel, received_on=received_on, subject=subject.strip(),
        record=record_words.strip(), wanted=wanted.strip(), evidence_words=evidence_words.strip(), entered_by=by,
    )  # fmt: skip
    for name, blob in (papers or {}).items():
        add_register_file(row, name=name, paper=blob, by=by, today=today)
    note_row(
        "enter_record_correction", row, by=by, today=today, ground=ARTICLE, number=row.number, received_on=received_on
    )
    return row


def names_somebody(subject: str, values: Mapping[str, Any]) -> Refusal | None:
    """A summary stands in lists: it may not name who wrote."""
    if leaks("L22", subject, values):
        return Refusal(
            "names_somebody", "摘要在列表上显示，不得写当事人的姓名、证件号、电话、住址", "个人信息保护法第六条"
        )
    return None


def can_give_record_correction(
    row: RecordCorrection, *, by: User, today: date, handler: User | None = None
) -> Refusal | None:
    if refused := can_keep_register(row.agency, by=by, today=today):
        return refused
    if row.closed_on:
        return Refusal("closed_already", "已经告知，不再分办", ARTICLE)
    if handler and not handler.holds(Role.HANDLER, row.agency, on=today):
        return Refusal("needs_role", f"{handler.name}不是{row.agency.short_name}的承办人", ARTICLE)
    return None


@transaction.atomic
def give_record_correction(row: RecordCorrection, *, handler: User, by: User, today: date) -> RecordCorrection:
    """分办 to a handler. Raises Refused."""
    row = locked(row)
    allow(can_give_record_correction(row, by=by, today=today, handler=handler))
    row.handler = handler
    row.save(update_fields=["handler"])
    note_row("give_record_correction", row, by=by, today=today, ground=ARTICLE, handler=str(handler.public_id))
    return row


def move_record_correction(row: RecordCorrection, to: User, *, by: User, today: date) -> None:
    """Pass it to a successor (工作交接); who may hand over has been asked there. Inside the caller's transaction."""
    RecordCorrection.objects.filter(pk=row.pk).update(handler=to)
    note_row("give_record_correction", row, by=by, today=today, ground=ARTICLE, handler=str(to.public_id))


def can_examine_record_correction(row: RecordCorrection, *, by: User, today: date) -> Refusal | None:
    """By the handler or who keeps the register, until the letter is signed."""
    if row.closed_on:
        return Refusal("closed_already", "已经告知", ARTICLE)
    if RegisterPaper.objects.filter(correction=row, letter="L23", voided_on=None).exists():
        return Refusal("letter_begun", "更正告知书已经起草；要改审核结果的，先作废告知书", ARTICLE)
    if row.handler_id == by.pk:
        return None
    return can_keep_register(row.agency, by=by, today=today)


@transaction.atomic
def examine_record_correction(
    row: RecordCorrection,
    *,
    result: str,
    finding: str,
    by: User,
    today: date,
    right_organ: str = "",
    right_contact: str = "",
) -> RecordCorrection:
    """Record what the examination found; where another organ is competent, which. Raises Refused."""
    row = locked(row)
    allow(can_examine_record_correction(row, by=by, today=today))
    if not finding.strip():
        allow(Refusal("finding", "须写明审核情况：证据是什么，是否属实，理由", ARTICLE))
    if result in TO_OTHERS and not right_organ.strip():
        allow(Refusal("right_organ", "须写明有权更正的机关", ARTICLE))
    if result == CorrectionResult.POINTED and not right_contact.strip():
        allow(Refusal("right_contact", "告知向其他机关提出的，须写明该机关的联系方式", ARTICLE))
    row.result, row.finding, row.examined_by, row.examined_on = result, finding.strip(), by, today
    row.right_organ, row.right_contact = right_organ.strip(), right_contact.strip()
    if result == CorrectionResult.WITHDRAWN:
        row.closed_on = today
    row.save()
    note_row("examine_record_correction", row, by=by, today=today, ground=ARTICLE, result=result)
    return row


def can_archive_record_correction(row: RecordCorrection, *, by: User, today: date) -> Refusal | None:
    if refused := can_keep_register(row.agency, by=by, today=today):
        return refused
    if row.archived_on:
        return Refusal("archived_already", "已经归档", ARTICLE)
    return None if row.closed_on else Refusal("open_yet", "告知申请人以后归档", ARTICLE)


@transaction.atomic
def archive_record_correction(row: RecordCorrection, *, by: User, today: date) -> RecordCorrection:
    """Filed away (归档). Raises Refused."""
    row = locked(row)
    allow(can_archive_record_correction(row, by=by, today=today))
    row.archived_on = today
    row.save(update_fields=["archived_on"])
    note_row("archive_record_correction", row, by=by, today=today, ground=ARTICLE)
    return row


def can_open_record_correction(row: RecordCorrection, *, by: User, today: date) -> Refusal | None:
    return can_open_register_papers(row, by=by, today=today)


@transaction.atomic
def open_record_correction(row: RecordCorrection, *, purpose: str, by: User, today: date) -> Applicant:
    """The applicant's data in the clear, for a stated purpose; in the trail. Raises Refused."""
    allow(can_open_record_correction(row, by=by, today=today))
    if len(purpose.strip()) < SHORTEST_PURPOSE:
        allow(Refusal("purpose", "请写明查看的目的", "个人信息保护法第六条、第五十一条"))
    note_row("open_personal_data", row, by=by, today=today, ground=ARTICLE, purpose=purpose.strip())
    return row.applicant
