from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.casework import outgoing, procedure
from gongkai.casework.actions.open_personal_data import can_open_personal_data, open_personal_data
from gongkai.casework.actions.register_papers import PRIVACY, can_open_register_papers
from gongkai.casework.models import Notice, Outgoing
from gongkai_core.refusals import Refusal

MOST = 50
"""People whose data one paper may bear: more would want a second person's word (GB/T 35273—2020 7.1)."""


def can_open_addresses(papers: Sequence[Outgoing], *, by: User, today: date) -> Refusal | None:
    """Whoever may open the data of each of these cases and registers, and of no more than `MOST` at once."""
    if len(papers) > MOST:
        return Refusal("too_many", f"一张清单最多 {MOST} 件，请按机关分开打印", "GB/T 35273—2020 7.1")
    refusals = (
        can_open_personal_data(paper.case, by=by, today=today)
        if isinstance(paper, Notice)
        else can_open_register_papers(paper.row, by=by, today=today)
        for paper in papers
    )
    return next(filter(None, refusals), None)


@transaction.atomic
def open_addresses(papers: Sequence[Outgoing], *, purpose: str, by: User, today: date) -> Sequence[Outgoing]:
    """Let the addresses of these papers be printed; each opening is in the trail of its thread. Raises Refused."""
    procedure.allow(can_open_addresses(papers, by=by, today=today))
    for paper in papers:
        if isinstance(paper, Notice):
            open_personal_data(paper.case, purpose=purpose, by=by, today=today)
        else:
            outgoing.note("open_address", paper, by=by, today=today, ground=PRIVACY, purpose=purpose)
    return papers
