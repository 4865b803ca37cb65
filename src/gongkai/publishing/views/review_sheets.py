"""审核表: the paper of a version or a batch, as PDF."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gongkai.publishing.chain import Subject
from gongkai.publishing.review_sheet import render
from gongkai.publishing.views.batches import find_batch
from gongkai.publishing.views.desk import find_item, newest_version


@require_safe
def item_sheet(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Of the version that is worked on, or of the one whose number is asked for; of its batch where it came in one."""
    row = find_item(request, public_id)
    version = newest_version(row)
    number = request.GET.get("version", "")
    if number.isdecimal() and len(number) < 5:
        version = row.versions.filter(number=int(number)).select_related("batch").first() or version
        version.item = row
    return _sheet(version.batch or version)


@require_safe
def batch_sheet(request: HttpRequest, public_id: UUID) -> HttpResponse:
    return _sheet(find_batch(request, public_id))


def _sheet(subject: Subject) -> HttpResponse:
    if not subject.round:
        raise Http404  # nothing was sent for review yet
    return HttpResponse(
        render(subject),
        content_type="application/pdf",
        headers={"Content-Disposition": "inline; filename=review-sheet.pdf"},
    )
