"""系列案 on the desk: one examination, one draft, one signature for many cases, and what became of each."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.casework import actions, acts, evidence, masking, notices, procedure
from gongkai.casework import series as questions
from gongkai.casework.actions.propose_decision import active_decision
from gongkai.casework.actions.series import Done
from gongkai.casework.forms_decision import DecisionForm, OutcomeForm
from gongkai.casework.forms_series import AddForm, LeaveForm, LinkForm, SeriesDeliveryForm, SeriesScanForm
from gongkai.casework.models import Case, Inquiry, Notice, Series, SignOff
from gongkai.casework.views import desk, lists, papers
from gongkai.design.components import Offer
from gongkai.documents import word
from gongkai.documents.blobs import read
from gongkai.documents.pages import merged
from gongkai_core.letters import RenderedLetter
from gongkai_core.outcomes import OUTCOMES
from gongkai_core.refusals import Refusal, Refused

LIST = ("系列案", "/desk/casework/series/")
_GROUND = "个人信息保护法第六条、第五十一条"
SIZE = 50


def find_series(request: HttpRequest, public_id: UUID) -> Series:
    """The series, or 404 when it doesn't exist for this person."""
    return get_object_or_404(questions.series_for(request.user, on=request.today), public_id=public_id)


@require_GET
def series_list(request: HttpRequest) -> HttpResponse:
    found = questions.series_for(request.user, on=request.today).order_by("-public_id")
    with suppress(ValueError):
        found = found.filter(public_id__lt=UUID(request.GET.get("after", "")))
    rows = list(found[: SIZE + 1])
    after = f"?after={rows[SIZE - 1].public_id}" if len(rows) > SIZE else None
    return desk.page(request, "series_list", (LIST[0], ""), section="series", rows=rows[:SIZE], after=after)


@never_cache
@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One case into a series, alone or with others like it; or out of the one it is in."""
    case = desk.find_case(request, public_id)
    member = getattr(case, "series_member", None)
    if member:
        return _leave(request, case, member.series)
    who: dict[str, Any] = {"by": request.user, "today": request.today}
    there = questions.series_for(request.user, on=request.today).filter(agency=case.agency).order_by("-public_id")
    form = LinkForm(
        desk.posted(request)[0], series=there, others=questions.candidates(case), initial={"title": case.subject}
    )
    if request.method == "POST" and form.is_valid():
        cases = [case, *form.cleaned_data.get("others", ())]
        try:
            with transaction.atomic():
                series = form.cleaned_data["series"] or actions.open_series(
                    cases, title=form.cleaned_data["title"], **who
                )
                for each in cases if form.cleaned_data["series"] else ():
                    actions.join_series(each, series, **who)
        except Refused as refused:
            form.add_error(None, str(refused.refusal))
        else:
            messages.success(request, f"已并入系列案“{series.title}”")
            return redirect(series)
    return desk.page(
        request, "series_link", desk.case_crumb(case), ("并入系列案", ""), case=case, form=form,
        refusal=actions.can_join_series(case, case.agency, **who), status=422 if form.errors else 200,
    )  # fmt: skip


def _leave(request: HttpRequest, case: Case, series: Series) -> HttpResponse:
    form = LeaveForm(desk.posted(request)[0])
    if request.method == "POST" and form.is_valid():
        try:
            actions.leave_series(case, reason=form.cleaned_data["reason"], by=request.user, today=request.today)
        except Refused as refused:
            form.add_error(None, str(refused.refusal))
        else:
            messages.success(request, f"已移出系列案“{series.title}”，以后单独办理")
            return redirect(case)
    return desk.page(
        request, "series_leave", desk.case_crumb(case), ("移出系列案", ""), case=case, series=series, form=form,
        refusal=actions.can_link(case.agency, by=request.user, today=request.today),
        status=422 if form.errors else 200,
    )  # fmt: skip


@never_cache
@require_http_methods(["GET", "POST"])
def series(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The members with where each stands, what may be done for all, and more cases by their numbers."""
    row = find_series(request, public_id)
    form = AddForm(desk.posted(request)[0])
    results: list[Done] = []
    unknown: list[str] = []
    if request.method == "POST" and form.is_valid():
        numbers = list(dict.fromkeys(filter(None, map(str.strip, form.cleaned_data["numbers"].splitlines()))))
        there = Case.objects.for_user(request.user, on=request.today).in_bulk(numbers, field_name="number")
        unknown = [number for number in numbers if number not in there]
        results = actions.in_series(
            there.values(), lambda case: actions.join_series(case, row, by=request.user, today=request.today)
        )
        form = AddForm() if not unknown and not _failed(results) else form
    return shown(request, row, form=form, results=results, unknown=unknown)


