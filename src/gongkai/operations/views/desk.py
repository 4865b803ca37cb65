"""The system administrator's pages: what is still to be set, organs and staff by sheet, one-time links."""

from __future__ import annotations

import hashlib

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from gongkai.agencies.models import Agency, Installation, User
from gongkai.agencies.permissions import locked
from gongkai.documents import blobs, intake
from gongkai.documents.sheets import XLSX
from gongkai.operations import setup_list, staff_sheet
from gongkai.operations.actions import change_particulars, import_staff, invite, rehearse
from gongkai.operations.actions.import_staff import Handout, Imported
from gongkai.operations.forms import ContactsForm, SiteForm, UploadForm
from gongkai.operations.models import StaffUpload
from gongkai.operations.permissions import for_system_administrator
from gongkai_core.refusals import Refusal, Refused


@for_system_administrator
def setup(request: HttpRequest) -> HttpResponse:
    items = setup_list.items(today=request.today)
    context = {"section": "setup", "items": items, "left": sum(not item.done for item in items)}
    return render(request, "operations/setup.html", context)


@for_system_administrator
def template(request: HttpRequest) -> HttpResponse:
    """The empty sheet."""
    response = HttpResponse(staff_sheet.template(), content_type=XLSX)
    response["Content-Disposition"] = (
        "attachment; filename=\"staff.xlsx\"; filename*=UTF-8''%E6%9C%BA%E5%85%B3%E4%BA%BA%E5%91%98%E8%A1%A8.xlsx"
    )
    return response


@for_system_administrator
def upload(request: HttpRequest) -> HttpResponse:
    """First step: take the file, keep it sealed, go to its pre-check."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            kept = _keep(file.name, file.read(staff_sheet.MAX_BYTES + 1), by=request.user)
            return redirect("operations:import-check", kept.public_id)
        except Refused as refused:
            form.add_error("file", str(refused))
    return render(request, "operations/upload.html", {"section": "import", "form": form})


def _keep(name: str, data: bytes, *, by: User) -> StaffUpload:
    staff_sheet.read(data)  # what cannot be read, or carries a classification mark, is not kept
    taken = intake.take(data, name, intake.SHEETS)
    with transaction.atomic():
        blob = intake.keep(taken, sealed=True)
        return StaffUpload.objects.create(blob=blob, uploaded_by=by)


@for_system_administrator
@never_cache
def check(request: HttpRequest, public_id: str) -> HttpResponse:
    """Second step: GET shows the pre-check, POST imports and shows the one-time links, this once."""
    kept = get_object_or_404(StaffUpload.objects.select_related("blob", "uploaded_by"), public_id=public_id)
    context = {"section": "import", "upload": kept}
    if kept.imported_at:
        return render(request, "operations/check.html", context)
    data = blobs.read(kept.blob)
    sheet = staff_sheet.read(data)
    if request.method == "POST":
        try:
            made = _import(kept, sheet, data, request)
            links = [(handout, _link(request, handout)) for handout in made.handouts]
            return render(request, "operations/handouts.html", context | {"made": made, "links": links})
        except Refused as refused:
            messages.error(request, str(refused))
    made, faults = rehearse(sheet, by=request.user, today=request.today)
    return render(request, "operations/check.html", context | {"made": made, "faults": faults})


@transaction.atomic
def _import(kept: StaffUpload, sheet: staff_sheet.StaffSheet, data: bytes, request: HttpRequest) -> Imported:
    kept = locked(kept)
    if kept.imported_at:
        raise Refused(Refusal("imported", "这个文件已经导入过了；链接没有留下的，在“账号链接”中重发"))
    made = import_staff(sheet, by=request.user, today=request.today, source=hashlib.sha256(data).hexdigest())
    kept.imported_at = timezone.now()
    kept.save(update_fields=["imported_at"])
    return made


def _link(request: HttpRequest, handout: Handout) -> str:
    return request.build_absolute_uri(reverse("operations:choose-password", args=[handout.token]))


@for_system_administrator
def accounts(request: HttpRequest) -> HttpResponse:
    """Who can log in, who still has a link, and the buttons that issue one."""
    now = timezone.now()
    people = User.objects.prefetch_related("invitations", "appointments__agency").order_by("username")
    rows = [
        {
            "user": user,
            "organs": sorted({post.agency.short_name for post in user.appointments.all()}),
            "until": next(
                (link.expires_at for link in user.invitations.all() if not link.closed_at and link.expires_at > now),
                None,
            ),
            "ready": user.has_usable_password(),
        }
        for user in people
    ]
    rows.sort(key=lambda row: row["ready"])
    waiting = sum(not row["ready"] and row["user"].is_active for row in rows)
    return render(request, "operations/accounts.html", {"section": "accounts", "rows": rows, "waiting": waiting})


@for_system_administrator
@require_POST
@never_cache
def issue(request: HttpRequest, public_id: str | None = None) -> HttpResponse:
    """Issue a link for one person, or for everybody who has no password yet, and show them, this once."""
    people = User.objects.filter(is_active=True).order_by("username")
    if public_id:
        chosen = [get_object_or_404(User, public_id=public_id)]
    else:
        chosen = [user for user in people if not user.has_usable_password()]
    try:
        with transaction.atomic():
            handouts = [_handout(user, request) for user in chosen]
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("operations:accounts")
    links = [(handout, _link(request, handout)) for handout in handouts]
    return render(request, "operations/handouts.html", {"section": "accounts", "links": links})


def _handout(user: User, request: HttpRequest) -> Handout:
    invitation, token = invite(user, by=request.user, today=request.today)
    organs = {post.agency.short_name for post in user.posts_on(request.today)}
    return Handout(user, "、".join(sorted(organs)), invitation, token)


@for_system_administrator
def contacts(request: HttpRequest, public_id: str) -> HttpResponse:
    agency = get_object_or_404(Agency, public_id=public_id)
    form = ContactsForm(request.POST or None, instance=agency)
    if request.method == "POST" and form.is_valid():
        return _save(request, get_object_or_404(Agency, pk=agency.pk), form, agency.short_name)
    context = {"section": "setup", "form": form, "title": f"联系方式：{agency.name}"}
    return render(request, "operations/particulars.html", context)


@for_system_administrator
def site(request: HttpRequest) -> HttpResponse:
    installation = get_object_or_404(Installation)
    form = SiteForm(request.POST or None, instance=installation)
    if request.method == "POST" and form.is_valid():
        return _save(request, get_object_or_404(Installation), form, "网站和救济")
    return render(request, "operations/particulars.html", {"section": "setup", "form": form, "title": "网站和救济"})


def _save(request: HttpRequest, obj: Agency | Installation, form: ContactsForm | SiteForm, name: str) -> HttpResponse:
    change_particulars(obj, by=request.user, today=request.today, **form.cleaned_data)
    messages.success(request, f"已保存：{name}")
    return redirect("operations:setup")
