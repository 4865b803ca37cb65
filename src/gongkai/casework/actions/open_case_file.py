from __future__ import annotations

from datetime import date

from gongkai.agencies.models import Role, User
from gongkai.casework import procedure
from gongkai.casework.actions.open_personal_data import can_open_personal_data
from gongkai.casework.models import Case, CaseFile, FileKind
from gongkai_core.refusals import Refusal


def judges_secrecy(case: Case, *, by: User, today: date) -> bool:
    """Whether the secrecy review of the case is this person's: it waits for him, or he has passed it (条例第十七条)."""
    if Role.SECRECY_REVIEWER not in procedure.roles_of(case, by, today=today):
        return False
    return case.state == "secrecy_review" or case.decisions.filter(secrecy_reviewed_by=by).exists()


def can_open_case_file(file: CaseFile, *, by: User, today: date) -> Refusal | None:
    """Whoever may open the applicant's data; who reviews for secrecy opens what is to be given, and nothing else."""
    if file.kind == FileKind.PROVIDED and judges_secrecy(file.case, by=by, today=today):
        return None
    return can_open_personal_data(file.case, by=by, today=today)
