from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.publishing.attachments import Brought, pictures_of, present, settle
from gongkai.publishing.chain import step_refusal
from gongkai.publishing.checks import entry_refusal
from gongkai.publishing.content import clean_body, version_digest
from gongkai.publishing.derivation import derived, next_reassessment
from gongkai.publishing.models import FACTS, ItemVersion, Openness
from gongkai.publishing.permissions import locked_version
from gongkai.trail.chain import record
from gongkai_core.marks import find_mark
from gongkai_core.refusals import Refusal, Refused


def can_edit(version: ItemVersion, *, by: User, today: date, event: str = "edit") -> Refusal | None:
    """The author's own draft or returned text; another drafter's is left alone."""
    if refusal := step_refusal(version, event, by=by, today=today):
        return refusal
    if version.batch_id:
        return Refusal("in_batch", "批次中的条目不单独修改；有错的剔出后另拟", "条例第十七条")
    if version.author_id != by.pk:
        return Refusal("not_yours", f"这一稿由{version.author.name}起草，由其修改、送审")
    return None


@transaction.atomic
def edit(
    version: ItemVersion,
    *,
    body: str,
    by: User,
    today: date,
    seen: str | None = None,
    item_class: str | None = None,
    correction: str | None = None,
    backdated_reason: str | None = None,
    files: Sequence[Brought] | None = None,
    **facts: Any,
) -> ItemVersion:
    """Change a draft's text and metadata. Raises Refused.

    `files` are all files of the version from now on; None leaves them as they are.
    `seen` is the digest the author began from: a second window's older text doesn't overwrite a newer one.
    """
    seen = version.digest if seen is None else seen
    version = locked_version(version)
    if refusal := can_edit(version, by=by, today=today):
        raise Refused(refusal)
    if seen != version.digest:
        raise Refused(Refusal("content_moved", "这一稿已在别的窗口保存过，您的文字还在本页，请核对后再保存"))
    if files is not None:
        settle(version, files)
    body = clean_body(body, pictures=pictures_of(present(version)))
    for name, value in derived({**version.facts(), "genre": "", **facts}).items():
        setattr(version, name, value)
    if refusal := entry_refusal(version.facts(), body, today=today):
        raise Refused(refusal)
    version.body = body
    explain(version, correction, backdated_reason)
    version.digest = version_digest(version, version.agency)
    version.save(update_fields=[*FACTS, "body", "correction", "backdated_reason", "digest"])
    follow_draft(version, item_class, today=today)
    record("publishing.edit", version.item, by=by, today=today, version=version.number, digest=version.digest)
    return version


def explain(version: ItemVersion, correction: str | None, backdated_reason: str | None) -> None:
    """Take the two explanations as far as they are given. Raises Refused."""
    if correction is not None:
        if correction.strip() and not version.item.first_published_at:
            raise Refused(Refusal("nothing_to_correct", "从未公开的信息没有更正说明", "条例第六条"))
        if refusal := find_mark(correction):
            raise Refused(refusal)
        version.correction = correction.strip()
    if backdated_reason is not None:
        version.backdated_reason = backdated_reason.strip()


def follow_draft(version: ItemVersion, item_class: str | None, *, today: date) -> None:
    """An item that has never been public shows the metadata of its draft; its class may be set until then."""
    item = version.item
    if item.first_published_at:
        return
    for name, value in version.facts().items():
        setattr(item, name, value)
    item.item_class = item_class or item.item_class
    if item.reassess_on is None or version.openness == Openness.OPEN:
        item.reassess_on = next_reassessment(version, today)
    item.row_version += 1
    item.save(update_fields=[*FACTS, "item_class", "reassess_on", "row_version"])
