"""依申请公开 on the desk: the list, a paper letter's registration, the case page and its acts."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.agencies.calendar import office_calendar
from gongkai.agencies.models import Agency, Role
from gongkai.casework import actions, acts, clock, duplicates, forms, masking
from gongkai.casework.actions.propose_decision import active_decision
from gongkai.casework.frequency import frequency
from gongkai.casework.models import Assistance, Case, Delivery, Inquiry, SignOff
from gongkai.casework.papers import Withheld
from gongkai.casework.thread import thread
from gongkai.casework.views import case_parts, lists
from gongkai.casework.views.clock_line import clock_line
from gongkai.design.components import Offer
from gongkai_core.refusals import Refused
from gongkai_core.states.cases import CASE

HOME = ("依申请公开", "/desk/casework/")


def find_case(request: HttpRequest, public_id: UUID) -> Case:
    """The case, or 404 when it doesn't exist for this person."""
    cases = Case.objects.for_user(request.user, on=request.today).select_related("agency", "handler", "applicant")
    return get_object_or_404(cases, public_id=public_id)


def page(
    request: HttpRequest, template: str, *crumbs: tuple[str, str], status: int = 200, **context: Any
) -> HttpResponse:
    frame = {"section": "casework", "crumbs": [HOME, *crumbs], "today": request.today}
    return render(request, f"casework/{template}.html", frame | context, status=status, using="django")


def posted(request: HttpRequest) -> tuple[Any, Any]:
    """What a form is bound to: nothing on GET, even an empty POST otherwise."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def case_crumb(case: Case) -> tuple[str, str]:
    return (case.number, case.get_absolute_url())


def registers_for(request: HttpRequest) -> Any:
    """Organs at which the person may register; the disclosure office for all."""
    organs = Agency.objects.answering().existing(request.today)
    posts = request.user.posts_on(request.today)
    if any(post.role == Role.DISCLOSURE_OFFICE for post in posts):
        return organs
    return organs.filter(pk__in={post.agency_id for post in posts if post.role == Role.CASE_REGISTRAR})


@never_cache
@require_http_methods(["GET", "POST"])
def paper(request: HttpRequest) -> HttpResponse:
    """登记来件: one page for a letter on paper, received and registered in one act."""
    agencies = registers_for(request)
    if not agencies.exists():
        raise Http404
    form = forms.PaperApplicationForm(
        *posted(request),
        agencies=agencies,
        today=request.today,
        initial={"key": uuid4().hex, "agency": agencies.filter(pk=getattr(request.organ, "pk", None)).first()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            received = _receive_paper(request, form)
        except Refused as refused:
            form.add_error(None, str(refused.refusal))
        else:
            messages.success(
                request, f"{'已收件' if received.case.state == 'received' else '已登记'} {received.case.number}"
            )
            return page(
                request, "registered", ("登记完成", ""), case=received.case, code=received.query_code,
                applicant=masking.masked_name(received.case.applicant), section="paper",
                pass_on_refusal=actions.can_pass_on(received.case, by=request.user, today=request.today),
                register_refusal=actions.can_register(received.case, by=request.user, today=request.today),
            )  # fmt: skip
    status = 422 if form.errors else 200
    return page(request, "paper", ("登记来件", ""), form=form, section="paper", status=status)


@transaction.atomic
def _receive_paper(request: HttpRequest, form: forms.PaperApplicationForm) -> actions.Received:
    """Received with its papers, and registered where that can be: a letter that is refused is not half there."""
    data, today = form.cleaned_data, request.today
    received = actions.enter(
        data["agency"],
        key=data["key"],
        applicant=form.applicant(),
        subject=data["subject"],
        register_now=not form.only_received,
        by=request.user,
        today=today,
        files=[(kind, blob) for slot, kind in form.PAPERS.items() if (blob := acts.blob_of(data[slot]))],
        **form.intake(),
    )
    if not received.created:
        return received
    papers = [data[slot] for slot in form.PAPERS]
    acts.withheld(received.case, *papers, by=request.user, today=today)
    if marked := [str(form.fields[slot].label) for slot in form.PAPERS if isinstance(data[slot], Withheld)]:
        names = "、".join(marked)
        messages.warning(request, f"{names}带有密级标志，没有保存；收到时间和登记号照留，请转保密员线下处理。")
    return received


@never_cache
@require_GET
def case(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One case: facts masked, the thread with what may be done next, the clock with its sum."""
    row = find_case(request, public_id)
    return page(request, "case", case_crumb(row), **case_context(request, row))


