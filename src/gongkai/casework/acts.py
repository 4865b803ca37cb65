"""The acts a case page offers: for each its word, its form, whether it may be done, and how it is done.

A page never decides anything: `can` is the action's own twin, so a greyed button and the server never disagree.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.agencies.models import User
from gongkai.casework import actions, electronic_seals, forms, forms_acts, forms_seal
from gongkai.casework.actions.extend import pending
from gongkai.casework.actions.legal_review import must_choose_remedy
from gongkai.casework.actions.propose_decision import active_decision
from gongkai.casework.actions.seal import no_seal, sealing_of
from gongkai.casework.models import Assistance, Case, Delivery, Holder, Inquiry, Law, Party, SignOff
from gongkai.casework.papers import Withheld, record_withheld
from gongkai.documents.intake import Taken, keep
from gongkai.documents.models import Blob
from gongkai_core.refusals import Refusal
from gongkai_core.states.cases import CASE

Target = Case | Inquiry | Delivery | Assistance | SignOff


@dataclass(frozen=True)
class Act:
    """One act: `target` says what it is done to; without `form` it is one press."""

    label: str
    can: Callable[..., Refusal | None]
    run: Callable[..., Any]
    form: type[forms.CaseForm] | None = None
    target: str = "case"
    """case, inquiry, delivery, assistance or sign_off."""
    kind: str = "quiet"

    @property
    def asks(self) -> bool:
        """Whether there is a form to fill (a template would call a class)."""
        return self.form is not None

    def form_for(self, case: Case, today: date) -> type[forms.CaseForm] | None:
        """The form, which may depend on what the case needs."""
        decision = active_decision(case)
        if self.form is forms.ReviewForm and self.can is actions.can_legal_review and decision:
            return forms.RemedyForm if must_choose_remedy(decision, today) else forms.ReviewForm
        if self.form is forms.SignForm and case.law == Law.OLD:
            return forms.SignOldForm
        return self.form


def blob_of(paper: Taken | Withheld | Blob | None) -> Blob | None:
    """Keep a paper that was taken in, sealed: what comes in about a case may name people, and so may its own name."""
    if isinstance(paper, Blob):
        return paper
    return keep(paper, sealed=True, name=f"材料.{paper.kind}") if isinstance(paper, Taken) else None


def withheld(case: Case, *papers: Taken | Withheld | None, by: User, today: date) -> None:
    """Record those that were turned away for a mark."""
    record_withheld(case, [paper.digest for paper in papers if isinstance(paper, Withheld)], by=by, today=today)


def _with_files(data: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: blob_of(value) if name in names else value for name, value in data.items()}


def kept_once(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts of an act that is done to several things: a paper among them is kept once."""
    return {name: blob_of(value) if isinstance(value, Taken) else value for name, value in facts.items()}


def _ask(party: str) -> Act:
    label = {
        Party.THIRD_PARTY: "征求第三方意见",
        Party.CO_MAKER: "征求共同制作机关意见",
        Party.AGENCY: "征求其他机关意见",
    }[Party(party)]
    return Act(
        label,
        lambda case, **who: actions.can_ask(case, party, **who),
        lambda case, **facts: actions.ask(case, party, **facts),
        forms.AskAgencyForm if party == Party.AGENCY else forms.AskForm,
    )


def _plain(run: Callable[..., Any], *files: str) -> Callable[..., Any]:
    """Call the action with the form's values, uploads kept as files first."""
    return lambda target, **facts: run(target, **_with_files(facts, *files))


def _correction(case: Case, *, by: User, today: date, paper: Any, **facts: Any) -> Case:
    papers = [blob for blob in [blob_of(paper)] if blob]
    withheld(case, paper, by=by, today=today)
    return actions.correction_received(case, by=by, today=today, papers=papers, **facts)


