"""签发权限 as the disclosure office sets it: who signs which kind of paper, for all organs and for one."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gongkai.agencies.models import Agency
from gongkai.casework import actions
from gongkai.casework.forms_acts import SigningRulesForm
from gongkai.casework.models import SigningRule
from gongkai_core.refusals import Refused


@require_http_methods(["GET", "POST"])
def rules(request: HttpRequest) -> HttpResponse:
    """The kinds with who signs them; `organ` chooses one organ."""
    if actions.can_set_signing_rule(by=request.user, today=request.today):
        raise Http404
    organs = Agency.objects.answering().existing(request.today).order_by("path")
    chosen = request.GET.get("organ", "")
    agency = get_object_or_404(organs, public_id=_key(chosen)) if chosen else None
    form = SigningRulesForm(request.POST or None, agency=agency)
    if request.method == "POST" and form.is_valid() and _set(request, form, agency):
        here = reverse("casework:signing")
        return redirect(f"{here}?organ={agency.public_id}" if agency else here)
    context = {
        "section": "signing",
        "form": form,
        "agency": agency,
        "organs": organs,
        "own": SigningRule.objects.exclude(agency=None).select_related("agency").order_by("agency__path", "kind"),
    }
    return render(request, "casework/signing.html", context, status=422 if form.errors else 200)


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def _set(request: HttpRequest, form: SigningRulesForm, agency: Agency | None) -> bool:
    """All of it or nothing."""
    try:
        with transaction.atomic():
            for kind, level in form.cleaned_data.items():
                actions.set_signing_rule(kind=kind, level=level, agency=agency, by=request.user, today=request.today)
    except Refused as refused:
        form.add_error(None, str(refused.refusal))
        return False
    messages.success(request, "签发权限已改定")
    return True
