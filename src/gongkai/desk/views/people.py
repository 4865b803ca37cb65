"""Organs, people and posts: the system administrator's (系统管理员)."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from gongkai.agencies.actions import appoint, establish
from gongkai.agencies.actions import unfreeze as unfreeze_account
from gongkai.agencies.models import Agency, Appointment, Role, User
from gongkai.desk.forms import AgencyForm, AppointmentForm
from gongkai_core.refusals import Refused


def _only_for(request: HttpRequest, *roles: Role) -> None:
    """These pages don't exist for others."""
    if not any(request.user.holds(role, on=request.today) for role in roles):
        raise Http404


def agencies(request: HttpRequest) -> HttpResponse:
    """The tree of organs, and a form to enter one more."""
    _only_for(request, Role.SYSTEM_ADMIN, Role.DISCLOSURE_OFFICE)
    form = AgencyForm(request.POST or None)
    if request.method == "POST":
        _only_for(request, Role.SYSTEM_ADMIN)
        if form.is_valid():
            try:
                agency = establish(by=request.user, on=request.today, **form.cleaned_data)
                messages.success(request, f"已录入{agency.name}")
                return redirect("desk:agencies")
            except Refused as refused:
                messages.error(request, str(refused))
    tree = Agency.objects.select_related("parent", "merged_into")
    return render(request, "desk/agencies.html", {"section": "agencies", "agencies": tree, "form": form})


def people(request: HttpRequest) -> HttpResponse:
    """Who holds which post, and a form to appoint."""
    _only_for(request, Role.SYSTEM_ADMIN)
    form = AppointmentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = _appoint(request, form)
            messages.success(request, f"已登记{user.name}的岗位")
            return redirect("desk:people")
        except Refused as refused:
            messages.error(request, str(refused))
    posts = Appointment.objects.select_related("user", "agency").order_by("agency__path", "role", "user__name")
    frozen = User.objects.filter(is_active=False).order_by("name", "pk")
    return render(request, "desk/people.html", {"section": "people", "posts": posts, "form": form, "frozen": frozen})


@require_POST
def unfreeze(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Let a frozen account log in again; its posts and its password are given anew."""
    _only_for(request, Role.SYSTEM_ADMIN)
    user = get_object_or_404(User, public_id=public_id)
    try:
        unfreeze_account(user, by=request.user, today=request.today)
        messages.success(request, f"{user.name}的账号已解冻，请重新登记岗位并发账号链接")
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("desk:people")


@transaction.atomic
def _appoint(request: HttpRequest, form: AppointmentForm) -> User:
    data = form.cleaned_data
    user = User.objects.filter(username=data["username"]).first()
    if user is None:
        user = User.objects.create_user(data["username"], data["name"])
    if data["phone"]:
        user.phone = data["phone"]
        user.save(update_fields=["phone"])
    appoint(user, data["role"], data["agency"], by=request.user, on=request.today, title=data["title"])
    return user
