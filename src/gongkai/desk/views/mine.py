"""A person's own: messages, how they come, and who deputises."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages as flash
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.agencies.actions import can_end_delegation, delegate, end_delegation, may_arrange
from gongkai.agencies.identifiers import public_id_in
from gongkai.agencies.models import Agency, Delegation, Role, User
from gongkai.desk.channels import QUIET_HOURS
from gongkai.desk.forms_mine import ContactCardForm, DelegationForm
from gongkai.desk.models import ContactCard
from gongkai.outbox import station
from gongkai.trail.chain import record
from gongkai_core.refusals import Refused

PAGE = 50


@require_GET
@never_cache
def messages(request: HttpRequest) -> HttpResponse:
    """站内消息, newest first; paged by key."""
    rows = station.messages_of(request.user)
    if before := public_id_in(request.GET.get("before", "")):
        rows = rows.filter(public_id__lt=before)
    shown = list(rows[: PAGE + 1])
    older = f"?before={shown[PAGE - 1].public_id}" if len(shown) > PAGE else None
    context = {"section": "messages", "rows": shown[:PAGE], "older": older}
    return render(request, "desk/messages.html", context)


@require_POST
def open_message(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Mark one as read and go to the page it is about."""
    row = get_object_or_404(station.messages_of(request.user), public_id=public_id)
    station.mark_read(station.messages_of(request.user).filter(pk=row.pk), request.user)
    inside = row.url.startswith("/desk/") and url_has_allowed_host_and_scheme(row.url, None)
    return redirect(row.url if inside else "desk:messages")


@require_POST
def read_messages(request: HttpRequest) -> HttpResponse:
    """Mark all as read."""
    station.mark_read(station.messages_of(request.user).order_by(), request.user)
    return redirect("desk:messages")


@require_http_methods(["GET", "POST"])
@never_cache
def me(request: HttpRequest) -> HttpResponse:
    """消息设置: one's office telephone, where else messages go, and when not to be disturbed."""
    card = ContactCard.objects.filter(person=request.user).first() or ContactCard(person=request.user)
    form = ContactCardForm(request.POST or None, instance=card, person=request.user)
    if request.method == "POST" and form.is_valid():
        _save(request.user, form, request)
        flash.success(request, "已保存")
        return redirect("desk:me")
    context = {"section": "messages", "form": form, "quiet": QUIET_HOURS.value()}
    return render(request, "desk/me.html", context, status=422 if form.errors else 200)


@transaction.atomic
def _save(person: User, form: ContactCardForm, request: HttpRequest) -> None:
    form.save()
    person.phone = form.cleaned_data["phone"]
    person.save(update_fields=["phone"])
    record("desk.set_contact_card", person, by=person, today=request.today, ground="个人信息保护法第五十一条")


@require_http_methods(["GET", "POST"])
def delegations(request: HttpRequest) -> HttpResponse:
    """请假委托: those one gave and was given, those of the organs one answers for, and a form for another."""
    arranges = arranges_for(request)
    form = DelegationForm(request.POST or None, by=request.user, arranges=arranges, today=request.today)
    if request.method == "POST" and form.is_valid():
        try:
            delegate(by=request.user, today=request.today, **form.cleaned_data)
            flash.success(request, "已登记委托，到期自动结束")
            return redirect("desk:delegations")
        except Refused as refused:
            form.add_error(None, str(refused.refusal))
    rows = [
        {"row": row, "refusal": can_end_delegation(row, by=request.user, today=request.today)}
        for row in _seen(request, arranges).order_by("-valid_to", "-pk")[:PAGE]
    ]
    context = {"section": "delegations", "form": form, "rows": rows, "works": bool(form.fields["agency"].queryset)}
    return render(request, "desk/delegations.html", context, status=422 if form.errors else 200)


@require_POST
def end(request: HttpRequest, public_id: UUID) -> HttpResponse:
    row = get_object_or_404(_seen(request, arranges_for(request)), public_id=public_id)
    try:
        end_delegation(row, by=request.user, today=request.today)
        flash.success(request, "委托已结束")
    except Refused as refused:
        flash.error(request, str(refused))
    return redirect("desk:delegations")


def arranges_for(request: HttpRequest) -> list[Agency]:
    """The organs for whose people the person may name a deputy."""
    own = request.user.own_posts_on(request.today)
    if any(post.role == Role.DISCLOSURE_OFFICE for post in own):
        return list(Agency.objects.existing(request.today))
    organs = {post.agency for post in own}
    return [agency for agency in organs if may_arrange(agency, by=request.user, on=request.today)]


def _seen(request: HttpRequest, arranges: list[Agency]) -> QuerySet[Delegation]:
    rows = Delegation.objects.select_related("person", "deputy", "agency", "set_by")
    mine = rows.filter(person=request.user) | rows.filter(deputy=request.user)
    return mine | rows.filter(agency__in=arranges) if arranges else mine
