from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import Role, User
from gongkai.casework import procedure
from gongkai.casework.models import Applicant, Case
from gongkai.casework.permissions import roles_at
from gongkai_core.refusals import Refusal

_ARTICLE = "个人信息保护法第六条、第五十一条"
OPENERS = {
    Role.CASE_REGISTRAR,
    Role.HANDLER,
    Role.LEGAL_REVIEWER,
    Role.SIGNATORY,
    Role.DISCLOSURE_OFFICE,
}
SHORTEST_PURPOSE = 4


def can_open_personal_data(case: Case, *, by: User, today: date) -> Refusal | None:
    """Who works on the organ's cases, or the disclosure office; a statistician has no need."""
    if roles_at(by, case.agency, on=today) & OPENERS:
        return None
    return Refusal("needs_role", "您的岗位不需要查看申请人信息", _ARTICLE)


@transaction.atomic
def open_personal_data(case: Case, *, purpose: str, by: User, today: date) -> Applicant:
    """Show the applicant's data in the clear, for a stated purpose; every opening is in the trail. Raises Refused."""
    procedure.allow(can_open_personal_data(case, by=by, today=today))
    if len(purpose.strip()) < SHORTEST_PURPOSE:
        procedure.allow(Refusal("purpose", "请写明查看的目的", _ARTICLE))
    procedure.note("open_personal_data", case, by=by, today=today, ground=_ARTICLE, purpose=purpose.strip())
    return case.applicant
