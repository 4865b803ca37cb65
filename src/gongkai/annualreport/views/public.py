"""政府信息公开年报: what the public reads and downloads."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from gongkai.annualreport.models import PublishedFile, PublishedVersion, Report, WebsiteReturn
from gongkai.annualreport.pages import CRUMBS, render_report, render_tables, render_version
from gongkai.annualreport.tasks import read_baked, read_version
from gongkai.documents import blobs
from gongkai.publishing.catalogue import tabs
from gongkai.publishing.models import Tab


@login_not_required
@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """All published reports by year, the government's first (国办公开办函〔2019〕61号: 历年可查阅下载)."""
    years: dict[int, list[Report]] = {}
    for row in Report.objects.public().newest_first():
        years.setdefault(row.year, []).append(row)
    context = {
        "years": list(years.items()),
        "website_returns": list(WebsiteReturn.objects.public()),
        "tabs": tabs(),
        "tab": Tab.REPORT,
        "tree": [],
        "section": "reports",
        "crumbs": [*CRUMBS, ("政府信息公开年报", "")],
    }
    return render(request, "annualreport/reports.html", context, using="jinja2")


@login_not_required
@require_safe
def report(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The baked bytes of a published report in its newest version; nothing of one that isn't published."""
    row = get_object_or_404(Report.objects.public().select_related("agency", "snapshot"), public_id=public_id)
    return HttpResponse(read_baked(public_id) or render_report(row))


def _version(public_id: UUID, number: int) -> PublishedVersion:
    rows = PublishedVersion.objects.filter(report__in=Report.objects.public()).select_related(
        "report__agency", "snapshot"
    )
    return get_object_or_404(rows, report__public_id=public_id, number=number)


@login_not_required
@require_safe
def publication(request: HttpRequest, public_id: UUID, number: int) -> HttpResponse:
    """One published version, also when a correction has taken its place."""
    row = _version(public_id, number)
    return HttpResponse(read_version(public_id, number) or render_version(row))


@login_not_required
@require_safe
def tables(request: HttpRequest, public_id: UUID, number: int) -> HttpResponse:
    """The statutory tables of one published version on one page."""
    row = _version(public_id, number)
    return HttpResponse(read_version(public_id, number, "tables") or render_tables(row))


@login_not_required
@require_safe
def file(request: HttpRequest, public_id: UUID, name: str) -> HttpResponse:
    """A file of a published report in its newest version, the bytes made at its publication."""
    found = get_object_or_404(Report.objects.public(), public_id=public_id)
    return _file(found.current, name)


@login_not_required
@require_safe
def version_file(request: HttpRequest, public_id: UUID, number: int, name: str) -> HttpResponse:
    return _file(_version(public_id, number), name)


def _file(publication: PublishedVersion | None, name: str) -> HttpResponse:
    """A chart is shown, the rest downloaded."""
    files = PublishedFile.objects.select_related("blob")
    row = get_object_or_404(files, publication=publication, name=name)
    response = HttpResponse(blobs.read(row.blob), content_type=row.blob.content_type)
    if row.kind != "svg":
        response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=row.blob.name)
    return response
