"""Enter what the public must be told about an organ or the site: telephone, hours, codes, whom to turn to."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from django.db import transaction

from gongkai.agencies.models import Agency, Installation, Role, User
from gongkai.agencies.permissions import locked
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused

Holder = TypeVar("Holder", Agency, Installation)

AGENCY_FIELDS = ("address", "postcode", "phone", "fax", "email", "office_hours", "head")
INSTALLATION_FIELDS = (
    "superior_government",
    "court",
    "superior_court",
    "domain",
    "site_code",
    "icp_number",
    "police_number",
    "theme",
)


def can_change_particulars(*, by: User, today: date) -> Refusal | None:
    if by.holds(Role.SYSTEM_ADMIN, on=today):
        return None
    return Refusal("needs_role", "联系方式和网站标识由系统管理员录入", "条例第十二条第二款")


@transaction.atomic
def change_particulars(obj: Holder, *, by: User, today: date, **facts: Any) -> Holder:
    """Change particulars of an organ or of the installation; the trail says which. Raises Refused."""
    obj = locked(obj)
    if refusal := can_change_particulars(by=by, today=today):
        raise Refused(refusal)
    allowed = AGENCY_FIELDS if isinstance(obj, Agency) else INSTALLATION_FIELDS
    changed = [name for name in facts if getattr(obj, name) != facts[name]]
    if strange := set(changed) - set(allowed):
        raise ValueError(f"not a particular: {strange}")
    for name in changed:
        setattr(obj, name, facts[name])
    if changed:
        obj.save()
        record("operations.change_particulars", obj, by=by, today=today, ground="条例第十二条第二款", fields=changed)
    return obj
