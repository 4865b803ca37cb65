"""What waits for whom in 部门供数单."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from gongkai.agencies.calendar import office_calendar
from gongkai.agencies.ledger import Task
from gongkai.agencies.models import Role, User
from gongkai.agencies.permissions import is_disclosure_office
from gongkai.registers.models import SupplySheet


def tasks(user: User, *, on: date) -> list[Task]:
    """Sheets the organ's statistician is to fill in, and sheets the disclosure office is to confirm."""
    organs = [post.agency_id for post in user.posts_on(on) if post.role == Role.STATISTICIAN]
    wanted = Q(state__in=("asked", "returned"), agency__in=organs)
    if is_disclosure_office(user, on=on):
        wanted |= Q(state="filled") & ~Q(filled_by=user)
    calendar = office_calendar()
    return [
        Task(
            kind="确认供数单" if row.state == "filled" else "填供数单",
            title=f"{row.agency.short_name} {row.period_words}",
            agency=row.agency,
            url=row.get_absolute_url(),
            since=row.filled_on if row.state == "filled" and row.filled_on else row.asked_on,
            due=row.due_on,
            days_left=calendar.workdays_between(on, row.due_on),
            note="已退回，须重填" if row.state == "returned" else "",
        )
        for row in SupplySheet.objects.filter(wanted).select_related("agency").order_by("due_on", "pk")
    ]
