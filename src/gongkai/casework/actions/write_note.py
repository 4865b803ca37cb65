from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import Role, User
from gongkai.agencies.permissions import locked
from gongkai.casework import procedure
from gongkai.casework.models import Case, CaseNote
from gongkai.casework.permissions import CASE_ROLES, roles_at
from gongkai_core.refusals import Refusal

_WRITERS = (CASE_ROLES - {Role.STATISTICIAN}) | {Role.DISCLOSURE_OFFICE}
LONGEST = 2000


def can_write_note(case: Case, *, by: User, today: date) -> Refusal | None:
    """Whoever works on the organ's cases, and the disclosure office; in every state but the archive's."""
    if not roles_at(by, case.agency, on=today) & _WRITERS:
        return Refusal("needs_role", "备注由办理本机关申请的人员填写")
    if case.state == "archived":
        return Refusal("wrong_state", "已经归档，不能再加备注", "档案法第十三条")
    return None


@transaction.atomic
def write_note(case: Case, *, words: str, by: User, today: date) -> CaseNote:
    """Add a note (办理备注). It is never changed, never shown to the applicant, and stands in no paper. Raises Refused."""
    case = locked(case)
    procedure.allow(can_write_note(case, by=by, today=today))
    if not words.strip() or len(words) > LONGEST:
        procedure.allow(Refusal("words", f"备注应有内容，不超过 {LONGEST} 字"))
    note = CaseNote.objects.create(case=case, words=words.strip(), written_by=by)
    procedure.note("write_note", case, by=by, today=today, ground="条例第四条")
    return note
