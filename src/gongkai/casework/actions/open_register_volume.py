from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.casework import procedure, register_volume
from gongkai.casework.actions.open_personal_data import SHORTEST_PURPOSE
from gongkai.casework.actions.open_volume import ARTICLE
from gongkai.casework.actions.register_papers import can_open_register_papers
from gongkai.casework.models import RecordCorrection
from gongkai.casework.volume import Volume
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal


def can_open_register_volume(row: RecordCorrection, *, by: User, today: date) -> Refusal | None:
    """Whoever may read its papers, which name the applicant."""
    return can_open_register_papers(row, by=by, today=today)


@transaction.atomic
def open_register_volume(row: RecordCorrection, *, purpose: str, by: User, today: date) -> Volume:
    """Everything of the request as one file, for a stated purpose; its digest is in the trail. Raises Refused."""
    procedure.allow(can_open_register_volume(row, by=by, today=today))
    if len(purpose.strip()) < SHORTEST_PURPOSE:
        procedure.allow(Refusal("purpose", "请写明导出的目的", ARTICLE))
    made = register_volume.make(row, by=by, today=today)
    record(
        "casework.open_volume", row, by=by, today=today, ground=ARTICLE, purpose=purpose.strip(), digest=made.digest,
        papers=made.papers,
    )  # fmt: skip
    return made
