"""分办: giving a case to a handler, who takes it or hands it back with a reason."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import Role, User
from gongkai.agencies.permissions import locked
from gongkai.casework import procedure
from gongkai.casework.models import Assignment, Case
from gongkai_core.refusals import Refusal


def running_assignment(case: Case) -> Assignment | None:
    """Who has the case now, or is to take it."""
    return case.assignments.filter(ended_on=None).select_related("handler", "assigned_by").first()


def can_assign(case: Case, *, by: User, today: date, handler: User | None = None) -> Refusal | None:
    """分办 by the registrar or the disclosure office, to somebody who is a handler of the organ."""
    if refused := procedure.refusal(case, "assign", by=by, today=today):
        return refused
    if handler is None or (handler.is_active and _handles_there(handler, case, today)):
        return None
    return Refusal("needs_role", f"{handler.name}不是{case.agency.short_name}的承办人", "条例第四条")


def _handles_there(handler: User, case: Case, today: date) -> bool:
    """In a post of their own: a case outlives the leave of somebody else."""
    own = handler.own_posts_on(today)
    return any(post.role == Role.HANDLER and post.agency_id == case.agency_id for post in own)


@transaction.atomic
def assign(case: Case, *, handler: User, by: User, today: date, words: str = "") -> Case:
    """Give the case to a handler (承办人), or to another one (改派); it waits to be taken. Raises Refused.

    `words` are the instructions (分办意见) for the handler.
    """
    case = locked(case)
    procedure.allow(can_assign(case, by=by, today=today, handler=handler))
    article = procedure.advance(case, "assign")
    give(case, handler, by=by, today=today, words=words.strip(), taken=handler.pk == by.pk)
    procedure.keep(case, today=today)
    procedure.note("assign", case, by=by, today=today, ground=article, handler=str(handler.public_id))
    return case


def give(case: Case, handler: User, *, by: User, today: date, words: str = "", taken: bool) -> None:
    """Write who has the case now; `taken` where nobody is to be asked. The caller saves the case."""
    case.assignments.filter(ended_on=None).update(ended_on=today)
    Assignment.objects.create(
        case=case, handler=handler, assigned_by=by, assigned_on=today, words=words, accepted_on=today if taken else None
    )
    case.handler = handler


def _waits(case: Case) -> list[str]:
    waits = case.assignments.filter(ended_on=None, accepted_on=None).exists()
    return [] if waits else ["assignment_waits"]


def can_accept_assignment(case: Case, *, by: User, today: date) -> Refusal | None:
    return procedure.refusal(case, "accept_assignment", by=by, today=today, failed=_waits(case))


@transaction.atomic
def accept_assignment(case: Case, *, by: User, today: date) -> Case:
    """Take the case (接收). Raises Refused."""
    case = locked(case)
    procedure.allow(can_accept_assignment(case, by=by, today=today))
    take(case, today)
    article = procedure.advance(case, "accept_assignment")
    procedure.keep(case, today=today)
    procedure.note("accept_assignment", case, by=by, today=today, ground=article)
    return case


def take(case: Case, today: date) -> None:
    """The handler has the case from now on; whoever begins to work on it has taken it."""
    case.assignments.filter(ended_on=None, accepted_on=None).update(accepted_on=today)


def can_refuse_assignment(case: Case, *, by: User, today: date) -> Refusal | None:
    return procedure.refusal(case, "refuse_assignment", by=by, today=today, failed=_waits(case))


@transaction.atomic
def refuse_assignment(case: Case, *, reason: str, by: User, today: date) -> Case:
    """Hand the case back before taking it (退回分办), saying why: it waits to be given to another. Raises Refused."""
    case = locked(case)
    procedure.allow(can_refuse_assignment(case, by=by, today=today))
    if not reason.strip():
        procedure.allow(Refusal("remarks", "退回须说明理由", "条例第四条"))
    running = locked(case.assignments.get(ended_on=None))
    running.refused_on = running.ended_on = today
    running.refusal = reason.strip()
    running.save(update_fields=["refused_on", "ended_on", "refusal"])
    article = procedure.advance(case, "refuse_assignment")
    case.handler = None
    procedure.keep(case, today=today)
    procedure.note("refuse_assignment", case, by=by, today=today, ground=article)
    return case
