"""政府公报 for the public: its issues, one issue with its contents and file, and the search over all of them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from gongkai.documents.blobs import read
from gongkai.publishing.catalogue import tabs, tree
from gongkai.publishing.forms_gazette import GazetteFilterForm
from gongkai.publishing.gazette import needs_gazette, printing_shown, public_entries, vanished
from gongkai.publishing.models import EntryKind, GazetteEntry, GazetteIssue, Tab
from gongkai.publishing.pages import CRUMBS
from gongkai.publishing.views.paging import page_by_key

HERE = ("政府公报", "/disclosure/gazette/")


def _page(request: HttpRequest, template: str, *crumbs: tuple[str, str], **context: Any) -> HttpResponse:
    frame = {"tabs": tabs(), "tab": Tab.STATUTORY, "tree": tree(), "node": "gazette", "section": "disclosure"}
    context = {**frame, "crumbs": [*CRUMBS, *crumbs], **context}
    return render(request, f"publishing/{template}.html", context, using="jinja2")


@login_not_required
@require_safe
def gazette(request: HttpRequest) -> HttpResponse:
    """The issues, newest first; with a word or a year, the texts that fit."""
    needs_gazette()
    form = GazetteFilterForm(request.GET or None)
    given = form.cleaned_data if form.is_valid() else {}
    context: dict[str, Any] = {"filters": form, "searched": bool(given.get("q") or given.get("year"))}
    if context["searched"]:
        rows, newer, older = page_by_key(_texts(given), request)
        context |= {"texts": [_text(entry) for entry in rows], "issues": []}
    else:
        issues = GazetteIssue.objects.issued().select_related("agency")
        issues, newer, older = page_by_key(issues, request, order="serial")
        context |= {"issues": issues, "texts": []}
    return _page(request, "gazette", (HERE[0], ""), newer=newer, older=older, **context)


def _texts(given: dict[str, Any]) -> Any:
    found = GazetteEntry.objects.filter(issue__state="issued").exclude(kind=EntryKind.SECTION).exclude(vanished())
    if given.get("year"):
        found = found.filter(issue__year=given["year"])
    if given.get("q"):
        found = found.filter(Q(title__icontains=given["q"]) | Q(docno__icontains=given["q"]))
    return found.select_related("issue__agency", "item")


def _text(entry: GazetteEntry) -> dict[str, Any]:
    """A text as a line: where it leads, and whether it was withdrawn since (its address says why)."""
    item = entry.item
    return {
        "title": entry.title,
        "docno": entry.docno,
        "url": item.get_absolute_url() if item else "",
        "withdrawn": item is not None and not item.is_public,
        "issue": entry.issue,
    }


@login_not_required
@require_safe
def gazette_issue(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One issue: contents with page numbers, the file, errata."""
    issue = _issued(public_id)
    printing = printing_shown(issue)
    pages = printing.pages if printing else {}
    rows = [
        {**_text(entry), "section": entry.kind == EntryKind.SECTION, "page": pages.get(str(entry.public_id))}
        for entry in public_entries(issue)
    ]
    errata = issue.errata.exclude(approved_at=None)
    file = {"url": reverse("publishing:gazette_file", args=[public_id]), "blob": printing.blob} if printing else None
    crumbs = HERE, (issue.numbering, "")
    return _page(request, "gazette_issue", *crumbs, issue=issue, rows=rows, file=file, errata=errata)


@login_not_required
@require_safe
def gazette_file(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The bytes of the printing, the same ever after."""
    printing = printing_shown(_issued(public_id))
    if printing is None:
        raise Http404
    response = HttpResponse(read(printing.blob), content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(True, printing.blob.name) or ""
    return response


def _issued(public_id: UUID) -> GazetteIssue:
    needs_gazette()
    return get_object_or_404(GazetteIssue.objects.issued().select_related("agency"), public_id=public_id)
