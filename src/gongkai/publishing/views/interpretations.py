"""政策解读 on the desk: the board of organs and documents, and document and interpretation signed in one act."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from gongkai.agencies.models import LegalKind
from gongkai.agencies.permissions import visible_agencies
from gongkai.documents.sheets import list_file
from gongkai.publishing import actions
from gongkai.publishing.forms import DecisionForm
from gongkai.publishing.forms_interpretation import NeedForm
from gongkai.publishing.interpretations import DAYS, companions, explained, findings, of_year, scores
from gongkai.publishing.views.decisions import confirm_page
from gongkai.publishing.views.desk import find_item, newest_version, page, thread, tried
from gongkai.publishing.vouched import Vouched
from gongkai_core.refusals import Refused

TITLE = "政策解读"
HEADS = ("机关", "应解读", "已解读", "解读率", "按时", "解读稿", "其中非纯文字", "多元化率", "主要负责人解读")


def _year(request: HttpRequest) -> int:
    text = request.GET.get("year", "")
    if not text:
        return int(request.today.year)
    if not text.isascii() or not text.isdecimal() or not 2000 <= int(text) <= request.today.year:
        raise Http404
    return int(text)


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Share, timeliness and variety by organ; below, the documents of the year with both texts' three moments."""
    year = _year(request)
    organs = visible_agencies(request.user, on=request.today).exclude(legal_kind=LegalKind.VILLAGE)
    organs = organs.existing(request.today)
    rows = scores(organs, year, request.today)
    if request.GET.get("as") == "xlsx":
        return _sheet(year, rows)
    chosen = organs.filter(public_id=_key(request)) if "agency" in request.GET else organs
    documents = explained(of_year(chosen, year), request.today)
    if "agency" not in request.GET:
        documents = [row for row in documents if row.interpretation is None or row.verdict != "同步"]
    return page(
        request, "interpretations", (TITLE, ""), section="interpretations", year=year, rows=rows, heads=HEADS,
        years=range(request.today.year, request.today.year - 5, -1), documents=documents, limit=DAYS.value(),
        chosen=chosen.first() if "agency" in request.GET else None, today=request.today,
    )  # fmt: skip


def _key(request: HttpRequest) -> UUID:
    try:
        return UUID(request.GET["agency"])
    except ValueError:
        raise Http404 from None


def _sheet(year: int, rows: list[Any]) -> HttpResponse:
    lines = [
        (
            *(row.agency.name, row.wanted, row.explained, row.share, row.on_time),
            *(row.texts, row.varied, row.varied_share, row.by_head),
        )
        for row in rows
    ]
    return list_file(f"{year}年政策解读情况", HEADS, lines, titled=True)


def need(request: HttpRequest, public_id: UUID) -> HttpResponse:
    row = find_item(request, public_id)
    return confirm_page(
        request,
        row,
        NeedForm(request.POST or None, initial={"need": row.interpretation_need, "reason": row.interpretation_reason}),
        lambda given: actions.set_interpretation_need(row, by=request.user, today=request.today, **given),
        refusal=actions.can_set_interpretation_need(row, by=request.user, today=request.today),
        question=f"“{row.title}”要不要解读",
        confirm_label="定下",
        done="已定下。",
    )


@require_POST
def submit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """同步送审."""
    version = newest_version(find_item(request, public_id))
    tried(
        request,
        lambda: actions.submit_together(version, by=request.user, today=request.today),
        "文件和解读稿已同步送审，等审核人办理。",
    )
    return redirect("publishing:desk_item", public_id)


def sign(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """同步签发: both texts on one page, one act for both."""
    row = find_item(request, public_id)
    version = newest_version(row)
    form = DecisionForm(version, request.POST or None)
    texts = [version, *companions(row)]
    refusal = actions.can_sign_together(version, by=request.user, today=request.today)
    if request.method == "POST" and form.is_valid():
        seen = {text.public_id: request.POST.get(f"seen-{text.public_id}", "") for text in texts}
        try:
            actions.sign_together(
                version,
                by=request.user,
                today=request.today,
                seen=seen,
                vouched=Vouched(form.decision.gates, instruction=form.decision.instruction),
            )
        except Refused as refused:
            form.refuse(refused, version)
        else:
            messages.success(request, "文件和解读稿已同步签发，网页已发布，互相链接。")
            return redirect("publishing:desk_item", public_id)
    crumbs = (version.title, reverse("publishing:desk_item", args=[public_id])), ("同步签发", "")
    shown = [(text, findings(text)) for text in texts]
    return page(request, "sign_together", *crumbs, form=form, texts=shown, refusal=refusal, thread=thread(row))
