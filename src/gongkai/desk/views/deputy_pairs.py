"""AB角 on the desk: who stands in for whom, and that it is so from a day to a day."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages as flash
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.agencies.actions import can_delegate, can_unpair, delegate, pair_up, unpair
from gongkai.agencies.models import Agency, DeputyPair
from gongkai.desk.forms_mine import AwayForm, DeputyPairForm
from gongkai.desk.views.mine import arranges_for
from gongkai_core.refusals import Refused

MOST = 200


@require_http_methods(["GET", "POST"])
@never_cache
def pairs(request: HttpRequest) -> HttpResponse:
    """The standing pairs one is part of, and those of the organs one answers for; a form for another."""
    arranges = arranges_for(request)
    by, today = request.user, request.today
    form = DeputyPairForm(request.POST or None, by=by, arranges=arranges, today=today)
    if request.method == "POST" and form.is_valid():
        try:
            pair_up(by=by, today=today, **form.cleaned_data)
            flash.success(request, "已登记 AB 角")
            return redirect("desk:deputy-pairs")
        except Refused as refused:
            form.add_error(None, str(refused.refusal))
    rows = [
        {
            "row": row,
            "away": can_delegate(row.person, row.deputy, row.agency, first=today, last=today, by=by, today=today),
            "end": can_unpair(row, by=by, today=today),
        }
        for row in _seen(request, arranges).order_by("agency__path", "person__name", "pk")[:MOST]
    ]
    context = {"section": "delegations", "form": form, "rows": rows, "works": bool(form.fields["agency"].queryset)}
    return render(request, "desk/deputy_pairs.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@never_cache
def away(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """离岗: the B acts from a day to a day; it is a delegation like any other, and ends by itself."""
    pair = get_object_or_404(_seen(request, arranges_for(request)), public_id=public_id)
    by, today = request.user, request.today
    form = AwayForm(request.POST or None, initial={"first": today, "last": today})
    if request.method == "POST" and form.is_valid():
        try:
            delegate(pair.person, pair.deputy, pair.agency, by=by, today=today, **form.cleaned_data)
            flash.success(request, f"已登记：{pair.deputy}代{pair.person}办理，到期自动结束")
            return redirect("desk:deputy-pairs")
        except Refused as refused:
            form.add_error(None, str(refused.refusal))
    context = {"section": "delegations", "form": form, "pair": pair, "only_today": by.pk == pair.deputy_id}
    return render(request, "desk/deputy_pair_away.html", context, status=422 if form.errors else 200)


@require_POST
def end(request: HttpRequest, public_id: UUID) -> HttpResponse:
    pair = get_object_or_404(_seen(request, arranges_for(request)), public_id=public_id)
    try:
        unpair(pair, by=request.user, today=request.today)
        flash.success(request, "AB 角已结束")
    except Refused as refused:
        flash.error(request, str(refused))
    return redirect("desk:deputy-pairs")


def _seen(request: HttpRequest, arranges: list[Agency]) -> QuerySet[DeputyPair]:
    rows = DeputyPair.objects.standing().select_related("person", "deputy", "agency", "set_by")
    return rows.filter(Q(person=request.user) | Q(deputy=request.user) | Q(agency__in=arranges))