def shown(request: HttpRequest, row: Series, **context: Any) -> HttpResponse:
    members = questions.members_of(row)
    decisions = [active_decision(case) for case in members]
    to_draft = [case for case in members if "propose_decision" in acts.CASE.events(case.state)]
    context = {"form": AddForm(), "results": [], "unknown": []} | context
    return desk.page(
        request, "series", LIST, (row.title, ""), section="series", series=row,
        members=[(lists.row_of(case, request.today), masking.masked_name(case.applicant), decision)
                 for case, decision in zip(members, decisions, strict=True)],
        asked_once=[_asked(first, request) for first in questions.joint_questions(members)],
        offers=_offers(request, row, members, to_draft),
        drafted=any(decisions), failed=_failed(context["results"]), done=done_of(context["results"]),
        link_refusal=actions.can_link(row.agency, by=request.user, today=request.today), **context,
    )  # fmt: skip


def _offers(request: HttpRequest, row: Series, members: list[Case], to_draft: list[Case]) -> list[Offer]:
    """The acts on the series, its draft first, then what is done once for all: a third party's question, the post."""
    found = []
    if to_draft:
        url = reverse("casework:series_decision", args=[row.public_id])
        found.append(Offer("统一拟稿", url, _why_no_draft(to_draft, request), "primary"))
    for one in questions.offers(members, by=request.user, today=request.today):
        found.append(Offer(one.label, reverse("casework:series_act", args=[row.public_id, one.name]), one.refusal))
    fitting = [case for case in members if "ask_third_party" in acts.possible(case)]
    if len(fitting) > 1:
        refusal = actions.can_ask_together(fitting, by=request.user, today=request.today)
        found.append(Offer("征求第三方意见", reverse("casework:series_ask", args=[row.public_id]), refusal))
    if questions.letters_of(members):
        found.append(Offer("邮寄清单、标签、信封", reverse("casework:series_posting", args=[row.public_id]), None))
    return found


def _asked(first: Inquiry, request: HttpRequest) -> dict[str, Any]:
    """One question for several, with what may be done about it in those where it is still open."""
    group = questions.group_of(first)
    still = [one for one in group if not (one.answered_on or one.opinion)]
    names = [name for name in acts.OF_PARTY[first.party] if name != "question_delivered" or not first.delivered_on]
    who: dict[str, Any] = {"by": request.user, "today": request.today}
    offered = [(name, acts.ACTS[name].label, acts.ACTS[name].can(still[0], **who)) for name in names] if still else []
    return {"first": first, "cases": [one.case for one in group], "open": len(still), "offered": offered}


def _why_no_draft(cases: list[Case], request: HttpRequest) -> Refusal | None:
    """Why the first that could be drafted may not be by this person."""
    return actions.can_propose_decision(cases[0], by=request.user, today=request.today) if cases else None


def _failed(results: list[Done]) -> list[Done]:
    return [row for row in results if row.refusal]


def done_of(results: list[Done]) -> int:
    return sum(row.refusal is None for row in results)


def ticked_of(request: HttpRequest, members: list[Case]) -> list[Case]:
    """The members that were ticked; all of them on a page that is only opened."""
    if request.method != "POST":
        return members
    wanted = set(request.POST.getlist("case"))
    return [case for case in members if str(case.public_id) in wanted]


@never_cache
@require_http_methods(["GET", "POST"])
def series_act(request: HttpRequest, public_id: UUID, name: str) -> HttpResponse:
    """One act for the members that are ticked, in one transaction; then a table of those that could not, and why."""
    row = find_series(request, public_id)
    if name not in questions.ACTS:
        raise Http404
    found = acts.ACTS[name]
    who: dict[str, Any] = {"by": request.user, "today": request.today}
    fitting = questions.fitting_members(questions.members_of(row), name)
    form = _form_of(request, name, fitting)
    ticked = ticked_of(request, fitting)
    if request.method == "POST" and not ticked:
        messages.error(request, "还没有勾选办件" if fitting else "没有办件处在能这样办理的环节")
    elif request.method == "POST" and (form is None or form.is_valid()):
        facts = form.cleaned_data if form else {}
        try:
            own = _own(request, name, ticked, facts)
        except Refused as refused:
            assert form is not None
            form.add_error(None, str(refused.refusal))
        else:
            results = actions.in_series(
                ticked, lambda case: found.run(questions.target_of(case, name), **who, **facts | own[case.pk])
            )
            messages.success(request, f"{found.label}：{done_of(results)} 件已办理")
            return shown(request, row, results=results)
    return desk.page(
        request, "series_act", LIST, (row.title, row.get_absolute_url()), (found.label, ""), section="series",
        series=row, act=found, form=form, per_case=name == "deliver", status=422 if form and form.errors else 200,
        rows=[line_of(request, case, found.can(questions.target_of(case, name), **who), case in ticked) for case in fitting],
        **_to_judge(request, name, fitting),
    )  # fmt: skip


