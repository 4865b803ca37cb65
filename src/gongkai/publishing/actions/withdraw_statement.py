from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import Role, User
from gongkai.agencies.permissions import is_disclosure_office, locked, needs_role
from gongkai.publishing.actions.state_no_matter import GROUND
from gongkai.publishing.models import NoMatterStatement
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused


def can_withdraw_statement(statement: NoMatterStatement, *, by: User, today: date) -> Refusal | None:
    """Whoever may make one."""
    if statement.withdrawn_on:
        return Refusal("withdrawn", "这份说明已经撤销", GROUND)
    if is_disclosure_office(by, on=today):
        return None
    return needs_role(by, Role.DRAFTER, statement.agency, on=today)


@transaction.atomic
def withdraw_statement(statement: NoMatterStatement, *, by: User, today: date) -> NoMatterStatement:
    """Take a statement back: there is something after all. Raises Refused."""
    statement = locked(statement)
    if refusal := can_withdraw_statement(statement, by=by, today=today):
        raise Refused(refusal)
    statement.withdrawn_on = today
    statement.save(update_fields=["withdrawn_on"])
    record("publishing.withdraw_statement", statement, by=by, today=today, ground=GROUND)
    return statement
