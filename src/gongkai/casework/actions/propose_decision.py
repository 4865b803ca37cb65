from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.casework import clock, evidence, notices, procedure
from gongkai.casework.models import Case, Decision, Law
from gongkai_core import letters
from gongkai_core.outcomes import OUTCOMES
from gongkai_core.refusals import Refusal

_ARTICLE = "条例第三十六条至第三十九条"


def active_decision(case: Case) -> Decision | None:
    return case.decisions.filter(active=True).first()


def can_propose_decision(case: Case, *, by: User, today: date) -> Refusal | None:
    return procedure.refusal(case, "propose_decision", by=by, today=today)


@transaction.atomic
def propose_decision(
    case: Case,
    *,
    outcome: str,
    by: User,
    today: date,
    reason: str = "",
    ground: str = "",
    grounds: Sequence[str] = (),
    facts: Mapping[str, Any] | None = None,
) -> Decision:
    """Write or rewrite the draft (拟办意见). What is still wanting is asked for when it is sent up. Raises Refused.

    `facts` are the values of `evidence.fields_for(outcome)`, days as YYYY-MM-DD.
    """
    case = locked(case)
    procedure.allow(can_propose_decision(case, by=by, today=today))
    procedure.allow(_fits(case, outcome, grounds))
    decision = active_decision(case) or Decision(case=case, redecision=clock.redecision_of(case))
    decision.outcome, decision.ground, decision.grounds = outcome, ground, list(grounds)
    decision.reason, decision.facts = reason.strip(), dict(facts or {})
    decision.drafted_by, decision.drafted_on = by, today
    _clear_reviews(decision)
    decision.save()
    article = procedure.advance(case, "propose_decision")
    procedure.keep(case, today=today)
    procedure.note("propose_decision", case, by=by, today=today, ground=article, outcome=outcome, grounds=list(grounds))
    return decision


def _fits(case: Case, outcome: str, grounds: Sequence[str]) -> Refusal | None:
    if unknown := [code for code in (outcome, *grounds) if code not in OUTCOMES]:
        return Refusal("unknown_outcome", f"没有这种办理结果：{unknown[0]}", _ARTICLE)
    if outcome == "other.withdrawn":
        return Refusal("withdrawn", "申请人撤回的，用“撤回申请”登记", "条例第二十七条")
    ends = ("other.no_amend", "other.no_payment")
    if case.abandoned_on and outcome not in ends:
        return Refusal("deemed_abandoned", "视为放弃的申请只能告知不再处理", "条例第三十条")
    if not case.abandoned_on and outcome in ends:
        return Refusal("not_abandoned", "须先在期限届满后认定视为放弃", "条例第三十条；信息处理费管理办法第六条")
    return None


def _clear_reviews(decision: Decision) -> None:
    """A changed draft has been reviewed by nobody."""
    decision.legal_reviewed_by = decision.legal_reviewed_on = None
    decision.secrecy_reviewed_by = decision.secrecy_reviewed_on = None
    decision.legal_opinion = decision.remedy = decision.remedy_reason = ""


def can_back_to_processing(case: Case, *, by: User, today: date) -> Refusal | None:
    return procedure.refusal(case, "back_to_processing", by=by, today=today, facts=_abandoned(case))


@transaction.atomic
def back_to_processing(case: Case, *, by: User, today: date) -> Case:
    """The draft is taken back to search and ask further. Raises Refused."""
    case = locked(case)
    procedure.allow(can_back_to_processing(case, by=by, today=today))
    article = procedure.advance(case, "back_to_processing", facts=_abandoned(case))
    procedure.keep(case, today=today)
    procedure.note("back_to_processing", case, by=by, today=today, ground=article)
    return case


def _abandoned(case: Case) -> list[str]:
    return ["deemed_abandoned"] if case.abandoned_on else []


def can_submit_draft(case: Case, *, by: User, today: date) -> Refusal | None:
    """Every guard of the outcome must hold, and the letter must be complete (G6)."""
    if refused := procedure.refusal(case, "submit_draft", by=by, today=today):
        return refused
    decision = active_decision(case)
    if decision is None:
        return Refusal("no_draft", "还没有拟办意见", _ARTICLE)
    return evidence.unmet(case, decision, today=today)


@transaction.atomic
def submit_draft(case: Case, *, by: User, today: date) -> Case:
    """Send the draft to legal review (送审). Raises Refused with the guard that does not hold."""
    case = locked(case)
    procedure.allow(can_submit_draft(case, by=by, today=today))
    decision = case.decisions.get(active=True)
    try_letter(case, decision, today)
    article = procedure.advance(case, "submit_draft")
    procedure.keep(case, today=today)
    procedure.note("submit_draft", case, by=by, today=today, ground=article, outcome=decision.outcome)
    return case


def try_letter(
    case: Case, decision: Decision, today: date, *, choice: str | None = None
) -> letters.RenderedLetter | None:
    """The letter as it would be signed today, without its number. Raises Refused for what is wanting (G6).

    None under the old 条例: what was sent then is scanned, not made. Where legal review has yet to choose the remedy,
    the sentence that would give most is shown.
    """
    if case.law == Law.OLD:
        return None
    open_choice = decision.rule.remedy["from_2024"] == "legal_review" and today.year >= 2024
    letter = letters.LETTERS[evidence.letter_code(decision.outcome)]
    return notices.compose(
        case,
        letter.code,
        evidence.letter_variables(decision),
        signed_on=today,
        number="（文号签发时取）",
        outcome=decision.outcome,
        remedy_choice=choice or decision.remedy or ("choice" if open_choice else None),
    )
