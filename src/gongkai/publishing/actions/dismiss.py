from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction

from gongkai.agencies.models import Role, User
from gongkai.agencies.permissions import locked
from gongkai.publishing.hits import ARTICLE, Group, dismissal
from gongkai.publishing.models import Dismissal, Item, RescanHit
from gongkai.publishing.moments import moment
from gongkai.publishing.permissions import roles_at
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused

DISMISSERS = {Role.DRAFTER.value, Role.DISCLOSURE_OFFICE.value}


def can_dismiss(item: Item, *, by: User, today: date) -> Refusal | None:
    """A drafter of the organ, or the disclosure office."""
    if roles_at(by, item.agency, on=today) & DISMISSERS:
        return None
    return Refusal("needs_role", f"校核提示由{item.agency.short_name}的拟稿人或者政务公开办处理")


@transaction.atomic
def dismiss(
    item: Item, reasons: Mapping[str, str], groups: Sequence[Group], *, by: User, today: date
) -> list[Dismissal]:
    """Leave hits as they are (本篇忽略), remembered for the item. Raises Refused.

    `reasons` are by fingerprint; those that aren't among `groups` (the text has changed) are passed over. Personal
    data and marks of secrecy need a reason.
    """
    if refusal := can_dismiss(item, by=by, today=today):
        raise Refused(refusal)
    item = locked(item)
    chosen = [group for group in groups if group.fingerprint in reasons and not group.dismissal]
    for group in chosen:
        if group.strict and not reasons[group.fingerprint].strip():
            raise Refused(Refusal("no_reason", f"{group.hit.name}“{group.hit.shown}”：须写明保留的理由", ARTICLE))
    at = moment(today)
    rows = [dismissal(item.pk, group, reason=reasons[group.fingerprint], by=by, at=at) for group in chosen]
    Dismissal.objects.bulk_create(rows, ignore_conflicts=True)
    RescanHit.objects.filter(item=item, fingerprint__in=[row.fingerprint for row in rows]).delete()
    for group, row in zip(chosen, rows, strict=True):
        # The reason stays on the row: somebody may have typed the very number into it.
        record("publishing.dismiss", item, by=by, today=today, ground=ARTICLE, rule=row.rule, found=group.hit.shown)
    return rows
