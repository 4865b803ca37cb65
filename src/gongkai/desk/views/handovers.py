"""一键交接: choose a successor, see all that will move, move it, print the list that three sign; 你接手的工作."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.agencies.models import User, WorkHandover, WorkHandoverLine
from gongkai.design.words import long_day
from gongkai.desk import handover
from gongkai.desk.actions import dismiss_handover, hand_over
from gongkai.desk.forms_mine import SuccessorForm
from gongkai.documents import pdf
from gongkai_core.refusals import Refused

PAGE = 50
_TEMPLATE = Path(__file__).parent.parent / "typst" / "handover.typ"


@require_GET
def handovers(request: HttpRequest) -> HttpResponse:
    """Whose work may be handed over, and the handovers that were."""
    people = list(handover.people_for(request.user, today=request.today).exclude(pk=request.user.pk))
    rows = list(handover.handovers_for(request.user, on=request.today)[:PAGE])
    if not people and not rows:
        raise Http404
    return render(request, "desk/handovers.html", {"section": "handovers", "people": people, "rows": rows})


@require_http_methods(["GET", "POST"])
@never_cache
def new(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """All that a person has in hand, with counts; with a successor chosen, what stands in the way; POST moves it."""
    may = handover.people_for(request.user, today=request.today)
    person = get_object_or_404(may, public_id=public_id)
    if handover.may_hand_over(person, by=request.user, today=request.today):
        raise Http404
    people = may.exclude(pk__in=[person.pk, request.user.pk])
    given = request.POST if request.method == "POST" else (request.GET or None)
    form = SuccessorForm(given, people=people)
    successor = form.cleaned_data["to"] if form.is_bound and form.is_valid() else None
    if request.method == "POST" and successor:
        try:
            row = hand_over(person, successor=successor, by=request.user, today=request.today)
            messages.success(request, f"已移交，{person.name}的账号已冻结；请打印清单，三人签字")
            return redirect("desk:handover", row.public_id)
        except Refused as refused:
            messages.error(request, str(refused))
    return render(request, "desk/handover_new.html", _before(request, person, form, successor))


def _before(request: HttpRequest, person: User, form: SuccessorForm, successor: User | None) -> dict[str, Any]:
    obstacles = handover.obstacles(person, successor, by=request.user, today=request.today) if successor else ()
    return {
        "section": "handovers",
        "leaving": person,
        "form": form,
        "successor": successor,
        "obstacles": list(obstacles),
        "moving": handover.by_kind(handover.held_by(person, on=request.today)),
        "of_posts": handover.by_kind(handover.tasks_of_posts(person, on=request.today)),
        "posts": person.own_posts_on(request.today),
    }


def _found(request: HttpRequest, public_id: UUID) -> WorkHandover:
    return get_object_or_404(handover.handovers_for(request.user, on=request.today), public_id=public_id)


@require_GET
@never_cache
def shown(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The list of one handover, to be printed and signed by three."""
    row = _found(request, public_id)
    context = {"section": "handovers", "row": row, "lines": list(row.lines.all())}
    return render(request, "desk/handover.html", context)


@require_GET
@never_cache
def printed(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The same as PDF."""
    row = _found(request, public_id)
    try:
        data = pdf.typeset(_TEMPLATE, _paper(row, list(row.lines.all())))
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("desk:handover", row.public_id)
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(False, f"工作移交清单-{row.person.name}.pdf") or ""
    return response


def _paper(row: WorkHandover, lines: list[WorkHandoverLine]) -> dict[str, Any]:
    return {
        "title": "工作移交清单",
        "facts": [
            ("移交人", row.person.name), ("接收人", row.successor.name), ("监交人", row.witness.name),
            ("交接日期", long_day(row.on)), ("事项", f"共 {len(lines)} 项"),
        ],
        "lines": [(str(one.position), one.kind, one.title, one.agency_name, one.standing) for one in lines],
        "note": "移交人的账号已同时冻结。拟稿、审核、签发的记录仍记在原办理人名下。",
    }  # fmt: skip


@require_GET
@never_cache
def taken_over(request: HttpRequest) -> HttpResponse:
    """你接手的工作: what was taken over and not yet dismissed."""
    rows = list(handover.to_read(request.user))
    return render(request, "desk/taken_over.html", {"section": "home", "rows": rows})


@require_POST
def dismiss(request: HttpRequest, public_id: UUID) -> HttpResponse:
    row = get_object_or_404(WorkHandover.objects.filter(successor=request.user), public_id=public_id)
    dismiss_handover(row, by=request.user, today=request.today)
    messages.success(request, "已知悉，清单仍在“工作交接”中")
    return redirect("desk:home")