def case_context(request: HttpRequest, row: Case) -> dict[str, Any]:
    """What the case page shows."""
    by, today = request.user, request.today
    decision = active_decision(row)
    return {
        "case": row,
        "row": lists.row_of(row, today),
        "applicant_rows": masking.masked_rows(row.applicant),
        "may_open": actions.can_open_personal_data(row, by=by, today=today),
        "may_see_materials": actions.can_open_materials(row, by=by, today=today) is None,
        "purpose_form": forms.PurposeForm(),
        "offered": _offered(row, by, today),
        "decision": decision,
        "thread": thread(row),
        "notices": list(row.notices.prefetch_related("deliveries").defer("content", "addressee")),
        "files": [
            (file, actions.can_open_case_file(file, by=by, today=today))
            for file in row.files.select_related("case__agency", "blob", "added_by")
        ],
        "add_papers_refusal": actions.can_add_papers(row, by=by, today=today),
        "applicant_papers": row.applicant_papers.select_related("entered_by"),
        "questions": [_question(inquiry, by, today) for inquiry in row.inquiries.all()],
        "line": clock_line(row, today) if row.received_on else None,
        "asked_alike": duplicates.publishing_prompt(row),
        "judgement": getattr(row, "duplicate_judgement", None),
        "drafts_pages": Role.DRAFTER in request.roles,
        "confirm": actions.can_confirm_delivery(row, by=by, today=today) is None,
        **case_parts.context(request, row),
    }


def _offered(row: Case, by: Any, today: Any) -> list[Offer]:
    """The acts on the case, its draft first."""
    events, found = CASE.events(row.state), []
    if "propose_decision" in events:
        label, kind = ("修改拟办意见", "quiet") if active_decision(row) else ("拟办意见", "primary")
        url = reverse("casework:decision", args=[row.public_id])
        found.append(Offer(label, url, actions.can_propose_decision(row, by=by, today=today), kind))
    for name in acts.possible(row):
        act_, url = acts.ACTS[name], reverse("casework:act", args=[row.public_id, name])
        refusal = act_.can(row, by=by, today=today)
        found.append(Offer(acts.label_of(name, row), url, refusal, act_.kind, post=not act_.asks))
    if "split" in events:
        url = reverse("casework:split", args=[row.public_id])
        found.append(Offer("拆分", url, actions.can_split(row, by=by, today=today)))
    return found


def _question(inquiry: Inquiry, by: Any, today: Any) -> dict[str, Any]:
    """One question with what may be done about it."""
    names = acts.OF_PARTY[inquiry.party]
    if inquiry.delivered_on:
        names = tuple(name for name in names if name != "question_delivered")
    still = not (inquiry.answered_on or inquiry.opinion)
    return {
        "inquiry": inquiry,
        "offered": [
            {
                "act": acts.ACTS[name],
                "label": acts.ACTS[name].label,
                "url": reverse("casework:act_on", args=[inquiry.case.public_id, name, inquiry.public_id]),
                "refusal": acts.ACTS[name].can(inquiry, by=by, today=today),
            }
            for name in names
        ]
        if still
        else [],
    }