def _form_of(request: HttpRequest, name: str, fitting: list[Case]) -> django_forms.Form | None:
    """The act's own form, as the first member that needs most would get it."""
    data, files = desk.posted(request)
    if name == "deliver":
        method = notices.planned_method(fitting[0]) if fitting else ""
        return SeriesDeliveryForm(data, initial={"method": method, "sent_on": request.today})
    if name == "return_scan":
        return SeriesScanForm(data, files)
    classes = [(case, acts.ACTS[name].form_for(case, request.today)) for case in fitting]
    asking = [(case, form) for case, form in classes if form]
    if not asking:
        return None
    case, form_class = max(asking, key=lambda pair: len(pair[1].base_fields))
    return form_class(data, files, case=case, today=request.today)


def _own(request: HttpRequest, name: str, ticked: list[Case], facts: dict[str, Any]) -> dict[int, dict[str, Any]]:
    """What is each member's own in an act: the number of its letter in the post, its part of the scan. Raises Refused."""
    if name == "return_scan":
        parts = questions.parts_of_scan(ticked, facts["scan"])
        return {case.pk: {"scan": parts[case.pk]} for case in ticked}
    if name != "deliver":
        return {case.pk: {} for case in ticked}
    typed = {case.pk: request.POST.get(f"tracking-{case.public_id}", "") for case in ticked}
    return {key: {"tracking": text.replace("\0", "").strip()[:40]} for key, text in typed.items()}


def line_of(request: HttpRequest, case: Case, refusal: Any, ticked: bool) -> dict[str, Any]:
    return {
        "case": case,
        "applicant": masking.masked_name(case.applicant),
        "refusal": refusal,
        "ticked": ticked and refusal is None,
        "tracking": request.POST.get(f"tracking-{case.public_id}", ""),
    }


def _to_judge(request: HttpRequest, name: str, fitting: list[Case]) -> dict[str, Any]:
    """Who reviews or signs sees the draft of the first member whole; the others' letters are one page away."""
    asked = questions.target_of(fitting[0], name) if fitting else None
    if isinstance(asked, SignOff):
        return {"judged": [("文书", asked.get_kind_display()), ("呈签内容", asked.words)]}
    decision = active_decision(fitting[0]) if fitting else None
    if name not in ("approve", "pass_secrecy", "sign") or decision is None or request.method != "GET":
        return {}
    if actions.can_open_personal_data(fitting[0], by=request.user, today=request.today):
        return {"judged": papers.decision_rows(decision)}
    return {"judged": papers.decision_rows(decision), "letter": papers.draft_letter(fitting[0], request)}


