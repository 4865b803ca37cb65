"""Delivery on the desk: 送达回证, labels and envelopes, the day's list for the post office."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.casework import actions, masking, notices, posting, procedure
from gongkai.casework.forms_delivery import AddressForm, ListForm, PostingForm
from gongkai.casework.models import Case, Delivery
from gongkai.casework.permissions import case_agencies
from gongkai.casework.views import desk, papers
from gongkai.documents import pdf, word
from gongkai.documents.sheets import saved_as
from gongkai_core.refusals import Refused

_GROUND = "条例第三十三条、第四十条"


def find_delivery(request: HttpRequest, public_id: UUID) -> Delivery:
    """The delivery, or 404 when its case doesn't exist for this person."""
    cases = Case.objects.for_user(request.user, on=request.today)
    found = Delivery.objects.filter(notice__case__in=cases).select_related("notice__case__agency")
    return get_object_or_404(found, public_id=public_id)


@never_cache
@require_GET
def proof(request: HttpRequest, public_id: UUID, kind: str) -> HttpResponse:
    """送达回证 (L24) of one delivery, to be signed by hand and scanned: .docx or .pdf."""
    makers = {"docx": (word.render, notices.DOCX), "pdf": (pdf.render, notices.PDF)}
    if kind not in makers:
        raise Http404
    row = find_delivery(request, public_id)
    case = row.notice.case
    try:
        procedure.allow(actions.can_open_personal_data(case, by=request.user, today=request.today))
        render, content_type = makers[kind]
        data = render(notices.proof_of(row, on=request.today))
    except Refused as refused:
        messages.error(request, str(refused.refusal))
        return redirect(case)
    with transaction.atomic():
        procedure.note(
            "open_notice", case, by=request.user, today=request.today, ground=_GROUND, number=row.notice.number,
            file="送达回证",
        )  # fmt: skip
    return _streamed(data, f"送达回证.{kind}", content_type)


@never_cache
@require_POST
def address(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A label or an envelope for a notice; kept nowhere."""
    row = papers.find_notice(request, public_id)
    form = AddressForm(request.POST)
    if not form.is_valid():
        messages.error(request, "请选定样式，写明目的")
        return redirect(row)
    if not posting.recipient(row).address:
        messages.error(request, "没有通信地址，不能邮寄；可以当面送达或者用其他方式")
        return redirect(row)
    try:
        data = posting.render(row, form.cleaned_data["form"])
        actions.open_addresses([row], purpose=form.cleaned_data["purpose"], by=request.user, today=request.today)
    except Refused as refused:
        messages.error(request, str(refused.refusal))
        return redirect(row)
    return _streamed(data, "address.pdf", notices.PDF)


@never_cache
@require_http_methods(["GET", "POST"])
def day_list(request: HttpRequest) -> HttpResponse:
    """邮寄清单: what goes by post on a day, masked; as .xlsx for the post office after a stated purpose."""
    agencies = case_agencies(request.user, on=request.today)
    if not agencies.exists():
        raise Http404
    asked = PostingForm(request.GET or {"on": request.today.isoformat()}, agencies=agencies)
    on: date = request.today
    cases = Case.objects.for_user(request.user, on=request.today)
    if asked.is_valid():
        on = asked.cleaned_data["on"]
        if agency := asked.cleaned_data["agency"]:
            cases = cases.filter(agency=agency)
    rows = posting.of_the_day(cases, on, most=actions.MOST_ADDRESSES + 1)
    form = ListForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and asked.is_valid():
        try:
            actions.open_addresses(rows, purpose=form.cleaned_data["purpose"], by=request.user, today=request.today)
        except Refused as refused:
            form.add_error(None, str(refused.refusal))
        else:
            return saved_as(f"邮寄清单{on}", posting.sheet(rows, on))
    return desk.page(
        request, "posting", ("邮寄清单", ""), form=form, asked=asked, on=on,
        rows=[_masked(row, on) for row in rows[: actions.MOST_ADDRESSES]],
        refusal=actions.can_open_addresses(rows, by=request.user, today=request.today),
        status=422 if form.errors else 200,
    )  # fmt: skip


def _masked(notice: Any, on: date) -> dict[str, Any]:
    to = posting.recipient(notice)
    sent = [row for row in notice.deliveries.all() if row.sent_on == on]
    return {
        "notice": notice,
        "name": masking.masked_name(notice.case.applicant) if to.name == notice.case.applicant.name else to.name,
        "address": bool(to.address),
        "tracking": sent[-1].tracking if sent else "",
        "sent": bool(sent),
    }


def _streamed(data: bytes, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(data, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Content-Type-Options"] = "nosniff"
    return response
