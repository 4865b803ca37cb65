"""填报轮次: the office opens a round, sees who has sent up and who is late, urges, accepts and locks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.agencies.identifiers import public_id_in
from gongkai.agencies.models import Appointment, Installation, Role, User
from gongkai.agencies.permissions import is_disclosure_office
from gongkai.documents.sheets import list_file
from gongkai.statistics import actions, rounds
from gongkai.statistics.forms_round import RoundForm
from gongkai.statistics.models import FilingRound, FilingSheet, SheetState
from gongkai_core.refusals import Refused

PAGE = 100
MOST_ROUNDS = 60
LATE = "late"


def _round(request: HttpRequest, public_id: UUID) -> FilingRound:
    if not is_disclosure_office(request.user, on=request.today):
        raise Http404
    return get_object_or_404(FilingRound.objects.select_related("agency", "opened_by"), public_id=public_id)


@require_http_methods(["GET", "POST"])
def all_rounds(request: HttpRequest) -> HttpResponse:
    """All rounds; the next one is opened here."""
    installation = Installation.current()
    if installation is None or not is_disclosure_office(request.user, on=request.today):
        raise Http404
    form = RoundForm(request.POST or None, today=request.today, initial=_next(request))
    if request.method == "POST" and form.is_valid():
        try:
            opened = actions.open_round(by=request.user, today=request.today, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"已发起，{opened.sheets.count()} 个单位收到填报表和消息。")
            return redirect(opened)
    rows = list(rounds.rounds_of(installation.government).annotate(asked=Count("sheets"))[:MOST_ROUNDS])
    owed = dict(
        FilingSheet.objects.owed().filter(round__in=rows).order_by().values_list("round").annotate(number=Count("pk"))
    )
    context = {
        "section": "rounds",
        "rows": [(row, owed.get(row.pk, 0)) for row in rows],
        "form": form,
        "refusal": actions.can_open_round(by=request.user, today=request.today),
    }
    return render(request, "statistics/rounds.html", context)


def _next(request: HttpRequest) -> dict[str, Any]:
    """In the season of annual reports last year's, otherwise the quarter that ended last."""
    today = request.today
    if today.month == 1:
        return {"year": today.year - 1, "period": "year", "due_on": today + timedelta(days=14)}
    if today.month == 12:
        return {"year": today.year, "period": "year", "due_on": today.replace(year=today.year + 1, month=1, day=15)}
    quarter = (today.month - 1) // 3 or 1
    return {"year": today.year, "period": f"Q{quarter}", "due_on": today + timedelta(days=14)}


@require_http_methods(["GET", "POST"])
def one_round(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Every organ with its state, the late ones first to be seen; POST urges, enrols, accepts or locks."""
    row = _round(request, public_id)
    if request.method == "POST":
        return _act(request, row)
    chosen = request.GET.get("state", "")
    sheets = _chosen(row, chosen, request)
    after = public_id_in(request.GET.get("after", ""))
    if after:
        last = get_object_or_404(row.sheets.select_related("agency"), public_id=after)
        sheets = sheets.filter(agency__path__gt=last.agency.path)
    page = list(sheets.select_related("agency", "round", "filled_by").order_by("agency__path")[: PAGE + 1])
    more = f"?state={chosen}&after={page[PAGE - 1].public_id}" if len(page) > PAGE else None
    who = {"by": request.user, "today": request.today}
    context = {
        "section": "rounds",
        "round": row,
        "chosen": chosen,
        "filters": _filters(row, request),
        "rows": _rows(page[:PAGE], request),
        "more": more,
        "today": request.today,
        "outside": rounds.outside(row.agency, row.days),
        "missing": actions.not_enrolled(row),
        "urge": actions.can_urge(row, **who),
        "enrol": actions.can_enrol(row, **who),
        "accept_all": actions.can_do_all(row, "accept", **who),
        "lock_all": actions.can_do_all(row, "lock", **who),
    }
    return render(request, "statistics/round.html", context)


def _chosen(row: FilingRound, chosen: str, request: HttpRequest) -> Any:
    if chosen == LATE:
        return row.sheets.owed().filter(due_on__lt=request.today)
    return row.sheets.filter(state=chosen) if chosen in SheetState.values else row.sheets.all()


def _filters(row: FilingRound, request: HttpRequest) -> list[tuple[str, str, int]]:
    """(value, words, how many) of each state that occurs, and of the overdue ones."""
    counts = dict(row.sheets.order_by().values_list("state").annotate(number=Count("pk")))
    late = row.sheets.owed().filter(due_on__lt=request.today).count()
    found = [(state.value, str(state.label), counts[state]) for state in SheetState if counts.get(state)]
    return [("", "全部", sum(counts.values())), *found, *([(LATE, "逾期未报", late)] if late else [])]


def _rows(sheets: list[FilingSheet], request: HttpRequest) -> list[dict[str, Any]]:
    people = _statisticians([sheet.agency_id for sheet in sheets], request)
    return [
        {
            "sheet": sheet,
            "left": rounds.days_left(sheet, request.today),
            "late": rounds.days_late(sheet, request.today),
            "people": people.get(sheet.agency_id, []),
        }
        for sheet in sheets
    ]


def _statisticians(organs: Iterable[int], request: HttpRequest) -> dict[int, list[User]]:
    """Whom to ring: each organ's statisticians."""
    posts = Appointment.objects.held_on(request.today).filter(agency__in=list(organs), role=Role.STATISTICIAN)
    people: dict[int, list[User]] = {}
    for post in posts:
        people.setdefault(post.agency_id, []).append(post.user)
    return people


def _act(request: HttpRequest, row: FilingRound) -> HttpResponse:
    who = {"by": request.user, "today": request.today}
    name = request.POST.get("act", "")
    try:
        if name == "urge":
            messages.success(request, f"已催报，{actions.urge(row, **who)} 人收到消息（同一天只发一次）。")
        elif name == "enrol":
            messages.success(request, f"已补入 {actions.enrol(row, **who)} 个单位。")
        elif name in ("accept", "lock"):
            done = actions.do_all(row, name, **who)
            messages.success(request, f"已{'接收' if name == 'accept' else '锁定'} {done} 份。")
        else:
            raise Http404
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(row)


@require_safe
def late_list(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """催报名单 as .xlsx: who owes a sheet or came late, by how much, whom to ring."""
    row = _round(request, public_id)
    sheets = list(row.sheets.select_related("agency", "round").order_by("agency__path"))
    late = [one for one in _rows(sheets, request) if one["left"] is not None or one["late"]]
    heads = ("单位", "状态", "期限", "首次上报", "迟（工作日）", "统计员", "电话")
    lines = [
        (
            one["sheet"].agency.name, one["sheet"].get_state_display(), one["sheet"].due_on, one["sheet"].first_filed_on,
            one["late"], "、".join(person.name for person in one["people"]),
            "、".join(person.phone or one["sheet"].agency.phone for person in one["people"]),
        )
        for one in late
    ]  # fmt: skip
    return list_file(f"{row}催报名单", heads, lines)
