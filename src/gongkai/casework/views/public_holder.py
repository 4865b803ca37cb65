"""What whoever holds number and query code may do on the query page: correct or withdraw the application.

The checked page gives out a ticket for its buttons. When it has run out while somebody was writing, number and code
are asked for again and what was written stays.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core import signing
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from gongkai.casework import actions, progress, throttle
from gongkai.casework.actions.applicant_paper import known_paper
from gongkai.casework.forms_holder import CorrectionForm, HolderForm, WithdrawalForm
from gongkai.casework.forms_public import PaperField
from gongkai.casework.holders import WRONG, find
from gongkai.casework.models import ApplicantPaperKind, Case
from gongkai.casework.notices import DOCX
from gongkai.casework.papers import Withheld, record_withheld
from gongkai.casework.views.public import STATUS, citizen_page, show
from gongkai.design.words import long_day, minute
from gongkai.documents import word
from gongkai.documents.blobs import store
from gongkai.documents.models import Blob
from gongkai_core.letters import Block, RenderedLetter
from gongkai_core.reading.sniffing import ending_of
from gongkai_core.refusals import Refused

HOURS = 2
TAIL = 4
AGAIN = "查询已经超过两小时，请再填一次登记号和查询码；写好的内容还在。"
WRONG_TAIL = "后四位与申请时的证件号码不符"
_SIGNER = signing.TimestampSigner(salt="gongkai.casework.holder")


def ticket_for(case: Case) -> str:
    """What the buttons of the checked page carry."""
    return _SIGNER.sign(str(case.public_id))


def offered(case: Case, today: date) -> list[str]:
    """What its applicant may send now: names of the pages below."""
    may = {
        "correct": actions.can_correction_received(case, by=None, today=today),
        "withdraw": actions.can_withdraw(case, by=None, today=today),
    }
    return [name for name, refusal in may.items() if refusal is None]


@citizen_page
def correct(request: HttpRequest) -> HttpResponse:
    """提交补正."""

    def form_of(data: Any, files: Any, case: Case | None) -> HolderForm:
        return CorrectionForm(data, files, ask_again=case is None, initial=_fresh(), auto_id="f_%s")

    def send(case: Case, form: HolderForm) -> None:
        given = form.cleaned_data["papers"] or []
        papers = [paper for paper in given if not isinstance(paper, Withheld)]
        blobs = [_kept(paper, place) for place, paper in enumerate(papers, 1)]
        actions.correction_received(
            case, on=request.today, info_desc=form.cleaned_data["info_desc"], words=form.cleaned_data["words"],
            papers=blobs, key=form.cleaned_data["key"], by=None, today=request.today,
        )  # fmt: skip
        marked = [paper.digest for paper in given if isinstance(paper, Withheld)]
        record_withheld(case, marked, by=None, today=request.today)

    return _page(request, "apply_correct", ApplicantPaperKind.CORRECTION, form_of, send)


@citizen_page
def withdraw(request: HttpRequest) -> HttpResponse:
    """撤回申请."""

    def form_of(data: Any, files: Any, case: Case | None) -> HolderForm:
        asked = case is None or bool(case.applicant.id_number)
        return WithdrawalForm(data, ask_again=case is None, ask_tail=asked, initial=_fresh(), auto_id="f_%s")

    def send(case: Case, form: HolderForm) -> None:
        paper = store(
            word.render(written_withdrawal(case, timezone.now())), name="撤回书.docx", content_type=DOCX, sealed=True
        )
        actions.withdraw(case, paper=paper, key=form.cleaned_data["key"], by=None, today=request.today)

    return _page(request, "apply_withdraw", ApplicantPaperKind.WITHDRAWAL, form_of, send)


def _page(
    request: HttpRequest,
    template: str,
    kind: ApplicantPaperKind,
    form_of: Callable[[Any, Any, Case | None], HolderForm],
    send: Callable[[Case, HolderForm], None],
) -> HttpResponse:
    """The form for whoever has a ticket; sent, it becomes the paper and shows its receipt."""
    if request.method != "POST":
        return redirect("casework:apply_status")
    case = _case_of(request.POST.get("ticket", ""))
    if "sent" not in request.POST:
        if case is None:
            return redirect("casework:apply_status")
        return _form(request, template, form_of(None, None, case), case)
    key = request.POST.get("key", "")
    if case and known_paper(case, key):
        return show(request, "apply_holder_receipt", _receipt(case, kind, key, request.today))
    form = form_of(request.POST, request.FILES, case)
    right = form.is_valid()
    if throttle.WRONG_CODES.exceeded(request) or throttle.SUBMISSIONS.exceeded(request):
        form.add_error(None, "这个网络地址提交或者查错的次数太多，请稍后再按一次；写好的内容还在")
        return _form(request, template, form, case, 429)
    if case is None:
        case = _asked_again(request, form)
        if case is None:
            return _form(request, template, form, None)
        form = form_of(request.POST, request.FILES, case)
        right = form.is_valid()
    if right and not _tail_fits(case, form):
        throttle.WRONG_CODES.count(request)
        form.add_error("tail", WRONG_TAIL)
    if not form.errors and _sent(request, case, form, send):
        return show(request, "apply_holder_receipt", _receipt(case, kind, key, request.today))
    return _form(request, template, form, case)


def _asked_again(request: HttpRequest, form: HolderForm) -> Case | None:
    """The case by number and code, where the ticket has run out."""
    number, code = (form.cleaned_data.get(name, "") for name in ("number", "code"))
    if not request.POST.get("number"):
        form.add_error(None, AGAIN)
    elif number and code:
        if case := find(number, code):
            return case
        throttle.WRONG_CODES.count(request)
        form.add_error(None, WRONG)
    return None


def _sent(request: HttpRequest, case: Case, form: HolderForm, send: Callable[[Case, HolderForm], None]) -> bool:
    """Send it once, however often it is transmitted; why it can't be is said on the form."""
    try:
        with transaction.atomic():
            send(case, form)
    except Refused as refused:
        if known_paper(case, form.cleaned_data["key"]):  # the other transmission of this form was first
            return True
        form.add_error(None, str(refused.refusal))
        return False
    throttle.SUBMISSIONS.count(request)
    return True


