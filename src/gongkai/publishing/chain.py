"""One version or batch on its way through its frozen chain: who may do the waiting step now, and what it changes.

What can't be configured: the author never approves, the secrecy review stands before anything is public, what is
published is the digest that was approved (domain-spec §11.2 item 8). The steps themselves are data (`review_chains`).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet

from gongkai.agencies.calendar import office_calendar
from gongkai.agencies.models import User
from gongkai.agencies.office_settings import Declared, declare
from gongkai.design.words import minute
from gongkai.documents.models import RecordedInstruction
from gongkai.publishing.models import Approval, Batch, GazetteIssue, ItemVersion
from gongkai.publishing.moments import moment
from gongkai.publishing.permissions import roles_at
from gongkai.publishing.review_chains import chain_of
from gongkai.publishing.verbs import VERBS, said
from gongkai.publishing.vouched import ALL_GATES, Vouched
from gongkai.trail.models import Entry
from gongkai_core.refusals import Refusal
from gongkai_core.review_chain import ROLES, Step
from gongkai_core.states import ITEM_VERSION
from gongkai_core.states.items import OTHERS

Subject = ItemVersion | Batch

RECHECK_DAYS = declare(
    Declared(
        "publishing.recheck_days",
        "紧急公开后补审补校的期限（工作日）",
        1,
        "条例第十七条；紧急事项的短链（期限由各地自定）",
    )
)


def trail_object(subject: Subject) -> ItemVersion | Batch:
    """Whose thread an act on the subject belongs to: the item's, or the batch's."""
    return subject if isinstance(subject, Batch) else subject.item


def state_refusal(subject: Subject, event: str) -> Refusal | None:
    """Why `event` has no place in the present state, or None; a lost race names the winner."""
    refusal = ITEM_VERSION.refusal(subject.state, event)
    if refusal and (last := last_act(subject)):
        return Refusal(refusal.code, f"{last}{refusal.message}", refusal.article)
    return refusal


def step_refusal(
    subject: Subject, event: str, *, by: User, today: date, failed: Collection[str] = ()
) -> Refusal | None:
    """Why `by` may not do `event`, which is no step of a chain, to a version or batch now, or None."""
    roles = roles_at(by, subject.agency, on=today)
    return state_refusal(subject, event) or ITEM_VERSION.refusal(subject.state, event, roles=roles, failed=failed)


def last_act(subject: Subject) -> str:
    """“张三已于 2026-04-06 16:34 审核通过。” or nothing."""
    thing = trail_object(subject)
    entries = Entry.objects.filter(object_type=thing._meta.label_lower, object_id=str(thing.public_id))
    entry = entries.order_by("-id").select_related("actor").first()
    if entry is None or entry.verb not in VERBS:
        return ""
    return f"{entry.actor.name if entry.actor else '系统'}已于 {minute(entry.at)} {said(entry)}。"


def approver(by: User, instruction: RecordedInstruction | None) -> User:
    """Whose approval it is: the leader's whose word was entered, else the person's who acts."""
    return instruction.leader if instruction else by


def instruction_refusal(
    subject: Subject | GazetteIssue, instruction: RecordedInstruction, *, by: User, authors: Collection[int] = ()
) -> Refusal | None:
    """A recorded word (代录批示) is the organ's, about this text alone, and entered by somebody other than the author."""
    if instruction.agency_id != subject.agency.pk:
        return Refusal("foreign_instruction", "这条批示不属于本条目的发布机构", OTHERS)
    if {subject.author_id, *authors} & {instruction.entered_by_id, by.pk}:
        return Refusal("author_recorded", "拟稿人不得以代录批示代替审核人、签发人", OTHERS)
    if used_elsewhere(subject).filter(pk=instruction.pk).exists():
        return Refusal("used_word", "这条批示已用于另一件（另一稿），一件一批示，请另行代录", OTHERS)
    return None


