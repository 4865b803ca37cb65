from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import Role, User
from gongkai.agencies.permissions import locked, needs_role
from gongkai.publishing.hits import remark_refusal
from gongkai.publishing.models import Item, Validity, ValidityChange
from gongkai.publishing.moments import moment
from gongkai.publishing.standing import restate
from gongkai.publishing.tasks import announce
from gongkai.publishing.validity import ENDED
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused

GROUND = "条例第六条、第二十条第（一）项"


def can_set_validity(
    item: Item,
    *,
    by: User,
    today: date,
    validity: str = "",
    since: date | None = None,
    document: Item | None = None,
    authority: str = "",
    remarks: str = "",
) -> Refusal | None:
    """A publisher of the organ; every change with its day and the document that made it.

    Without `validity`: whether the person may change it at all.
    """
    if refusal := needs_role(by, Role.PUBLISHER, item.agency, on=today):
        return refusal
    if not item.docno:
        return Refusal("no_document", "有发文字号的文件才登记有效性", GROUND)
    if validity == Validity.IN_FORCE:
        if item.validity == Validity.IN_FORCE:
            return Refusal("in_force", "这份文件登记的就是有效", GROUND)
        return None if remarks.strip() else Refusal("no_reason", "更正登记须写明理由", GROUND)
    return _change_refusal(item, Validity(validity), today, since, document, authority) if validity else None


def _change_refusal(
    item: Item, validity: Validity, today: date, since: date | None, document: Item | None, authority: str
) -> Refusal | None:
    words = validity.label
    if item.validity in ENDED:
        message = f"这份文件已登记{item.get_validity_display()}（{item.ended_on}）；登记有误的，先更正为有效"
        return Refusal("ended", message, GROUND)
    if since is None:
        return Refusal("no_day", f"请填写{words}的日期", GROUND)
    if document is None and not authority.strip() and validity != Validity.EXPIRED:
        return Refusal("no_ground", f"请写明由哪份文件{words}", GROUND)
    if document and document.pk == item.pk:
        return Refusal("itself", "依据的文件不能是它自己", GROUND)
    if item.formed_on and since < item.formed_on:
        return Refusal("before_made", f"日期早于成文日期 {item.formed_on}", GROUND)
    if item.valid_until and since > item.valid_until:
        return Refusal("expired", f"有效期至 {item.valid_until}，到期自行失效，其后不再{words}", GROUND)
    if validity == Validity.AMENDED and since > today:
        return Refusal("future_day", "修改的日期在今天之后；到日再登记", GROUND)
    return None


@transaction.atomic
def set_validity(
    item: Item,
    *,
    by: User,
    today: date,
    validity: str,
    since: date | None = None,
    document: Item | None = None,
    authority: str = "",
    remarks: str = "",
) -> Item:
    """Say that a document is amended, expires or is repealed, from which day and by which document. Raises Refused.

    The day may lie ahead (自某日起废止). 有效 takes back what was declared in error, with the reason; the history keeps
    both lines.
    """
    item = locked(item)
    facts = {"validity": validity, "since": since, "document": document, "authority": authority, "remarks": remarks}
    # The ground stands on the public page at once.
    if refusal := can_set_validity(item, by=by, today=today, **facts) or remark_refusal(authority, today=today):
        raise Refused(refusal)
    back = validity == Validity.IN_FORCE
    ValidityChange.objects.create(
        item=item, by=by, at=moment(today), **{**facts, "since": None if back else since, "remarks": remarks.strip()}
    )
    item.validity, item.ended_on = validity, since if validity in ENDED else None
    restate(item, "validity", "ended_on")
    record(
        "publishing.set_validity",
        item,
        by=by,
        today=today,
        ground=GROUND,
        validity=validity,
        since=since,
        document=str(document.public_id) if document else "",
        authority=authority,
        remarks=remarks,
    )
    announce(item)
    return item
