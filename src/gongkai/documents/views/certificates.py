"""数字证书 on the desk: every organ's seals and signatures with how long they hold; entered, tried out, retired."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.documents import certificates as acts
from gongkai.documents import electronic_seal
from gongkai.documents.blobs import read
from gongkai.documents.forms import CertificateForm, RetireForm, TrialForm
from gongkai.documents.models import Certificate
from gongkai_core.refusals import Refused

TITLE = "数字证书"


def _keepers_only(request: Any) -> None:
    """These pages don't exist for others."""
    if acts.can_keep_certificates(by=request.user, today=request.today):
        raise Http404


def _page(
    request: HttpRequest, template: str, *crumbs: tuple[str, str], status: int = 200, **context: Any
) -> HttpResponse:
    frame = {"section": "certificates", "crumbs": crumbs, "today": request.today}
    return render(request, f"documents/{template}.html", frame | context, status=status, using="django")


def _list() -> tuple[str, str]:
    return TITLE, reverse("documents:certificates")


@never_cache
@require_GET
def certificates(request: HttpRequest) -> HttpResponse:
    """The list, organ by organ."""
    _keepers_only(request)
    rows = Certificate.objects.select_related("agency", "holder").order_by("agency__path", "-pk")
    shown = [{"row": row, "lamp": row.lamp(request.today)} for row in rows]
    return _page(request, "certificates", (TITLE, ""), rows=shown, form=TrialForm(today=request.today))


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def certificate_new(request: HttpRequest) -> HttpResponse:
    """录入证书. Nothing typed is lost when it is refused but the password, which no page shows again."""
    _keepers_only(request)
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = CertificateForm(*posted, today=request.today)
    if request.method == "POST" and form.is_valid():
        try:
            row = acts.add_certificate(**form.cleaned_data, by=request.user, today=request.today)
        except Refused as refused:
            form.add_error(None, str(refused.refusal))
        else:
            messages.success(request, f"已录入{row.name}")
            return redirect("documents:certificate", row.public_id)
    return _page(
        request, "certificate_new", _list(), ("录入证书", ""), form=form, service=_service(),
        status=422 if form.errors else 200,
    )  # fmt: skip


def _service() -> str:
    """Why certificates of the seal service can't be used here, if so."""
    try:
        electronic_seal.service()
    except Refused as refused:
        return refused.refusal.message
    return ""


@never_cache
@require_POST
def certificate_test(request: HttpRequest) -> HttpResponse:
    """A test certificate for an organ, at a press."""
    _keepers_only(request)
    form = TrialForm(request.POST, today=request.today)
    if not form.is_valid():
        messages.error(request, "请选择机关")
        return redirect("documents:certificates")
    row = acts.make_test_certificate(form.cleaned_data["agency"], by=request.user, today=request.today)
    messages.success(request, f"已生成{row.name}的测试证书；它盖出的只是样张，印“样张 无效”")
    return redirect("documents:certificate", row.public_id)


@never_cache
@require_http_methods(["GET", "POST"])
def certificate(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One certificate; retired here."""
    _keepers_only(request)
    found = Certificate.objects.select_related("agency", "holder", "added_by", "retired_by", "picture")
    row = get_object_or_404(found, public_id=public_id)
    form = RetireForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acts.retire_certificate(row, **form.cleaned_data, by=request.user, today=request.today)
        except Refused as refused:
            messages.error(request, str(refused.refusal))
        else:
            messages.success(request, f"{row.name}的证书已停用，密钥已销毁")
        return redirect("documents:certificate", row.public_id)
    return _page(
        request, "certificate", _list(), (row.name, ""), row=row, facts=_facts(row), lamp=row.lamp(request.today),
        form=form, refusal=acts.can_retire_certificate(row, by=request.user, today=request.today),
        unusable=electronic_seal.unusable(row, request.today), status=422 if form.errors else 200,
    )  # fmt: skip


def _facts(row: Certificate) -> list[tuple[str, Any]]:
    facts = [
        ("机关", row.agency.name),
        ("种类", row.get_kind_display()),
        ("签名人", row.holder.name if row.holder else ""),
        ("制发依据", row.basis),
        ("证书主体", row.subject),
        ("颁发者", row.issuer),
        ("证书序列号", row.serial),
        ("算法", row.algorithm),
        ("有效期", f"{row.first_day} 至 {row.last_day}"),
        ("密钥", _key(row)),
        ("录入", f"{row.added_by.name}，{row.added_on}"),
        ("停用", f"{row.retired_by.name}，{row.retired_on}：{row.retire_reason}" if row.retired_by else ""),
    ]
    return [(label, words) for label, words in facts if words]


def _key(row: Certificate) -> str:
    if row.at_service:
        return "统一电子印章系统保管"
    if not row.key_sealed:
        return "已销毁"
    return "本系统加密保管，由签名人的口令打开" if row.holder_id else "本系统加密保管"


@never_cache
@require_GET
def certificate_picture(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """印模 as it is printed."""
    _keepers_only(request)
    row = get_object_or_404(Certificate.objects.exclude(picture=None).select_related("picture"), public_id=public_id)
    response = HttpResponse(read(row.picture), content_type="image/png")
    response["X-Content-Type-Options"] = "nosniff"
    return response
