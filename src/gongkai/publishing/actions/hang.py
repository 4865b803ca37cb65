from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction

from gongkai.agencies.models import Role, User
from gongkai.agencies.permissions import is_disclosure_office, locked, needs_role
from gongkai.publishing.models import CatalogueEntry, Hanging, Item
from gongkai.publishing.obligations import refresh
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused

GROUND = "国办发〔2019〕54号"


def can_hang(item: Item, *, by: User, today: date) -> Refusal | None:
    """Drafters of the item's organ, and the office."""
    return None if is_disclosure_office(by, on=today) else needs_role(by, Role.DRAFTER, item.agency, on=today)


@transaction.atomic
def hang(item: Item, entries: Collection[CatalogueEntry], *, by: User, today: date) -> Item:
    """Say on which rows of the standard catalogues an item hangs (挂接), in place of what its column told. Raises Refused."""
    item = locked(item)
    if refusal := can_hang(item, by=by, today=today):
        raise Refused(refusal)
    if any(entry.catalogue_id is None or entry.retired_on for entry in entries):
        raise Refused(Refusal("not_standard", "只能挂接到现行标准目录的事项；法定栏目随栏目而定", GROUND))
    before = set(item.hangings.values_list("entry", flat=True))
    after = {entry.pk for entry in entries}
    item.hangings.exclude(entry__in=after).delete()
    Hanging.objects.bulk_create([Hanging(item=item, entry_id=pk, by=by) for pk in sorted(after - before)])
    refresh(CatalogueEntry.objects.filter(pk__in=before | after), item.agency)
    record(
        "publishing.hang",
        item,
        by=by,
        today=today,
        ground=GROUND,
        entries=sorted(str(entry.public_id) for entry in entries),
    )
    return item
