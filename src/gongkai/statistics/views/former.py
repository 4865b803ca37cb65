"""历史台账 on the desk: old ledgers and old tables come in, are looked at and are taken back."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.agencies.ledger import Scope
from gongkai.agencies.models import Agency, Installation
from gongkai.statistics.actions import (
    can_import,
    can_import_ledger,
    can_import_table,
    can_withdraw_import,
    import_ledger,
    import_table,
    withdraw_import,
)
from gongkai.statistics.former import SHEETS, Fault, Read, TableRead, read_sheet, read_tables
from gongkai.statistics.forms_former import LedgerForm, TableForm
from gongkai.statistics.models import FormerKind, FormerLedger, FormerTable
from gongkai.statistics.tables import squares
from gongkai_core.refusals import Refused
from gongkai_core.returns import form_of

PAGE = 100
SAMPLE = 20
MOST_FAULTS = 200

View = Callable[..., HttpResponse]


def _for_the_office(view: View) -> View:
    """For anybody but the disclosure office the page is not there."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if can_import(by=request.user, today=request.today):
            raise Http404
        return view(request, *args, **kwargs)

    return never_cache(guarded)


def _agencies() -> Any:
    """The region's organs, the government first."""
    installation = Installation.current()
    if installation is None:
        raise Http404
    return Agency.objects.within(installation.government).order_by("path")


@_for_the_office
@require_GET
def former(request: HttpRequest) -> HttpResponse:
    """What can be imported, and what was."""
    ledgers = FormerLedger.objects.select_related("agency", "imported_by")
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) < 19:
        ledgers = ledgers.filter(pk__lt=int(before))
    rows = list(ledgers[: PAGE + 1])
    context = {
        "section": "former",
        "kinds": [(kind.value, kind.label, SHEETS[kind].heads) for kind in FormerKind],
        "years": range(request.today.year - 1, 2013, -1),
        "ledgers": rows[:PAGE],
        "older": f"?before={rows[PAGE - 1].pk}" if len(rows) > PAGE else None,
        "tables": FormerTable.objects.select_related("agency", "imported_by").order_by("-year", "-pk")[:PAGE],
    }
    return render(request, "statistics/former.html", context)


# Ledgers -------------------------------------------------------------------------------------------------------------


@_for_the_office
@require_http_methods(["GET", "POST"])
def import_sheet(request: HttpRequest, kind: str) -> HttpResponse:
    """A block pasted or a file: read and shown first; a fault anywhere keeps all of it out."""
    if kind not in FormerKind.values:
        raise Http404
    agencies = _agencies()
    form = LedgerForm(request.POST or None, request.FILES or None, kind=kind, agencies=agencies)
    read, refusal = None, None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        read = read_sheet(
            kind,
            given["table"],
            default=given["agency"],
            channel=given.get("channel") or "website",
            today=request.today,
        )
        refusal = can_import_ledger(given["agency"], read, by=request.user, today=request.today)
        if request.POST.get("then") == "import" and not refusal:
            done = _taken_in(request, given, read)
            if done:
                return done
        form.shown_again()
    context = {
        "section": "former", "kind": kind, "label": FormerKind(kind).label, "form": form, "read": read, "refusal": refusal,
        "faults": _shown_faults(read), "sample": read.rows[:SAMPLE] if read else [],
        "figures": read.figures[:SAMPLE] if read else [],
    }  # fmt: skip
    return render(request, "statistics/former_import.html", context, status=422 if form.errors or refusal else 200)


def _taken_in(request: HttpRequest, given: dict[str, Any], read: Read) -> HttpResponse | None:
    try:
        ledger = import_ledger(given["agency"], read, file_name=given["source"], by=request.user, today=request.today)
    except Refused as refused:
        messages.error(request, str(refused.refusal))
        return None
    messages.success(request, f"已导入 {ledger.size} 行")
    return redirect(ledger)


def _shown_faults(read: Read | None) -> list[Fault]:
    return read.faults[:MOST_FAULTS] if read else []


