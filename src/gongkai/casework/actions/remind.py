from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import Appointment, Role, User
from gongkai.agencies.permissions import locked
from gongkai.casework import procedure
from gongkai.casework.models import Case, CaseReminder
from gongkai.casework.permissions import roles_at
from gongkai.casework.turns import people_for
from gongkai.outbox import station
from gongkai_core.refusals import Refusal

_ARTICLE = "条例第四条、第三十三条"
URGERS = {Role.DISCLOSURE_OFFICE, Role.CASE_REGISTRAR, Role.SIGNATORY}


def can_remind(case: Case, *, by: User, today: date) -> Refusal | None:
    """By the disclosure office, or the organ's registrar or head; once a day, while an answer is owed."""
    if not roles_at(by, case.agency, on=today) & URGERS:
        return Refusal("needs_role", "催办由政务公开办、本单位登记员或者签发人办理", _ARTICLE)
    if case.finished:
        return Refusal("finished", "已经办结，不用催办", _ARTICLE)
    if case.reminders.filter(on=today).exists():
        return Refusal("reminded_today", "今天已经催办过", _ARTICLE)
    return None


@transaction.atomic
def remind(case: Case, *, by: User, today: date) -> CaseReminder:
    """Urge whoever has the next step (催办) by a message; where it is the applicant's or another's, the handler.

    Raises Refused, for an organ without anybody to be told too: there somebody has to ring.
    """
    case = locked(case)
    procedure.allow(can_remind(case, by=by, today=today))
    told = recipients(case, today)
    if not told:
        procedure.allow(Refusal("nobody", f"{case.agency.short_name}没有可以催办的人员，请打电话", _ARTICLE))
    row = CaseReminder.objects.create(
        case=case, by=by, on=today, told="、".join(person.name for person in told)[:200]
    )  # fmt: skip
    title = f"{by.name}催办：{case.number}，请尽快办理"
    station.tell(
        station.Line(person.pk, f"urged:{case.public_id}:{today}", title, case.get_absolute_url()) for person in told
    )
    procedure.note("remind", case, by=by, today=today, ground=_ARTICLE, told=row.told)
    return row


def recipients(case: Case, today: date) -> list[User]:
    """Who is told about the case, with their deputies: the next step's people, else the organ's registrars."""
    people = people_for([case], today)[case.pk]
    if not people:
        posts = Appointment.objects.held_on(today).filter(agency=case.agency, role=Role.CASE_REGISTRAR)
        people = [post.user for post in posts]
    found = [person for person in people if person.is_active]
    for person in list(found):
        found += [row.deputy for row in person.delegations.in_force(today).filter(agency=case.agency)]
    return list(dict.fromkeys(found))
