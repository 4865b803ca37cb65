"""年末自查: open cases looked at one by one before the year's carry-over is frozen (domain-spec §11.4 item 31)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from gongkai.agencies.models import Agency
from gongkai.casework import clock
from gongkai.casework.models import Case
from gongkai.casework.permissions import case_agencies
from gongkai.casework.views import desk, lists
from gongkai.documents.sheets import list_file
from gongkai.trail.chain import record

MOST_EXPORTED = 5000
HEADS = ("登记号", "摘要", "机关", "收到日", "状态", "承办人", "办公电话", "期限", "年末怎样", "自查要看")


@dataclass(frozen=True)
class Checked:
    """One open case with what the turn of the year makes of it."""

    row: lists.CaseRow
    verdict: str
    """Whether it counts as carried over (结转下年度), and why."""
    look: str
    """What has to be done or looked at before the thirty-first."""


@require_GET
def year_end(request: HttpRequest) -> HttpResponse:
    """The open cases received up to the year's end, by their last day; printable and exported."""
    organs = case_agencies(request.user, on=request.today)
    chosen = _chosen(request, organs)
    rows, before, after = lists.by_due_day(_open(request, chosen), request)
    return desk.page(
        request,
        "year_end",
        ("年末自查", ""),
        section="year-end",
        rows=list(_checked(rows, request.today)),
        before=before,
        after=after,
        year=request.today.year,
        organs=organs,
        chosen=chosen,
        asked=lists.asked(request),
    )


@require_GET
@transaction.atomic
def export(request: HttpRequest) -> HttpResponse:
    found = _open(request, _chosen(request, case_agencies(request.user, on=request.today)))
    taken = list(found.order_by("due_on", "public_id")[:MOST_EXPORTED])
    record(
        "casework.export_list", None, by=request.user, today=request.today, ground="个人信息保护法第五十一条", count=len(taken)
    )  # fmt: skip
    name = f"{request.today.year}年未办结申请自查表"
    notes = ["从未办结过的计入结转下年度（国办公开办函〔2021〕30号表三）；重新答复的不再计件。"]
    return list_file(name, HEADS, _lines(taken, request.today), titled=True, notes=notes)


def _chosen(request: HttpRequest, organs: QuerySet[Agency]) -> Agency | None:
    """One organ of those the person may see, or all of them."""
    asked = request.GET.get("agency", "")
    return next((organ for organ in organs if str(organ.public_id) == asked), None) if asked else None


def _open(request: HttpRequest, chosen: Agency | None) -> QuerySet[Case]:
    found = Case.objects.for_user(request.user, on=request.today).open().filter(due_on__isnull=False)
    found = found.filter(agency=chosen) if chosen else found
    return found.select_related("agency", "handler").defer("info_desc")


def _checked(cases: Iterable[Case], today: date) -> Iterable[Checked]:
    last = date(today.year, 12, 31)
    for row in lists.rows_of(cases, today):
        yield Checked(row, _verdict(row.case), _look(row, last, today))


def _verdict(case: Case) -> str:
    """r4 counts what is open at the end of the year and was never closed before (domain-spec §11.4 item 29)."""
    if case.counted_on:
        return f"重新答复，不计结转（{case.counted_year} 年已计）"
    return "收到日未确认，确认后定年度" if case.received_on is None else "不办结即计结转"


def _look(row: lists.CaseRow, last: date, today: date) -> str:
    case = row.case
    if case.state == "received":
        return "先登记：收到日决定计入哪一年"
    if row.due is None:
        return "申请人逾期：核实后认定视为放弃并告知"
    if clock.due_now(case, today) and row.due < today:
        return "已超期，立即答复"
    if case.state == "delivering":
        return "已签发，年内发出即办结"
    return "年内到期，应在年内答复" if row.due <= last else "期限在下一年"


def _lines(cases: Iterable[Case], today: date) -> Iterable[tuple[Any, ...]]:
    for one in _checked(cases, today):
        case = one.row.case
        yield (
            case.number, case.title, case.agency.short_name, case.received_on, one.row.words,
            case.handler.name if case.handler else "未分办", case.handler.phone if case.handler else case.agency.phone,
            one.row.due, one.verdict, one.look,
        )  # fmt: skip
