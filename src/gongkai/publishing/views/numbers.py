"""Numbers on the desk: rules of index numbers, secret documents by reference, 文号连续性."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from gongkai.agencies.models import Agency, LegalKind, Role
from gongkai.agencies.permissions import visible_agencies
from gongkai.documents.sheets import list_file
from gongkai.publishing import actions
from gongkai.publishing.docno_series import HEADS, WIDTHS, all_series, counts, explanations, series_of, sheet_rows
from gongkai.publishing.forms_metadata import NumberingForm, SecretReferenceForm, SeriesForm
from gongkai.publishing.models import Column, Item, Numbering, SecretReference
from gongkai.publishing.numbers import DEFAULT, preview, rule_for
from gongkai.publishing.views.desk import page, tried
from gongkai.publishing.views.paging import page_by_key
from gongkai_core.docnos import Docno, Line, parse
from gongkai_core.index_numbers import RESETS
from gongkai_core.refusals import Refused


def numbering(request: HttpRequest) -> HttpResponse:
    """索引号规则: the installation's and the organs' own; POST previews, and with `save` sets."""
    if actions.can_set_numbering(by=request.user, today=request.today):
        raise Http404
    form = NumberingForm(request.POST or None, initial={"pattern": DEFAULT.pattern, "reset": DEFAULT.reset})
    shown: list[tuple[Agency, list[str]]] = []
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if "save" in request.POST:
            who: dict[str, Any] = {"by": request.user, "today": request.today}
            if tried(
                request,
                lambda: actions.set_numbering(given["agency"], pattern=given["pattern"], reset=given["reset"], **who),
                "索引号规则已设置；已给出的索引号不变。",
            ):
                return redirect("publishing:desk_numbering")
        shown = _previews(form, request.today)
    own = Numbering.objects.exclude(agency=None).select_related("agency").order_by("agency__path")
    return page(
        request, "numbering", ("索引号规则", ""), section="numbering", form=form, own=own, common=rule_for(None),
        reset_words=RESETS[rule_for(None).reset], shown=shown,
    )  # fmt: skip


def _previews(form: NumberingForm, today: date) -> list[tuple[Agency, list[str]]]:
    given = form.cleaned_data
    column = Column.objects.filter(code="A20_01").first()
    organs = [given["agency"]] if given["agency"] else list(form.fields["agency"].queryset[:3])
    catalogue = column.code if column else "A2001"
    return [(organ, preview(given["rule"], organ, catalogue=catalogue, on=today)) for organ in organs]


@require_POST
def drop_numbering(request: HttpRequest, public_id: UUID) -> HttpResponse:
    if actions.can_set_numbering(by=request.user, today=request.today):
        raise Http404
    agency = get_object_or_404(Agency, public_id=public_id)
    tried(
        request,
        lambda: actions.drop_numbering(agency, by=request.user, today=request.today),
        f"{agency.short_name}改用全县的规则。",
    )
    return redirect("publishing:desk_numbering")


def _secret_agencies(request: HttpRequest) -> Any:
    """The organs whose secret documents this person may enter; none: the page doesn't exist."""
    organs = visible_agencies(request.user, on=request.today).exclude(legal_kind=LegalKind.VILLAGE)
    if not request.user.holds(Role.DISCLOSURE_OFFICE, on=request.today):
        posts = request.user.posts_on(request.today)
        organs = organs.filter(pk__in={post.agency_id for post in posts if post.role == Role.SECRECY_REVIEWER})
    return organs.order_by("path")


