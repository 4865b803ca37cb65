"""Papers of the registers (台账文书): drafted from the row and its cases, signed by whom the signing rules say, sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.casework import notices, outgoing, register_drafts, signing
from gongkai.casework.actions.seal import unsealed
from gongkai.casework.actions.send import record_delivery
from gongkai.casework.models import (
    Advice,
    Complaint,
    Lawsuit,
    PaperKind,
    RecordCorrection,
    RegisterPaper,
    RegisterRow,
    ReviewCase,
    SigningLevel,
    belongs_to,
)
from gongkai.casework.permissions import roles_at
from gongkai.casework.procedure import allow
from gongkai.casework.register_rights import organ_of, worker_refusal, works_on
from gongkai.documents.models import RecordedInstruction, template_in_force
from gongkai_core import letters
from gongkai_core.letters import RenderedLetter
from gongkai_core.refusals import Refusal, Refused

GROUND = "签发权限（内部规定）"
PRIVACY = "个人信息保护法第六条、第五十一条"
_DISPUTE = ("L35", "L37", "L38")
LETTERS_OF: dict[type, tuple[str, ...]] = {
    ReviewCase: ("L34", *_DISPUTE, "L41"),
    Lawsuit: ("L36", *_DISPUTE, "L41"),
    Complaint: ("L22",),
    RecordCorrection: ("L23", "L22"),
}
"""Which letters a row can have."""
READERS = frozenset({"case_registrar", "handler", "legal_reviewer", "signatory", "disclosure_office"})


def kind_of(letter: str) -> PaperKind:
    """By which rule a letter of the registers is signed."""
    kind = signing.kind_of_letter(letter)
    assert kind in signing.OF_REGISTERS
    return kind


def can_open_register_papers(row: RegisterRow, *, by: User, today: date) -> Refusal | None:
    """Who reads papers that name the parties: whoever works with the row's organ's cases, no statistician."""
    if roles_at(by, organ_of(row), on=today) & READERS:
        return None
    return Refusal("needs_role", "您的岗位不需要查看这份文书", PRIVACY)


def can_draft_register_paper(row: RegisterRow, *, by: User, today: date, letter: str = "") -> Refusal | None:
    """By who keeps the register, or who handles the case; one draft or signed paper of a letter at a time."""
    if refused := worker_refusal(row, by=by, today=today):
        return refused
    if not letter:
        return None
    if letter not in LETTERS_OF[type(row)]:
        return Refusal("wrong_letter", "这一类台账不用这种文书")
    if refused := register_drafts.unready(row, letter):
        return refused
    running = RegisterPaper.objects.filter(**belongs_to(row), letter=letter, voided_on=None)
    if letter != "L41" and running.exists():
        return Refusal("one_paper", "这种文书已经起草；要重写的，先修改或者作废原来的")
    return None


@transaction.atomic
def draft_register_paper(
    row: RegisterRow, *, letter: str, by: User, today: date, advice: Advice | None = None
) -> RegisterPaper:
    """Begin a paper with what the row, its cases and their clocks already say. Raises Refused."""
    row = locked(row)
    allow(can_draft_register_paper(row, by=by, today=today, letter=letter))
    if letter == "L41":
        allow(_advice_unfit(row, advice))
    paper = RegisterPaper(
        agency=organ_of(row), letter=letter, advice=advice, drafted_by=by, drafted_on=today, **belongs_to(row)
    )
    paper.drafted = register_drafts.prefill(row, letter, by=by, today=today, advice=advice)
    paper.save()
    _note("draft_register_paper", paper, by=by, today=today)
    return paper


def _advice_unfit(row: RegisterRow, advice: Advice | None) -> Refusal | None:
    if advice is None or advice.row != row:
        return Refusal("advice", "先登记收到的复议意见书或者司法建议，再起草复函", "行政复议法第七十六条")
    if advice.papers.filter(voided_on=None).exists():
        return Refusal("one_paper", "这份意见书、司法建议的复函已经起草")
    return None


def can_write_register_paper(paper: RegisterPaper, *, by: User, today: date) -> Refusal | None:
    if not paper.open_draft:
        return Refusal("signed_already", "已经签发或者作废，不能再改", GROUND)
    return can_draft_register_paper(paper.row, by=by, today=today)


@transaction.atomic
def write_register_paper(paper: RegisterPaper, *, variables: Mapping[str, str], by: User, today: date) -> RegisterPaper:
    """Keep the draft as it was edited; who edits it last is its drafter. Raises Refused."""
    paper = locked(paper)
    allow(can_write_register_paper(paper, by=by, today=today))
    known = register_drafts.editable(paper.letter)
    paper.drafted = {name: variables.get(name, "").strip() for name in known}
    paper.drafted_by, paper.drafted_on = by, today
    paper.save(update_fields=["values", "drafted_by", "drafted_on"])
    _note("write_register_paper", paper, by=by, today=today)
    return paper


def compose(paper: RegisterPaper, *, signed_on: date, number: str) -> RenderedLetter:
    """The paper's text from its draft. Raises Refused for whatever is missing or may not stand in it."""
    letter, row = letters.LETTERS[paper.letter], paper.row
    given = {name: _value(name, value) for name, value in paper.drafted.items() if value}
    values: dict[str, Any] = {"organ": register_drafts.organ_name(row), "signed_on": signed_on, **given}
    if "docno" in letter.printed:
        values["docno"] = number
    if isinstance(row, RecordCorrection) and "received_on" in letter.printed:
        values["received_on"] = row.received_on
    allowed = {*letter.printed, *letter.record, "title"}
    remedy = letters.remedy_for_letter(letter, None, signed_on, notices.body_of(paper.agency))
    template = template_in_force(paper.letter)
    rendered = letters.render(
        paper.letter,
        {name: value for name, value in values.items() if name in allowed},
        received_on=register_drafts.law_day(row),
        remedy=remedy,
        additions=template.additions if template else (),
    )
    if letters.leaks(paper.letter, rendered.text, register_drafts.personal_values(row)):
        raise Refused(
            Refusal(
                "no_applicant_data",
                "转办、移送函中出现当事人的姓名、电话、住址或者证件号，正文不得出现",
                "条例第十五条；个人信息保护法第二十三条",
            )
        )
    return rendered


