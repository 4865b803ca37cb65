"""The website's yearly return and key tasks that wait for somebody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse

from gongkai.agencies.calendar import office_calendar
from gongkai.agencies.ledger import Task
from gongkai.agencies.models import Agency, User
from gongkai.annualreport.actions import can_open_website_return
from gongkai.annualreport.models import PlanEntry, PlanEntryKind, WebsiteReturn, WebsiteReturnState
from gongkai.annualreport.website_figures import government
from gongkai.annualreport.website_permissions import may_approve, may_fill
from gongkai_core.workdays import Calendar

SEASON = (4, 30)
"""Until this day the website's return of the year before is looked for."""
AHEAD = timedelta(days=14)
"""So long before its last day a key task comes onto the desk."""


def year_tasks(user: User, *, on: date) -> Iterator[Task]:
    """What of the year's work waits for this person."""
    calendar = office_calendar()
    yield from _website(user, on, calendar)
    yield from _key_tasks(user, on, calendar)


def _website(user: User, on: date, calendar: Calendar) -> Iterator[Task]:
    agency, year = government(), on.year - 1
    if agency is None or (on.month, on.day) > SEASON:
        return
    row = WebsiteReturn.objects.filter(agency=agency, year=year).first()
    if row is None:
        if can_open_website_return(agency, year, by=user, today=on) is None:
            due = WebsiteReturn(agency=agency, year=year).due_on
            title, url = f"{year} 年度网站年度报表", reverse("annualreport:website_returns")
            yield _task("填报网站报表", title, agency, url, date(on.year, 1, 1), due, on, calendar)
        return
    if row.state == WebsiteReturnState.FILLING and may_fill(agency, by=user, today=on) is None:
        kind = "填报网站报表"
    elif row.state == WebsiteReturnState.APPROVED and may_approve(agency, by=user, today=on) is None:
        kind = "公布网站报表"
    else:
        return
    url = reverse("annualreport:desk_website_return", args=[row.public_id])
    yield _task(kind, f"{year} 年度网站年度报表", agency, url, row.filled_on, row.due_on, on, calendar)


def _key_tasks(user: User, on: date, calendar: Calendar) -> Iterator[Task]:
    organs = {post.agency_id for post in user.business_posts_on(on)}
    waiting = PlanEntry.objects.standing().filter(
        kind=PlanEntryKind.KEY_TASK, responsible__in=organs, done_on=None, due_on__lte=on + AHEAD
    )
    for entry in waiting.select_related("responsible"):
        url = reverse("annualreport:plan_entry", args=[entry.public_id])
        yield _task("重点工作", entry.title, entry.responsible, url, entry.first, entry.due_on, on, calendar)


def _task(
    kind: str, title: str, agency: Agency, url: str, since: date, due: date, on: date, calendar: Calendar
) -> Task:
    return Task(kind, title, agency, url, since, due, calendar.workdays_between(on, due))
