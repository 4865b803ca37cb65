from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.documents.models import RecordedInstruction
from gongkai.publishing.chain import approver, instruction_refusal
from gongkai.publishing.gazette import gazette_refusal, outdated
from gongkai.publishing.models import GazetteIssue
from gongkai.publishing.moments import moment
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused
from gongkai_core.states import GAZETTE_ISSUE
from gongkai_core.states.gazette import OTHERS, SECRECY


def can_approve_gazette(
    issue: GazetteIssue,
    *,
    by: User,
    today: date,
    secrecy_passed: bool = True,
    seen: str | None = None,
    instruction: RecordedInstruction | None = None,
) -> Refusal | None:
    """A publisher of the government who didn't compose it, with the secrecy review, for what was read (条例第十七条)."""
    authors = {issue.author_id, *issue.editors.values_list("pk", flat=True)}
    if instruction and (refusal := instruction_refusal(issue, instruction, by=by, authors=authors)):
        return refusal
    person = approver(by, instruction)
    failed = ["not_editor"] if person.pk in authors else []
    failed += [] if secrecy_passed else ["secrecy_reviewed"]
    failed += ["entries_current"] if outdated(issue).exists() else []
    if refusal := gazette_refusal(issue, "approve", by=person, today=today, failed=failed):
        return refusal
    if seen is not None and seen != issue.digest:
        return Refusal("content_moved", "您打开之后内容有了改动，请重新看过再办", OTHERS)
    return None


@transaction.atomic
def approve_gazette(
    issue: GazetteIssue,
    *,
    by: User,
    today: date,
    secrecy_passed: bool,
    seen: str | None = None,
    remarks: str = "",
    instruction: RecordedInstruction | None = None,
) -> GazetteIssue:
    """Approve an issue on its digest. Raises Refused."""
    seen = issue.digest if seen is None else seen
    issue = locked(issue)
    if refusal := can_approve_gazette(
        issue, by=by, today=today, secrecy_passed=secrecy_passed, seen=seen, instruction=instruction
    ):
        raise Refused(refusal)
    issue.state = GAZETTE_ISSUE.next(issue.state, "approve").next
    issue.approved_by, issue.instruction = approver(by, instruction), instruction
    issue.approved_at = issue.secrecy_passed_at = moment(today)
    issue.approved_digest = issue.digest
    issue.save(
        update_fields=["state", "approved_by", "instruction", "approved_at", "secrecy_passed_at", "approved_digest"]
    )
    facts = {"digest": issue.digest, "remarks": remarks}
    for_leader = str(instruction.public_id) if instruction else ""
    record("publishing.approve_gazette", issue, by=by, today=today, ground=SECRECY, for_leader=for_leader, **facts)
    return issue
