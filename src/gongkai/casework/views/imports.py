"""导入台账 and 回填清单 on the desk: applications come in by list, and what happened is typed back."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.agencies.identifiers import public_id_in
from gongkai.casework import actions, ledger, masking
from gongkai.casework.actions.import_list import Listed, can_import_row
from gongkai.casework.closings import closing_of
from gongkai.casework.forms_import import ListForm, TypedFilterForm
from gongkai.casework.superior import entries_for, is_superior
from gongkai.casework.views import desk
from gongkai.documents.sheets import list_file
from gongkai_core.marks import find_mark
from gongkai_core.refusals import Refusal, Refused

SIZE = 50
MOST_EXPORTED = 5000
_DAYS = ("submitted_on", "signed_on", "confirmed_on")
_APPLICANT = (
    "name", "legal_representative", "contact_person", "phone", "email", "address", "postcode",
)  # fmt: skip
_LONGEST = {"info_desc": 5000, "subject": 100, "superior_number": 60, "name": 100, "postcode": 6}


@dataclass
class Precheck:
    """What the block holds: rows that can be entered, wrong ones with the reason, and some that are here already."""

    good: list[Listed] = field(default_factory=list)
    wrong: list[tuple[int, str, str]] = field(default_factory=list)
    known: int = 0
    waiting: int = 0
    """Of the good ones, those without a summary: they are received and wait to be registered."""
    closed: int = 0
    """Of the good ones, those that the ledger says are answered."""


@never_cache
@require_http_methods(["GET", "POST"])
def import_list(request: HttpRequest) -> HttpResponse:
    """A block pasted or a file: checked first, wrong rows in a table, then the others entered."""
    agencies = desk.registers_for(request)
    if not agencies.exists():
        raise Http404
    initial = {"agency": agencies.filter(pk=getattr(request.organ, "pk", None)).first()}
    form = ListForm(*desk.posted(request), agencies=agencies, initial=initial)
    checked: Precheck | None = None
    if request.method == "POST" and form.is_valid():
        block = ledger.read_block(form.cleaned_data["table"], columns=(), headed=True)
        if block.problem:
            form.add_error("table", block.problem)
        else:
            checked = _check(request, form.cleaned_data, block)
        if checked and request.POST.get("then") == "import" and checked.good:
            return _imported(request, form.cleaned_data["agency"], checked)
        # What was read from a file stands in the text area from now on: nothing has to be chosen again.
        form.data = form.data.copy()
        form.data["table"] = form.cleaned_data.get("table", form.data.get("table", ""))
    return desk.page(
        request, "import", ("导入台账", ""), section="case-import", form=form, checked=checked,
        superior=is_superior(), status=422 if form.errors or (checked and checked.wrong) else 200,
    )  # fmt: skip


def _check(request: HttpRequest, shared: dict[str, Any], block: ledger.Block) -> Precheck:
    found = Precheck()
    numbers: Counter[str] = Counter()
    alike: Counter[str] = Counter()
    for place, cells in block.rows:
        label = cells.get("superior_number") or f"第 {place} 行"
        try:
            row = _listed(place, cells, shared, alike)
            numbers[row.superior_number] += 1
            if row.superior_number and numbers[row.superior_number] > 1:
                raise Refused(Refusal("twice", "上级平台编号与前面一行相同"))
            tried = request.POST.get("then") != "import"
            refused = can_import_row(shared["agency"], row, by=request.user, today=request.today, tried=tried)
        except Refused as wrong:
            refused = wrong.refusal
        if refused and refused.code == "known":
            found.known += 1
        elif refused:
            found.wrong.append((place, label, str(refused)))
        else:
            found.good.append(row)
            found.closed += row.closing is not None
            found.waiting += row.closing is None and not row.subject
    return found


def _listed(place: int, cells: dict[str, str], shared: dict[str, Any], alike: Counter[str]) -> Listed:
    """One row as an application. Raises Refused for what can't be read; the row's own words are never repeated."""
    for name, text in cells.items():
        if name in ledger.HEADINGS and len(text) > _LONGEST.get(name, 200):
            raise Refused(Refusal("long", f"{ledger.HEADINGS[name][0]}太长，最多 {_LONGEST.get(name, 200)} 字"))
    if marked := find_mark("\n".join(cells.values()), to_be_open=False):
        raise Refused(marked)
    chosen = {name: ledger.choice_of(name, cells.get(name, "")) or shared[name] for name in ledger.WORDS}
    days = {name: ledger.day_of(cells.get(name, ""), ledger.HEADINGS[name][0]) for name in _DAYS}
    if days["submitted_on"] is None:
        raise Refused(Refusal("day", "没有收件日（申请日期）"))
    number = cells.get("id_number", "").upper()
    applicant = {name: cells.get(name, "") for name in _APPLICANT} | {
        "kind": chosen["kind"], "id_type": ledger.id_type_of(chosen["kind"], number), "id_number": number,
    }  # fmt: skip
    facts = {
        "applicant": applicant, "info_desc": cells.get("info_desc", ""), "channel": chosen["channel"],
        "provide_form": chosen["provide_form"], "provide_route": chosen["provide_route"],
        "superior_number": cells.get("superior_number", ""), **days,
    }  # fmt: skip
    return Listed(place, _key_of(cells, shared, alike), cells.get("subject", ""), facts, closing_of(cells))


def _key_of(cells: dict[str, str], shared: dict[str, Any], alike: Counter[str]) -> str:
    """What makes two rows one application: the superior's number; without one, the whole row and which of its like."""
    if number := cells.get("superior_number"):
        return f"superior:{number}"
    whole = hashlib.sha256(repr(sorted(cells.items())).encode()).hexdigest()
    alike[whole] += 1
    return f"ledger:{shared['agency'].public_id}:{whole}:{alike[whole]}"


