"""补登清单: documents entered long after their day, for the supervisor."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gongkai.documents.sheets import list_file
from gongkai.publishing.backdating import backdated_versions, may_see_list
from gongkai.publishing.models import ItemVersion
from gongkai.publishing.views.desk import page
from gongkai.publishing.views.paging import page_by_key

HEADS = ("标题", "机关", "发文字号", "成文日期", "拟稿日期", "发布时间", "状态", "拟稿人", "补登说明")
WIDTHS = (50, 16, 20, 12, 12, 18, 10, 10, 50)
MOST = 10_000


@require_safe
def backdated(request: HttpRequest) -> HttpResponse:
    """The list, newest first, or all of it as .xlsx."""
    if not may_see_list(request.user, on=request.today):
        raise Http404
    found = backdated_versions(request.user, on=request.today)
    if request.GET.get("format") == "xlsx":
        rows = [_cells(version) for version in found.order_by("-public_id")[:MOST]]
        return list_file("补登清单", HEADS, rows, widths=WIDTHS)
    rows, newer, older = page_by_key(found, request)
    return page(request, "backdated", ("补登清单", ""), section="backdated", rows=rows, newer=newer, older=older)


def _cells(version: ItemVersion) -> tuple[object, ...]:
    return (
        version.title,
        version.item.agency.short_name,
        version.docno,
        version.formed_on,
        version.created_at,
        version.published_at,
        version.get_state_display(),
        version.author.name,
        version.backdated_reason,
    )
