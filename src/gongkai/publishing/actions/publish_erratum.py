from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import Role, User
from gongkai.agencies.permissions import locked, needs_role
from gongkai.publishing.models import Erratum
from gongkai.publishing.moments import moment
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused
from gongkai_core.states.gazette import OTHERS, SECRECY


def can_publish_erratum(row: Erratum, *, by: User, today: date) -> Refusal | None:
    """A publisher of the government who didn't write it, once."""
    if refusal := needs_role(by, Role.PUBLISHER, row.issue.agency, on=today):
        return refusal
    if row.approved_at:
        return Refusal("published", f"已由{row.approved_by.name if row.approved_by else ''}公布", OTHERS)
    if row.author_id == by.pk:
        return Refusal("not_author", "登记人不得公布自己登记的勘误", OTHERS)
    return None


@transaction.atomic
def publish_erratum(row: Erratum, *, by: User, today: date) -> Erratum:
    """Pass an erratum, with the secrecy review, and show it with its issue (公布勘误). Raises Refused."""
    row = locked(row)
    if refusal := can_publish_erratum(row, by=by, today=today):
        raise Refused(refusal)
    row.approved_by, row.approved_at = by, moment(today)
    row.save(update_fields=["approved_by", "approved_at"])
    record("publishing.publish_erratum", row.issue, by=by, today=today, ground=SECRECY, erratum=str(row.public_id))
    return row
