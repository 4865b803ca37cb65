"""办公室工作台: what is overdue and due today, of every organ one may see, one line each, whom to ring beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from gongkai.agencies.calendar import office_calendar
from gongkai.agencies.permissions import is_disclosure_office
from gongkai.casework.models import Case
from gongkai.casework.permissions import case_agencies
from gongkai.casework.terms import Owed, owed
from gongkai.casework.turns import lapsed_terms
from gongkai.casework.views import desk, lists
from gongkai.design.lamp import YELLOW_FROM

FIRST = 50
"""Lines of a group on the first page; the rest of a long one stand on pages of its own."""
INTAKE = ("received", "registered")
GROUPS = {
    "late": "已超期",
    "today": "今日到期",
    "soon": f"{YELLOW_FROM} 个工作日内",
    "received": "待登记",
    "registered": "待接收",
}


@dataclass(frozen=True)
class Group:
    key: str
    name: str
    rows: list[lists.CaseRow]
    more: bool

    @property
    def count(self) -> str:
        """How many, as far as they were read: nothing is counted."""
        return f"{len(self.rows)} 件以上" if self.more else f"{len(self.rows)} 件"


@require_GET
def workbench(request: HttpRequest) -> HttpResponse:
    """All groups with their first lines, or one group page by page."""
    only = request.GET.get("group", "")
    if only and only not in GROUPS:
        raise Http404
    context: dict[str, Any] = {
        "office": is_disclosure_office(request.user, on=request.today),
        "many_organs": case_agencies(request.user, on=request.today).count() > 1,
        "only": only,
    }
    if only:
        rows, context["before"], context["after"] = lists.by_due_day(_waiting(request, only), request)
        groups = [_group(request, only, rows, more=False)]
    else:
        groups = [_first(request, key) for key in GROUPS]
        context["owed"] = _after_the_answer(request)
    return desk.page(request, "workbench", section="workbench", groups=groups, **context)


def _after_the_answer(request: HttpRequest) -> list[Owed]:
    """Replies to review bodies and courts, complaints, corrections and suggestions that are late or due soon."""
    found = owed(case_agencies(request.user, on=request.today), request.today)
    return [one for one in found if one.days_left is None or one.days_left <= YELLOW_FROM]


def _first(request: HttpRequest, key: str) -> Group:
    rows = list(_waiting(request, key).order_by("due_on", "public_id")[: FIRST + 1])
    return _group(request, key, rows[:FIRST], more=len(rows) > FIRST)


def _group(request: HttpRequest, key: str, cases: list[Case], *, more: bool) -> Group:
    return Group(key, GROUPS[key], lists.rows_of(cases, request.today), more)


def _waiting(request: HttpRequest, key: str) -> QuerySet[Case]:
    """The open cases of a group; each case stands in the first that fits.

    What is only registered or not even that has lines of its own while its day is still ahead. A term of the
    applicant's that has passed is no lateness of the organ's.
    """
    today = request.today
    soon = office_calendar().add_workdays(today, YELLOW_FROM)
    conditions = {
        "late": Q(due_on__lt=today) & ~lapsed_terms(today),
        "today": Q(due_on=today) & ~lapsed_terms(today),
        "soon": Q(due_on__gt=today, due_on__lte=soon) & ~Q(state__in=INTAKE) & ~lapsed_terms(today),
        "received": Q(state="received", due_on__gt=today),
        "registered": Q(state="registered", due_on__gt=today),
    }
    cases = Case.objects.for_user(request.user, on=today).open().filter(conditions[key])
    return cases.select_related("agency", "handler").defer("info_desc")
