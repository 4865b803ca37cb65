"""台账文书 on the desk: the draft edited, the paper signed, stamped, sent, voided and downloaded; each opening in the trail."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.casework import acts, signing
from gongkai.casework import forms_registers as forms
from gongkai.casework.actions import disputes
from gongkai.casework.actions import register_papers as actions
from gongkai.casework.models import RegisterFile, RegisterPaper
from gongkai.casework.permissions import case_agencies
from gongkai.casework.register_pages import REGISTERS
from gongkai.casework.views import outgoing
from gongkai.casework.views.papers import file_response
from gongkai_core.refusals import Refusal, Refused


def _find(request: HttpRequest, model: type[Any], public_id: UUID, may_open: Callable[[Any], Any]) -> Any:
    """The paper or file, or 404 when it doesn't exist for this person; without the need to read it, 404 too."""
    organs = case_agencies(request.user, on=request.today)
    shared = Q(complaint__assigned_to__in=organs) if model is RegisterFile else Q(pk=None)
    rows = model.objects.filter(Q(agency__in=organs) | shared)
    rows = rows.select_related("agency", "review", "lawsuit", "complaint", "correction")
    found = get_object_or_404(rows, public_id=public_id)
    if may_open(found):
        raise Http404
    return found


def find_paper(request: HttpRequest, public_id: UUID) -> RegisterPaper:
    """The paper, or 404 when it doesn't exist for this person or is not for this person's eyes."""
    who = {"by": request.user, "today": request.today}
    found: RegisterPaper = _find(
        request, RegisterPaper, public_id, lambda paper: actions.can_open_register_papers(paper.row, **who)
    )
    return found


