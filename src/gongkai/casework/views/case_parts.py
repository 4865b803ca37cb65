"""What the case page shows and does beside the course of the case: trials, splitting, help, notes, new answers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.casework import actions, acts, forms_acts, masking, rules, signing
from gongkai.casework.actions.assign import running_assignment
from gongkai.casework.frequency import frequency
from gongkai.casework.internal_deadlines import internal_deadlines
from gongkai.casework.models import Assistance, Case, SignOff
from gongkai.casework.register_rights import can_keep_register
from gongkai.casework.sheet import render
from gongkai.casework.terms import owed_by_row
from gongkai.casework.views import desk, lists
from gongkai.casework.what_if import what_if
from gongkai_core.refusals import Refused


def context(request: HttpRequest, row: Case) -> dict[str, Any]:
    """Further context of the case page, each for a template of its own."""
    by, today = request.user, request.today
    return {
        "frequency": frequency(row, today),
        "deputy": lists.deputies_of([row], today).get(row.pk),
        "redecisions": row.redecisions.select_related("review", "lawsuit"),
        "assignment": running_assignment(row),
        "refusals": row.assignments.exclude(refused_on=None).select_related("handler"),
        "assistances": [_assistance(one, by, today) for one in row.assistances.all()],
        "sign_offs": [_sign_off(one, by, today) for one in row.sign_offs.select_related("asked_by", "signed_by")],
        "ask_sign_off": acts.ACTS["ask_sign_off"] if rules.SIGN_OFF_FIRST.value() and not row.finished else None,
        "ask_sign_off_refusal": actions.can_ask_sign_off(row, by=by, today=today),
        "trials": what_if(row, today),
        "internal": internal_deadlines(row, today),
        "notes": row.notes.select_related("written_by"),
        "note_form": forms_acts.NoteForm(case=row, today=today),
        "note_refusal": actions.can_write_note(row, by=by, today=today),
        "split_parts": row.split_parts.all(),
        **_after_the_answer(request, row),
    }


def _after_the_answer(request: HttpRequest, row: Case) -> dict[str, Any]:
    """Reviews and suits about the case, suggestions to publish that came of it, and whether more may be entered."""
    disputes = [("行政复议", one) for one in row.reviews.select_related("agency").defer("claimant")]
    disputes += [("行政诉讼", one) for one in row.lawsuits.select_related("agency").defer("claimant")]
    return {
        "disputes": [{"name": name, "row": one, "due": owed_by_row(one, request.today)} for name, one in disputes],
        "openness": row.openness_suggestions.defer("words", "suggester", "contact", "reason"),
        "may_enter_dispute": can_keep_register(row.agency, by=request.user, today=request.today) is None,
    }


def _assistance(one: Assistance, by: Any, today: Any) -> dict[str, Any]:
    """One request for help with what may be done about it."""
    return {
        "assistance": one,
        "offered": [
            {
                "act": acts.ACTS[name],
                "label": acts.ACTS[name].label,
                "url": reverse("casework:act_on", args=[one.case.public_id, name, one.public_id]),
                "refusal": acts.ACTS[name].can(one, by=by, today=today),
            }
            for name in ("answer_assistance", "cancel_assistance")
        ]
        if one.waiting and not one.case.finished
        else [],
    }


def _sign_off(one: SignOff, by: Any, today: Any) -> dict[str, Any]:
    """One paper put before its signer; whoever brings a recorded word finds the same form."""
    waits = not (one.signed_by_id or one.returned_on)
    refusal = actions.can_sign_off(one, by=by, today=today)
    if refusal and signing.recorder_refusal(one.case, by=by, today=today) is None:
        refusal = None if signing.unused_instructions(one.case).exists() else refusal
    url = reverse("casework:act_on", args=[one.case.public_id, "sign_off", one.public_id])
    return {"sign_off": one, "url": url if waits else "", "refusal": refusal}


@never_cache
@require_http_methods(["GET", "POST"])
def split(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """拆分: the parts, then the numbers and codes of the new ones, shown once."""
    row = desk.find_case(request, public_id)
    form = forms_acts.SplitForm(desk.posted(request)[0], case=row, today=request.today)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.split(row, by=request.user, today=request.today, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused.refusal))
        else:
            messages.success(request, f"已拆分为 {len(made) + 1} 件")
            return desk.page(
                request, "split_done", desk.case_crumb(row), ("拆分", ""), case=row, made=made,
                applicant=masking.masked_name(row.applicant),
            )  # fmt: skip
    return desk.page(
        request, "split", desk.case_crumb(row), ("拆分", ""), case=row, form=form,
        refusal=actions.can_split(row, by=request.user, today=request.today), status=422 if form.errors else 200,
    )  # fmt: skip


@require_POST
@never_cache
def note(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """办理备注: written on the case page; what was refused is shown again with its words."""
    row = desk.find_case(request, public_id)
    form = forms_acts.NoteForm(request.POST, case=row, today=request.today)
    if form.is_valid():
        try:
            actions.write_note(row, words=form.cleaned_data["words"], by=request.user, today=request.today)
            messages.success(request, "备注已记下")
            return redirect(row)
        except Refused as refused:
            form.add_error(None, str(refused.refusal))
    given = {**desk.case_context(request, row), "note_form": form}
    return desk.page(request, "case", desk.case_crumb(row), status=422, **given)


@never_cache
@require_GET
def sheet_file(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """期限计算单 as PDF."""
    row = desk.find_case(request, public_id)
    if not row.received_on:
        messages.error(request, "收到日还没有确定，登记后才能计算期限")
        return redirect(row)
    try:
        data = render(row, request.today)
    except Refused as refused:
        messages.error(request, str(refused.refusal))
        return redirect("casework:sheet", row.public_id)
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(False, f"期限计算单 {row.number}.pdf")
    response["X-Content-Type-Options"] = "nosniff"
    return response
