"""The desk's list as a file, with the filters it is shown with."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from gongkai.documents.sheets import list_file
from gongkai.publishing.tables import EXPORTED, as_cells, as_json, exported
from gongkai.publishing.views.desk import listed

_WIDTHS = (40, 20, 12, 14, 12, 12, 12, 20, 18, 12, 20, 10, 26, 16, 16, 24, 30, 60)


@require_safe
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """导出: all rows that the filters find, not only the page shown."""
    _, found = listed(request)
    name = f"主动公开条目 {request.today:%Y-%m-%d}"
    if kind == "xlsx":
        return list_file("主动公开条目", EXPORTED, map(as_cells, exported(found)), widths=_WIDTHS)
    if kind != "json":
        raise Http404
    response = HttpResponse(as_json(exported(found), on=request.today), content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.json") or ""
    return response