def secret_references(request: HttpRequest) -> HttpResponse:
    """涉密文件引用: by reference only; for the secrecy reviewers and the disclosure office."""
    organs = _secret_agencies(request)
    if not organs.exists():
        raise Http404
    form = SecretReferenceForm(organs, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        agency = given.pop("agency")
        try:
            actions.keep_secret_reference(agency, by=request.user, today=request.today, **given)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已登记引用。")
            return redirect(request.path)
    found = SecretReference.objects.filter(agency__in=organs).select_related("agency", "entered_by")
    rows, newer, older = page_by_key(found, request)
    return page(
        request, "secret_references", ("涉密文件引用", ""), section="secret-references", form=form, rows=rows,
        newer=newer, older=older,
    )  # fmt: skip


@require_POST
def strike_out_reference(request: HttpRequest, public_id: UUID) -> HttpResponse:
    found = SecretReference.objects.filter(agency__in=_secret_agencies(request)).select_related("agency")
    row = get_object_or_404(found, public_id=public_id)
    reason = request.POST.get("reason", "")
    tried(
        request,
        lambda: actions.strike_out_reference(row, reason=reason, by=request.user, today=request.today),
        "已划去，记录保留。",
    )
    return redirect("publishing:desk_secret_references")


def _organ(request: HttpRequest) -> tuple[SeriesForm, Agency]:
    organs = visible_agencies(request.user, on=request.today).exclude(legal_kind=LegalKind.VILLAGE).order_by("path")
    form = SeriesForm(organs, request.GET or None, today=request.today)
    chosen = form.cleaned_data.get("agency") if form.is_bound and form.is_valid() else None
    if form.is_bound and request.GET.get("agency") and chosen is None:
        raise Http404
    organ = chosen or (request.organ if request.organ in organs else organs.first())
    if organ is None:
        raise Http404
    return form, organ


def docnos(request: HttpRequest) -> HttpResponse:
    """文号连续性 of one organ: each series, its numbers in order, gaps first told and then explained by a person."""
    form, organ = _organ(request)
    given = form.cleaned_data if form.is_bound and form.is_valid() else {}
    years = [(prefix, year) for prefix, year in all_series(organ) if given.get("year") in (None, year)]
    reasons = explanations(organ)
    series = [_series(organ, prefix, year, {str(docno): text for docno, text in reasons.items()}) for prefix, year in years[:6]]  # fmt: skip
    if not form.is_bound:
        form.initial["agency"] = organ
    return page(
        request, "docnos", ("文号连续性", ""), section="docnos", form=form, organ=organ, series=series,
        more=len(years) > 6, refusal=actions.can_explain_gap(organ, by=request.user, today=request.today),
    )  # fmt: skip


def _series(organ: Agency, prefix: str, year: int, reasons: dict[str, str]) -> dict[str, Any]:
    lines = series_of(organ, prefix, year)
    keys = [key for line in lines for key in line.items]
    titles = dict(Item.objects.filter(agency=organ, isolated_at=None, public_id__in=[k for k in keys if ":" not in k]).values_list("public_id", "title"))  # fmt: skip
    by_key = {str(key): title for key, title in titles.items()}
    ends = _ends_of_gaps(lines)
    rows = [_row(line, by_key, reasons) | {"until": ends.get(line.docno)} for line in lines]
    return {"name": f"{prefix}〔{year}〕", "counts": counts(lines), "rows": rows}


def _ends_of_gaps(lines: list[Line]) -> dict[Docno, int]:
    """Where several numbers in a row are missing: the first of them, and the serial of the last."""
    ends: dict[Docno, int] = {}
    first: Docno | None = None
    for line in lines:
        if line.standing != "gap":
            first = None
        elif first is None:
            first = line.docno
        else:
            ends[first] = line.docno.serial
    return ends


def _row(line: Line, titles: dict[str, str], reasons: dict[str, str]) -> dict[str, Any]:
    items = [(key, titles[key]) for key in line.items if key in titles]
    return {"line": line, "items": items, "reason": reasons.get(str(line.docno), "")}


@require_POST
def explain_gap(request: HttpRequest) -> HttpResponse:
    organs = visible_agencies(request.user, on=request.today)
    try:
        organ = get_object_or_404(organs, public_id=UUID(request.POST.get("agency", "")))
    except ValueError:
        raise Http404 from None
    docno = parse(request.POST.get("docno", ""))
    if docno is None:
        raise Http404
    reason, until = request.POST.get("reason", ""), request.POST.get("until", "")
    last = int(until) if until.isdecimal() and len(until) < 7 else None
    tried(
        request,
        lambda: actions.explain_gap(organ, docno, reason=reason, until=last, by=request.user, today=request.today),
        f"{docno}{f'至{last}号' if last else ''} 的缺号原因已记下。",
    )
    return redirect(f"{request.path.removesuffix('explain/')}?agency={organ.public_id}&year={docno.year}")


def docnos_sheet(request: HttpRequest) -> HttpResponse:
    """The same as .xlsx, all years or the one asked for."""
    form, organ = _organ(request)
    given = form.cleaned_data if form.is_bound and form.is_valid() else {}
    series = [(prefix, year) for prefix, year in all_series(organ) if given.get("year") in (None, year)]
    return list_file(f"{organ.short_name}文号连续性", HEADS, sheet_rows(organ, series), widths=WIDTHS)
