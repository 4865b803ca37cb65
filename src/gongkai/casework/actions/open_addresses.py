from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.casework import procedure
from gongkai.casework.actions.open_personal_data import can_open_personal_data, open_personal_data
from gongkai.casework.models import Notice
from gongkai_core.refusals import Refusal

MOST = 50
"""People whose data one paper may bear: more would want a second person's word (GB/T 35273—2020 7.1)."""


def can_open_addresses(notices: Sequence[Notice], *, by: User, today: date) -> Refusal | None:
    """Whoever may open the data of each of these cases, and of no more than `MOST` at once."""
    if len(notices) > MOST:
        return Refusal("too_many", f"一张清单最多 {MOST} 件，请按机关分开打印", "GB/T 35273—2020 7.1")
    refusals = (can_open_personal_data(notice.case, by=by, today=today) for notice in notices)
    return next(filter(None, refusals), None)


@transaction.atomic
def open_addresses(notices: Sequence[Notice], *, purpose: str, by: User, today: date) -> Sequence[Notice]:
    """Let the addresses of these notices be printed; each opening is in the trail of its case. Raises Refused."""
    procedure.allow(can_open_addresses(notices, by=by, today=today))
    for notice in notices:
        open_personal_data(notice.case, purpose=purpose, by=by, today=today)
    return notices
