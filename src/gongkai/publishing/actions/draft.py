from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from gongkai.agencies.models import Agency, LegalKind, Role, User
from gongkai.agencies.permissions import needs_role
from gongkai.publishing.attachments import Brought, pictures_of, settle
from gongkai.publishing.checks import entry_refusal
from gongkai.publishing.content import clean_body, version_digest
from gongkai.publishing.derivation import derived, next_reassessment
from gongkai.publishing.models import Column, Item, ItemClass, ItemVersion
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused

GROUND = "条例第十二条第三款、第十三条"


def can_draft(agency: Agency, *, by: User, today: date) -> Refusal | None:
    """A drafter of the organ; a village is no organ and has no items (domain-spec §11.3 item 17)."""
    if agency.legal_kind == LegalKind.VILLAGE:
        return Refusal("no_organ", "村（居）民委员会不是行政机关，没有政府信息条目", "条例第二条")
    return needs_role(by, Role.DRAFTER, agency, on=today)


@transaction.atomic
def draft(
    agency: Agency,
    *,
    title: str,
    column: Column,
    body: str,
    by: User,
    today: date,
    item_class: str = ItemClass.ORDINARY,
    backdated_reason: str = "",
    files: Sequence[Brought] = (),
    **facts: Any,
) -> ItemVersion:
    """Begin an item (拟稿): its first version, in `draft`. Returns the version; raises Refused.

    `body` is HTML or bare text and is sanitised here; `files` were brought before; `facts` are further metadata (`models.FACTS`).
    """
    if refusal := can_draft(agency, by=by, today=today):
        raise Refused(refusal)
    facts = derived({**facts, "title": title, "column": column})
    body = clean_body(body, pictures=pictures_of(files))
    if refusal := entry_refusal(facts, body, today=today):
        raise Refused(refusal)
    item = Item(agency=agency, item_class=item_class, created_by=by, **facts)
    item.reassess_on = next_reassessment(item, today)
    item.save()
    version = ItemVersion(item=item, author=by, body=body, backdated_reason=backdated_reason.strip(), **facts)
    version.digest = version_digest(version, agency)
    version.save()
    if files:
        settle(version, files)
        version.digest = version_digest(version, agency)
        version.save(update_fields=["digest"])
    record("publishing.draft", item, by=by, today=today, ground=GROUND, version=1, digest=version.digest)
    return version
