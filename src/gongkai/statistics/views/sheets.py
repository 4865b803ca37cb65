"""填报表: one page on which an organ fills in, has signed and sends up, and the office enters, returns, accepts, locks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.documents import blobs, pdf
from gongkai.documents.intake import keep
from gongkai.statistics import actions, procedure, rounds, sheets
from gongkai.statistics.compilation import Compilation
from gongkai.statistics.forms import field_name
from gongkai.statistics.forms_round import (
    PaperNamesForm,
    ReasonForm,
    ReturnForm,
    ScanForm,
    SheetForm,
    SignersForm,
    TelephoneForm,
)
from gongkai.statistics.models import FilingSheet
from gongkai.statistics.paper import paper_of
from gongkai.statistics.views.addresses import query_of, scope_note, shown, tables_of
from gongkai_core.refusals import Refusal, Refused
from gongkai_core.returns import form_for

_TEMPLATE = Path(__file__).parent.parent / "typst" / "sheet.typ"
SAID = {
    "fill": "已保存，勾稽结果在旁边；填齐后送签。",
    "zero": "已按零报告填 0；核对台账数后写三个姓名送签。",
    "paper": "已送签。请打印、签字、盖章，再把扫描件传回来。",
    "login": "已送签。审核人、单位负责人会收到消息，登录确认后自动上报。",
    "take_back": "已撤回，可以修改。",
    "scan": "已收到盖章件，并已上报。",
    "telephone": "已代填，并标明“代填”。",
    "return": "已退回，单位会收到消息。",
    "accept": "已接收。",
    "lock": "已锁定；除非退回，不能再报。",
}


def found(request: HttpRequest, public_id: UUID) -> FilingSheet:
    """The sheet, where it exists for this person."""
    rows = FilingSheet.objects.for_user(request.user, on=request.today)
    return get_object_or_404(rows.select_related("agency", "round", "scan", "filled_by"), public_id=public_id)


@never_cache
@require_http_methods(["GET", "POST"])
def sheet(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Everything of one sheet; POST does the act that its button names."""
    row = found(request, public_id)
    if request.method == "GET":
        return _page(request, row, {})
    name = request.POST.get("act", "")
    if name not in ACTS:
        raise Http404
    make, do = ACTS[name]
    form = make(request, row) if make else None
    if form is not None and not form.is_valid():
        return _page(request, row, {name: form})
    try:
        row = do(request, row, form)
    except Refused as refused:
        if form is None:
            messages.error(request, str(refused))
            return redirect(row)
        form.add_error(None, str(refused))
        return _page(request, row, {name: form})
    messages.success(request, SAID.get(name) or _signed(row))
    return redirect(row)


def _signed(row: FilingSheet) -> str:
    return "已签名，三人签齐，已上报。" if row.filed_now else "已签名，等单位负责人确认。"


def _by(request: HttpRequest) -> dict[str, Any]:
    return {"by": request.user, "today": request.today}


Made = Callable[[HttpRequest, FilingSheet], Any]
Done = Callable[[HttpRequest, FilingSheet, Any], FilingSheet]


def _sheet_form(request: HttpRequest, row: FilingSheet) -> SheetForm:
    return SheetForm(request.POST, cells=sheets.cells_of(row))


def _telephone_form(request: HttpRequest, row: FilingSheet) -> TelephoneForm:
    return TelephoneForm(request.POST, cells=sheets.cells_of(row))


def _signers_form(request: HttpRequest, row: FilingSheet) -> SignersForm:
    return SignersForm(request.POST, agency=row.agency, filler=request.user, today=request.today)


def _return_form(request: HttpRequest, row: FilingSheet) -> ReturnForm:
    return ReturnForm(request.POST, cells=sheets.cells_of(row), form=form_for(row.year))


def _fill(request: HttpRequest, row: FilingSheet, form: SheetForm) -> FilingSheet:
    data = form.cleaned_data
    return actions.fill_sheet(row, form.figures(), evidence=data["evidence"], remarks=data["remarks"], **_by(request))