@never_cache
@require_http_methods(["GET", "POST"])
def series_decision(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """统一拟稿: the outcome and what it asks, written once, copied to every member that is ticked as its own."""
    row = find_series(request, public_id)
    fitting = [case for case in questions.members_of(row) if "propose_decision" in acts.CASE.events(case.state)]
    if not fitting:
        messages.error(request, "没有办件处在能拟办的环节")
        return redirect(row)
    lead = fitting[0]
    kept = active_decision(lead)
    outcome = request.POST.get("outcome") or request.GET.get("outcome") or (kept.outcome if kept else "")
    crumbs = (LIST, (row.title, row.get_absolute_url()), ("统一拟稿", ""))
    if outcome not in OUTCOMES:
        chooser = OutcomeForm(request.GET or None, case=lead)
        return desk.page(request, "series_outcome", *crumbs, section="series", series=row, case=lead, form=chooser)
    grounds = request.POST.getlist("grounds") if request.method == "POST" else (kept.grounds if kept else [])
    form = DecisionForm(
        desk.posted(request)[0], case=lead, outcome=outcome, grounds=[one for one in grounds if one in OUTCOMES],
        initial=papers.initial_of(kept, outcome),
    )  # fmt: skip
    ticked = ticked_of(request, fitting)
    if request.method == "POST" and not ticked:
        messages.error(request, "还没有勾选办件")
    elif request.method == "POST" and form.is_valid():
        return shown(request, row, results=_drafted(request, form, ticked))
    who: dict[str, Any] = {"by": request.user, "today": request.today}
    lines = [line_of(request, case, actions.can_propose_decision(case, **who), case in ticked) for case in fitting]
    return desk.page(
        request, "series_decision", *crumbs, section="series", series=row, case=lead, form=form,
        outcome=OUTCOMES[outcome], letter_name=evidence.letter_code(outcome), rows=lines,
        chooser_url=f"{reverse('casework:series_decision', args=[row.public_id])}?outcome=-",
        status=422 if form.errors else 200,
    )  # fmt: skip


def _drafted(request: HttpRequest, form: DecisionForm, ticked: list[Case]) -> list[Done]:
    """Save the draft for each, and with 送审 send each up; a draft that is refused upstairs stays saved."""
    data, who = form.cleaned_data, {"by": request.user, "today": request.today}

    def draft(case: Case) -> object:
        return actions.propose_decision(
            case, outcome=form.rule.code, reason=data.get("reason", ""), ground=data.get("ground", ""),
            grounds=data.get("grounds", []), facts=form.facts(), **who,
        )  # fmt: skip

    with transaction.atomic():
        results = actions.in_series(ticked, draft)
        if "submit_draft" in request.POST:
            drafted = [row.case for row in results if row.refusal is None]
            sent = actions.in_series(drafted, lambda case: actions.submit_draft(case, **who))
            results = [*sent, *_failed(results)]
    word_of = "已送审" if "submit_draft" in request.POST else "拟办意见已保存"
    messages.success(request, f"{word_of} {done_of(results)} 件")
    return results


@never_cache
@require_GET
def series_letters(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """All letters of the series one after another: signed ones as signed, drafts as they stand."""
    row = find_series(request, public_id)
    shown: list[tuple[Case, RenderedLetter]] = []
    for case in questions.members_of(row):
        if refused := actions.can_open_personal_data(case, by=request.user, today=request.today):
            messages.error(request, str(refused))
            return redirect(row)
        if notice := _signed(case):
            _opened(request, case, notice.number)
            shown.append((case, notice.rendered))
        elif letter := papers.draft_letter(case, request):
            shown.append((case, letter))
    return desk.page(
        request, "series_letters", LIST, (row.title, row.get_absolute_url()), ("文书", ""), section="series",
        series=row, shown=shown,
    )  # fmt: skip


@never_cache
@require_GET
def series_letters_pdf(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The signed letters as one PDF, for one printing."""
    row = find_series(request, public_id)
    files = []
    for case in questions.members_of(row):
        notice = _signed(case)
        if notice is None:
            continue
        if refused := actions.can_open_personal_data(case, by=request.user, today=request.today):
            messages.error(request, str(refused))
            return redirect(row)
        if notice.pdf is None and notice.content:
            notices.render_files(notice)
            notice.save(update_fields=["docx", "pdf"])
        if notice.pdf:
            _opened(request, case, notice.number)
            files.append(read(notice.pdf))
    if not files:
        messages.error(request, "还没有已签发的文书，或者服务器上没有中文字体，不能生成 PDF")
        return redirect(row)
    return attached(merged(files), f"{row.title} 文书合并.pdf", notices.PDF)


@never_cache
@require_GET
def series_sheet(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One 审批单 for the series as .docx."""
    row = find_series(request, public_id)
    members = questions.members_of(row)
    for case in members:
        if refused := actions.can_open_personal_data(case, by=request.user, today=request.today):
            messages.error(request, str(refused))
            return redirect(row)
    try:
        sheet = questions.approval_sheet(members)
    except Refused as refused_sheet:
        messages.error(request, str(refused_sheet.refusal))
        return redirect(row)
    for case in members:
        _opened(request, case, "审批单")
    return attached(word.render(sheet), f"{row.title} 审批单.docx", notices.DOCX)


def _signed(case: Case) -> Notice | None:
    found: Callable[..., Any] = case.notices.filter
    row: Notice | None = found(decision__active=True, voided_on=None).select_related("docx", "pdf").first()
    return row


@transaction.atomic
def _opened(request: HttpRequest, case: Case, number: str) -> None:
    procedure.note("open_notice", case, by=request.user, today=request.today, ground=_GROUND, number=number)


def attached(data: bytes, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(data, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    response["X-Content-Type-Options"] = "nosniff"
    return response