def used_elsewhere(subject: Subject | GazetteIssue) -> QuerySet[RecordedInstruction]:
    """Words that approvals of other texts, or of an earlier round of this one, already stand on.

    A document and its interpretations, which are signed in one act, are one matter.
    """
    approvals = Approval.objects.filter(instruction__agency=subject.agency)
    issues = GazetteIssue.objects.filter(instruction__agency=subject.agency)
    if isinstance(subject, Batch):
        approvals = approvals.exclude(batch=subject, round=subject.round)
    elif isinstance(subject, ItemVersion):
        matter = subject.interprets_id or subject.item_id
        approvals = approvals.exclude(version=subject, round=subject.round)
        others = ItemVersion.objects.filter(Q(item=matter) | Q(interprets=matter)).exclude(item=subject.item_id)
        approvals = approvals.exclude(version__in=others)
    else:
        issues = issues.exclude(pk=subject.pk)
    used = Q(pk__in=approvals.values("instruction")) | Q(pk__in=issues.values("instruction"))
    return RecordedInstruction.objects.filter(used)


def approval_refusal(
    subject: Subject,
    event: str,
    *,
    by: User,
    today: date,
    vouched: Vouched = ALL_GATES,
    passed: bool = True,
) -> Refusal | None:
    """Why the waiting step may not be done now, or None; `passed` is false for a step that ends with remarks alone."""
    if isinstance(subject, ItemVersion) and subject.batch_id:
        return Refusal("in_batch", "批次中的条目随整批办理", OTHERS)
    if vouched.instruction and (refusal := instruction_refusal(subject, vouched.instruction, by=by)):
        return refusal
    person, waiting = approver(by, vouched.instruction), subject.current_step
    if refusal := state_refusal(subject, event):
        return refusal
    if waiting is None:
        return ITEM_VERSION.refusal(subject.state, event, failed=["steps_deferred"])
    if vouched.step is not None and vouched.step != subject.position:
        return Refusal("step_moved", f"{last_act(subject)}您打开的环节已经办过，请重新打开", OTHERS)
    if refusal := role_refusal(subject, waiting, person, today):
        return refusal
    failed = _failed(subject, event, waiting, person, vouched.gates) if passed else _author(subject, person)
    if refusal := ITEM_VERSION.refusal(subject.state, event, failed=failed):
        return refusal
    return moved_refusal(subject, vouched.seen)


def moved_refusal(subject: Subject, seen: str | None) -> Refusal | None:
    """A decision is about the content that its maker read."""
    if seen is None or seen == subject.digest:
        return None
    return Refusal("content_moved", "您打开之后内容有了改动，请重新看过再办", OTHERS)


def role_refusal(subject: Subject, waiting: Step, person: User, today: date) -> Refusal | None:
    """The waiting step is done by its role at the organ; the disclosure office is one everywhere."""
    if waiting.role in roles_at(person, subject.agency, on=today):
        return None
    where = "" if waiting.role == "disclosure_office" else f"{subject.agency.short_name}的"
    return Refusal("wrong_role", f"“{waiting.label}”由{where}{ROLES[waiting.role]}办理。", OTHERS)


def _author(subject: Subject, person: User) -> list[str]:
    return ["not_author"] if subject.author_id == person.pk else []


def _failed(subject: Subject, event: str, waiting: Step, person: User, gates: Collection[str]) -> list[str]:
    """The guards of the state table that don't hold for this step."""
    failed = _author(subject, person)
    done = list(approvals_of(subject))
    if waiting.distinct and any(row.distinct and row.reviewer_id == person.pk for row in done):
        failed.append("another_person")
    missing = set(waiting.gates) - set(gates)
    failed += ["secrecy_reviewed"] if "secrecy" in missing else []
    failed += ["gates_passed"] if missing else []
    if event == "sign_and_publish":
        failed += [] if any(row.secrecy_passed for row in done) else ["secrecy_reviewed"]
        on_this = {row.step for row in done if row.digest == subject.digest}
        failed += [] if on_this >= set(range(subject.position)) else ["digest_approved"]
    return failed


def approvals_of(subject: Subject) -> Any:
    """The approvals that count: of this round, not made void by a return."""
    return subject.approvals.filter(round=subject.round, valid=True).select_related("reviewer", "instruction")


FROZEN = (
    *("round", "submitted_at", "chain", "position", "sign_at", "waits_for", "urgent_reason", "remarks", "recheck_by"),
)
WALKED = ("position", "waits_for", "recheck_by")
"""The fields that `freeze` and the steps change, for the caller to save."""


