from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.casework import clock, evidence, notices, procedure, signing
from gongkai.casework.actions.legal_review import must_choose_remedy, send_back
from gongkai.casework.actions.propose_decision import active_decision
from gongkai.casework.models import Case, Decision, Law, Notice
from gongkai.casework.permissions import handles
from gongkai.documents.models import Blob, RecordedInstruction
from gongkai_core import outcomes
from gongkai_core.refusals import Refusal


def can_sign(case: Case, *, by: User, today: date, instruction: RecordedInstruction | None = None) -> Refusal | None:
    """By a signatory who neither drafted nor registered; every guard of the outcome holds again (G1–G21)."""
    if instruction:
        refused = signing.recorder_refusal(case, by=by, today=today)
        if refused := refused or signing.instruction_refusal(case, instruction):
            return refused
    return _can_sign(case, instruction.leader if instruction else by, today)


def _can_sign(case: Case, by: User, today: date) -> Refusal | None:
    decision = active_decision(case)
    failed = []
    if decision and (by.pk in (decision.drafted_by_id, case.handler_id) or handles(by, case, on=today)):
        failed.append("signatory_not_handler")
    if by.pk == case.registered_by_id:
        failed.append("signatory_not_registrar")
    if decision and must_choose_remedy(decision, today) and not decision.remedy:
        failed.append("remedy_chosen")
    if refused := procedure.refusal(case, "sign", by=by, today=today, failed=failed):
        return refused
    if decision is None:
        return Refusal("no_draft", "还没有拟办意见", "条例第三十六条")
    return evidence.unmet(case, decision, today=today) or _last_guards(case, decision, by, today)


def _last_guards(case: Case, decision: Decision, signer: User, today: date) -> Refusal | None:
    guards = evidence.guards_of(decision)
    if "G2" in guards and decision.secrecy_reviewed_on is None:
        return Refusal("G2", outcomes.guard("G2").text, outcomes.guard("G2").article)
    if "G9" in guards and signer.name != case.agency.head:
        who = case.agency.head or "（机关资料中还没有填写负责人）"
        return Refusal("G9", f"须由机关负责人{who}签发，或者登记其批示", outcomes.guard("G9").article)
    level = signing.level_for(case.agency, signing.kind_of_answer(decision.outcome))
    return signing.level_refusal(case, level, signer, on=today)


def can_sign_on_word(case: Case, instruction: RecordedInstruction, *, today: date) -> Refusal | None:
    """Whether the leader whose word was recorded could sign: his signature it is, not that of who brings it."""
    return _can_sign(case, instruction.leader, today)


def sign_on_word(case: Case, instruction: RecordedInstruction, *, by: User, today: date, files: bool) -> Notice:
    """Sign for the leader; whoever brings his word has been asked for by `actions.sign_off`. Raises Refused."""
    return sign(case, by=by, today=today, instruction=instruction, files=files)


@transaction.atomic
def sign(
    case: Case,
    *,
    by: User,
    today: date,
    signed_on: date | None = None,
    instruction: RecordedInstruction | None = None,
    number: str = "",
    scan: Blob | None = None,
    files: bool = True,
) -> Notice:
    """Sign the answer (签发): it takes its number and becomes a letter with its files. Raises Refused.

    Under the old 条例 nothing is made from a template: `number` and `scan` are those of the paper that was sent.
    """
    case = locked(case)
    signed_on = signed_on or today
    clock.refuse_future(signed_on, today)
    # Who enters a paper of then must have the post now; who signs must have it on the day of the paper.
    entered = today if case.law == Law.OLD else signed_on
    procedure.allow(can_sign(case, by=by, today=entered, instruction=instruction))
    if case.received_on and signed_on < case.received_on:
        procedure.allow(Refusal("dates_out_of_order", f"成文日期早于收到日 {case.received_on}"))
    decision = locked(case.decisions.get(active=True))
    signer = instruction.leader if instruction else by
    decision.signed_by, decision.signed_on, decision.instruction = signer, signed_on, instruction
    decision.save()
    if case.law == Law.OLD:
        notice = _recorded(case, decision, number, scan)
    else:
        notice = notices.issue(
            case,
            evidence.letter_code(decision.outcome),
            evidence.letter_variables(decision),
            signed_on=signed_on,
            signed_by=signer,
            decision=decision,
            files=files,
        )
    article = procedure.advance(case, "sign")
    procedure.keep(case, today=today)
    procedure.note(
        "sign", case, by=by, today=today, ground=article, outcome=decision.outcome, number=notice.number, signed_on=signed_on,
        instruction=str(instruction.public_id) if instruction else "",
    )  # fmt: skip
    return notice


def _recorded(case: Case, decision: Decision, number: str, scan: Blob | None) -> Notice:
    if not number.strip() or scan is None:
        procedure.allow(
            Refusal(
                "old_law", "旧条例案件的文书不用模板生成，请填写当时的文号并附原件扫描", "条例（2019年修订）第五十六条"
            )
        )
    return Notice.objects.create(
        case=case, decision=decision, letter=evidence.letter_code(decision.outcome), number=number.strip(), scan=scan,
        signed_on=decision.signed_on, signed_by=decision.signed_by, addressee=case.applicant.name,
    )  # fmt: skip


def can_return_draft(case: Case, *, by: User, today: date) -> Refusal | None:
    return procedure.refusal(case, "return_draft", by=by, today=today)


@transaction.atomic
def return_draft(case: Case, *, remarks: str, by: User, today: date) -> Case:
    """The signatory sends the draft back, or recalls a signed letter that has not left: its number stays used."""
    case = locked(case)
    procedure.allow(can_return_draft(case, by=by, today=today))
    decision = locked(case.decisions.get(active=True))
    decision.notices.filter(voided_on=None).update(voided_on=today, void_reason=remarks.strip()[:200])
    decision.signed_by = decision.signed_on = decision.instruction = None
    decision.save()
    return send_back(case, decision, remarks, by=by, today=today)
