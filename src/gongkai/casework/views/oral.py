"""口头申请笔录: what an applicant said, written down, read out and signed (条例第二十九条第一款)."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from gongkai.casework import actions, notices, procedure
from gongkai.casework.models import Case
from gongkai.casework.views import desk
from gongkai.documents import word
from gongkai_core import letters
from gongkai_core.letters import RenderedLetter

IN_LAW_S_WORDS = "采用书面形式确有困难"
_GROUND = "条例第二十九条第一款；个人信息保护法第六条"


@never_cache
@require_GET
def oral_record(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The record (L29) as .docx, to be read out and signed; it names the applicant, so the trail keeps the opening."""
    case = desk.find_case(request, public_id)
    if not case.oral or case.received_on is None:
        raise Http404
    if refused := actions.can_open_personal_data(case, by=request.user, today=request.today):
        messages.error(request, str(refused))
        return redirect(case)
    with transaction.atomic():
        procedure.note(
            "open_notice", case, by=request.user, today=request.today, ground=_GROUND, purpose="口头申请笔录"
        )
    response = HttpResponse(word.render(written(case)), content_type=notices.DOCX)
    response["Content-Disposition"] = content_disposition_header(True, f"口头申请笔录 {case.number}.docx") or ""
    response["X-Content-Type-Options"] = "nosniff"
    return response


def written(case: Case) -> RenderedLetter:
    """The record filled from the case."""
    applicant = case.applicant
    ways = (applicant.phone, applicant.address, applicant.email, applicant.fax)
    facts = {
        "case_no": case.number,
        "place": case.agency.address or case.agency.name,
        "applicant": applicant.name,
        "id_proof": " ".join(filter(None, (applicant.get_id_type_display(), applicant.id_number))) or "未提供",
        "applicant_contact": "，".join(filter(None, ways)),
        "oral_reason": case.oral_reason or IN_LAW_S_WORDS,
        "request_text": case.info_desc,
        "provide_form": f"{case.get_provide_form_display()}，{case.get_provide_route_display()}",
        "recorder": case.registered_by.name if case.registered_by else "________",
    }
    return letters.render("L29", facts | {"received_on": case.received_on}, received_on=case.received_on)