ACTS: dict[str, Act] = {
    "register": Act("登记", actions.can_register, actions.register, forms.RegisterForm, kind="primary"),
    "assign": Act("分办", actions.can_assign, actions.assign, forms_acts.AssignForm, kind="primary"),
    "accept_assignment": Act("接收", actions.can_accept_assignment, actions.accept_assignment, kind="primary"),
    "refuse_assignment": Act(
        "退回分办", actions.can_refuse_assignment, actions.refuse_assignment, forms_acts.RefuseAssignmentForm
    ),
    "pass_on": Act("转交", actions.can_pass_on, actions.pass_on, forms_acts.PassOnForm),
    "start_examination": Act("开始审查", actions.can_start_examination, actions.start_examination, kind="primary"),
    "start_processing": Act("开始办理", actions.can_start_processing, actions.start_processing, kind="primary"),
    "ask_correction": Act("要求补正", actions.can_ask_correction, actions.ask_correction, forms.CorrectionForm),
    "correction_received": Act(
        "收到补正", actions.can_correction_received, _correction, forms.CorrectionReceivedForm, kind="primary"
    ),
    "ask_reason": Act("要求说明理由", actions.can_ask_reason, actions.ask_reason, forms.AskReasonForm),
    "ask_assistance": Act("请求协办", actions.can_ask_assistance, actions.ask_assistance, forms_acts.AssistanceForm),
    "ask_third_party": _ask(Party.THIRD_PARTY),
    "ask_co_maker": _ask(Party.CO_MAKER),
    "ask_agency": _ask(Party.AGENCY),
    "refer_secrecy": Act("保密请示", actions.can_refer_secrecy, actions.refer_secrecy, forms_acts.SecrecyForm),
    "resume": Act("不再等候", actions.can_resume, actions.resume, forms_acts.ResumeForm),
    "agree_delay": Act("延迟答复", actions.can_agree_delay, actions.agree_delay, forms_acts.DelayForm),
    "notify_fee": Act("通知缴费", actions.can_notify_fee, actions.notify_fee, forms.FeeForm),
    "fee_paid": Act("完成缴费", actions.can_fee_paid, actions.fee_paid, forms.PaidForm, kind="primary"),
    "propose_extension": Act("拟延期", actions.can_propose_extension, actions.propose_extension, forms.ExtensionForm),
    "agree_extension": Act("同意延期", actions.can_agree_extension, actions.agree_extension, kind="primary"),
    "agree_recorded": Act("代录同意延期", actions.can_agree_recorded, actions.agree_recorded, forms_acts.RecordedForm),
    "extend": Act("发延期告知", actions.can_extend, actions.extend, forms.SendForm),
    "abandon": Act("认定视为放弃", actions.can_abandon, actions.abandon),
    "submit_draft": Act("送审", actions.can_submit_draft, actions.submit_draft, kind="primary"),
    "back_to_processing": Act("退回办理", actions.can_back_to_processing, actions.back_to_processing),
    "approve": Act("法审", actions.can_legal_review, actions.legal_review, forms.ReviewForm, kind="primary"),
    "pass_secrecy": Act("保密审查", actions.can_pass_secrecy, actions.pass_secrecy, forms.ReviewForm, kind="primary"),
    "sign": Act("签发", actions.can_sign, _plain(actions.sign, "scan"), forms.SignForm, kind="primary"),
    "sign_recorded": Act("代录签发", actions.can_sign_recorded, actions.sign_recorded, forms_acts.RecordedForm),
    "return_draft": Act("退回重拟", actions.can_return_draft, actions.return_draft, forms.RemarksForm),
    "record_sealing": Act("用印登记", actions.can_record_sealing, actions.record_sealing, forms.SealForm),
    "sign_electronically": Act(
        "电子签名", actions.can_sign_electronically, actions.sign_electronically, forms_seal.ElectronicSignatureForm
    ),
    "seal_electronically": Act(
        "电子用印", actions.can_seal_electronically, actions.seal_electronically, forms_seal.ElectronicSealForm
    ),
    "return_scan": Act("传回扫描件", actions.can_return_scan, _plain(actions.return_scan, "scan"), forms.ScanForm),
    "accept_scan": Act("确认比对", actions.can_accept_scan, actions.accept_scan, forms.AcceptScanForm),
    "deliver": Act("发出", actions.can_deliver, _plain(actions.deliver, "evidence"), forms.DeliverForm, kind="primary"),
    "withdraw": Act("申请人撤回", actions.can_withdraw, _plain(actions.withdraw, "paper"), forms.WithdrawForm),
    "notify_end": Act("告知终止办理", actions.can_notify_end, actions.notify_end, forms.SendForm),
    "archive": Act("归档", actions.can_archive, actions.archive, kind="primary"),
    "reopen": Act("重新答复", actions.can_reopen, _plain(actions.reopen, "paper"), forms_acts.ReopenForm),
    "remind": Act("催办", actions.can_remind, actions.remind),
    # On one question or one delivery of the case.
    "question_delivered": Act(
        "登记送达日", actions.can_question_delivered, actions.question_delivered, forms.DeliveredForm, "inquiry"
    ),
    "answered": Act(
        "登记意见", actions.can_answered, _plain(actions.answered, "paper"), forms.AnsweredForm, "inquiry", "primary"
    ),
    "lapsed": Act("逾期未答", actions.can_lapsed, actions.lapsed, None, "inquiry"),
    "reason_received": Act(
        "登记理由", actions.can_reason_received, actions.reason_received, forms.ReasonForm, "inquiry", "primary"
    ),
    "reason_lapsed": Act("逾期未说明", actions.can_reason_lapsed, actions.reason_lapsed, None, "inquiry"),
    "deliver_again": Act(
        "再次送达",
        actions.can_deliver_again,
        _plain(actions.deliver_again, "evidence"),
        forms.DeliverAgainForm,
        "delivery",
    ),
    "confirm_delivery": Act(
        "登记送达凭证",
        lambda delivery, **who: actions.can_confirm_delivery(delivery.holder, **who),
        _plain(actions.confirm_delivery, "evidence"),
        forms.ConfirmDeliveryForm,
        "delivery",
        "primary",
    ),
    "answer_assistance": Act(
        "登记反馈",
        actions.can_answer_assistance,
        _plain(actions.answer_assistance, "paper"),
        forms_acts.AssistanceAnswerForm,
        "assistance",
        "primary",
    ),
    "ask_sign_off": Act("呈签", actions.can_ask_sign_off, actions.ask_sign_off, forms_acts.AskSignOffForm),
    "sign_off": Act("签发文书", actions.can_sign_off, actions.sign_off, forms_acts.SignOffForm, "sign_off", "primary"),
    "cancel_assistance": Act("取消协办", actions.can_cancel_assistance, actions.cancel_assistance, None, "assistance"),
}
"""By the event's name in the state table, where there is one. `split` and the notes have pages of their own."""

