"""栏目×单位更新表 (portal-ux §5.9 ④), and what the office does from it: 催办, 督办单."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from gongkai.agencies.models import Agency
from gongkai.agencies.permissions import is_disclosure_office, visible_agencies
from gongkai.documents.blobs import read
from gongkai.documents.fonts import FontsMissing
from gongkai.documents.sheets import list_file
from gongkai.publishing import actions
from gongkai.publishing.board import SHEET_HEADS, Board, build_board, sheet_rows
from gongkai.publishing.forms_catalogue import BoardForm
from gongkai.publishing.guides import outdated_guides
from gongkai.publishing.models import SupervisionOrder
from gongkai.publishing.views.desk import page, tried

HERE = ("栏目更新表", "/desk/publishing/board/")
SHEET_WIDTHS = (24, 18, 8, 8, 8, 8, 8, 8, 8, 8, 12, 8)


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    form = BoardForm(request.today, request.GET or None)
    form.is_valid()
    given = getattr(form, "cleaned_data", {})
    shown = build_board(
        request.user,
        year=given.get("year") or request.today.year,
        today=request.today,
        standard=given.get("of") == "standard",
    )
    if request.GET.get("format") == "xlsx":
        return list_file(f"{shown.year}年栏目更新表", SHEET_HEADS, sheet_rows(shown), widths=SHEET_WIDTHS)
    office = is_disclosure_office(request.user, on=request.today)
    return page(
        request,
        "board",
        (HERE[0], ""),
        section="board",
        form=form,
        board=shown,
        whole=shown.whole,
        rows=_rows(request, shown) if office else [(organ, cell, None, None) for organ, cell in shown.per_organ()],
        office=office,
        guides=outdated_guides(visible_agencies(request.user, on=request.today), today=request.today),
    )


def _rows(request: HttpRequest, shown: Board) -> list[tuple[object, ...]]:
    """Each organ with what the office may do: the same refusals that the acts raise, asked once for all organs."""
    this_year = shown.year == request.today.year
    ordered = set(SupervisionOrder.objects.filter(issued_on=request.today).values_list("agency", flat=True))
    return [
        (organ, cell, this_year and bool(cell.overdue or cell.empty), organ.pk not in ordered)
        for organ, cell in shown.per_organ()
    ]


def _organ(request: HttpRequest, public_id: UUID) -> Agency:
    if not is_disclosure_office(request.user, on=request.today):
        raise Http404
    return get_object_or_404(Agency, public_id=public_id)


@require_POST
def remind(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """催办 in one click."""
    organ = _organ(request, public_id)
    tried(
        request,
        lambda: actions.remind(organ, by=request.user, today=request.today),
        f"已催办{organ.short_name}，列入该单位拟稿人的待办。",
    )
    return redirect("publishing:desk_board")


@require_POST
def supervise(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A 督办单 in one click: numbered, kept, and opened to be printed."""
    organ = _organ(request, public_id)
    issued: list[SupervisionOrder] = []

    def act() -> None:
        issued.append(actions.supervise(organ, by=request.user, today=request.today))

    try:
        done = tried(request, act, f"已对{organ.short_name}出督办单。")
    except FontsMissing as missing:
        return page(request, "board_fonts", (HERE[0], HERE[1]), ("督办单", ""), section="board", missing=missing)
    if not done:
        return redirect("publishing:desk_board")
    return redirect("publishing:desk_order", issued[0].public_id)


@require_safe
def orders(request: HttpRequest) -> HttpResponse:
    """The 督办单 that exist for this person, the newest first."""
    rows = _orders(request).prefetch_related("reminders__obligation__entry")[:100]
    return page(request, "orders", (HERE[0], HERE[1]), ("督办单", ""), section="orders", rows=rows)


def _orders(request: HttpRequest) -> object:
    organs = visible_agencies(request.user, on=request.today)
    return SupervisionOrder.objects.filter(agency__in=organs).select_related("agency", "issued_by", "paper")


@require_safe
def order(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The paper as it was printed."""
    row = get_object_or_404(_orders(request), public_id=public_id)
    response = HttpResponse(read(row.paper), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="order.pdf"'
    return response
