"""Lists of cases: whose, in which state, under which lamp, whose turn; exported as they are filtered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from gongkai.agencies.calendar import office_calendar
from gongkai.casework import masking
from gongkai.casework.forms_lists import ListFilterForm
from gongkai.casework.models import Case
from gongkai.casework.permissions import case_agencies
from gongkai.casework.turns import lapsed_terms, waiting_for
from gongkai.casework.views import desk, lists
from gongkai.design.lamp import ORANGE_FROM, YELLOW_FROM, lamp
from gongkai.documents.sheets import list_file
from gongkai.trail.chain import record

MOST_EXPORTED = 5000
HEADS = (
    "登记号", "摘要", "机关", "申请人（遮蔽）", "承办人", "办公电话", "状态", "轮到谁", "收到日", "期限", "剩余工作日", "灯",
)  # fmt: skip
WIDTHS = (24, 34, 14, 14, 10, 16, 22, 12, 12, 12, 8, 22)


@require_GET
def cases(request: HttpRequest) -> HttpResponse:
    """The work list: open cases by their last day, or the others newest first; keyset, never counted."""
    agencies = case_agencies(request.user, on=request.today)
    form, found, by_day = _filtered(request, agencies)
    rows, before, after = (lists.by_due_day if by_day else lists.newest_first)(found, request)
    return desk.page(
        request,
        "cases",
        form=form,
        rows=lists.rows_of(rows, request.today),
        before=before,
        after=after,
        asked=lists.asked(request),
        many_organs=agencies.count() > 1,
        may_register=desk.registers_for(request).exists(),
    )


@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """What is filtered, as .xlsx, applicants masked."""
    _, found, by_day = _filtered(request, case_agencies(request.user, on=request.today))
    order = ("due_on", "public_id") if by_day else ("-public_id",)
    return sheet(request, found.order_by(*order))


def _filtered(request: HttpRequest, agencies: Any) -> tuple[ListFilterForm, QuerySet[Case], bool]:
    """The form, the cases it asks for, and whether they stand by their last day."""
    form = ListFilterForm(request.GET or None, agencies=agencies)
    form.is_valid()
    given: dict[str, Any] = getattr(form, "cleaned_data", {})
    found = Case.objects.for_user(request.user, on=request.today).select_related("agency", "handler").defer("info_desc")
    found = _of_whom(found, given, request)
    if given.get("agency"):
        found = found.filter(agency=given["agency"])
    if given.get("q"):
        found = found.filter(Q(number__icontains=given["q"]) | Q(subject__icontains=given["q"]))
    if given.get("show") in ("closed", "all"):
        return form, found.exclude(counted_on=None) if given["show"] == "closed" else found, False
    found = found.open().filter(due_on__isnull=False)
    if given.get("show") == "pressing":
        found = found.filter(due_on__lte=office_calendar().add_workdays(request.today, YELLOW_FROM))
    if given.get("show") == "untaken":
        found = found.untaken()
    if given.get("state"):
        found = found.filter(state=given["state"])
    if given.get("turn"):
        found = found.filter(waiting_for(given["turn"], request.today))
    if given.get("lamp"):
        found = found.filter(under_lamp(given["lamp"], request.today))
    return form, found, True


def _of_whom(found: QuerySet[Case], given: dict[str, Any], request: HttpRequest) -> QuerySet[Case]:
    if given.get("whose") == "mine":
        return found.filter(handler__in=[request.user, *request.user.principals_on(request.today)])
    if given.get("whose") == "organ":
        return found.filter(agency=request.organ) if request.organ else found.none()
    return found


def under_lamp(colour: str, today: date) -> Q:
    """The open cases whose lamp has this colour (`design.lamp`)."""
    calendar = office_calendar()
    orange, yellow = (calendar.add_workdays(today, days) for days in (ORANGE_FROM, YELLOW_FROM))
    days = {
        "red": Q(due_on__lt=today),
        "orange": Q(due_on__gte=today, due_on__lte=orange),
        "yellow": Q(due_on__gt=orange, due_on__lte=yellow),
        "green": Q(due_on__gt=yellow),
    }
    return days[colour] & ~lapsed_terms(today)


@transaction.atomic
def sheet(request: HttpRequest, found: QuerySet[Case]) -> HttpResponse:
    """The cases as .xlsx, with the act in the trail: how many left the house, not which (个人信息保护法第五十一条)."""
    taken = list(found.select_related("applicant")[: MOST_EXPORTED + 1])
    notes = [f"{request.today:%Y-%m-%d} {request.user.name}导出，申请人信息已遮蔽。"]
    if len(taken) > MOST_EXPORTED:
        taken = taken[:MOST_EXPORTED]
        notes.append(f"只导出前 {MOST_EXPORTED} 件，其余请分机关、分范围导出。")
    record(
        "casework.export_list", None, by=request.user, today=request.today, ground="个人信息保护法第五十一条", count=len(taken)
    )  # fmt: skip
    return list_file(
        "依申请公开办件", HEADS, _lines(taken, request.today), widths=WIDTHS, titled=True, notes=notes
    )  # fmt: skip


def _lines(taken: Iterable[Case], today: date) -> Iterable[tuple[Any, ...]]:
    for row in lists.rows_of(taken, today):
        case = row.case
        yield (
            case.number, case.title, case.agency.short_name, masking.masked_name(case.applicant),
            case.handler.name if case.handler else "未分办", case.handler.phone if case.handler else case.agency.phone,
            row.words, row.turn.label if row.turn else "", case.received_on, row.due, row.days_left,
            lamp(row.days_left, row.due, today).words if row.due else "",
        )  # fmt: skip