@never_cache
@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, public_id: UUID, name: str, target: UUID | None = None) -> HttpResponse:
    """One act on a case, a question or a delivery: its form, or at once where there is none."""
    row = find_case(request, public_id)
    found = acts.ACTS.get(name)
    if found is None or (found.target == "case") != (target is None):
        raise Http404
    thing = _target(row, found.target, target)
    if isinstance(thing, Inquiry) and name not in acts.OF_PARTY[thing.party]:
        raise Http404
    form_class = found.form_for(row, request.today)
    form = form_class(*posted(request), case=row, today=request.today) if form_class else None
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            found.run(thing, by=request.user, today=request.today, **(form.cleaned_data if form else {}))
        except Refused as refused:
            messages.error(request, str(refused.refusal))
        else:
            messages.success(request, f"{found.label}：已办理")
            seen = Case.objects.for_user(request.user, on=request.today).filter(pk=row.pk).exists()
            return redirect(row if seen else "casework:cases")  # passed on, it is another organ's
    if form is None:
        return redirect(row)
    return page(
        request,
        "act",
        case_crumb(row),
        (found.label, ""),
        case=row,
        act=found,
        form=form,
        refusal=found.can(thing, by=request.user, today=request.today),
        what_if=_what_if(row, name, request),
        **_shown_to_judge(row, name, request),
        status=422 if form.errors else 200,
    )


def _target(row: Case, kind: str, public_id: UUID | None) -> acts.Target:
    """What the act is done to; another case's question is not there."""
    if kind == "inquiry":
        return get_object_or_404(Inquiry.objects.filter(case=row), public_id=public_id)
    if kind == "delivery":
        return get_object_or_404(Delivery.objects.filter(notice__case=row), public_id=public_id)
    if kind == "assistance":
        return get_object_or_404(Assistance.objects.filter(case=row), public_id=public_id)
    if kind == "sign_off":
        return get_object_or_404(SignOff.objects.filter(case=row), public_id=public_id)
    return row


def _what_if(row: Case, name: str, request: HttpRequest) -> str:
    """What an extension would give, said before it is asked for."""
    if name in ("propose_extension", "extend") and row.longest_reply_by:
        return f"延期后答复期限为 {row.longest_reply_by:%Y-%m-%d}（现为 {row.reply_by:%Y-%m-%d}）"
    if name in ("ask_reason", "agree_delay"):
        return frequency(row, request.today).words
    return ""


def _shown_to_judge(row: Case, name: str, request: HttpRequest) -> dict[str, Any]:
    """Who reviews or signs sees the draft's facts and the whole paper; opening it is in the trail."""
    decision = active_decision(row)
    if name not in ("approve", "pass_secrecy", "sign") or decision is None or request.method != "GET":
        return {}
    from gongkai.casework.views import papers

    return {"judged": papers.decision_rows(decision), "letter": papers.draft_letter(row, request)}


@require_POST
@never_cache
def applicant(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The applicant's data in the clear, for a purpose; the answer is kept by no cache and no link leads to it."""
    row = find_case(request, public_id)
    form = forms.PurposeForm(request.POST)
    if form.is_valid():
        try:
            opened = actions.open_personal_data(
                row, purpose=form.cleaned_data["purpose"], by=request.user, today=request.today
            )
        except Refused as refused:
            messages.error(request, str(refused.refusal))
        else:
            return page(
                request, "applicant", case_crumb(row), ("申请人信息", ""), case=row, rows=masking.plain_rows(opened),
                purpose=form.cleaned_data["purpose"],
            )  # fmt: skip
    else:
        messages.error(request, "请写明查看的目的")
    return redirect(row)


@never_cache
@require_GET
def sheet(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """期限计算单: every line of the computation with its article, printable."""
    row = find_case(request, public_id)
    if not row.received_on:
        messages.error(request, "收到日还没有确定，登记后才能计算期限")
        return redirect(row)
    result = clock.replay(row, request.today)
    return page(
        request, "sheet", case_crumb(row), ("期限计算单", ""), case=row, result=result,
        calendar_version=office_calendar().version, applicant=masking.masked_name(row.applicant),
    )  # fmt: skip
