"""The registers on the desk: rows of one, one row with its history, who answers on three levels, what all of them give."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.agencies.identifiers import public_id_in
from gongkai.agencies.ledger import Period, Scope
from gongkai.agencies.models import Installation
from gongkai.agencies.permissions import is_disclosure_office, visible_agencies
from gongkai.documents.blobs import read
from gongkai.documents.models import Blob
from gongkai.documents.sheets import list_file
from gongkai.registers import history, summary
from gongkai.registers.actions import (
    can_end,
    can_enter,
    can_replace,
    can_strike_out,
    end,
    enter,
    replace_row,
    strike_out,
)
from gongkai.registers.forms import FORMS, EndForm, EntryForm, ReasonForm
from gongkai.registers.models import REGISTERS, Level, RegisterEntry, ResponsiblePerson, StandingEntry, WorkRule
from gongkai_core.refusals import Refused

PAGE = 100
MOST_EXPORTED = 5000


def find_register(name: str) -> type[RegisterEntry]:
    """The register of an address, or 404."""
    if name not in REGISTERS:
        raise Http404
    return REGISTERS[name]


def frame(name: str) -> dict[str, Any]:
    """What every page of a register shows around its content."""
    model = REGISTERS[name]
    return {
        "section": "registers",
        "name": name,
        "register": model._meta.verbose_name,
        "registers": [(key, one._meta.verbose_name) for key, one in REGISTERS.items()],
        "feeds": model.FEEDS,
    }


def posted(request: HttpRequest) -> tuple[Any, Any]:
    """What a form is bound to: nothing on GET."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _rows(request: HttpRequest, name: str) -> Any:
    """The rows a person sees, those of one year where a year is asked for."""
    model = find_register(name)
    rows = model.objects.for_user(request.user, on=request.today).select_related("agency", *model.RELATED)
    year = request.GET.get("year", "")
    if year.isdecimal() and len(year) == 4 and int(year):
        period = Period.of_year(int(year))
        rows = rows.standing_in(period) if issubclass(model, StandingEntry) else rows.within(period)
    return rows


def register(request: HttpRequest, name: str = "training") -> HttpResponse:
    """One register's rows, newest first, and the form for one more."""
    model = find_register(name)
    if request.organ is None:
        raise Http404
    beforehand = {key: request.GET[key] for key in ("rule", "place") if key in request.GET}
    form = FORMS[name](*posted(request), agency=request.organ, initial=beforehand)
    if request.method == "POST" and form.is_valid() and (row := _entered(request, model, form)):
        messages.success(request, f"已登记：{row.title}")
        return redirect("registers:register", name)
    rows = _rows(request, name)
    if before := request.GET.get("before", ""):
        last = get_object_or_404(rows, public_id=public_id_in(before))
        rows = rows.filter(held_on__lte=last.held_on).exclude(held_on=last.held_on, pk__gte=last.pk)
    page = list(rows[:PAGE])
    query = request.GET.copy()
    query["before"] = str(page[-1].public_id) if page else ""
    context = frame(name) | {
        "rows": page,
        "standing": issubclass(model, StandingEntry),
        "years": range(request.today.year, request.today.year - 4, -1),
        "year": request.GET.get("year", ""),
        "older": f"?{query.urlencode()}" if len(page) == PAGE else None,
        "form": form,
        "refusal": can_enter(request.organ, by=request.user, today=request.today),
    }
    return render(request, "registers/register.html", context, status=422 if form.errors else 200)


def _entered(request: HttpRequest, model: type[RegisterEntry], form: EntryForm) -> RegisterEntry | None:
    """The new row; a refusal stays on the form with what was typed."""
    try:
        if refusal := can_enter(form.agency, by=request.user, today=request.today):
            raise Refused(refusal)
        with transaction.atomic():  # a file of a row that is refused is not kept either
            return enter(model, form.agency, by=request.user, today=request.today, **form.facts())
    except Refused as refused:
        form.add_error(None, str(refused))
        return None


def _row(request: HttpRequest, name: str, public_id: UUID) -> RegisterEntry:
    people = ("agency", "entered_by", "struck_out_by", "replaces", "replacement")
    model = find_register(name)
    rows = model.objects.for_user(request.user, on=request.today).select_related(*people, *model.RELATED)
    return get_object_or_404(rows, public_id=public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: HttpRequest, name: str, public_id: UUID) -> HttpResponse:
    """One row with its history; POST strikes it out, or writes the last day of one that stands."""
    row, who = _row(request, name, public_id), {"by": request.user, "today": request.today}
    ending = request.POST.get("then") == "end"
    form = EndForm(request.POST if ending else None)
    reason = ReasonForm(request.POST if request.method == "POST" and not ending else None)
    if request.method == "POST":
        try:
            if ending and isinstance(row, StandingEntry) and form.is_valid():
                end(row, on=form.cleaned_data["on"], **who)
                messages.success(request, f"已登记{row.ENDING}")
                return redirect(row)
            if not ending and reason.is_valid():
                strike_out(row, reason=reason.cleaned_data["reason"], **who)
                messages.success(request, "已划去")
                return redirect(row)
        except Refused as refused:
            messages.error(request, str(refused))
    context = frame(name) | {
        "row": row,
        "facts": _facts(row),
        "history": history.of_row(row),
        "file": getattr(row, "file", None),
        "reason": reason,
        "refusal": can_strike_out(row, **who),
        "replace_refusal": can_replace(row, **who),
        "end_form": form if isinstance(row, StandingEntry) and not row.ended_on and not row.struck_out else None,
        "end_refusal": can_end(row, **who) if isinstance(row, StandingEntry) else None,
        "revisions": row.revisions() if isinstance(row, WorkRule) else None,
        "state": row.standing_on(request.today) if isinstance(row, WorkRule) else "",
    }
    return render(request, "registers/entry.html", context, status=422 if form.errors or reason.errors else 200)


