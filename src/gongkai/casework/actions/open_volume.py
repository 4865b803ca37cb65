from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.casework import procedure, volume
from gongkai.casework.actions.open_personal_data import SHORTEST_PURPOSE, can_open_personal_data
from gongkai.casework.models import Case
from gongkai_core.refusals import Refusal

ARTICLE = "档案法第十三条；个人信息保护法第六条、第五十一条"


def can_open_volume(case: Case, *, by: User, today: date) -> Refusal | None:
    """Whoever may open the applicant's data, once the case is registered."""
    if refused := can_open_personal_data(case, by=by, today=today):
        return refused
    return None if case.registered_on else Refusal("not_registered", "登记以后才有案卷", ARTICLE)


@transaction.atomic
def open_volume(case: Case, *, kind: str, purpose: str, by: User, today: date) -> volume.Volume:
    """Everything of the case as one file, for a stated purpose; its digest is in the trail. Raises Refused."""
    procedure.allow(can_open_volume(case, by=by, today=today))
    if kind not in volume.KINDS:
        procedure.allow(Refusal("kind", "没有这种案卷"))
    if len(purpose.strip()) < SHORTEST_PURPOSE:
        procedure.allow(Refusal("purpose", "请写明导出的目的", ARTICLE))
    made = volume.make(case, kind, by=by, today=today)
    procedure.note(
        "open_volume", case, by=by, today=today, ground=ARTICLE, kind=kind, purpose=purpose.strip(), digest=made.digest,
        papers=made.papers,
    )  # fmt: skip
    return made
