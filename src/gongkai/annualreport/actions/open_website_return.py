from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import Agency, User
from gongkai.annualreport.models import WebsiteReturn
from gongkai.annualreport.website_permissions import may_fill
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused
from gongkai_core.website_return import DOC, FIRST_YEAR

LATEST_MONTH = 12
"""From this month on the running year's return may be begun; counted cells run on until approval."""


def can_open_website_return(agency: Agency, year: int, *, by: User, today: date) -> Refusal | None:
    if refusal := may_fill(agency, by=by, today=today):
        return refusal
    if year < FIRST_YEAR or year > today.year or (year == today.year and today.month < LATEST_MONTH):
        return Refusal("year", f"{year} 年度的网站报表不能填报：从当年 12 月起填报", DOC)
    if WebsiteReturn.objects.filter(agency=agency, year=year).exists():
        return Refusal("there", f"{year} 年度的网站报表已经在填报", DOC)
    return None


@transaction.atomic
def open_website_return(agency: Agency, year: int, *, by: User, today: date) -> WebsiteReturn:
    """Begin the website's return of a year; names and answers that seldom change come from last year's. Raises Refused."""
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    if refusal := can_open_website_return(agency, year, by=by, today=today):
        raise Refused(refusal)
    last = WebsiteReturn.objects.filter(agency=agency, year=year - 1).first()
    row = WebsiteReturn.objects.create(
        agency=agency,
        year=year,
        site_name=last.site_name if last else agency.name,
        head=last.head if last else agency.head,
        phone=last.phone if last else agency.phone,
        filed={cell: text for cell, text in last.filed.items() if cell.endswith(".name")} if last else {},
        filled_by=by,
        filled_on=today,
    )
    record("annualreport.open_website_return", row, by=by, today=today, ground=DOC, year=year)
    return row