@never_cache
@require_http_methods(["GET", "POST"])
def paper(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One paper: while it is drafted, its form and how it reads; afterwards the paper, to be sent."""
    found = find_paper(request, public_id)
    bound: dict[str, Any] = {}
    if request.method == "POST":
        do = request.POST.get("do", "")
        if do not in _DOING:
            raise Http404
        bound = {do: _form(do, found, request)}
        if bound[do].is_valid() and _done(request, do, found, bound[do]):
            return redirect(found.row if do == "void" else found)
    elif not found.voided_on:
        actions.open_register_paper(found, by=request.user, today=request.today)
    return _page(request, found, bound)


_OWN = {"write": "已保存", "sign": "已签发", "send": "已登记发出", "void": "已作废"}
_ON_ITS_WAY = (
    "record_sealing", "sign_electronically", "seal_electronically", "return_scan", "accept_scan", "confirm_delivery",
    "deliver_again",
)  # fmt: skip
"""What is done to it as to an answer: the same acts with the same forms."""
_DOING = _OWN | {name: f"{acts.ACTS[name].label}：已办理" for name in _ON_ITS_WAY}


def _form(do: str, found: RegisterPaper, request: HttpRequest) -> Any:
    """The form of an act, filled where this act was sent."""
    here = request.method == "POST" and request.POST.get("do") == do
    data, files = (request.POST, request.FILES) if here else (None, None)
    if do in _ON_ITS_WAY:
        whose: dict[str, Any] = {"case": found, "today": request.today, "auto_id": f"id_{do}_%s"}
        made: Any = acts.ACTS[do].form
        return made(data, files, **whose)
    if do == "write":
        return forms.PaperForm(data, paper=found)
    if do == "sign":
        return forms.SignPaperForm(data, paper=found)
    return forms.SendPaperForm(data) if do == "send" else forms.VoidPaperForm(data)


def _done(request: HttpRequest, do: str, found: RegisterPaper, form: Any) -> bool:
    who = {"by": request.user, "today": request.today}
    try:
        if do in _ON_ITS_WAY:
            acts.ACTS[do].run(_target(found, do), **form.cleaned_data, **who)
        elif do == "write":
            actions.write_register_paper(found, variables=form.variables, **who)
        elif do == "sign":
            actions.sign_register_paper(found, **form.cleaned_data, **who)
        elif do == "send":
            actions.send_register_paper(found, **form.cleaned_data, **who)
        else:
            actions.void_register_paper(found, **form.cleaned_data, **who)
    except Refused as refused:
        form.add_error(None, str(refused.refusal))
        return False
    messages.success(request, f"{found.name}{_DOING[do]}")
    return True


def _target(found: RegisterPaper, do: str) -> Any:
    """The paper, or its last delivery, which is all that can be confirmed or come back."""
    if acts.ACTS[do].target != "delivery":
        return found
    last = found.deliveries.last()
    if last is None:
        raise Refused(Refusal("unsent", "还没有发出"))
    return last


def _on_its_way(found: RegisterPaper, request: HttpRequest, bound: dict[str, Any]) -> list[dict[str, Any]]:
    """The steps that stand next: to stamp it, and once it is sent, to confirm or to send again."""
    names = acts.seal_steps(found) if found.signed_on and not (found.sent_on or found.voided_on) else []
    last = found.deliveries.last()
    if last and not found.voided_on:
        names = ["deliver_again"] if last.failed else [] if last.delivered_on else ["confirm_delivery"]
    who = {"by": request.user, "today": request.today}
    return [
        {
            "name": name, "act": acts.ACTS[name], "form": bound.get(name) or _form(name, found, request),
            "refusal": acts.ACTS[name].can(_target(found, name), **who),
        }
        for name in names
    ]  # fmt: skip


def _page(request: HttpRequest, found: RegisterPaper, bound: dict[str, Any]) -> HttpResponse:
    who = {"by": request.user, "today": request.today}
    row, failed = found.row, any(form.errors for form in bound.values())
    writes = found.open_draft and actions.can_write_register_paper(found, **who) is None
    letter, lacks = _reads(found, request)
    steps = _on_its_way(found, request, bound)
    context = {
        **outgoing.parts(found),
        "steps": steps,
        "step_forms": [form for do, form in bound.items() if do in _ON_ITS_WAY],
        "section": next(slug for slug, register in REGISTERS.items() if register.model is type(row)),
        "crumbs": [("依申请公开", reverse("casework:cases")), (str(row), row.get_absolute_url()), (found.name, "")],
        "today": request.today,
        "row": row,
        "letter": letter,
        "lacks": lacks,
        "level": signing.level_for(found.agency, actions.kind_of(found.letter)).label,
        "write_form": bound.get("write") or (_form("write", found, request) if writes else None),
        "sign_form": bound.get("sign") or (_form("sign", found, request) if found.open_draft else None),
        "sign_refusal": _sign_refusal(found, request),
        "send_form": bound.get("send") or (_sending(found, request) if found.signed_on and not found.sent_on else None),
        "send_refusal": actions.can_send_register_paper(found, **who),
        "void_form": bound.get("void") or _form("void", found, request),
        "void_refusal": actions.can_void_register_paper(found, **who),
    }
    return render(request, "casework/register_paper.html", context, status=422 if failed else 200)


def _sending(found: RegisterPaper, request: HttpRequest) -> Any:
    form = _form("send", found, request)
    form.fields["sent_on"].initial = request.today
    return form


def _sign_refusal(found: RegisterPaper, request: HttpRequest) -> Any:
    """Whoever may not sign may still bring a leader's recorded word."""
    who = {"by": request.user, "today": request.today}
    refusal = actions.can_sign_register_paper(found, **who)
    own = found.drafted_by_id == request.user.pk
    brings = signing.bringer_refusal(found.agency, own=own, **who) is None
    return None if brings and signing.unused_words(found.agency).exists() else refusal


def _reads(found: RegisterPaper, request: HttpRequest) -> tuple[Any, str]:
    """How the paper reads, and what a draft still lacks."""
    if found.content:
        return found.rendered, ""
    try:
        return actions.compose(found, signed_on=request.today, number="（签发时取号）"), ""
    except Refused as refused:
        return None, str(refused.refusal)


@never_cache
@require_GET
def paper_file(request: HttpRequest, public_id: UUID, kind: str) -> HttpResponse:
    """The .docx or .pdf of a signed paper; one that could not be made before is made now."""
    if kind not in outgoing.FILES:
        raise Http404
    found = find_paper(request, public_id)
    if not found.content:
        raise Http404
    with transaction.atomic():
        blob = outgoing.file_of(found, kind)
        actions.open_register_paper(found, by=request.user, today=request.today, file=kind)
    if blob is None:
        messages.error(request, outgoing.missing_words(kind))
        return redirect(found)
    return file_response(blob)


@never_cache
@require_GET
def register_file(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A paper that came in about a row."""
    who = {"by": request.user, "today": request.today}
    found: RegisterFile = _find(
        request, RegisterFile, public_id, lambda kept: disputes.can_open_register_file(kept, **who)
    )
    disputes.open_register_file(found, **who)
    return file_response(found.blob)
