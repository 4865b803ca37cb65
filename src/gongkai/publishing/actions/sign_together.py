from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.documents.models import RecordedInstruction
from gongkai.publishing.actions.sign_and_publish import can_sign_and_publish, sign_and_publish
from gongkai.publishing.interpretations import RULE, companions
from gongkai.publishing.models import ItemVersion
from gongkai.publishing.vouched import NO_GATES, Vouched
from gongkai_core.refusals import Refusal, Refused
from gongkai_core.review_chain import SIX


def can_sign_together(
    version: ItemVersion, *, by: User, today: date, instruction: RecordedInstruction | None = None
) -> Refusal | None:
    """A document and its interpretations, all reviewed: one that is still on its way holds the others."""
    going = list(companions(version.item))
    if not going:
        return Refusal("alone", "没有一并签发的解读稿", RULE)
    for row in going:
        if row.state != version.state:
            return Refusal("behind", f"解读稿“{row.title}”{row.get_state_display()}，与文件不在同一环节", RULE)
    return can_sign_and_publish(version, by=by, today=today, vouched=Vouched(SIX, instruction=instruction))


@transaction.atomic
def sign_together(
    version: ItemVersion,
    *,
    by: User,
    today: date,
    seen: Mapping[UUID, str],
    vouched: Vouched = NO_GATES,
) -> list[ItemVersion]:
    """Sign and publish a document and its interpretations in one act (同步签发、同步发布). All or none; raises Refused.

    `seen` are the digests of what the signer read, by the versions' public ids, instead of that in `vouched`: an
    interpretation that joined since then has none and is refused.
    """
    if refusal := can_sign_together(version, by=by, today=today, instruction=vouched.instruction):
        raise Refused(refusal)
    signed = []
    for row in (version, *companions(version.item)):
        digest = seen.get(row.public_id, "")
        try:
            signed.append(sign_and_publish(row, by=by, today=today, vouched=replace(vouched, seen=digest)))
        except Refused as refused:
            because = refused.refusal
            raise Refused(Refusal(because.code, f"“{row.title}”：{because.message}", because.article)) from None
    return signed