def _tail_fits(case: Case, form: HolderForm) -> bool:
    if "tail" not in form.fields:
        return True
    number = case.applicant.id_number.upper()
    return not number or constant_time_compare(form.cleaned_data["tail"], number[-TAIL:])


def _case_of(ticket: str) -> Case | None:
    try:
        public_id = UUID(_SIGNER.unsign(ticket, max_age=HOURS * 3600))
    except (signing.BadSignature, ValueError):
        return None
    return Case.objects.select_related("agency", "applicant").filter(public_id=public_id).first()


def _form(request: HttpRequest, template: str, form: HolderForm, case: Case | None, status: int = 200) -> HttpResponse:
    context = {
        "here": STATUS,
        "case": case,
        "form": form,
        "ticket": ticket_for(case) if case else "",
        "due": progress.deadline(case, request.today) if case else None,
        "papers": [name for name, field in form.fields.items() if isinstance(field, PaperField)],
    }
    return show(request, template, context, status)


def _receipt(case: Case, kind: ApplicantPaperKind, key: str, today: date) -> dict[str, Any]:
    paper = known_paper(case, key)
    assert paper
    case.refresh_from_db()
    return {
        "here": STATUS,
        "case": case,
        "paper": paper,
        "withdrawn": kind == ApplicantPaperKind.WITHDRAWAL,
        "due": progress.deadline(case, today),
    }


def _kept(paper: Any, place: int) -> Blob:
    """A paper under a neutral name: its own may name a person."""
    name = f"补正材料{place}{ending_of(paper.name)}"
    return store(paper.data, name=name, content_type=paper.content_type, sealed=True)


def _fresh() -> dict[str, str]:
    return {"key": secrets.token_hex(32)}


def written_withdrawal(case: Case, at: datetime) -> RenderedLetter:
    """The withdrawal as a paper of the volume: a data message is writing (条例第二十九条第一款), and this is its text."""
    blocks = (
        Block("title", "撤回政府信息公开申请书"),
        Block("addressee", f"{case.agency.name}："),
        Block(
            "paragraph",
            f"申请人于{long_day(case.submitted_on)}提交的政府信息公开申请（登记号：{case.number}），现申请撤回。",
        ),
        Block("paragraph", f"本件由申请人凭登记号和查询码在网上查询页提交，提交时间 {minute(at)}。"),
        Block("line", f"申请人：{case.applicant.name}"),
        Block("line", long_day(timezone.localdate(at))),
    )
    return RenderedLetter("", "撤回政府信息公开申请书", "form", blocks, 0, {})