def _facts(row: RegisterEntry) -> list[tuple[str, Any]]:
    days = [(str(row._meta.get_field("held_on").verbose_name), row.held_on)]
    if isinstance(row, StandingEntry):
        days.append(("止", row.ended_on or "至今"))
    return [("单位", row.agency.name), *days, *row.counts, *row.details, ("备注", row.note)]


@require_http_methods(["GET", "HEAD", "POST"])
def replace(request: HttpRequest, name: str, public_id: UUID) -> HttpResponse:
    """改登: the row's facts to be put right, and why; the wrong row is struck out in the same act."""
    row, who = _row(request, name, public_id), {"by": request.user, "today": request.today}
    if refusal := can_replace(row, **who):
        messages.error(request, str(refusal))
        return redirect(row)
    initial = {"month": row.held_on} | {key: value.public_id for key, value in _named(row).items()}
    form = FORMS[name](*posted(request), agency=row.agency, initial=_initial(row, name) | initial)
    reason = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and reason.is_valid():
        try:
            with transaction.atomic():
                new = replace_row(row, reason=reason.cleaned_data["reason"], **who, **form.facts())
            messages.success(request, "已改登，原来的一行已划去")
            return redirect(new)
        except Refused as refused:
            form.add_error(None, str(refused))
    context = frame(name) | {"row": row, "form": form, "reason": reason}
    return render(request, "registers/replace.html", context, status=422 if form.errors or reason.errors else 200)


def _initial(row: RegisterEntry, name: str) -> dict[str, Any]:
    return {field: getattr(row, field) for field in FORMS[name].Meta.fields}


def _named(row: RegisterEntry) -> dict[str, RegisterEntry]:
    return {key: getattr(row, key) for key in ("place", "rule") if hasattr(row, key)}


@require_safe
def entry_file(request: HttpRequest, name: str, public_id: UUID) -> HttpResponse:
    """The text of a working rule or of its revision."""
    blob = getattr(_row(request, name, public_id), "file", None)
    if blob is None:
        raise Http404
    return saved_file(blob)


def saved_file(blob: Blob) -> HttpResponse:
    """A kept file, to be saved and never shown."""
    response = HttpResponse(read(blob), content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, blob.name) or ""
    return response


@require_safe
def export(request: HttpRequest, name: str) -> HttpResponse:
    """The register as .xlsx under the headings that a pasted block may have; rows struck out are named so."""
    if request.organ is None:
        raise Http404
    rows = list(_rows(request, name)[:MOST_EXPORTED])
    heads, lines = summary.sheet_of(FORMS[name], rows, request.organ)
    return list_file(f"{REGISTERS[name]._meta.verbose_name}台账", heads, lines)


@require_safe
def three_levels(request: HttpRequest) -> HttpResponse:
    """三级责任人一览: each organ with the three who answer, and who is missing."""
    organs = visible_agencies(request.user, on=request.today).existing(request.today)
    if is_disclosure_office(request.user, on=request.today):
        organs = organs.rolled_up(request.today)
    people = ResponsiblePerson.objects.counted().standing(request.today).filter(agency__in=organs)
    held: dict[tuple[int, str], list[ResponsiblePerson]] = {}
    for person in people.order_by("held_on", "pk"):
        held.setdefault((person.agency_id, person.level), []).append(person)
    rows = [(organ, [(level.label, held.get((organ.pk, level), [])) for level in Level]) for organ in organs]
    lacking = [organ for organ, levels in rows if not all(found for _, found in levels)]
    context = {"section": "three-levels", "rows": rows, "lacking": lacking, "levels": [level.label for level in Level]}
    return render(request, "registers/three_levels.html", context)


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """台账汇总: what the registers of a year give, for the organ or the whole region, and where each number goes."""
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 and int(asked) >= 2014 else request.today.year
    scope = _scope(request)
    context = {
        "section": "registers-overview",
        "year": year,
        "years": range(request.today.year, request.today.year - 4, -1),
        "scope": scope,
        "rows": summary.of_year(Period.of_year(year), scope),
        "supplied": summary.supplied_lines(Period.of_year(year), scope),
        "may_region": is_disclosure_office(request.user, on=request.today),
    }
    return render(request, "registers/overview.html", context)


def _scope(request: HttpRequest) -> Scope:
    """The organ one works in; the whole region for the disclosure office."""
    if request.GET.get("scope") == "region":
        installation = Installation.current()
        if installation is None or not is_disclosure_office(request.user, on=request.today):
            raise Http404
        return Scope(installation.government, whole_region=True)
    if request.organ is None or not any(
        post.agency_id == request.organ.pk for post in request.user.business_posts_on(request.today)
    ):
        raise Http404
    return Scope(request.organ, whole_region=False)
