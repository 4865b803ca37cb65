from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.casework import evidence, procedure
from gongkai.casework.actions.propose_decision import active_decision, try_letter
from gongkai.casework.models import Case, Decision, Law
from gongkai.casework.permissions import handles
from gongkai_core import outcomes
from gongkai_core.letters import LEGAL_REVIEW_CHOICES
from gongkai_core.refusals import Refusal


def must_choose_remedy(decision: Decision, today: date) -> bool:
    """Whether the law leaves the remedy open, so that legal review chooses (letters.json `values`).

    Never for a case of the 2007年条例: its answer was given then, and says what it says.
    """
    return decision.case.law != Law.OLD and outcomes.remedy_for(decision.outcome, today) == "legal_review"


def can_legal_review(case: Case, *, by: User, today: date, approve: bool = True) -> Refusal | None:
    """By a legal reviewer of the organ who is not the handler."""
    failed = ["reviewer_not_handler"] if _drafts(case, by, today) else []
    return procedure.refusal(
        case, "approve" if approve else "return_draft", by=by, today=today, facts=_branch(case), failed=failed
    )


@transaction.atomic
def legal_review(
    case: Case,
    *,
    approve: bool,
    opinion: str,
    by: User,
    today: date,
    remedy: str = "",
    remedy_reason: str = "",
) -> Case:
    """Approve the draft or send it back with remarks (法审). Raises Refused.

    Where the law leaves the remedy open, approving means choosing it, with a reason: else the letter can't be signed.
    """
    case = locked(case)
    procedure.allow(can_legal_review(case, by=by, today=today, approve=approve))
    decision = locked(case.decisions.get(active=True))
    if not approve:
        return send_back(case, decision, opinion, by=by, today=today)
    if must_choose_remedy(decision, today) and (remedy not in LEGAL_REVIEW_CHOICES or not remedy_reason.strip()):
        procedure.allow(Refusal("remedy_chosen", "救济途径须由法审选定并写明理由", "行政复议法第二十三条"))
    procedure.allow(evidence.unmet(case, decision, today=today))
    decision.remedy = remedy if must_choose_remedy(decision, today) else ""
    decision.remedy_reason = remedy_reason.strip() if decision.remedy else ""
    decision.legal_reviewed_by, decision.legal_reviewed_on, decision.legal_opinion = by, today, opinion.strip()
    try_letter(case, decision, today)
    decision.save()
    article = procedure.advance(case, "approve", facts=_branch(case))
    procedure.keep(case, today=today)
    procedure.note("legal_review", case, by=by, today=today, ground=article, remedy=decision.remedy)
    return case


def can_pass_secrecy(case: Case, *, by: User, today: date, approve: bool = True) -> Refusal | None:
    """By a secrecy reviewer of the organ who is not the handler (条例第十七条; 保密法第三十五条)."""
    failed = ["secrecy_not_handler"] if _drafts(case, by, today) else []
    return procedure.refusal(case, "pass_secrecy" if approve else "return_draft", by=by, today=today, failed=failed)


@transaction.atomic
def pass_secrecy(case: Case, *, by: User, today: date, approve: bool = True, opinion: str = "") -> Case:
    """What is to be disclosed holds no secret, or back with remarks (保密审查). Raises Refused."""
    case = locked(case)
    procedure.allow(can_pass_secrecy(case, by=by, today=today, approve=approve))
    decision = locked(case.decisions.get(active=True))
    if not approve:
        return send_back(case, decision, opinion, by=by, today=today)
    decision.secrecy_reviewed_by, decision.secrecy_reviewed_on = by, today
    decision.save()
    article = procedure.advance(case, "pass_secrecy")
    procedure.keep(case, today=today)
    procedure.note("pass_secrecy", case, by=by, today=today, ground=article)
    return case


def send_back(case: Case, decision: Decision, remarks: str, *, by: User, today: date) -> Case:
    """Back to the handler, with remarks: a return without them helps nobody."""
    if not remarks.strip():
        procedure.allow(Refusal("remarks", "退回须写明意见", "职责分离：退回须说明理由"))
    article = procedure.advance(case, "return_draft")
    decision.legal_opinion = remarks.strip()
    decision.save(update_fields=["legal_opinion"])
    procedure.keep(case, today=today)
    procedure.note("return_draft", case, by=by, today=today, ground=article, remarks=remarks.strip())
    return case


def _branch(case: Case) -> list[str]:
    decision = active_decision(case)
    return ["discloses"] if decision and decision.discloses else []


def _drafts(case: Case, by: User, today: date) -> bool:
    """Whether the person drafted the answer, handles the case or deputises for its handler."""
    decision = active_decision(case)
    drafted = decision is not None and by.pk == decision.drafted_by_id
    return drafted or by.pk == case.handler_id or handles(by, case, on=today)
