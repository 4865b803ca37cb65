"""公开义务 on the desk: the list, and one with its evidence folder, statement and reminders."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from gongkai.agencies.calendar import office_calendar
from gongkai.agencies.permissions import visible_agencies
from gongkai.documents.blobs import read
from gongkai.documents.intake import PAPERS, keep, take_upload
from gongkai.documents.sheets import list_file
from gongkai.publishing import actions
from gongkai.publishing.forms_catalogue import EvidenceForm, ObligationsForm, StatementForm
from gongkai.publishing.models import Evidence, NoMatterStatement, Obligation
from gongkai.publishing.obligations import serving, standing_of
from gongkai.publishing.querysets import ObligationQuerySet, seen
from gongkai.publishing.views.board import HERE
from gongkai.publishing.views.desk import page, tried
from gongkai.publishing.views.paging import page_by_key
from gongkai_core.refusals import Refused

LIST = ("公开义务", "/desk/publishing/obligations/")
HEADS = ("事项", "单位", "期间", "起", "期限", "情况", "条数", "首次公开")
WIDTHS = (50, 18, 16, 12, 12, 18, 8, 12)
MOST = 20_000
ITEMS = 20


@require_safe
def obligations(request: HttpRequest) -> HttpResponse:
    form = ObligationsForm(visible_agencies(request.user, on=request.today), request.today, request.GET or None)
    found = Obligation.objects.for_user(request.user, on=request.today).with_statements()
    given = form.cleaned_data if form.is_bound and form.is_valid() else {}
    found = _filtered(found, given, request)
    found = found.select_related("entry__column", "entry__catalogue", "agency")
    if request.GET.get("format") == "xlsx":
        rows = [_cells(request, row) for row in found.order_by("due_on", "pk")[:MOST]]
        return list_file("公开义务", HEADS, rows, widths=WIDTHS)
    rows, newer, older = page_by_key(found, request, order="due_on")
    calendar = office_calendar()
    standings = [(row, standing_of(row, today=request.today, calendar=calendar)) for row in rows]
    return page(
        request, "obligations", HERE, (LIST[0], ""), section="board", form=form, rows=standings, newer=newer,
        older=older, today=request.today,
    )  # fmt: skip


def _filtered(found: ObligationQuerySet, given: dict[str, Any], request: HttpRequest) -> ObligationQuerySet:
    found = found.filter(year=given.get("year") or request.today.year)
    found = found.filter(agency=given["agency"]) if given.get("agency") else found
    found = found.filter(entry__column=given["column"]) if given.get("column") else found
    found = found.filter(entry__catalogue__field_code=given["field"]) if given.get("field") else found
    opened, today = found.filter(opens_on__lte=request.today), request.today
    unmet = opened.filter(served_on=None, stated=False)
    return {
        "unmet": unmet,
        "overdue": unmet.filter(due_on__lt=today),
        "pending": unmet.filter(due_on__gte=today),
        "late": found.filter(served_on__gt=F("due_on")),
        "served": found.filter(served_on__isnull=False),
        "stated": found.filter(served_on=None, stated=True),
    }.get(given.get("state", ""), found)


def _cells(request: HttpRequest, row: Obligation) -> tuple[object, ...]:
    standing = standing_of(row, today=request.today, calendar=office_calendar())
    return (
        str(row.entry), row.agency.short_name, row.period_words, row.opens_on, row.due_on, standing.words, row.items,
        row.served_on,
    )  # fmt: skip


def find_obligation(request: HttpRequest, public_id: UUID) -> Obligation:
    found = Obligation.objects.for_user(request.user, on=request.today).with_statements()
    return get_object_or_404(found.select_related("entry__column", "entry__catalogue", "agency"), public_id=public_id)


def obligation(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One obligation: where it stands, what serves it, its folder; POST states, takes back or adds evidence."""
    row = find_obligation(request, public_id)
    statement = NoMatterStatement.objects.filter(
        entry=row.entry, agency=row.agency, year=row.year, withdrawn_on=None
    ).first()
    verb = request.POST.get("verb", "")
    stating = StatementForm(request.POST if verb == "state" else None)
    folder = EvidenceForm(row.agency, *((request.POST, request.FILES) if verb == "evidence" else (None, None)))
    acts: dict[str, Callable[[], bool]] = {
        "state": lambda: stating.is_valid() and _state(request, row, stating),
        "withdraw": lambda: statement is not None and _take_back(request, statement),
        "evidence": lambda: folder.is_valid() and _add(request, row, folder),
    }
    if verb in acts and acts[verb]():
        return redirect("publishing:desk_obligation", public_id)
    who = {"by": request.user, "today": request.today}
    items = serving(row).select_related("agency").order_by("-first_published_at", "-pk")[: ITEMS + 1]
    return page(
        request,
        "obligation",
        HERE,
        (str(row.entry), ""),
        section="board",
        row=row,
        standing=standing_of(row, today=request.today, calendar=office_calendar()),
        facts=_facts(row),
        statement=statement,
        taking_back=actions.can_withdraw_statement(statement, **who) if statement else None,
        stating=stating,
        state_refusal=actions.can_state_no_matter(row.entry, row.agency, year=row.year, **who),
        folder=folder,
        folder_refusal=actions.can_add_evidence(row, **who),
        evidence=row.evidence.filter(seen()).select_related("item", "blob", "added_by"),
        items=items[:ITEMS],
        more=len(items) > ITEMS,
        reminders=row.reminders.select_related("by", "order"),
        today=request.today,
    )


def _facts(row: Obligation) -> list[tuple[str, Any]]:
    entry = row.entry
    facts: list[tuple[str, Any]] = [("单位", row.agency.name), ("栏目", entry.column.name)]
    if entry.catalogue:
        facts += [
            ("标准目录", str(entry.catalogue)),
            ("公开内容（要素）", entry.content),
            ("公开时限", entry.term_text),
        ]
    return [
        *facts,
        ("依据", entry.ground),
        ("频次", entry.when_words),
        ("期间", f"{row.period_words}（{row.opens_on} 至 {row.closes_on}）"),
        ("期限", row.due_on),
        ("条数", row.items),
        ("首次公开", row.served_on or "尚未公开"),
    ]


def _state(request: HttpRequest, row: Obligation, form: StatementForm) -> bool:
    return tried(
        request,
        lambda: actions.state_no_matter(
            row.entry, row.agency, year=row.year, by=request.user, today=request.today, **form.cleaned_data
        ),
        f"已说明：{row.year}年度无此类事项。说明登在公开栏目里，年底失效。",
    )


def _take_back(request: HttpRequest, statement: NoMatterStatement) -> bool:
    return tried(
        request,
        lambda: actions.withdraw_statement(statement, by=request.user, today=request.today),
        "已撤销说明。",
    )


def _add(request: HttpRequest, row: Obligation, form: EvidenceForm) -> bool:
    """A refusal stays on the form with what was typed."""
    given = dict(form.cleaned_data)
    file = given.pop("file")
    try:
        if refusal := actions.can_add_evidence(row, by=request.user, today=request.today):
            raise Refused(refusal)
        blob = keep(take_upload(file, PAPERS)) if file else None
        actions.add_evidence(row, blob=blob, by=request.user, today=request.today, **given)
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, "已归入佐证。")
    return True


@require_safe
def evidence(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One file of a folder."""
    found = Evidence.objects.filter(obligation__agency__in=visible_agencies(request.user, on=request.today))
    row = get_object_or_404(found.select_related("blob"), public_id=public_id, blob__isnull=False)
    response = HttpResponse(read(row.blob), content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, row.blob.name) or ""
    return response
