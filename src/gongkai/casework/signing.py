"""签发权限: who signs which kind of paper, as data with defaults (domain-spec §11.3 item 24), and 代录批示 for each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import models

from gongkai.agencies.models import Agency, Role, User
from gongkai.casework import rules
from gongkai.casework.models import (
    Case,
    Decision,
    Extension,
    Law,
    Notice,
    PaperKind,
    RegisterPaper,
    SigningLevel,
    SigningRule,
    SignOff,
)
from gongkai.casework.permissions import roles_at
from gongkai.documents.models import RecordedInstruction
from gongkai_core.refusals import Refusal


@dataclass(frozen=True)
class Default:
    """What holds where the office has set nothing: the letters of the kind, who signs, whence, whether it is certain."""

    letters: tuple[str, ...]
    level: SigningLevel
    source: str
    confirmed: bool = False
    allowed: tuple[SigningLevel, ...] = tuple(SigningLevel)


_ALONG_THE_WAY = "各地内部规定：补正、征求意见、收费由工作机构负责人签发"
_NOT_BY_HANDLER = (SigningLevel.OFFICE_HEAD, SigningLevel.SIGNATORY, SigningLevel.ORGAN_HEAD)
DEFAULTS: dict[PaperKind, Default] = {
    PaperKind.CORRECTION: Default(("L02",), SigningLevel.OFFICE_HEAD, _ALONG_THE_WAY),
    PaperKind.EXTENSION: Default(
        ("L03",), SigningLevel.OFFICE_HEAD, "条例第三十三条第二款", confirmed=True,
        allowed=(SigningLevel.OFFICE_HEAD, SigningLevel.ORGAN_HEAD),
    ),
    PaperKind.OPINION: Default(("L04", "L07", "L39"), SigningLevel.OFFICE_HEAD, _ALONG_THE_WAY),
    PaperKind.FEE: Default(("L20",), SigningLevel.OFFICE_HEAD, _ALONG_THE_WAY),
    PaperKind.REASON: Default(("L19", "L21"), SigningLevel.HANDLER, "条例第三十五条；内部规定：按授权"),
    PaperKind.ASSISTANCE: Default(("L08",), SigningLevel.HANDLER, "内部规定"),
    PaperKind.END: Default(("L25",), SigningLevel.HANDLER, "内部规定"),
    PaperKind.REFUSAL: Default((), SigningLevel.ORGAN_HEAD, "各地内部规定：不予公开由机关负责人签发", allowed=_NOT_BY_HANDLER[1:]),
    PaperKind.ANSWER: Default((), SigningLevel.SIGNATORY, "内部规定：按授权", allowed=_NOT_BY_HANDLER[1:]),
    PaperKind.DISPUTE: Default(
        ("L34", "L35", "L36", "L41"), SigningLevel.SIGNATORY, "内部规定：按授权", allowed=_NOT_BY_HANDLER
    ),
    PaperKind.AUTHORITY: Default(
        ("L37", "L38"), SigningLevel.ORGAN_HEAD, "行政诉讼法第三条第三款；法定代表人（负责人）出具", allowed=_NOT_BY_HANDLER[1:]
    ),
    PaperKind.RECTIFY: Default(("L23",), SigningLevel.SIGNATORY, "内部规定：按授权", allowed=_NOT_BY_HANDLER),
    PaperKind.HAND_ON: Default(("L22",), SigningLevel.OFFICE_HEAD, "内部规定"),
}  # fmt: skip
OF_REGISTERS = (PaperKind.DISPUTE, PaperKind.AUTHORITY, PaperKind.RECTIFY, PaperKind.HAND_ON)
"""Papers of the registers after an answer: each is a draft of its own that its signer signs."""
ALONG_THE_WAY = tuple(
    kind for kind, default in DEFAULTS.items() if default.letters and kind not in (PaperKind.EXTENSION, *OF_REGISTERS)
)
"""Papers that a handler puts before the signer by 呈签; an extension has a consent of its own."""
LETTER_OF = {
    "ask_correction": "L02", "ask_reason": "L19", "agree_delay": "L21", "notify_fee": "L20", "ask_third_party": "L04",
    "ask_co_maker": "L07", "ask_agency": "L39", "notify_end": "L25",
}  # fmt: skip
"""Events of the state table that send a letter along the way."""


def kind_of_letter(code: str) -> PaperKind | None:
    return next((kind for kind, default in DEFAULTS.items() if code in default.letters), None)


def kind_of_answer(outcome: str) -> PaperKind:
    return PaperKind.REFUSAL if outcome.startswith("refuse.") else PaperKind.ANSWER


def level_for(agency: Agency, kind: PaperKind) -> SigningLevel:
    """Who signs: the organ's own rule, else the one for all, else the default."""
    rows = dict(SigningRule.objects.filter(kind=kind, agency=agency).values_list("kind", "level"))
    rows = rows or dict(SigningRule.objects.filter(kind=kind, agency=None).values_list("kind", "level"))
    return SigningLevel(rows.get(kind, DEFAULTS[kind].level))