OF_PARTY: dict[str, tuple[str, ...]] = {
    Party.APPLICANT: ("reason_received", "reason_lapsed"),
    Party.THIRD_PARTY: ("question_delivered", "answered", "lapsed"),
    Party.CO_MAKER: ("question_delivered", "answered", "lapsed"),
    Party.AGENCY: ("answered",),  # an organ's silence has no last day
}
"""What may become of a question, by whom it was put to."""

EVENT_OF = {
    "sign_recorded": "sign",
    "agree_recorded": "extend",
    "refer_secrecy": "ask_agency",
    "propose_extension": "extend",
    "agree_extension": "extend",
    "record_sealing": "deliver",
    "seal_electronically": "deliver",
    "sign_electronically": "deliver",
    "return_scan": "deliver",
    "accept_scan": "deliver",
}


def possible(case: Case) -> list[str]:
    """Acts on the case that the state table knows in its state, in its order; whether they may be done is `can`."""
    events = CASE.events(case.state)
    names = [name for name, act in ACTS.items() if act.target == "case" and EVENT_OF.get(name, name) in events]
    if not case.finished:
        names += [name for name in ("remind",) if name not in names]  # it moves nothing
    if case.state not in ("signing", "delivering"):
        names = [name for name in names if name != "return_draft"]  # reviewers send back in their own form
    asked = pending(case)
    unfit = {"propose_extension"} if asked else {"agree_extension", "agree_recorded", "extend"}
    if asked and asked.agreed_by_id:
        unfit |= {"agree_extension", "agree_recorded"}
    if not waits_to_be_taken(case):
        unfit |= {"accept_assignment", "refuse_assignment"}
    return [name for name in names if name not in unfit | _unfit_for_seal(case)]


def _unfit_for_seal(case: Case) -> set[str]:
    return set() if case.state != "delivering" else set(_SEALING) - set(seal_steps(case))


_SEALING = ("record_sealing", "sign_electronically", "seal_electronically", "return_scan", "accept_scan")


def seal_steps(holder: Holder) -> list[str]:
    """One step of 用印登记 → 传回扫描件 → 确认比对 at a time; 电子用印 instead, where there is a certificate."""
    if no_seal(holder):
        return []
    electronic = electronic_seals.offered(holder)
    sealing = sealing_of(holder)
    if sealing is None:
        fit = electronic | (set() if electronic_seals.sealing_on(holder) else {"record_sealing"})
    else:
        fit = electronic | {"return_scan"} | ({"accept_scan"} if sealing.scan_id and not sealing.done else set())
    return [name for name in _SEALING if name in fit]


def waits_to_be_taken(case: Case) -> bool:
    """Whether the handler has yet to take the case or hand it back."""
    return case.assignments.filter(ended_on=None, accepted_on=None).exists()


def label_of(name: str, case: Case) -> str:
    """The office's word for the act in this case: a second 分办 is a 改派."""
    return "改派" if name == "assign" and case.handler_id else ACTS[name].label
