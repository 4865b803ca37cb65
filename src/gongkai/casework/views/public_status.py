"""结果查询 for applicants: number and query code, then the way of the case and its papers.

An unknown number and a wrong code get the same answer, and take the same look-ups and the same comparison.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from gongkai.casework import electronic_seals, notices, progress, throttle
from gongkai.casework.actions.receive import part_key, query_code_for
from gongkai.casework.forms_public import StatusForm
from gongkai.casework.holders import WRONG, find
from gongkai.casework.models import Applicant, Case, CaseFile, Notice
from gongkai.casework.views import public_holder
from gongkai.casework.views.public import STATUS, citizen_page, download, show
from gongkai.documents import fonts
from gongkai.documents.blobs import read
from gongkai.documents.models import Blob
from gongkai_core.identity import mask_email, mask_name, mask_phone

TOO_MANY = "查错的次数太多，请十分钟后再试；也可以拨打受理机关电话询问"
MINUTES = 15
"""How long a download button works after the check."""
_SIGNER = signing.TimestampSigner(salt="gongkai.casework.paper")
FORMS = {"docx": "Word", "pdf": "PDF", "scan": "原件扫描"}


@citizen_page
def status(request: HttpRequest) -> HttpResponse:
    """The two questions, or the case they open."""
    form = StatusForm(request.POST or None, auto_id="f_%s")
    if request.method == "POST" and throttle.WRONG_CODES.exceeded(request):
        form.add_error(None, TOO_MANY)
        return _ask(request, form, 429)
    if request.method == "POST" and form.is_valid():
        case = find(form.cleaned_data["number"], form.cleaned_data["code"])
        if case:
            return show(request, "apply_progress", _progress(case, request.today))
        throttle.WRONG_CODES.count(request)
        form.add_error(None, WRONG)
    return _ask(request, form, 200)


def _ask(request: HttpRequest, form: StatusForm, status: int) -> HttpResponse:
    return show(request, "apply_status", {"form": form, "here": STATUS}, status)


def _progress(case: Case, today: date) -> dict[str, Any]:
    due = progress.deadline(case, today)
    return {
        "here": STATUS,
        "case": case,
        "now": progress.now(case),
        "acts": progress.acts(case, today),
        "due": due.day if due else None,
        "due_words": due.words if due else "",
        "due_article": due.article if due else "",
        "due_note": due.note if due else "",
        "papers": [
            *map(_paper, progress.sent_notices(case, today)),
            *map(_information, progress.provided_files(case, today)),
        ],
        "minutes": MINUTES,
        "about": _about(case, case.applicant),
        "offered": public_holder.offered(case, today),
        "holder": public_holder.ticket_for(case),
    }


def _about(case: Case, applicant: Applicant) -> list[tuple[str, str]]:
    """What the page says of the applicant is masked: it may be read over a shoulder."""
    rows = [
        ("受理机关", case.agency.name),
        ("联系电话", case.agency.phone),
        ("申请人", f"{mask_name(applicant.name)}（{applicant.get_kind_display()}）"),
        ("电话", mask_phone(applicant.phone)),
        ("邮箱", mask_email(applicant.email)),
        ("申请内容", case.subject or "登记后显示摘要"),
        ("提供方式", case.get_provide_form_display()),
        ("获取途径", case.get_provide_route_display()),
    ]
    rows += [
        ("拆分出的申请", f"{part.number}，查询码 {query_code_for(part_key(part))}") for part in case.split_parts.all()
    ]
    return [(label, words) for label, words in rows if words]


def _paper(notice: Notice) -> dict[str, Any]:
    made = ["docx", "pdf"] if notice.pdf or fonts.available() else ["docx"]
    sealed = electronic_seals.is_sealed(notice)
    if sealed:
        made = ["pdf"]  # the Word file bears no seal
    kinds = ["scan"] if notice.scan_id else made if notice.content else []
    names = {**FORMS, "pdf": "PDF（电子签章）"} if sealed else FORMS
    files = [(names[kind], _SIGNER.sign(f"notice:{notice.public_id}:{kind}")) for kind in kinds]
    return {"name": notice.name, "number": notice.number, "day": notice.sent_on, "files": files}


def _information(file: CaseFile) -> dict[str, Any]:
    ticket = _SIGNER.sign(f"file:{file.public_id}:blob")
    return {"name": file.blob.name, "number": "", "day": file.case.counted_on, "files": [("下载", ticket)]}


@citizen_page
@require_POST
def status_file(request: HttpRequest) -> HttpResponse:
    """A paper by its ticket, which the checked page gave out a few minutes ago."""
    try:
        what, public_id, kind = _SIGNER.unsign(request.POST.get("ticket", ""), max_age=MINUTES * 60).split(":")
    except signing.BadSignature:
        return show(request, "refused", {"words": "下载按钮已经失效，请重新查询。", "here": STATUS}, 403)
    blob = _notice_blob(public_id, kind, request.today) if what == "notice" else _file_blob(public_id, request.today)
    if blob is None:
        return show(request, "refused", {"words": "这份文书已经收回，请重新查询。", "here": STATUS}, 404)
    return download(read(blob), blob.name, blob.content_type)


def _notice_blob(public_id: str, kind: str, today: date) -> Blob | None:
    notice = Notice.objects.select_related("case").get(public_id=public_id)
    if notice.pk not in {row.pk for row in progress.sent_notices(notice.case, today)}:
        return None  # recalled since the page was shown
    if kind != "scan" and getattr(notice, kind) is None:
        notices.render_files(notice)
        notice.save(update_fields=["docx", "pdf"])
    blob: Blob | None = getattr(notice, kind)
    return blob


def _file_blob(public_id: str, today: date) -> Blob | None:
    file = CaseFile.objects.select_related("case", "blob").get(public_id=public_id)
    return file.blob if file.pk in {row.pk for row in progress.provided_files(file.case, today)} else None
