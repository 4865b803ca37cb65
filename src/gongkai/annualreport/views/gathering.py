"""各单位年报: all organs' reports at once, for the disclosure office; for all others these pages don't exist."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from gongkai.agencies.models import Installation
from gongkai.annualreport import circular, exports
from gongkai.annualreport import digest as digests
from gongkai.annualreport.actions import can_start_batch, start_batch
from gongkai.annualreport.models import BulkAct, BulkRun, Collection, LineState
from gongkai.annualreport.permissions import may_gather
from gongkai.annualreport.standing import left_out, standings
from gongkai.documents.sheets import saved_as
from gongkai_core.errors import InputError
from gongkai_core.refusals import Refused
from gongkai_core.returns import form_for

YEARS_OFFERED = 5
FILTERS = {"missing": "逾期未公布", "late": "逾期公布", "wrong": "有误", "uncollected": "没有收到"}
LAST_BATCHES = 12


def office_only(request: HttpRequest) -> None:
    """Raises 404 for whoever isn't the disclosure office."""
    if may_gather(by=request.user, today=request.today) or Installation.current() is None:
        raise Http404


def year_of(request: HttpRequest, year: int) -> int:
    """The year of the address; 404 before there was a form or for one to come."""
    office_only(request)
    try:
        form_for(year)
    except InputError:
        raise Http404 from None
    if year > request.today.year:
        raise Http404
    return year


def years_offered(request: HttpRequest) -> list[int]:
    return [request.today.year - back for back in range(1, YEARS_OFFERED + 1)]


@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    office_only(request)
    return redirect("annualreport:all", request.today.year - 1)


@require_safe
def everyone(request: HttpRequest, year: int) -> HttpResponse:
    """Where every organ's report stands, what can be done for all at once, and what was done."""
    found = standings(year_of(request, year), today=request.today)
    chosen = request.GET.get("only", "")
    tests = {
        "missing": lambda one: one.missing,
        "late": lambda one: one.late,
        "wrong": lambda one: one.wrong,
        "uncollected": lambda one: one.collection is None,
    }
    facts = {"by": request.user, "today": request.today}
    context = {
        "section": "all-reports",
        "year": year,
        "years": years_offered(request),
        "found": [one for one in found if chosen not in tests or tests[chosen](one)],
        "chosen": chosen,
        "counts": [(key, label, sum(map(tests[key], found))) for key, label in FILTERS.items()],
        "whole": len(found),
        "left_out": left_out(year),
        "acts": [(act.value, act.label, can_start_batch(act.value, year, **facts)) for act in BulkAct],
        "batches": [(batch, progress(batch)) for batch in BulkRun.objects.filter(year=year)[:LAST_BATCHES]],
        "collected": Collection.objects.filter(report__year=year).exists(),
    }
    return render(request, "annualreport/all.html", context)


def progress(batch: BulkRun) -> dict[str, Any]:
    """How many lines are done, of how many, and how they came out."""
    counts = Counter(batch.lines.values_list("state", flat=True))
    waiting, whole = counts[LineState.WAITING], counts.total()
    ended = [(LineState(state).label, counts[state]) for state in LineState.values if counts[state]]
    return {"waiting": waiting, "done": whole - waiting, "whole": whole, "ended": ended}


@require_POST
def start(request: HttpRequest, year: int) -> HttpResponse:
    """Begin one act over all organs' reports; the page of the batch shows how far it is and may be left."""
    year, act = year_of(request, year), request.POST.get("act", "")
    if act not in BulkAct.values:
        raise Http404
    try:
        batch = start_batch(act, year, by=request.user, today=request.today)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("annualreport:all", year)
    messages.success(request, "已开始。可以离开这一页，办完的随时在这里看")
    return redirect("annualreport:batch", batch.public_id)


@require_safe
def batch(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """How far a batch is, and what became of each organ."""
    office_only(request)
    row = get_object_or_404(BulkRun.objects.select_related("started_by"), public_id=public_id)
    state = request.GET.get("state", "")
    lines = row.lines.select_related("agency")
    context = {
        "section": "all-reports",
        "batch": row,
        "progress": progress(row),
        "lines": lines.filter(state=state) if state in LineState.values else lines,
        "state": state,
        "states": LineState.choices,
    }
    return render(request, "annualreport/batch.html", context)


@require_safe
def digest(request: HttpRequest, year: int) -> HttpResponse:
    """总表 as a page; the file has every cell of the form."""
    found = digests.digest(year_of(request, year), today=request.today)
    context = {
        "section": "all-reports",
        "year": year,
        "digest": found,
        "heads": digests.shown_labels(found),
        "rows": digests.shown(found),
    }
    return render(request, "annualreport/digest.html", context)


@require_safe
def digest_file(request: HttpRequest, year: int) -> HttpResponse:
    found = digests.digest(year_of(request, year), today=request.today)
    return saved_as(f"{year}年度年报总表", digests.sheet(found))


@require_safe
def circular_file(request: HttpRequest, year: int) -> HttpResponse:
    """The 通报 draft as .docx."""
    found = standings(year_of(request, year), today=request.today)
    government = Installation.current().government
    data = circular.render(found, year=year, government=government, today=request.today)
    return _file(data, f"{year}年度年报情况通报（草稿）.docx", exports.TYPES["docx"])


@require_safe
def archive(request: HttpRequest, year: int) -> HttpResponse:
    """All collected reports as one archive."""
    year = year_of(request, year)
    if not Collection.objects.filter(report__year=year).exists():
        messages.error(request, "还没有收到年报，请先“收齐各单位年报”")
        return redirect(reverse("annualreport:all", args=[year]))
    return _file(digests.archive(year), f"{year}年度年报汇编.zip", "application/zip")


def _file(data: bytes, name: str, content_type: str) -> HttpResponse:
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(data, content_type=content_type, headers={"Content-Disposition": disposition})
