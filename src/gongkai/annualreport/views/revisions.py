"""正文版本: every saved text of a report, and what differs between two."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from gongkai.annualreport.models import Report, Revision
from gongkai.annualreport.revisions import changes
from gongkai.annualreport.views.desk import report_for

SHOWN = 200


@require_safe
def revisions(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """All versions of a report's text, the newest first."""
    row = report_for(request, public_id)
    rows = list(row.revisions.select_related("saved_by").order_by("-number")[:SHOWN])
    return render(request, "annualreport/desk_revisions.html", {"section": "reports", "report": row, "rows": rows})


@require_safe
def revision(request: HttpRequest, public_id: UUID, number: int) -> HttpResponse:
    """One version, against the one before it or the one named by `?against=`."""
    row = report_for(request, public_id)
    found = get_object_or_404(row.revisions.select_related("saved_by", "snapshot"), number=number)
    against = _against(request, row, found)
    parts = list(changes(row.edition, against.texts if against else [], found.texts))
    others = row.revisions.exclude(number=number).select_related("saved_by").order_by("-number")[:SHOWN]
    context = {
        "section": "reports",
        "report": row,
        "revision": found,
        "against": against,
        "others": others,
        "parts": parts,
        "changed": sum(not part.same for part in parts),
        "texts": dict(map(tuple, found.texts)),
    }
    return render(request, "annualreport/desk_revision.html", context)


def _against(request: HttpRequest, row: Report, found: Revision) -> Revision | None:
    wanted = request.GET.get("against", "")
    if not wanted:
        return row.revisions.filter(number__lt=found.number).order_by("-number").first()
    if not (wanted.isascii() and wanted.isdecimal() and len(wanted) <= 9):
        raise Http404
    return get_object_or_404(row.revisions.all(), number=int(wanted))
