"""What waits for statisticians."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from gongkai.agencies.calendar import office_calendar
from gongkai.agencies.ledger import Task
from gongkai.agencies.models import Agency, Role, User
from gongkai.statistics.compilation import kept_elsewhere
from gongkai.statistics.models import Filing
from gongkai_core.returns import form_for

DEPARTMENTS_REPORT_BY = (1, 31)
"""县级以上政府部门每年 1 月 31 日前 (条例第四十九条)."""


def tasks(user: User, *, on: date) -> list[Task]:
    """Organs whose figures this person files and where cells are still blank."""
    found = []
    for post in user.posts_on(on):
        if post.role == Role.STATISTICIAN and (task := _filing(post.agency, on)):
            found.append(task)
    return found


def _filing(agency: Agency, on: date) -> Task | None:
    year = on.year if (on.month, on.day) > DEPARTMENTS_REPORT_BY else on.year - 1
    form = form_for(year)
    wanted = {cell.id for cell in form.cells if cell.manual == "filing"} - kept_elsewhere(form, agency, year).keys()
    blank = len(wanted - set(Filing.objects.filter(agency=agency, year=year).values_list("cell", flat=True)))
    if not blank:
        return None
    due = date(year + 1, *DEPARTMENTS_REPORT_BY)
    return Task(
        kind="填报",
        title=f"{year} 年度统计表，还有 {blank} 格未填",
        agency=agency,
        url=reverse("statistics:filing", args=[year]),
        since=date(year, 1, 1),
        due=due,
        days_left=office_calendar().workdays_between(on, due),
        note="零也要填",
    )
