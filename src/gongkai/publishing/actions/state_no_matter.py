from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import Agency, Role, User
from gongkai.agencies.permissions import is_disclosure_office, needs_role
from gongkai.publishing.hits import remark_refusal
from gongkai.publishing.models import CatalogueEntry, Duty, NoMatterStatement, Obligation
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused

GROUND = "国办公开办函〔2019〕61号"


def can_state_no_matter(
    entry: CatalogueEntry, agency: Agency, *, by: User, today: date, year: int | None = None
) -> Refusal | None:
    """A person of the organ that owes it (or the office for it), for a year that has begun, with nothing public in it."""
    year = year or today.year
    if not is_disclosure_office(by, on=today) and (refusal := needs_role(by, Role.DRAFTER, agency, on=today)):
        return refusal
    if not Duty.objects.filter(entry=entry, agency=agency).exists():
        return Refusal("no_duty", f"{agency.short_name}不承担这一事项", GROUND)
    if year not in (today.year, today.year - 1):
        return Refusal("other_year", "只能对本年度或者刚过去的年度说明", GROUND)
    if Obligation.objects.filter(entry=entry, agency=agency, year=year, served_on__isnull=False).exists():
        return Refusal("matter_exists", f"{year}年度已有公开的信息，不能再说无此类事项", GROUND)
    if NoMatterStatement.objects.filter(entry=entry, agency=agency, year=year, withdrawn_on=None).exists():
        return Refusal("stated", f"{year}年度已经说明过", GROUND)
    return None


@transaction.atomic
def state_no_matter(
    entry: CatalogueEntry, agency: Agency, *, year: int, by: User, today: date, words: str = ""
) -> NoMatterStatement:
    """Say that there is no such matter this year (本年度无此类事项), with the day; it expires with the year. Raises Refused."""
    Duty.objects.select_for_update().filter(entry=entry, agency=agency).first()
    refusal = can_state_no_matter(entry, agency, by=by, today=today, year=year)
    if refusal := refusal or remark_refusal(words, today=today):
        raise Refused(refusal)
    statement = NoMatterStatement.objects.create(
        entry=entry, agency=agency, year=year, words=words.strip(), made_by=by, made_on=today
    )
    record(
        "publishing.state_no_matter",
        statement,
        by=by,
        today=today,
        ground=GROUND,
        year=year,
        entry=str(entry.public_id),
    )
    return statement