def _telephone(request: HttpRequest, row: FilingSheet, form: TelephoneForm) -> FilingSheet:
    said = {name: form.cleaned_data[name] for name in ("evidence", "remarks", "told_by", "told_on")}
    return actions.enter_by_telephone(row, form.figures(), **said, **_by(request))


def _scan(request: HttpRequest, row: FilingSheet, form: ScanForm) -> FilingSheet:
    procedure.allow(actions.can_scan_back(row, **_by(request)))
    return actions.scan_back(row, scan=keep(form.cleaned_data["scan"]), **_by(request))


def _return(request: HttpRequest, row: FilingSheet, form: ReturnForm) -> FilingSheet:
    return actions.return_sheet(row, reason=form.cleaned_data["reason"], marks=form.marks(), **_by(request))


ACTS: Mapping[str, tuple[Made | None, Done]] = {
    "fill": (_sheet_form, _fill),
    "zero": (None, lambda request, row, form: actions.zero_report(row, **_by(request))),
    "paper": (
        lambda request, row: PaperNamesForm(request.POST),
        lambda request, row, form: actions.hand_to_sign(row, names=form.names(), **_by(request)),
    ),
    "login": (
        _signers_form,
        lambda request, row, form: actions.hand_to_sign(row, **form.cleaned_data, **_by(request)),
    ),
    "sign": (None, lambda request, row, form: actions.sign_sheet(row, **_by(request))),
    "take_back": (
        lambda request, row: ReasonForm(request.POST),
        lambda request, row, form: actions.take_back(row, reason=form.cleaned_data["reason"], **_by(request)),
    ),
    "scan": (lambda request, row: ScanForm(request.POST, request.FILES), _scan),
    "telephone": (_telephone_form, _telephone),
    "return": (_return_form, _return),
    "accept": (None, lambda request, row, form: actions.accept_sheet(row, **_by(request))),
    "lock": (None, lambda request, row, form: actions.lock_sheet(row, **_by(request))),
}


def _page(request: HttpRequest, row: FilingSheet, typed: Mapping[str, forms.Form]) -> HttpResponse:
    compilation = sheets.compiled(row)
    report, refusals = sheets.judged(row, compilation), _refusals(request, row)
    context = {
        "section": "filing",
        "sheet": row,
        "year": row.year,
        "query": query_of(request, row.scope, row.period),
        "scope_note": scope_note(row.scope),
        "tables": tables_of(compilation, report),
        "report": report,
        "shown": shown(
            compilation, report.findings, () if refusals["fill"] else [one.id for one in sheets.cells_of(row)]
        ),
        "figures": _figures(row, compilation),
        "nothing": _nothing_happened(compilation),
        "moved": sheets.moved_since(row),
        "signatures": list(row.signatures.select_related("signed_by").order_by("pk")),
        "marks": _marks(row),
        "days_left": rounds.days_left(row, request.today),
        "days_late": rounds.days_late(row, request.today),
        "today": request.today,
        "refusals": refusals,
        "forms": _forms(request, row, typed),
        "office": "office" in procedure.roles_of(row, request.user, today=request.today),
    }
    return render(request, "statistics/sheet.html", context)


def _figures(row: FilingSheet, compilation: Compilation) -> list[dict[str, Any]]:
    """The cells asked for: what is filled in, last year's, and what the office marked."""
    marks = {mark.cell: mark.reason for mark in row.marks.filter(done_on=None)}
    before = compilation.previous.figures if compilation.previous else {}
    return [
        {
            "cell": cell, "value": compilation.cells[cell.id].value, "before": before.get(cell.id),
            "mark": marks.get(cell.id, ""),
        }
        for cell in sheets.cells_of(row)
    ]  # fmt: skip


def _nothing_happened(compilation: Compilation) -> bool:
    """Whether the ledger itself counted nothing in the period."""
    return not any(cell.value for cell in compilation.cells.values() if cell.origin in ("computed", "corrected"))


