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

from gongkai.casework import actions, masking, notices, outgoing, posting, procedure
from gongkai.casework.actions.register_papers import can_open_register_papers
from gongkai.casework.forms_delivery import AddressForm, ListForm, PostingForm
from gongkai.casework.models import Applicant, Case, Delivery, Notice, Outgoing, RecordCorrection, RegisterPaper
from gongkai.casework.permissions import case_agencies
from gongkai.casework.views import desk, papers, register_papers
from gongkai.documents import pdf, word
from gongkai.documents.sheets import saved_as
from gongkai_core.refusals import Refused

_GROUND = "条例第三十三条、第四十条"


def find_delivery(request: HttpRequest, public_id: UUID) -> Delivery:
    """The delivery, or 404 when its case or its register's paper doesn't exist for this person."""
    found = get_object_or_404(
        Delivery.objects.select_related("notice__case__agency", "register_paper"), public_id=public_id
    )
    if found.notice:
        papers.find_notice(request, found.notice.public_id)
    elif found.register_paper:
        register_papers.find_paper(request, found.register_paper.public_id)
    return found


@never_cache
@require_GET
def proof(request: HttpRequest, public_id: UUID, kind: str) -> HttpResponse:
    """送达回证 (L24) of one delivery, to be signed by hand and scanned: .docx or .pdf."""
    makers = {"docx": (word.render, notices.DOCX), "pdf": (pdf.render, notices.PDF)}
    if kind not in makers:
        raise Http404
    row = find_delivery(request, public_id)
    try:
        procedure.allow(actions.can_open_addresses([row.paper], by=request.user, today=request.today))
        render, content_type = makers[kind]
        data = render(notices.proof_of(row, on=request.today))
    except Refused as refused:
        messages.error(request, str(refused.refusal))
        return redirect(row.notice.case if row.notice else row.paper)
    with transaction.atomic():
        outgoing.note(
            "open_notice" if row.notice else "open_register_paper", row.holder, by=request.user, today=request.today,
            ground=_GROUND, number=row.paper.number, file="送达回证",
        )  # fmt: skip
    return _streamed(data, f"送达回证.{kind}", content_type)


@never_cache
@require_POST
def address(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A label or an envelope for a notice; kept nowhere."""
    return _addressed(request, papers.find_notice(request, public_id))


@never_cache
@require_POST
def register_paper_address(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The same for a paper of a register."""
    return _addressed(request, register_papers.find_paper(request, public_id))


def _addressed(request: HttpRequest, row: Outgoing) -> HttpResponse:
    form = AddressForm(request.POST)
    if not form.is_valid():
        messages.error(request, "请选定样式，写明目的")
        return redirect(row)
    typed = form.cleaned_data["address"]
    if not (typed or posting.recipient(row).address):
        messages.error(request, "没有通信地址，不能邮寄；可以填写收件地址，或者用其他方式送达")
        return redirect(row)
    try:
        data = posting.render(row, form.cleaned_data["form"], address=typed)
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
            cases, agencies = cases.filter(agency=agency), agencies.filter(pk=agency.pk)
    most = actions.MOST_ADDRESSES + 1
    rows: list[Outgoing] = [*posting.of_the_day(cases, on, most=most)]
    rows += _of_registers(request, agencies, on, most)
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


def _of_registers(request: HttpRequest, agencies: Any, on: date, most: int) -> list[RegisterPaper]:
    """Papers of registers posted that day, of those that the person may read."""
    who: dict[str, Any] = {"by": request.user, "today": request.today}
    found = posting.papers_of_the_day(agencies, on, most=most)
    return [paper for paper in found if can_open_register_papers(paper.row, **who) is None]


def _masked(paper: Outgoing, on: date) -> dict[str, Any]:
    to, person = posting.recipient(paper), _person_of(paper)
    sent = [row for row in paper.deliveries.all() if row.sent_on == on]
    return {
        "paper": paper,
        "url": paper.case.get_absolute_url() if isinstance(paper, Notice) else paper.get_absolute_url(),
        "name": masking.masked_name(person) if person and to.name == person.name else to.name,
        "address": bool(to.address),
        "tracking": sent[-1].tracking if sent else "",
        "sent": bool(sent),
    }


def _person_of(paper: Outgoing) -> Applicant | None:
    """Whose name is masked: an applicant's; an organ's stands as it is."""
    if isinstance(paper, Notice):
        return paper.case.applicant
    return paper.row.applicant if isinstance(paper.row, RecordCorrection) else None


def _streamed(data: bytes, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(data, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Content-Type-Options"] = "nosniff"
    return response