def _imported(request: HttpRequest, agency: Any, checked: Precheck) -> HttpResponse:
    done = actions.import_list(agency, checked.good, by=request.user, today=request.today)
    messages.success(request, f"已导入 {len(done.received)} 件")
    if known := checked.known + len(done.known):
        messages.info(request, f"{known} 行以前已经导入，没有重复登记")
    rows = [(row.case, row.query_code, masking.masked_name(row.case.applicant)) for row in done.received]
    wrong = [*checked.wrong, *((place, f"第 {place} 行", str(refusal)) for place, refusal in done.failed)]
    return desk.page(
        request, "imported", ("导入完成", ""), section="case-import", rows=rows, wrong=sorted(wrong),
        superior=is_superior(),
    )  # fmt: skip


@never_cache
@require_http_methods(["GET", "POST"])
def type_back(request: HttpRequest) -> HttpResponse:
    """回填清单: what is still to be typed at the superior's platform, ticked when it is done."""
    if request.method == "POST":
        return _typed(request)
    form = TypedFilterForm(request.GET)
    typed = form.is_valid() and form.cleaned_data["state"] == "typed"
    found = entries_for(request.user, on=request.today).filter(typed_on__isnull=not typed)
    order, beyond = ("-public_id", "public_id__lt") if typed else ("public_id", "public_id__gt")
    if after := public_id_in(request.GET.get("after", "")):
        found = found.filter(**{beyond: after})
    rows = list(found.order_by(order)[: SIZE + 1])
    state = "typed" if typed else ""
    more = f"?state={state}&after={rows[SIZE - 1].public_id}" if len(rows) > SIZE else None
    return desk.page(
        request, "type_back", ("回填清单", ""), section="type-back", rows=rows[:SIZE], more=more, typed=typed,
        filters=TypedFilterForm({"state": state}),
    )  # fmt: skip


def _typed(request: HttpRequest) -> HttpResponse:
    keys = [key for text in request.POST.getlist("entry")[:SIZE] if (key := public_id_in(text))]
    entries = list(entries_for(request.user, on=request.today).filter(public_id__in=keys))
    try:
        if not entries:
            raise Refused(Refusal("none", "还没有勾选已经回填的事项"))
        count = actions.type_back(entries, by=request.user, today=request.today)
        messages.success(request, f"已记为回填 {count} 项")
    except Refused as refused:
        messages.error(request, str(refused.refusal))
    return redirect("casework:type_back")


@require_GET
def type_back_sheet(request: HttpRequest) -> HttpResponse:
    """The list of what is still to be typed back, as .xlsx."""
    waiting = entries_for(request.user, on=request.today).filter(typed_on=None).order_by("public_id")[:MOST_EXPORTED]
    rows = [(row.case.superior_number, row.case.number, row.agency.short_name, row.words, row.on) for row in waiting]
    heads = ("上级平台编号", "登记号", "机关", "回填内容", "日期")
    return list_file("回填清单", heads, rows, widths=(24, 26, 16, 60, 12))