def _value(name: str, text: str) -> letters.Value:
    """A day is printed as papers write it; anything else as it was typed."""
    if name not in register_drafts.DAYS:
        return text
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(Refusal("day", f"{letters.VARIABLE_LABELS[name]}请按“2026-05-06”填写")) from None


def can_sign_register_paper(
    paper: RegisterPaper, *, by: User, today: date, instruction: RecordedInstruction | None = None
) -> Refusal | None:
    """By a person of the level that the letter's kind asks for, never by who drafted it unless handlers sign it."""
    if not paper.open_draft:
        return Refusal("signed_already", "已经签发或者作废", GROUND)
    level = signing.level_for(paper.agency, kind_of(paper.letter))
    if instruction and (refused := _word_unfit(paper, instruction, by=by, today=today)):
        return refused
    signer = instruction.leader if instruction else by
    if signer.pk == paper.drafted_by_id and level != SigningLevel.HANDLER:
        return Refusal("own_draft", "拟稿人不能签发自己起草的文书", GROUND)
    return signing.signer_refusal(paper.agency, level, signer, on=today, handles=works_on(paper.row, signer))


def _word_unfit(paper: RegisterPaper, instruction: RecordedInstruction, *, by: User, today: date) -> Refusal | None:
    if refused := signing.bringer_refusal(paper.agency, by=by, today=today, own=by.pk == paper.drafted_by_id):
        return refused
    if instruction.entered_by_id == paper.drafted_by_id:
        return Refusal("author_recorded", "拟稿人不得代录这份文书的批示", "代录批示：拟稿人不得代替审核人")
    if signing.unused_words(paper.agency).filter(pk=instruction.pk).exists():
        return None
    return Refusal("used_word", "这条批示不属于本机关，或者已用于另一份文书，请另行代录")


