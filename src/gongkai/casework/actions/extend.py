from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import Role, User
from gongkai.agencies.permissions import locked
from gongkai.casework import clock, procedure, signing
from gongkai.casework.actions.send import send_notice
from gongkai.casework.models import Case, ClockEvent, EventType, Extension, PaperKind
from gongkai.casework.permissions import roles_at
from gongkai.documents.models import RecordedInstruction
from gongkai_core.refusals import Refusal

_ARTICLE = "条例第三十三条第二款"
HEADS = {Role.SIGNATORY, Role.DISCLOSURE_OFFICE}
"""Who agrees for the head of the disclosure work (政府信息公开工作机构负责人)."""


def pending(case: Case) -> Extension | None:
    """The extension that has been asked for and not yet told to the applicant."""
    return case.extensions.filter(notice=None).first()


def can_propose_extension(case: Case, *, by: User, today: date) -> Refusal | None:
    """Asked by the handler, while the time still runs, once (条例第三十三条第二款)."""
    if pending(case):
        return Refusal("extension_pending", "已经提出拟延期，等待同意或者告知", _ARTICLE)
    return procedure.refusal(case, "extend", by=by, today=today, failed=_too_late_or_twice(case, today))


@transaction.atomic
def propose_extension(case: Case, *, reason: str, by: User, today: date) -> Extension:
    """Ask for the head's consent (拟延期). Raises Refused."""
    case = locked(case)
    procedure.allow(can_propose_extension(case, by=by, today=today))
    if not reason.strip():
        procedure.allow(Refusal("reason", "须写明延期原因", _ARTICLE))
    extension = Extension.objects.create(case=case, reason=reason.strip(), requested_by=by, requested_on=today)
    procedure.note("propose_extension", case, by=by, today=today, ground=_ARTICLE)
    return extension


def can_agree_extension(case: Case, *, by: User, today: date) -> Refusal | None:
    """The head of the disclosure work, never who asks."""
    return _can_agree(case, by, today)


def can_agree_on_word(case: Case, instruction: RecordedInstruction, *, today: date) -> Refusal | None:
    """Whether the leader whose word was recorded could agree."""
    return _can_agree(case, instruction.leader, today)


def _can_agree(case: Case, by: User, today: date) -> Refusal | None:
    extension = pending(case)
    if extension is None or extension.agreed_by_id:
        return Refusal("nothing_to_agree", "没有等待同意的拟延期", _ARTICLE)
    if not roles_at(by, case.agency, on=today) & HEADS:
        return Refusal("head_agreed", "延期须经政府信息公开工作机构负责人同意", _ARTICLE)
    if by.pk == extension.requested_by_id:
        return Refusal("own_request", "拟延人不能同意自己提出的延期", _ARTICLE)
    return signing.level_refusal(case, signing.level_for(case.agency, PaperKind.EXTENSION), by, on=today)


@transaction.atomic
def agree_extension(case: Case, *, by: User, today: date) -> Extension:
    """Agree that the answer may take longer. Raises Refused."""
    case = locked(case)
    procedure.allow(can_agree_extension(case, by=by, today=today))
    return _agreed(case, by, None, by=by, today=today)


def agree_on_word(case: Case, instruction: RecordedInstruction, *, by: User, today: date) -> Extension:
    """Agree for the leader whose word was recorded; who brings it has been asked for by `actions.sign_off`."""
    return _agreed(case, instruction.leader, instruction, by=by, today=today)


def _agreed(case: Case, leader: User, word: RecordedInstruction | None, *, by: User, today: date) -> Extension:
    extension = locked(case.extensions.get(notice=None))
    extension.agreed_by, extension.agreed_on, extension.instruction = leader, today, word
    extension.save()
    procedure.note(
        "agree_extension", case, by=by, today=today, ground=_ARTICLE, instruction=str(word.public_id) if word else ""
    )
    return extension


def can_extend(case: Case, *, by: User, today: date) -> Refusal | None:
    """With the head's consent on file, sent on or before the last day, once."""
    failed = _too_late_or_twice(case, today)
    extension = pending(case)
    if extension is None or extension.agreed_by_id is None:
        failed.insert(0, "head_agreed")
    return procedure.refusal(case, "extend", by=by, today=today, failed=failed)


@transaction.atomic
def extend(case: Case, *, method: str, by: User, today: date, sent_on: date | None = None, files: bool = True) -> Case:
    """Tell the applicant (L03): the last day moves by twenty working days. Raises Refused."""
    case = locked(case)
    sent_on = sent_on or today
    procedure.allow(can_extend(case, by=by, today=sent_on))
    extension = locked(case.extensions.get(notice=None))
    before = case.reply_by
    after = clock.add(case, EventType.EXTENDED, by=by, today=today, notice_sent_on=sent_on).reply_by
    extension.notice = send_notice(
        case,
        "L03",
        {"extend_reason": extension.reason, "reply_by": before, "extended_by": after},
        method=method,
        sent_on=sent_on,
        by=by,
        files=files,
    )
    extension.reply_by = after
    extension.save()
    article = procedure.advance(case, "extend")
    procedure.keep(case, today=today)
    procedure.note("extend", case, by=by, today=today, ground=article, sent_on=sent_on, before=before, after=after)
    return case


def _too_late_or_twice(case: Case, on: date) -> list[str]:
    failed = []
    due = clock.replay(case, on).reply_by if case.received_on else None
    anew = clock.redecision_of(case)
    if (due is not None and on > due) or (anew and anew.due_on):
        failed.append("extension_in_time")  # a term that an order names is nobody's to lengthen
    if extended_already(case):
        failed.append("extension_once")
    return failed


def extended_already(case: Case) -> bool:
    """Whether an extension counts; a correction or a payment that set the clock back makes a new one possible."""
    resets = (EventType.CORRECTION_RECEIVED, EventType.FEE_PAID)
    events: list[ClockEvent] = clock.running(case)
    extensions = [event.day for event in events if event.type == EventType.EXTENDED]
    return any(
        all(event.day < day for event in events if event.type in resets) for day in extensions if day is not None
    )