@_for_the_office
@require_http_methods(["GET", "POST"])
def former_ledger(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One import: its rows with their places in the file; POST takes it back."""
    ledger = get_object_or_404(FormerLedger.objects.select_related("agency", "imported_by"), public_id=public_id)
    if request.method == "POST":
        return _withdrawn(request, ledger)
    rows = ledger.rows.select_related("agency").order_by("place")
    first = request.GET.get("from", "")
    if first.isdecimal() and len(first) < 10:
        rows = rows.filter(place__gte=int(first))
    page = list(rows[: PAGE + 1])
    context = {
        "section": "former",
        "ledger": ledger,
        "rows": page[:PAGE],
        "more": f"?from={page[PAGE].place}" if len(page) > PAGE else None,
        "refusal": can_withdraw_import(ledger, by=request.user, today=request.today),
    }
    return render(request, "statistics/former_ledger.html", context)


def _withdrawn(request: HttpRequest, imported: FormerLedger | FormerTable) -> HttpResponse:
    try:
        withdraw_import(imported, reason=request.POST.get("reason", "")[:200], by=request.user, today=request.today)
        messages.success(request, "已撤销，不再计数")
    except Refused as refused:
        messages.error(request, str(refused.refusal))
    return redirect(imported)


# Whole tables --------------------------------------------------------------------------------------------------------


@_for_the_office
@require_http_methods(["GET", "POST"])
def import_tables(request: HttpRequest) -> HttpResponse:
    """A former year's printed tables: read, shown as the form prints them with what contradicts, then kept as printed."""
    agencies = _agencies()
    form = TableForm(request.POST or None, request.FILES or None, agencies=agencies, today=request.today)
    read: TableRead | None = None
    if request.method == "POST" and form.is_valid():
        read = _read(form)
        if read and request.POST.get("then") == "import":
            done = _table_taken_in(request, form, read)
            if done:
                return done
        form.shown_again()
    context: dict[str, Any] = {"section": "former", "form": form, "read": read}
    if read:
        context["tables"] = squares(read.form, read.values)
        context["doubtful"] = [(read.form.cell(cell), words) for cell, words in read.doubtful.items()]
        context["other_year"] = read.year not in (None, form.cleaned_data["year"])
    return render(request, "statistics/former_import_table.html", context, status=422 if form.errors else 200)


def _read(form: TableForm) -> TableRead | None:
    try:
        return read_tables(form.cleaned_data["table"], form.cleaned_data["year"])
    except Refused as refused:
        form.add_error("table", str(refused.refusal))
        return None


def _table_taken_in(request: HttpRequest, form: TableForm, read: TableRead) -> HttpResponse | None:
    given = form.cleaned_data
    if read.doubtful and not given["as_printed"].strip():
        form.add_error("as_printed", f"有 {len(read.doubtful)} 格自相矛盾或者没有读到，照原件入库须写明理由")
        return None
    scope = Scope(given["agency"], whole_region=given["scope"] == "region")
    try:
        if refusal := can_import_table(scope, given["year"], by=request.user, today=request.today):
            raise Refused(refusal)
        table = import_table(
            scope, given["year"], read.form, read.values,
            as_printed={cell: f"{given['as_printed']}（{words}）" for cell, words in read.doubtful.items()},
            file_name=given["source"], digest=hashlib.sha256(given["table"].encode()).hexdigest(),
            evidence=given["evidence"], by=request.user, today=request.today,
        )  # fmt: skip
    except Refused as refused:
        messages.error(request, str(refused.refusal))
        return None
    messages.success(request, f"{table}已导入")
    return redirect(table)


@_for_the_office
@require_http_methods(["GET", "POST"])
def former_table(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A former year's tables as they were printed; POST takes the import back."""
    table = get_object_or_404(FormerTable.objects.select_related("agency", "imported_by"), public_id=public_id)
    if request.method == "POST":
        return _withdrawn(request, table)
    form = form_of(table.edition)
    context = {
        "section": "former",
        "table": table,
        "tables": squares(form, table.values),
        "as_printed": [(form.cell(cell), reason) for cell, reason in table.as_printed.items()],
        "year_url": reverse("statistics:year", args=[table.year]) + ("?scope=region" if table.whole_region else ""),
        "refusal": can_withdraw_import(table, by=request.user, today=request.today),
    }
    return render(request, "statistics/former_table.html", context)
