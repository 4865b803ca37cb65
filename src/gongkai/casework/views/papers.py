"""Papers of a case on the desk: the decision's draft, letters and the files of the volume, each opening in the trail."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.casework import actions, evidence, masking, procedure, similar
from gongkai.casework.actions.propose_decision import active_decision, try_letter
from gongkai.casework.forms_decision import DecisionForm, OutcomeForm
from gongkai.casework.models import Case, CaseFile, Decision, Law, Notice
from gongkai.casework.views import desk, outgoing
from gongkai.documents.blobs import read
from gongkai.documents.models import Blob
from gongkai_core.letters import RenderedLetter
from gongkai_core.outcomes import OUTCOMES
from gongkai_core.refusals import Refused

_GROUND = "个人信息保护法第六条、第五十一条"
INLINE = ("application/pdf", "image/jpeg", "image/png")


@never_cache
@require_http_methods(["GET", "POST"])
def decision(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """拟办意见: first the outcome, then what its grounds and guards ask; saved as it stands, or sent up."""
    row = desk.find_case(request, public_id)
    kept = active_decision(row)
    outcome = request.POST.get("outcome") or request.GET.get("outcome") or (kept.outcome if kept else "")
    if outcome not in OUTCOMES:
        chooser = OutcomeForm(request.GET or None, case=row)
        return desk.page(
            request, "outcome", desk.case_crumb(row), ("拟办意见", ""), case=row, form=chooser,
            refusal=actions.can_propose_decision(row, by=request.user, today=request.today),
            similar=similar.earlier_answers(row, request.user, on=request.today),
        )  # fmt: skip
    grounds = request.POST.getlist("grounds") if request.method == "POST" else (kept.grounds if kept else [])
    grounds = [code for code in grounds if code in OUTCOMES]
    form = DecisionForm(
        desk.posted(request)[0], case=row, outcome=outcome, grounds=grounds, initial=initial_of(kept, outcome)
    )
    if request.method == "POST" and form.is_valid() and _kept(request, row, form):
        return redirect(row)
    return desk.page(
        request,
        "decision",
        desk.case_crumb(row),
        ("拟办意见", ""),
        case=row,
        form=form,
        outcome=OUTCOMES[outcome],
        refusal=actions.can_propose_decision(row, by=request.user, today=request.today),
        letter=_shown(row) if kept and kept.outcome == outcome else None,
        similar=similar.earlier_answers(row, request.user, on=request.today),
        chooser_url=f"{reverse('casework:decision', args=[row.public_id])}?outcome=-",
    )


def initial_of(kept: Any, outcome: str) -> dict[str, Any]:
    """What was saved for this outcome; another outcome begins empty."""
    if kept is None or kept.outcome != outcome:
        return {}
    facts = {f"fact_{name}": value for name, value in kept.facts.items()}
    return {"reason": kept.reason, "ground": kept.ground, "grounds": kept.grounds, **facts}


def _kept(request: HttpRequest, row: Case, form: DecisionForm) -> bool:
    """Save, and with 送审 send up; a draft that is refused upstairs stays saved."""
    data, by, today = form.cleaned_data, request.user, request.today
    try:
        actions.propose_decision(
            row,
            outcome=form.rule.code,
            by=by,
            today=today,
            reason=data.get("reason", ""),
            ground=data.get("ground", ""),
            grounds=data.get("grounds", []),
            facts=form.facts(),
        )
    except Refused as refused:
        messages.error(request, str(refused.refusal))
        return False
    if "submit_draft" not in request.POST:
        messages.success(request, "拟办意见已保存")
        return True
    try:
        actions.submit_draft(row, by=by, today=today)
    except Refused as refused:
        messages.error(request, f"已保存，还不能送审：{refused.refusal}")
        return False
    messages.success(request, "已送审")
    return True


def _shown(row: Case) -> RenderedLetter | None:
    """The letter as it stands, or nothing while something is wanting."""
    kept = active_decision(row)
    try:
        return try_letter(row, kept, kept.drafted_on) if kept else None
    except Refused:
        return None


@transaction.atomic
def draft_letter(row: Case, request: HttpRequest) -> RenderedLetter | None:
    """The letter for who reviews or signs; it names the applicant, so that opening it is in the trail.

    The secrecy reviewer judges what is to be disclosed, not who asked: to him the applicant is masked.
    """
    kept = active_decision(row)
    if kept is None or row.law == Law.OLD:
        return None
    try:
        letter = try_letter(row, kept, request.today)
    except Refused as refused:
        messages.warning(request, str(refused.refusal))
        return None
    procedure.note("open_notice", row, by=request.user, today=request.today, ground=_GROUND, purpose="审查文书")
    if actions.can_open_personal_data(row, by=request.user, today=request.today):
        return masking.masked_letter(letter, row.applicant)
    return letter


def decision_rows(kept: Decision) -> list[tuple[str, str]]:
    """What the handler entered beside the letter: who reviews or signs judges by it."""
    fields = {field.name: field for field in evidence.fields_for(kept.outcome, kept.grounds)}
    rows = [("办理结果", kept.get_outcome_display())]
    rows += [("其他理由", OUTCOMES[code].label) for code in kept.grounds]
    rows += [("主要理由", kept.get_ground_display())] if kept.ground else []
    rows += [("理由", kept.reason)] if kept.reason else []
    for name, value in kept.facts.items():
        if field := fields.get(name):
            shown = dict(field.choices).get(str(value), "是" if value is True else str(value))
            rows.append((field.label, shown))
    rows += [("法审意见", kept.legal_opinion)] if kept.legal_opinion else []
    return rows


def find_notice(request: HttpRequest, public_id: UUID) -> Notice:
    """The letter, or 404 when its case doesn't exist for this person."""
    cases = Case.objects.for_user(request.user, on=request.today)
    notices_ = Notice.objects.filter(case__in=cases).select_related("case__agency", "case__applicant", "docx", "pdf")
    return get_object_or_404(notices_, public_id=public_id)


