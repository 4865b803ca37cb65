"""文件清理: the round's board for the office, and each organ's documents with their verdicts."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from gongkai.agencies.identifiers import public_id_in
from gongkai.publishing import actions
from gongkai.publishing.clean_ups import entries_for, progress, rounds_for
from gongkai.publishing.forms_clean_up import JudgeForm, OpenCleanUpForm
from gongkai.publishing.forms_interpretation import key_of
from gongkai.publishing.models import CleanUp, CleanUpVerdict, Validity
from gongkai.publishing.views.desk import HOME, page, tried
from gongkai_core.refusals import Refused

LIST = ("文件清理", "/desk/publishing/clean-ups/")
SHOWN = 200
CHANGES = {
    CleanUpVerdict.AMEND: Validity.AMENDED,
    CleanUpVerdict.REPEAL: Validity.REPEALED,
    CleanUpVerdict.EXPIRE: Validity.EXPIRED,
}


def clean_ups(request: HttpRequest) -> HttpResponse:
    """All rounds; the office opens the next one here."""
    form = OpenCleanUpForm(request.POST or None, initial=_next(request))
    refusal = actions.can_open_clean_up(by=request.user, today=request.today)
    if request.method == "POST" and form.is_valid():
        try:
            opened = actions.open_clean_up(by=request.user, today=request.today, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused.refusal))
        else:
            messages.success(request, f"已发起，列入 {opened.entries.count()} 件，各机关的待办里已列出。")
            return redirect("publishing:desk_clean_up", opened.public_id)
    rows = rounds_for(request.user, on=request.today).select_related("result")
    return page(request, "clean_ups", (LIST[0], ""), section="clean-ups", rows=rows, form=form, refusal=refusal)


def _next(request: HttpRequest) -> dict[str, Any]:
    year = request.today.year
    due = (
        request.today.replace(month=12, day=31)
        if request.today.month >= 10
        else request.today.replace(month=10, day=31)
    )
    return {"title": f"{year}年规范性文件清理", "as_of": request.today, "due_on": due}


def find_round(request: HttpRequest, public_id: UUID) -> CleanUp:
    found = rounds_for(request.user, on=request.today).select_related("agency", "result", "opened_by")
    return get_object_or_404(found, public_id=public_id)


@require_safe
def clean_up(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Progress by organ, who is late, and the documents that the person may see."""
    row = find_round(request, public_id)
    entries = row.entries.filter(pk__in=entries_for(request.user, on=request.today).values("pk"))
    organs = progress(entries, row.due_on, request.today)
    chosen = request.GET.get("agency", "")
    shown = entries.select_related("item", "agency", "judged_by")
    shown = shown.filter(agency__public_id=public_id_in(chosen)) if chosen else shown
    if request.GET.get("open"):
        shown = shown.filter(verdict="")
    # The office looks at organs first; a county's documents all at once are no list.
    found = list(shown[: SHOWN + 1]) if chosen or request.GET.get("open") or len(organs) == 1 else []
    concluding = actions.can_conclude_clean_up(row, by=request.user, today=request.today)
    return page(
        request, "clean_up", LIST, (row.title, ""), section="clean-ups", row=row, organs=organs,
        entries=[_entry(request, row, entry) for entry in found[:SHOWN]], more=len(found) > SHOWN, concluding=concluding, today=request.today,
        late=sum(one.open for one in organs) if request.today > row.due_on else 0, chosen=chosen,
    )  # fmt: skip


def _entry(request: HttpRequest, row: CleanUp, entry: Any) -> dict[str, Any]:
    """A document's line; once the outcome is public, the way to change its validity with all filled in."""
    change = CHANGES.get(entry.verdict)
    url = ""
    if change and row.result and row.result.is_public and entry.item.validity == Validity.IN_FORCE:
        given = urlencode({"validity": change, "document": key_of(row.result)})
        url = f"{reverse('publishing:desk_validity', args=[entry.item.public_id])}?{given}"
    refusal = actions.can_judge_document(entry, by=request.user, today=request.today)
    return {"row": entry, "refusal": refusal, "change_url": url}


@require_POST
def conclude(request: HttpRequest, public_id: UUID) -> HttpResponse:
    row = find_round(request, public_id)
    words = "已起草清理结果公告，请核对后送审。"
    if tried(request, lambda: actions.conclude_clean_up(row, by=request.user, today=request.today), words):
        return redirect("publishing:desk_item", CleanUp.objects.get(pk=row.pk).result.public_id)
    return redirect("publishing:desk_clean_up", public_id)


def judge(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One document's verdict with its ground."""
    found = entries_for(request.user, on=request.today).select_related("clean_up", "item", "agency")
    entry = get_object_or_404(found, public_id=public_id)
    back = reverse("publishing:desk_clean_up", args=[entry.clean_up.public_id])
    refusal = actions.can_judge_document(entry, by=request.user, today=request.today)
    if refusal and request.method == "GET":
        messages.error(request, str(refusal))
        return redirect(back)
    form = JudgeForm(request.POST or None, initial={"verdict": entry.verdict, "ground": entry.ground})
    if request.method == "POST" and form.is_valid():
        try:
            actions.judge_document(entry, by=request.user, today=request.today, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused.refusal))
        else:
            messages.success(request, "意见已记下。")
            return redirect(back)
    context = {
        "section": "clean-ups",
        "crumbs": [HOME, LIST, (entry.clean_up.title, back), ("意见", "")],
        "question": f"“{entry.item.title}”（{entry.item.docno}）",
        "confirm_label": "记下",
        "cancel_url": back,
        "form": form,
    }
    return render(request, "design/confirm.html", context, using="django")
