"""新媒体文案: the texts to copy or download."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from gongkai.publishing.views.desk import find_item, page
from gongkai.publishing.wording import wordings


@require_safe
def wording(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One text for each channel; `?as=weibo` gives it as a file."""
    row = find_item(request, public_id)
    if not row.is_public:
        raise Http404
    found = wordings(row, fallback=request.build_absolute_uri("/"))
    if wanted := request.GET.get("as"):
        text = next((one.text for one in found if one.channel == wanted), None)
        if text is None:
            raise Http404
        response = HttpResponse(text, content_type="text/plain; charset=utf-8")
        name = f"{row.title[:40]}-{wanted}.txt"
        response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
        return response
    crumbs = (row.title, reverse("publishing:desk_item", args=[public_id])), ("新媒体文案", "")
    return page(request, "wording", *crumbs, row=row, wordings=found)