def _marks(row: FilingSheet) -> list[dict[str, Any]]:
    by_id = form_for(row.year).by_id
    asked = {cell.id for cell in sheets.cells_of(row)}
    return [
        {
            "label": by_id[mark.cell].label, "mark": mark,
            "place": f"id_fill_{field_name(mark.cell)}" if mark.cell in asked else mark.cell,
        }
        for mark in row.marks.all()
    ]  # fmt: skip


def _refusals(request: HttpRequest, row: FilingSheet) -> dict[str, Refusal | None]:
    """For each button the refusal its action would raise."""
    can = {
        "fill": actions.can_fill_sheet,
        "zero": actions.can_zero_report,
        "hand": actions.can_hand_to_sign,
        "sign": actions.can_sign_sheet,
        "take_back": actions.can_take_back,
        "scan": actions.can_scan_back,
        "telephone": actions.can_enter_by_telephone,
        "return": actions.can_return_sheet,
        "accept": actions.can_accept_sheet,
        "lock": actions.can_lock_sheet,
    }
    return {name: ask(row, **_by(request)) for name, ask in can.items()}


def _forms(request: HttpRequest, row: FilingSheet, typed: Mapping[str, forms.Form]) -> dict[str, forms.Form]:
    """Every form of the page, the one that was sent with what was typed; a mark of the office beside its field."""
    cells = sheets.cells_of(row)
    made: dict[str, forms.Form] = {
        "fill": SheetForm(cells=cells, initial=SheetForm.initial_of(row)),
        "telephone": TelephoneForm(
            cells=cells, initial=SheetForm.initial_of(row) | {"told_on": request.today}, prefix=None
        ),
        "paper": PaperNamesForm(initial={"filler": request.user.name}),
        "login": SignersForm(agency=row.agency, filler=request.user, today=request.today),
        "take_back": ReasonForm(),
        "scan": ScanForm(),
        "return": ReturnForm(cells=cells, form=form_for(row.year)),
        **typed,
    }
    for name, form in made.items():
        form.auto_id = f"id_{name}_%s"
    for mark in row.marks.filter(done_on=None):
        for name in ("fill", "telephone"):
            if field_name(mark.cell) in made[name].fields:
                made[name].fields[field_name(mark.cell)].help_text = f"退回：{mark.reason}"
    return made


@never_cache
@require_safe
def sheet_paper(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The sheet as PDF, to be signed by three and stamped."""
    row = found(request, public_id)
    try:
        if row.state in sheets.DRAFTED:
            raise Refused(Refusal("not_signed", "送签以后才打印，打印的数和上报的数才一致", "条例第五十条"))
        data = pdf.typeset(_TEMPLATE, paper_of(row))
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(row)
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(False, f"{row}.pdf") or ""
    return response


@never_cache
@require_safe
def sheet_scan(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The scan of the stamped paper."""
    row = found(request, public_id)
    if row.scan is None:
        raise Http404
    response = HttpResponse(blobs.read(row.scan), content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, row.scan.name) or ""
    return response


@require_safe
def own_sheets(request: HttpRequest) -> HttpResponse:
    """填报: the sheets of the organ one works in, newest first; without one, the year's plain form."""
    if request.organ is None:
        raise Http404
    rows = FilingSheet.objects.for_user(request.user, on=request.today).filter(agency=request.organ)
    found = list(rows.select_related("round", "agency").order_by("-pk")[:MOST_SHOWN])
    if not found:
        return redirect("statistics:filing", request.today.year)
    context = {
        "section": "filing",
        "rows": [(row, rounds.days_left(row, request.today), rounds.days_late(row, request.today)) for row in found],
        "plain": reverse("statistics:filing", args=[request.today.year]),
        "today": request.today,
    }
    return render(request, "statistics/own_sheets.html", context)


MOST_SHOWN = 60
"""Sheets of an organ: five years of months."""