@transaction.atomic
def sign_register_paper(
    paper: RegisterPaper,
    *,
    by: User,
    today: date,
    instruction: RecordedInstruction | None = None,
    files: bool = True,
) -> RegisterPaper:
    """Sign the paper: it takes its number where the letter has one, and becomes a letter with files. Raises Refused."""
    paper = locked(paper)
    allow(can_sign_register_paper(paper, by=by, today=today, instruction=instruction))
    letter, number = letters.LETTERS[paper.letter], ""
    if "docno" in letter.printed:
        number = notices.take_number(paper.agency, letter, today.year)
    rendered = compose(paper, signed_on=today, number=number)
    paper.rendered, paper.number, paper.template = rendered, number, template_in_force(paper.letter)
    paper.signed_by, paper.signed_on = instruction.leader if instruction else by, today
    paper.instruction = instruction
    if files:
        notices.render_files(paper)
    paper.save()
    _note(
        "sign_register_paper", paper, by=by, today=today, instruction=str(instruction.public_id) if instruction else ""
    )
    return paper


def can_void_register_paper(paper: RegisterPaper, *, by: User, today: date) -> Refusal | None:
    """Before it is sent: by its drafter's like or its signer; its number stays used."""
    if paper.sent_on or paper.voided_on:
        return Refusal("sent_already", "已经发出或者作废", GROUND)
    if paper.signed_by_id == by.pk:
        return None
    return can_draft_register_paper(paper.row, by=by, today=today)


@transaction.atomic
def void_register_paper(paper: RegisterPaper, *, reason: str, by: User, today: date) -> RegisterPaper:
    """Put the paper out of use (作废). Raises Refused."""
    paper = locked(paper)
    allow(can_void_register_paper(paper, by=by, today=today))
    if not reason.strip():
        allow(Refusal("reason", "作废须写明原因", GROUND))
    paper.voided_on, paper.void_reason = today, reason.strip()
    paper.save(update_fields=["voided_on", "void_reason"])
    _note("void_register_paper", paper, by=by, today=today)
    return paper


def can_send_register_paper(paper: RegisterPaper, *, by: User, today: date) -> Refusal | None:
    """Once signed, and sealed where this office asks for it (domain-spec §11.6 item 43); by who works on its row."""
    return outgoing.sender_refusal(paper, by=by, today=today) or unsealed(paper)


@transaction.atomic
def send_register_paper(
    paper: RegisterPaper, *, method: str, sent_on: date, by: User, today: date, **facts: Any
) -> RegisterPaper:
    """The paper left the house; what it settles on its row is settled by that. Raises Refused.

    `facts` are those of `record_delivery`.
    """
    paper = locked(paper)
    allow(can_send_register_paper(paper, by=by, today=today))
    record_delivery(paper, method=method, sent_on=sent_on, by=by, today=today, **facts)
    _settle(paper, sent_on)
    _note("send_register_paper", paper, by=by, today=today, sent_on=sent_on, method=method)
    return paper


def _settle(paper: RegisterPaper, sent_on: date) -> None:
    """A reply or defence is handed in, an advice reported on, a correction told, by the sending of its letter."""
    row = paper.row
    if paper.letter in ("L34", "L36") and isinstance(row, ReviewCase | Lawsuit):
        type(row)._default_manager.filter(pk=row.pk, replied_on=None).update(replied_on=sent_on)
    if paper.advice_id:
        Advice.objects.filter(pk=paper.advice_id).update(reported_on=sent_on)
    if paper.letter == "L23":
        RecordCorrection.objects.filter(pk=row.pk, closed_on=None).update(closed_on=sent_on)


@transaction.atomic
def open_register_paper(paper: RegisterPaper, *, by: User, today: date, file: str = "") -> RegisterPaper:
    """Read a paper that names the parties: every opening is in the trail. Raises Refused."""
    allow(can_open_register_papers(paper.row, by=by, today=today))
    _note("open_register_paper", paper, by=by, today=today, ground=PRIVACY, file=file)
    return paper


def _note(verb: str, paper: RegisterPaper, *, by: User, today: date, ground: str = GROUND, **facts: Any) -> None:
    """On the row's own thread, so that its page tells the whole story."""
    outgoing.note(verb, paper, by=by, today=today, ground=ground, **facts)
