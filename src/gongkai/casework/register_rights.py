"""Who works with a row of a register, and whose it is: asked by everything that is done to its papers."""

from __future__ import annotations

from datetime import date

from gongkai.agencies.models import Agency, Role, User
from gongkai.agencies.permissions import is_disclosure_office
from gongkai.casework.models import Complaint, Lawsuit, RecordCorrection, RegisterRow, ReviewCase
from gongkai_core.refusals import Refusal

ROLES = (Role.LEGAL_REVIEWER, Role.CASE_REGISTRAR)


def can_keep_register(agency: Agency, *, by: User, today: date) -> Refusal | None:
    """Who may enter and close rows of this organ's registers."""
    if is_disclosure_office(by, on=today) or any(by.holds(role, agency, on=today) for role in ROLES):
        return None
    return Refusal("needs_role", f"由{agency.short_name}的法制审核人、申请登记员或者政务公开办登记")


def organ_of(row: RegisterRow) -> Agency:
    """Whose paper it is: of a complaint, the organ that received it."""
    return row.received_at if isinstance(row, Complaint) else row.agency


def works_on(row: RegisterRow, by: User) -> bool:
    """Whether the person handles what the row is about."""
    if isinstance(row, RecordCorrection):
        return row.handler_id == by.pk
    return isinstance(row, ReviewCase | Lawsuit) and row.cases.filter(handler=by).exists()


def worker_refusal(row: RegisterRow, *, by: User, today: date) -> Refusal | None:
    """By who keeps the register, or who handles what the row is about."""
    return None if works_on(row, by) else can_keep_register(organ_of(row), by=by, today=today)
