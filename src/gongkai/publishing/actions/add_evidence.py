from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import Role, User
from gongkai.agencies.permissions import is_disclosure_office, locked, needs_role
from gongkai.design.words import BEIJING
from gongkai.documents.models import Blob
from gongkai.publishing.models import Evidence, Item, Obligation
from gongkai.publishing.obligations import recount
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused

GROUND = "条例第四十六条"


def can_add_evidence(obligation: Obligation, *, by: User, today: date) -> Refusal | None:
    """Drafters of the organ, and the office."""
    return None if is_disclosure_office(by, on=today) else needs_role(by, Role.DRAFTER, obligation.agency, on=today)


@transaction.atomic
def add_evidence(
    obligation: Obligation,
    *,
    by: User,
    today: date,
    item: Item | None = None,
    blob: Blob | None = None,
    address: str = "",
    note: str = "",
    shown_on: date | None = None,
) -> Evidence:
    """Put a paper into an obligation's evidence folder (佐证). Raises Refused.

    One that says since when the public could read it serves the obligation; an item says so itself.
    """
    obligation = locked(obligation)
    if refusal := can_add_evidence(obligation, by=by, today=today):
        raise Refused(refusal)
    if sum(map(bool, (item, blob, address))) != 1:
        raise Refused(Refusal("one_kind", "条目、文件、网址填一样", GROUND))
    if item:
        if item.agency_id != obligation.agency_id or not item.is_public:
            raise Refused(Refusal("not_public", "只能归集本单位已公开的条目", GROUND))
        shown_on = item.shown_on or item.published_at.astimezone(BEIJING).date()
    if shown_on and shown_on > today:
        raise Refused(Refusal("future_date", "公开日期在今天之后", GROUND))
    evidence = Evidence.objects.create(
        obligation=obligation,
        item=item,
        blob=blob,
        address=address,
        note=note.strip(),
        shown_on=shown_on,
        added_by=by,
        added_on=today,
    )
    recount(Obligation.objects.filter(pk=obligation.pk))
    record("publishing.add_evidence", obligation, by=by, today=today, ground=GROUND, evidence=str(evidence.public_id))
    return evidence
