"""呈签: papers along the way are put before whoever signs their kind; and a leader's word entered for him (代录批示)."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import Agency, User
from gongkai.agencies.permissions import is_disclosure_office, locked
from gongkai.casework import procedure, signing
from gongkai.casework.actions.extend import agree_on_word, can_agree_on_word
from gongkai.casework.actions.sign import can_sign_on_word, sign_on_word
from gongkai.casework.models import Case, Extension, Notice, PaperKind, SigningLevel, SigningRule, SignOff
from gongkai.documents.models import RecordedInstruction
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal

_ARTICLE = "签发权限（内部规定）"


def can_ask_sign_off(case: Case, *, by: User, today: date, kind: str = "") -> Refusal | None:
    """By the handler, for a kind of paper that nobody has signed yet and that has not been put before anybody."""
    if by.pk != case.handler_id:
        return Refusal("wrong_role", "由承办人呈签", _ARTICLE)
    if not case.received_on or case.finished:
        return Refusal("wrong_state", "登记以后、办结以前呈签", _ARTICLE)
    if kind and kind not in signing.ALONG_THE_WAY:
        return Refusal("kind", "这种文书不用呈签", _ARTICLE)
    if kind and case.sign_offs.filter(kind=kind, notice=None, returned_on=None).exists():
        return Refusal("sign_off_once", "这种文书已经呈签，还没有用", _ARTICLE)
    return None


@transaction.atomic
def ask_sign_off(case: Case, *, kind: str, words: str, by: User, today: date) -> SignOff:
    """Put a paper before its signer (呈签); `words` say what it will say. Raises Refused."""
    case = locked(case)
    procedure.allow(can_ask_sign_off(case, by=by, today=today, kind=kind))
    if not words.strip():
        procedure.allow(Refusal("words", "须写明呈签的内容", _ARTICLE))
    row = SignOff.objects.create(case=case, kind=kind, words=words.strip(), asked_by=by, asked_on=today)
    procedure.note("ask_sign_off", case, by=by, today=today, ground=_ARTICLE, kind=kind)
    return row


def can_sign_off(
    row: SignOff, *, by: User, today: date, instruction: RecordedInstruction | None = None
) -> Refusal | None:
    """By a person of the level that the kind asks for; or by who brings that person's recorded word."""
    if row.signed_by_id or row.returned_on:
        return Refusal("signed_already", "已经签发或者退回", _ARTICLE)
    signer = instruction.leader if instruction else by
    if instruction:
        refused = signing.recorder_refusal(row.case, by=by, today=today)
        if refused := refused or signing.instruction_refusal(row.case, instruction):
            return refused
    if signer.pk == row.asked_by_id:
        return Refusal("own_request", "呈签人不能签发自己呈签的文书", _ARTICLE)
    return signing.level_refusal(row.case, signing.level_for(row.case.agency, PaperKind(row.kind)), signer, on=today)


@transaction.atomic
def sign_off(
    row: SignOff,
    *,
    approve: bool,
    by: User,
    today: date,
    remarks: str = "",
    instruction: RecordedInstruction | None = None,
) -> SignOff:
    """Sign, or send back with remarks. A recorded word counts as the leader's. Raises Refused."""
    case = locked(row.case)
    row = locked(row)
    procedure.allow(can_sign_off(row, by=by, today=today, instruction=instruction))
    if approve:
        row.signed_by, row.signed_on = instruction.leader if instruction else by, today
        row.instruction = instruction
    else:
        if not remarks.strip():
            procedure.allow(Refusal("remarks", "退回须写明意见", _ARTICLE))
        row.returned_on, row.remarks = today, remarks.strip()
    row.save()
    procedure.note(
        "sign_off" if approve else "return_sign_off", case, by=by, today=today, ground=_ARTICLE, kind=row.kind,
        instruction=str(instruction.public_id) if instruction else "",
    )  # fmt: skip
    return row


# A leader's word, where the state table or an extension asks for one ---------------------------------------------------


def can_sign_recorded(
    case: Case, *, by: User, today: date, instruction: RecordedInstruction | None = None
) -> Refusal | None:
    """签发 on a recorded word: brought by the registrar or the office, judged as if the leader signed."""
    if (refused := procedure.refusal(case, "sign", by=by, today=today)) and refused.code != "wrong_role":
        return refused
    if refused := signing.recorder_refusal(case, by=by, today=today):
        return refused
    if instruction is None:
        has_any = signing.unused_instructions(case).exists()
        return None if has_any else Refusal("no_instruction", "还没有可用的批示，请先在“代录批示”登记")
    return signing.instruction_refusal(case, instruction) or can_sign_on_word(case, instruction, today=today)


@transaction.atomic
def sign_recorded(case: Case, *, instruction: RecordedInstruction, by: User, today: date, files: bool = True) -> Notice:
    """Sign the answer on a leader's recorded word (代录批示). Raises Refused."""
    case = locked(case)
    procedure.allow(can_sign_recorded(case, by=by, today=today, instruction=instruction))
    return sign_on_word(case, instruction, by=by, today=today, files=files)


def can_agree_recorded(
    case: Case, *, by: User, today: date, instruction: RecordedInstruction | None = None
) -> Refusal | None:
    """同意延期 on a recorded word."""
    if refused := signing.recorder_refusal(case, by=by, today=today):
        return refused
    if instruction is None:
        has_any = signing.unused_instructions(case).exists()
        return None if has_any else Refusal("no_instruction", "还没有可用的批示，请先在“代录批示”登记")
    return signing.instruction_refusal(case, instruction) or can_agree_on_word(case, instruction, today=today)


@transaction.atomic
def agree_recorded(case: Case, *, instruction: RecordedInstruction, by: User, today: date) -> Extension:
    """Agree to an extension on a leader's recorded word. Raises Refused."""
    case = locked(case)
    procedure.allow(can_agree_recorded(case, by=by, today=today, instruction=instruction))
    return agree_on_word(case, instruction, by=by, today=today)


# The matrix itself ----------------------------------------------------------------------------------------------------


def can_set_signing_rule(*, by: User, today: date, kind: str = "", level: str = "") -> Refusal | None:
    """The disclosure office sets who signs; an extension stays with the head of the work (条例第三十三条第二款)."""
    if not is_disclosure_office(by, on=today):
        return Refusal("needs_role", "签发权限由政务公开办设置", "条例第四条")
    if kind and kind not in PaperKind.values:
        return Refusal("kind", "没有这种文书")
    if level and level not in signing.DEFAULTS[PaperKind(kind)].allowed:
        default = signing.DEFAULTS[PaperKind(kind)]
        return Refusal("level", f"“{PaperKind(kind).label}”不能由此签发", default.source)
    return None


@transaction.atomic
def set_signing_rule(*, kind: str, level: str, agency: Agency | None, by: User, today: date) -> None:
    """Set who signs a kind of paper, for one organ or for all; an empty level goes back to what held. Raises Refused."""
    procedure.allow(can_set_signing_rule(by=by, today=today, kind=kind, level=level))
    rows = SigningRule.objects.filter(kind=kind, agency=agency)
    before = rows.values_list("level", flat=True).first() or ""
    if before == level:
        return
    if level:
        SigningRule.objects.update_or_create(
            kind=kind, agency=agency, defaults={"level": SigningLevel(level), "changed_by": by, "changed_on": today}
        )
    else:
        rows.delete()
    record(
        "casework.set_signing_rule", None, by=by, today=today, ground="条例第四条", kind=kind, before=before, level=level,
        agency=agency.short_name if agency else "全县",
    )  # fmt: skip
