"""送交档案馆、图书馆: the quarter's list, its papers, and the handovers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from gongkai.documents.fonts import FontsMissing
from gongkai.documents.sheets import XLSX
from gongkai.publishing import actions
from gongkai.publishing.deposits import (
    deposits_for,
    due_on,
    ended_quarters,
    lines,
    printed,
    quarter_of,
    scope_of,
    sheet,
    to_deposit,
)
from gongkai.publishing.forms_deposit import HandoverForm
from gongkai.publishing.models import Deposit, Receiver
from gongkai.publishing.views.desk import page, thread, tried
from gongkai_core.refusals import Refused

LIST = ("送交档案馆、图书馆", "/desk/publishing/deposits/")
SHOWN = 200


def deposits(request: HttpRequest) -> HttpResponse:
    """The lists made, and the ended quarters that have none; POST makes one."""
    scope = scope_of(request.user, request.today)
    if request.method == "POST":
        year, quarter = _quarter(request)
        if scope is None:
            raise Http404
        words = "目录已编好，请打印、送交，再登记交接。"
        if tried(
            request,
            lambda: actions.make_deposit(scope, year=year, quarter=quarter, by=request.user, today=request.today),
            words,
        ):
            made = Deposit.objects.get(agency=scope.agency, whole_region=scope.whole_region, year=year, quarter=quarter)
            return redirect("publishing:desk_deposit", made.public_id)
        return redirect("publishing:desk_deposits")
    rows = deposits_for(request.user, on=request.today).select_related("agency").prefetch_related("handovers")
    made = {
        (row.year, row.quarter)
        for row in rows
        if scope and (row.agency_id, row.whole_region) == (scope.agency.pk, scope.whole_region)
    }
    waiting = [
        {"year": year, "quarter": quarter, "due": due_on(year, quarter), "count": count}
        for year, quarter in ended_quarters(request.today)
        if scope and (year, quarter) not in made
        if (count := to_deposit(scope, quarter_of(year, quarter)).count())
    ]
    return page(
        request, "deposits", (LIST[0], ""), section="deposits", rows=rows, waiting=waiting, scope=scope,
        receivers=len(Receiver.values),
    )  # fmt: skip


def _quarter(request: HttpRequest) -> tuple[int, int]:
    text = request.POST.get("quarter", "")
    year, _, quarter = text.partition("-")
    if (year, quarter) not in {(str(y), str(q)) for y, q in ended_quarters(request.today)}:
        raise Http404
    return int(year), int(quarter)


def find_deposit(request: HttpRequest, public_id: UUID) -> Deposit:
    found = deposits_for(request.user, on=request.today).select_related("agency", "made_by")
    return get_object_or_404(found, public_id=public_id)


def deposit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One list with its handovers; POST records one."""
    row = find_deposit(request, public_id)
    form = HandoverForm(request.POST or None, initial={"on": request.today, "handed_by": request.user.name})
    if request.method == "POST" and form.is_valid():
        try:
            actions.hand_over(row, by=request.user, today=request.today, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused.refusal))
        else:
            messages.success(request, "交接已登记。")
            return redirect("publishing:desk_deposit", public_id)
    shown = lines(row)
    facts: list[tuple[str, Any]] = [
        ("送交机关", f"{row.agency.name}（{'全域' if row.whole_region else '本级'}）"),
        ("季度", f"{row.year}年第{row.quarter}季度"),
        ("件数", row.size),
        ("编目人", row.made_by.name),
        ("目录摘要", row.digest),
    ]
    refusal = actions.can_hand_over(row, by=request.user, today=request.today)
    return page(
        request, "deposit", LIST, (str(row), ""), section="deposits", row=row, facts=facts, form=form, refusal=refusal,
        lines=shown[:SHOWN], more=max(0, len(shown) - SHOWN), handovers=row.handovers.all(), thread=thread(row),
    )  # fmt: skip


@require_safe
def deposit_file(request: HttpRequest, public_id: UUID, kind: str) -> HttpResponse:
    """The whole list as a sheet, or on paper to be signed."""
    row = find_deposit(request, public_id)
    if kind == "xlsx":
        data, content_type = sheet(row), XLSX
    elif kind == "pdf":
        try:
            data, content_type = printed(row), "application/pdf"
        except FontsMissing as missing:
            messages.error(request, str(missing))
            return redirect("publishing:desk_deposit", public_id)
    else:
        raise Http404
    response = HttpResponse(data, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{row}.{kind}")
    return response
