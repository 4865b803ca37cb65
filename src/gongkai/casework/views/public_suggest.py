"""检索提示 in the five steps: what is public already, shown once when the wish has been written; and its numbers."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from gongkai.agencies.permissions import is_disclosure_office
from gongkai.casework import application, drafts, suggestions, throttle
from gongkai.casework.forms_public import DESCRIPTION_LENGTH
from gongkai.casework.models import ApplicationDraft, SuggestionCount
from gongkai.casework.views import desk
from gongkai.casework.views.public import after_question, citizen_page, draft_of, ours, show, without_cookie

MOST_ROWS = 500


@citizen_page
def suggest(request: HttpRequest) -> HttpResponse:
    """What is public already: opened in a window of its own, found to be the answer, or passed by."""
    draft = draft_of(request)
    agency = application.organ_of(draft, request.today) if draft and not draft.case else None
    if draft is None or agency is None or not suggestions.seen(draft):
        return redirect("casework:apply_organ")
    found = suggestions.items(draft.answers.get("suggested") or suggestions.seen(draft))
    to_confirm = "confirm" in request.GET
    if request.method == "POST" and ours(request, draft):
        if opened := request.POST.get("open"):
            return _open(request, draft, opened)
        if request.POST.get("go") == "found":
            suggestions.count(agency, "answered", on=request.today)
            drafts.erase(draft)
            return without_cookie(show(request, "apply_found", {}))
        return redirect(after_question(draft, "content", to_confirm=to_confirm))
    return show(request, "apply_suggest", {"draft": draft, "items": found})


def _open(request: HttpRequest, draft: ApplicationDraft, opened: str) -> HttpResponse:
    """To the item's page; counted once for each draft."""
    if opened not in suggestions.seen(draft):
        raise Http404
    agency = application.organ_of(draft, request.today)
    if agency and not draft.answers.get("suggestion_opened"):
        drafts.keep(draft, suggestion_opened=True)
        suggestions.count(agency, "opened", on=request.today)
    return redirect(reverse("publishing:item", args=[UUID(opened)]))


@citizen_page
@require_POST
def typing(request: HttpRequest) -> HttpResponse:
    """What looks like the text typed so far, as a piece of the page; for the script of the question (typing.js)."""
    draft = draft_of(request)
    agency = application.organ_of(draft, request.today) if draft and not draft.case else None
    if draft is None or agency is None or not ours(request, draft):
        raise Http404
    if throttle.TYPING.exceeded(request):
        return HttpResponse(status=429)
    throttle.TYPING.count(request)
    text = request.POST.get("text", "")[:DESCRIPTION_LENGTH]
    return show(request, "apply_typing", {"items": suggestions.while_typing(draft, agency, text, on=request.today)})


@require_GET
def numbers(request: HttpRequest) -> HttpResponse:
    """By month and organ: how often shown, opened, and found to be the answer; for the disclosure office."""
    if not is_disclosure_office(request.user, on=request.today):
        raise Http404
    rows = SuggestionCount.objects.select_related("agency").order_by("-month", "agency__path")[:MOST_ROWS]
    return desk.page(request, "suggestions", ("检索提示", ""), section="suggestions", rows=rows)
