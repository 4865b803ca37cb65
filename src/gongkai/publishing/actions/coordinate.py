from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from gongkai.agencies.models import Role, User
from gongkai.agencies.permissions import locked, needs_role
from gongkai.documents.models import Blob
from gongkai.publishing.models import CONFIRMED, Coordination, CoordinationResult, Item, ItemVersion
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused
from gongkai_core.responsibility import COORDINATION, needs_coordination


def can_coordinate(item: Item, *, by: User, today: date) -> Refusal | None:
    """A drafter of the organ keeps the record."""
    return needs_role(by, Role.DRAFTER, item.agency, on=today)


@transaction.atomic
def ask_organ(item: Item, *, organ: str, asked_on: date, by: User, today: date) -> Coordination:
    """Record that another organ was asked about publishing this (条例第十一条). Raises Refused."""
    item = locked(item)
    if refusal := can_coordinate(item, by=by, today=today) or _asking_refusal(item, organ.strip(), asked_on, today):
        raise Refused(refusal)
    row = Coordination.objects.create(item=item, organ=organ.strip(), asked_on=asked_on, entered_by=by)
    record("publishing.ask_organ", item, by=by, today=today, ground=COORDINATION, organ=row.organ, on=asked_on)
    return row


def _asking_refusal(item: Item, organ: str, asked_on: date, today: date) -> Refusal | None:
    if not organ or organ == item.agency.name:
        return Refusal("no_organ", "请填写本机关以外的协商机关", COORDINATION)
    if asked_on > today:
        return Refusal("future_day", f"发出日期 {asked_on} 在今天之后", COORDINATION)
    if item.coordinations.filter(organ=organ, answered_on=None).exists():
        return Refusal("asked", f"已征求{organ}，等其答复", COORDINATION)
    return None


@transaction.atomic
def answer_of_organ(
    row: Coordination,
    *,
    answered_on: date,
    result: str,
    by: User,
    today: date,
    answer: str = "",
    paper: Blob | None = None,
) -> Coordination:
    """Record what the organ answered, about the text as it stands now. Raises Refused."""
    item = locked(row.item)
    row = locked(row)
    if refusal := can_coordinate(item, by=by, today=today) or _answer_refusal(row, answered_on, result, answer, today):
        raise Refused(refusal)
    row.answered_on, row.result, row.answer, row.paper = answered_on, result, answer.strip(), paper
    row.digest = item.versions.order_by("-number").values_list("digest", flat=True)[0]
    row.save()
    record(
        "publishing.answer_of_organ",
        item,
        by=by,
        today=today,
        ground=COORDINATION,
        organ=row.organ,
        result=result,
        digest=row.digest,
    )
    return row


def _answer_refusal(row: Coordination, answered_on: date, result: str, answer: str, today: date) -> Refusal | None:
    if row.answered_on:
        return Refusal("answered", f"{row.organ}的答复已登记", COORDINATION)
    if not row.asked_on <= answered_on <= today:
        return Refusal("wrong_day", f"答复日期应在 {row.asked_on} 至今天之间", COORDINATION)
    if result not in CoordinationResult.values:
        return Refusal("no_result", "请选择协商结果", COORDINATION)
    if result != CoordinationResult.AGREED and not answer.strip():
        return Refusal("no_answer", "不是“确认一致”的，须写明答复内容", COORDINATION)
    return None


def coordination_refusal(version: ItemVersion) -> Refusal | None:
    """Why a version may not be published before other organs confirm it (条例第十一条), or None.

    The last answer of each organ counts; after a refusal or without an answer nothing is published.
    """
    last = {row.organ: row for row in version.item.coordinations.order_by("asked_on", "pk")}
    if not last:
        if not needs_coordination(version.origin):
            return None
        words = version.get_origin_display()
        return Refusal("no_coordination", f"信息来源是“{words}”，须先登记与有关机关的协商、确认", COORDINATION)
    for row in last.values():
        if row.answered_on is None:
            return Refusal("not_confirmed", f"{row.organ}还没有答复确认，不得发布", COORDINATION)
        if row.result not in CONFIRMED:
            return Refusal("objected", f"{row.organ}不同意公开，不得发布", COORDINATION)
        if row.digest != version.digest:
            return Refusal("another_text", f"{row.organ}确认的不是这一版内容，须重新确认", COORDINATION)
    return None


def uncoordinated(versions: Iterable[ItemVersion]) -> Refusal | None:
    """The same for a batch: of those that others have a part in or were asked about, the first that is not confirmed."""
    versions = list(versions)
    batches = {version.batch_id for version in versions}
    asked = set(Coordination.objects.filter(item__versions__batch__in=batches).values_list("item", flat=True))
    concerned = (version for version in versions if needs_coordination(version.origin) or version.item_id in asked)
    return next(filter(None, map(coordination_refusal, concerned)), None)
