"""What a handler has in hand, and how it passes to a successor (`agencies.handover`)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import F, Q, QuerySet

from gongkai.agencies.handover import Held
from gongkai.agencies.models import Role, User
from gongkai.agencies.permissions import locked
from gongkai.casework import procedure
from gongkai.casework.actions.assign import give
from gongkai.casework.actions.record_corrections import move_record_correction
from gongkai.casework.clock import owed_by
from gongkai.casework.models import Case, Decision, RecordCorrection
from gongkai.design.words import day
from gongkai_core.refusals import Refusal
from gongkai_core.states.cases import FINISHED, STATES

GROUND = "内部管理：人员变动交接（domain-spec §11.3）"
NAMED = 5
"""Case numbers named in one refusal."""


def held_by(user: User, *, on: date) -> list[Held]:
    """The cases given to the person, open ones first; those answered that are not yet in the archive; 更正申请."""
    corrections = [
        Held("更正申请", row.as_record().title, row.agency, "办理中", row.get_absolute_url())
        for row in _corrections(user)
    ]
    return [*(_held(case, on) for case in _cases(user)), *corrections]


def _cases(user: User) -> QuerySet[Case]:
    cases = Case.objects.filter(handler=user).exclude(state="archived").select_related("agency").defer("info_desc")
    return cases.order_by(F("due_on").asc(nulls_last=True), "pk")


def _corrections(user: User) -> QuerySet[RecordCorrection]:
    rows = RecordCorrection.objects.filter(handler=user, archived_on=None).select_related("agency")
    return rows.defer("record", "wanted", "evidence_words", "finding").order_by("pk")


def _held(case: Case, on: date) -> Held:
    kind = "待归档申请" if case.state in FINISHED else "未结申请"
    due = owed_by(case, on)
    standing = f"{STATES[case.state]}{f'，{day(due)}到期' if due else ''}"
    return Held(kind, f"{case.number} {case.title}", case.agency, standing, case.get_absolute_url())


def obstacles(user: User, to: User, *, on: date) -> Iterator[Refusal]:
    """The successor handles at each organ, and reviewed or signed nothing of what moves."""
    agencies = {row.agency for rows in (_cases(user), _corrections(user)) for row in rows}
    for agency in sorted(agencies, key=lambda organ: organ.path):
        if not any(post.role == Role.HANDLER and post.agency_id == agency.pk for post in to.own_posts_on(on)):
            yield Refusal("needs_role", f"{to.name}不是{agency.short_name}的承办人，请先登记岗位", GROUND)
    judged = Decision.objects.filter(
        Q(legal_reviewed_by=to) | Q(secrecy_reviewed_by=to) | Q(signed_by=to), active=True, case__handler=user
    ).exclude(case__state__in=FINISHED)
    numbers = list(judged.order_by("pk").values_list("case__number", flat=True)[:NAMED])
    if numbers:
        yield Refusal(
            "reviewer_not_handler", f"{to.name}审核或者签发过{'、'.join(numbers)}，不能接办，请先改派", GROUND
        )


def hand_over(user: User, to: User, *, by: User, today: date) -> None:
    """Give the cases to the successor. What was drafted, asked and signed stays under who did it."""
    for case in _cases(user):
        case = locked(case)
        give(case, to, by=by, today=today, taken=True)
        case.version += 1
        case.save(update_fields=["handler", "version"])
        procedure.note(
            "hand_over", case, by=by, today=today, ground=GROUND, handler=str(to.public_id), before=str(user.public_id)
        )  # fmt: skip
    for row in _corrections(user):
        move_record_correction(row, to, by=by, today=today)