def freeze(subject: Subject, *, today: date, urgent_reason: str = "") -> None:
    """Begin a round: the chain in force today is the one for all of it."""
    chain = chain_of(subject, urgent=bool(urgent_reason), on=today)
    subject.round += 1
    subject.submitted_at = moment(today)
    subject.chain, subject.sign_at = chain.to_data(), chain.sign_at
    subject.urgent_reason, subject.remarks, subject.recheck_by = urgent_reason, "", None
    await_step(subject, 0)


def await_step(subject: Subject, place: int) -> None:
    """Let the step at `place` be the one that waits; behind the last, or with -1, nobody is waited for."""
    steps = subject.steps
    subject.position = max(place, 0)
    subject.waits_for = steps[place].role if 0 <= place < len(steps) else ""


def approve(
    subject: Subject,
    *,
    by: User,
    today: date,
    vouched: Vouched,
) -> Approval:
    """Write the approval of the present digest at the waiting step, and let the next one wait.

    The caller has asked `approval_refusal`, and saves `WALKED`.
    """
    waiting = subject.current_step
    assert waiting is not None
    approval = Approval.objects.create(
        version=subject if isinstance(subject, ItemVersion) else None,
        batch=subject if isinstance(subject, Batch) else None,
        round=subject.round,
        step=subject.position,
        kind=waiting.kind,
        name=waiting.label,
        distinct=waiting.distinct,
        gates=[gate for gate in waiting.gates if gate in vouched.gates],
        algorithm=subject.algorithm,
        digest=subject.digest,
        reviewer=approver(by, vouched.instruction),
        author_id=subject.author_id,
        secrecy_passed=waiting.secrecy,
        remarks=vouched.remarks,
        instruction=vouched.instruction,
        at=moment(today),
    )
    await_step(subject, subject.position + 1)
    if waiting.kind == "sign" and subject.waits_for:
        subject.recheck_by = office_calendar().add_workdays(today, RECHECK_DAYS.value())
    if not subject.waits_for:
        subject.recheck_by = None
    return approval


def mirrored(approval: Approval, subject: Subject) -> dict[str, Any]:
    """What the versions repeat of an approval, so that the database itself can hold them against it."""
    changes: dict[str, Any] = {"approved_digest": F("digest") if isinstance(subject, Batch) else approval.digest}
    if approval.secrecy_passed:
        changes |= {"secrecy_by": approval.reviewer, "secrecy_passed_at": approval.at}
    if approval.kind == "sign":
        changes |= {"signed_by": approval.reviewer, "published_at": approval.at}
    return changes


def return_refusal(
    subject: Subject, *, by: User, today: date, remarks: str, to: int | None, step: int | None
) -> Refusal | None:
    """Whoever could do the waiting step may give the text back: to its author, or to a step already done."""
    event = "return" if to is None else "send_back"
    if refusal := state_refusal(subject, event):
        return refusal
    waiting = subject.current_step
    assert waiting is not None
    if step is not None and step != subject.position:
        return Refusal("step_moved", f"{last_act(subject)}您打开的环节已经办过，请重新打开", OTHERS)
    if refusal := role_refusal(subject, waiting, by, today):
        return refusal
    failed = _author(subject, by)
    failed += [] if remarks.strip() else ["remarks"]
    failed += [] if to is None or 0 <= to < subject.position else ["earlier_step"]
    return ITEM_VERSION.refusal(subject.state, event, failed=failed)


def send_back(subject: Subject, to: int | None) -> dict[str, Any]:
    """Make the approvals from that step on void; those before it stand, for the same digest.

    Returns what the versions no longer repeat; the caller saves `WALKED` of the subject.
    """
    void = approvals_of(subject).filter(step__gte=to or 0)
    changes: dict[str, Any] = {} if to else {"approved_digest": ""}
    if void.filter(secrecy_passed=True).exists():
        changes |= {"secrecy_by": None, "secrecy_passed_at": None}
    void.update(valid=False)
    await_step(subject, -1 if to is None else to)
    return changes


def back_at(subject: Subject, to: int | None) -> str:
    """Whom a text goes back to, in words."""
    return "拟稿人" if to is None else subject.steps[to].label