def level_refusal(case: Case, level: SigningLevel, signer: User, *, on: date) -> Refusal | None:
    """Why this person's signature does not suffice in a case, or None."""
    return signer_refusal(case.agency, level, signer, on=on, handles=signer.pk == case.handler_id)


def signer_refusal(
    agency: Agency, level: SigningLevel, signer: User, *, on: date, handles: bool = False
) -> Refusal | None:
    """The same for any paper of an organ; `handles`: the paper is the signer's own business."""
    held = roles_at(signer, agency, on=on)
    head = agency.head
    fits = {
        SigningLevel.HANDLER: handles or bool(held),
        SigningLevel.OFFICE_HEAD: bool(held & {Role.SIGNATORY, Role.DISCLOSURE_OFFICE}),
        SigningLevel.SIGNATORY: Role.SIGNATORY in held,
        SigningLevel.ORGAN_HEAD: bool(head) and signer.name == head,
    }[level]
    if fits:
        return None
    who = f"机关负责人{head or '（机关资料中还没有填写负责人）'}" if level == SigningLevel.ORGAN_HEAD else level.label
    return Refusal("signing_level", f"须由{who}签发，或者登记其批示", "签发权限（内部规定）")


# Papers along the way -----------------------------------------------------------------------------------------------


def unsigned(case: Case, event: str, *, by: User | None, today: date) -> Refusal | None:
    """Why the letter of this event may not leave yet: its kind must be signed first. None where that is not asked."""
    code = LETTER_OF.get(event)
    kind = kind_of_letter(code) if code else None
    if kind is None or by is None or case.law == Law.OLD or not rules.SIGN_OFF_FIRST.value():
        return None
    level = level_for(case.agency, kind)
    if level_refusal(case, level, by, on=today) is None or ready(case, kind):
        return None
    return Refusal("sign_off", f"“{kind.label}”须先呈{level.label}签发，或者登记其批示", "签发权限（内部规定）")


def ready(case: Case, kind: PaperKind) -> SignOff | None:
    """The signature that the next letter of this kind will stand on."""
    return case.sign_offs.filter(kind=kind, notice=None, returned_on=None).exclude(signed_by=None).first()


def use(case: Case, code: str, notice: Notice) -> None:
    """Let the letter stand on its signature, where one was given: one signature, one letter."""
    kind = kind_of_letter(code)
    row = ready(case, kind) if kind else None
    if row:
        notice.signed_by = row.signed_by
        notice.save(update_fields=["signed_by"])
        row.notice = notice
        row.save(update_fields=["notice"])


# 代录批示 -----------------------------------------------------------------------------------------------------------


def recorder_refusal(case: Case, *, by: User, today: date) -> Refusal | None:
    """A leader's word is brought by a registrar, another signatory or the disclosure office, never by who drafted."""
    drafted = case.decisions.filter(active=True, drafted_by=by).exists()
    return bringer_refusal(case.agency, by=by, today=today, own=by.pk == case.handler_id or drafted)


def bringer_refusal(agency: Agency, *, by: User, today: date, own: bool) -> Refusal | None:
    """The same for any paper of an organ; `own`: the person drafted or handles it."""
    if own:
        return Refusal("author_recorded", "承办人、拟办人不得以代录批示代替签发人", "代录批示：拟稿人不得代替审核人")
    if roles_at(by, agency, on=today) & {Role.CASE_REGISTRAR, Role.SIGNATORY, Role.DISCLOSURE_OFFICE}:
        return None
    return Refusal("wrong_role", "代录批示由申请登记员、答复签发人或者政务公开办办理", "代录批示：拟稿人不得代替审核人")


def instruction_refusal(case: Case, instruction: RecordedInstruction) -> Refusal | None:
    """A word is the organ's, entered by another than the handler, and stands under one paper only."""
    if instruction.agency_id != case.agency_id:
        return Refusal("foreign_instruction", "这条批示不属于本件的机关")
    if instruction.entered_by_id == case.handler_id:
        return Refusal("author_recorded", "承办人不得代录本件的批示", "代录批示：拟稿人不得代替审核人")
    if unused_instructions(case).filter(pk=instruction.pk).exists():
        return None
    return Refusal("used_word", "这条批示已用于另一件（另一份文书），一件一批示，请另行代录")


def unused_instructions(case: Case) -> models.QuerySet[RecordedInstruction]:
    """The organ's recorded words that stand under no paper yet."""
    return unused_words(case.agency)


def unused_words(agency: Agency) -> models.QuerySet[RecordedInstruction]:
    """The same by the organ."""
    papers = (Decision, Extension, SignOff, RegisterPaper)
    used = [model.objects.exclude(instruction=None).values("instruction") for model in papers]
    rows = RecordedInstruction.objects.filter(agency=agency)
    for one in used:
        rows = rows.exclude(pk__in=one)
    return rows.select_related("leader").order_by("-pk")
