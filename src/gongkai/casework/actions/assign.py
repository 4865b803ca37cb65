from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import Role, User
from gongkai.agencies.permissions import locked
from gongkai.casework import procedure
from gongkai.casework.models import Case
from gongkai_core.refusals import Refusal


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
def assign(case: Case, *, handler: User, by: User, today: date) -> Case:
    """Give the case to a handler (承办人), or to another one. Raises Refused."""
    case = locked(case)
    procedure.allow(can_assign(case, by=by, today=today, handler=handler))
    article = procedure.advance(case, "assign")
    case.handler = handler
    procedure.keep(case, today=today)
    procedure.note("assign", case, by=by, today=today, ground=article, handler=str(handler.public_id))
    return case