@never_cache
@require_GET
def notice(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One letter as it was signed, with its files and deliveries."""
    row = find_notice(request, public_id)
    if refused := actions.can_open_personal_data(row.case, by=request.user, today=request.today):
        messages.error(request, str(refused))
        return redirect(row.case)
    _opened(request, row.case, number=row.number)
    return desk.page(
        request,
        "notice",
        desk.case_crumb(row.case),
        (row.name, ""),
        notice=row,
        case=row.case,
        letter=row.rendered if row.content else None,
        **outgoing.parts(row),
    )


@never_cache
@require_GET
def notice_file(request: HttpRequest, public_id: UUID, kind: str) -> HttpResponse:
    """The .docx, the .pdf, the scan or a sample; a file that could not be made before is made now."""
    if kind not in outgoing.FILES:
        raise Http404
    row = find_notice(request, public_id)
    if refused := actions.can_open_personal_data(row.case, by=request.user, today=request.today):
        messages.error(request, str(refused))
        return redirect(row.case)
    blob = outgoing.file_of(row, kind)
    if blob is None:
        messages.error(request, outgoing.missing_words(kind))
        return redirect(row)
    _opened(request, row.case, number=row.number, file=kind)
    return file_response(blob)


@never_cache
@require_GET
def case_file(request: HttpRequest, public_id: UUID, file_id: UUID) -> HttpResponse:
    """A paper of the volume."""
    row = desk.find_case(request, public_id)
    found = get_object_or_404(CaseFile.objects.filter(case=row).select_related("blob"), public_id=file_id)
    if refused := actions.can_open_case_file(found, by=request.user, today=request.today):
        messages.error(request, str(refused))
        return redirect(row)
    _opened(request, row, verb="open_file", file=found.get_kind_display())
    return file_response(found.blob)


@transaction.atomic
def _opened(request: HttpRequest, row: Case, *, verb: str = "open_notice", **facts: str) -> None:
    procedure.note(verb, row, by=request.user, today=request.today, ground=_GROUND, **facts)


def file_response(blob: Blob) -> HttpResponse:
    """The bytes, never sniffed; only what a browser shows safely is shown in it."""
    response = HttpResponse(read(blob), content_type=blob.content_type)
    response["Content-Disposition"] = content_disposition_header(blob.content_type not in INLINE, blob.name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
    return response
