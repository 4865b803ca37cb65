"""依申请公开 for citizens: the entry page and the five steps. No script is needed and no account.

Cookies are set under /apply/ only (drafts.py says which and why); no page of a form is kept by any cache.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from functools import wraps
from threading import Lock
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.http import content_disposition_header
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST, require_safe

from gongkai.casework import application, challenge, clock, drafts, notices, proof, suggestions, superior, throttle
from gongkai.casework.actions.receive import query_code_for
from gongkai.casework.forms_public import ConfirmForm, Question
from gongkai.casework.models import ApplicationDraft, Case
from gongkai.casework.papers import LARGEST_REQUEST, Withheld
from gongkai.documents import word
from gongkai_core import letters
from gongkai_core.refusals import Refused

COOKIE = "apply"
STATUS = "结果查询"
OTHER = "这一页属于先前的另一份申请。填的内容还在，请核对后再提交一次。"
LATE = "填写停留太久，为保护您的信息，前面填的内容已经清除。请从选择受理机关重新开始；刚才这一页填的还在。"
Page = ParamSpec("Page")
View = Callable[Concatenate[HttpRequest, Page], HttpResponse]


def citizen_page(view: View[Page]) -> View[Page]:
    """A page of a public form: open to all, kept by no cache, its POST from this site only, files never on disk."""

    @wraps(view)
    def page(request: HttpRequest, /, *args: Page.args, **facts: Page.kwargs) -> HttpResponse:
        if request.method == "POST":
            origin = request.headers.get("Origin", "")
            if origin and urlsplit(origin).netloc != request.get_host():
                return show(request, "refused", {"words": "这次提交不是从本网站的页面发出的。"}, status=403)
            if int(request.headers.get("Content-Length") or 0) > LARGEST_REQUEST:
                return show(request, "refused", {"words": "一次上传的文件太多太大，合计不能超过 40 MB。"}, status=413)
        return view(request, *args, **facts)

    # The draft's hidden key does what Django's cookie would do for the whole site (drafts.py).
    return csrf_exempt(login_not_required(cache_control(private=True, no_store=True)(page)))


def show(request: HttpRequest, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """Render a public page of casework, with where it stands."""
    here = context.pop("here", "在线申请")
    crumbs = [("首页", reverse("website:home")), ("依申请公开", reverse("casework:apply") if here else "")]
    section = "status" if here == STATUS else "apply"
    frame = {"section": section, "crumbs": crumbs + ([(here, "")] if here else []), "steps": application.STEPS}
    return render(request, f"casework/{name}.html", frame | context, using="jinja2", status=status)


@require_safe
@login_not_required
def apply(request: HttpRequest) -> HttpResponse:
    """The entry page: how it goes, what to know, where to turn to."""
    elsewhere = superior.ADDRESS.value() if superior.is_superior() else ""
    context = {
        "organs": application.receiving(request.today), "here": "", "superior": superior.is_superior(),
        "elsewhere": elsewhere,
    }  # fmt: skip
    return show(request, "apply", context)


@require_safe
@login_not_required
def blank_form(request: HttpRequest, organ: UUID) -> HttpResponse:
    """The empty form of an organ (申请表, L28) as .docx, for paper."""
    agency = get_object_or_404(application.receiving(request.today), public_id=organ)
    contact = "，".join(part for part in (agency.address, agency.phone) if part)
    paper = letters.render("L28", {"organ": agency.name, "contact": contact}, received_on=None)
    return download(word.render(paper), f"{agency.name}政府信息公开申请表.docx", notices.DOCX)


def download(data: bytes, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(data, content_type=content_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


# Steps one and two -------------------------------------------------------------------------------------------------


@citizen_page
def organ(request: HttpRequest) -> HttpResponse:
    """Step 1: which organ. The answer starts the draft."""
    if superior.is_superior():
        return redirect("casework:apply")
    draft = draft_of(request)
    ongoing = draft if draft and not draft.case else None
    choices = application.receiving(request.today)
    chosen = (
        request.POST.get("organ") or request.GET.get("organ") or (ongoing.answers.get("organ", "") if ongoing else "")
    )
    wrong = ""
    if request.method == "POST":
        if any(str(row.public_id) == chosen for row in choices):
            token = ""
            if ongoing is None or not ours(request, ongoing):
                if throttle.DRAFTS.exceeded(request):
                    wrong = "这个网络地址刚才开始的申请太多，请过几分钟再试"
                    return show(request, "apply_organ", _organs(request, choices, ongoing, chosen, wrong), 429)
                throttle.DRAFTS.count(request)
                ongoing, token = drafts.start()
            drafts.keep(ongoing, organ=chosen)
            return _remember(redirect("casework:apply_notice"), token)
        wrong = "请选择一个受理机关"
    context = _organs(request, choices, ongoing, chosen, wrong) | {"handed_in": bool(draft and draft.case)}
    return show(request, "apply_organ", context)


def _organs(
    request: HttpRequest, choices: Any, ongoing: ApplicationDraft | None, chosen: str, wrong: str
) -> dict[str, Any]:
    """What the first step shows: the organs, or those with the words in their name."""
    words = request.GET.get("q", "").replace("\0", "").strip()[:40]
    return {
        "organs": choices.filter(name__contains=words) if words else choices,
        "words": words,
        "chosen": chosen,
        "wrong": wrong,
        "draft": ongoing,
        "handed_in": False,
        "late": LATE if "late" in request.GET else "",
    }


@citizen_page
def notice(request: HttpRequest) -> HttpResponse:
    """Step 2: what to know, read and ticked."""
    draft = draft_of(request)
    if draft is None or draft.case or (agency := application.organ_of(draft, request.today)) is None:
        return redirect("casework:apply_organ")
    wrong = ""
    if request.method == "POST" and ours(request, draft):
        if request.POST.get("read"):
            drafts.keep(draft, read=True)
            return redirect("casework:apply_question", application.sequence(draft.answers)[0])
        wrong = "请先阅读，再勾选“我已阅读以上须知”"
    return show(request, "apply_notice", {"draft": draft, "organ": agency, "wrong": wrong})


# Step three --------------------------------------------------------------------------------------------------------


@citizen_page
def question(request: HttpRequest, name: str) -> HttpResponse:
    """Step 3: one group of questions."""
    if name not in application.NAMES:
        raise Http404
    draft = draft_of(request)
    if draft is None:
        return _too_late(request, name)
    if not draft.answers.get("organ") or name not in application.sequence(draft.answers):
        return redirect("casework:apply_receipt" if draft.case else "casework:apply_organ")
    form = application.question(draft, name)
    if request.method == "POST":
        form = application.question(draft, name, request.POST, request.FILES)
        right = form.is_valid()
    if request.method == "POST" and not ours(request, draft):
        form.add_error(None, OTHER)
    elif request.method == "POST":
        _keep(draft, name, form)
        if "drop" in request.POST:
            drafts.drop_file(draft, form.papers, _number(request.POST["drop"]))
            return redirect(request.get_full_path())
        if request.POST.get("go") == "back":
            return redirect(_before(draft, name))
        if right:
            return redirect(_onward(request, draft, name))
    groups = application.sequence(draft.answers)
    context = {
        "draft": draft,
        "form": form,
        "kept": {slot: list(draft.files.filter(slot=slot).select_related("blob")) for slot in form.papers},
        "withheld": {slot for slot, _ in draft.answers.get("withheld", [])},
        "place": groups.index(name) + 1,
        "places": len(groups),
    }
    return show(request, "apply_question", context)


def _keep(draft: ApplicationDraft, name: str, form: Question) -> None:
    """Keep all that was typed, right or wrong, and the files that are right."""
    withheld = draft.answers.get("withheld", [])
    for slot in form.papers:
        taken = form.cleaned_data.get(slot) or []
        withheld = withheld + [[slot, paper.digest] for paper in taken if isinstance(paper, Withheld)]
        papers = [paper for paper in taken if not isinstance(paper, Withheld)]
        drafts.keep_files(draft, slot, papers, together=form.fields[slot].several)
    drafts.keep(draft, **{name: form.typed()}, withheld=withheld)


def _onward(request: HttpRequest, draft: ApplicationDraft, name: str) -> str:
    """The next page: after the wish, once, what is public already."""
    to_confirm = "confirm" in request.GET
    agency = application.organ_of(draft, request.today)
    if name == "content" and agency and suggestions.offer(draft, agency, on=request.today):
        return f"{reverse('casework:apply_suggest')}{'?confirm' if to_confirm else ''}"
    return after_question(draft, name, to_confirm=to_confirm)


def _before(draft: ApplicationDraft, name: str) -> str:
    groups = application.sequence(draft.answers)
    place = groups.index(name)
    return reverse("casework:apply_question", args=[groups[place - 1]]) if place else reverse("casework:apply_notice")


def after_question(draft: ApplicationDraft, name: str, *, to_confirm: bool) -> str:
    groups = application.sequence(draft.answers)
    following = groups[groups.index(name) + 1 :]
    if to_confirm or not following:
        wrong = application.first_wrong(draft)
        return reverse("casework:apply_question", args=[wrong]) if wrong else reverse("casework:apply_confirm")
    return reverse("casework:apply_question", args=[following[0]])


def _too_late(request: HttpRequest, name: str) -> HttpResponse:
    """The draft is gone. What this page brings is kept with a new one: a long text must not be lost."""
    if request.method != "POST":
        return redirect("casework:apply_organ")
    draft, token = drafts.start()
    drafts.keep(draft, **{name: application.question(draft, name, request.POST, {}).typed()})
    return _remember(redirect(f"{reverse('casework:apply_organ')}?late"), token)


# Steps four and five -----------------------------------------------------------------------------------------------


_IN_TURN = Lock()
"""Submissions of one process go one by one: together they only take the processor from whoever holds the database."""


@citizen_page
def confirm(request: HttpRequest) -> HttpResponse:
    """Step 4: everything once more, a question in words, and the submission."""
    with _IN_TURN if request.method == "POST" else nullcontext():
        return _confirm(request)


def _confirm(request: HttpRequest) -> HttpResponse:
    draft = draft_of(request)
    if draft is None:
        return redirect(f"{reverse('casework:apply_organ')}?late")
    if draft.case:
        return redirect("casework:apply_receipt")
    agency = application.organ_of(draft, request.today)
    if agency is None or not draft.answers.get("read"):
        return redirect("casework:apply_notice" if agency else "casework:apply_organ")
    if request.method == "POST":
        return _submit(request, draft, agency)
    if "challenge" not in draft.answers:
        drafts.keep(draft, challenge=challenge.ask())
    return _last_look(request, draft, agency, _confirm_form(draft))


def _submit(request: HttpRequest, draft: ApplicationDraft, agency: Any) -> HttpResponse:
    form = _confirm_form(draft, request.POST)
    if not ours(request, draft):
        form.add_error(None, OTHER)
        return _last_look(request, draft, agency, form)
    if throttle.SUBMISSIONS.exceeded(request) or throttle.WRONG_ANSWERS.exceeded(request):
        form.add_error(None, "这个网络地址一分钟内提交得太多，请稍等一分钟，再按一次“提交申请”")
        return _last_look(request, draft, agency, form, status=429)
    _, answer = draft.answers.get("challenge", ("", ""))
    worked = proof.holds(draft, request.POST.get("nonce", ""), request.POST.get("proof", ""))
    form.fields["answer"].required = not worked
    if form.is_valid() and not worked and not challenge.matches(answer, form.cleaned_data["answer"]):
        throttle.WRONG_ANSWERS.count(request)
        drafts.keep(draft, challenge=challenge.ask())
        form.add_error("answer", "答得不对，换了一道题，请再答一次")
        form.fields["answer"].label = draft.answers["challenge"][0]
    if not form.is_valid():
        return _last_look(request, draft, agency, form)
    try:
        received = application.hand_in(draft, agency, today=request.today)
    except application.Unanswered as unanswered:
        return redirect("casework:apply_question", unanswered.name)
    except application.Changed:
        return redirect("casework:apply_confirm")  # which shows what stands now: other answers, or the receipt
    except Refused as refused:
        form.add_error(None, str(refused))
        return _last_look(request, draft, agency, form)
    if received.created:
        throttle.SUBMISSIONS.count(request)
    return redirect("casework:apply_receipt")


def _confirm_form(draft: ApplicationDraft, data: Any = None) -> ConfirmForm:
    words, _ = draft.answers.get("challenge", ("请回答", ""))
    return ConfirmForm(data, question=words, auto_id="f_%s")


def _last_look(
    request: HttpRequest, draft: ApplicationDraft, agency: Any, form: ConfirmForm, status: int = 200
) -> HttpResponse:
    if wrong := application.first_wrong(draft):
        return redirect("casework:apply_question", wrong)
    form.fields["answer"].required = True
    context = {
        "draft": draft, "organ": agency, "form": form, "groups": application.review(draft),
        "work": proof.work_for(draft),
    }  # fmt: skip
    return show(request, "apply_confirm", context, status)


@citizen_page
def receipt(request: HttpRequest) -> HttpResponse:
    """Step 5: the number, the query code and the legal last day; for half an hour, in this browser alone."""
    draft = draft_of(request)
    if draft is None or draft.case is None:
        return redirect("casework:apply_status" if draft is None else "casework:apply_confirm")
    return show(request, "apply_receipt", _receipt(request, draft, draft.case) | {"draft": draft})


def _receipt(request: HttpRequest, draft: ApplicationDraft, case: Case) -> dict[str, Any]:
    return {
        "case": case,
        "organ": case.agency,
        "code": query_code_for(draft.form_key),
        "result": clock.replay(case, request.today, events=()),
        "confirmed": case.confirmed_on is not None,
        "until": draft.expires_at,
    }


@citizen_page
@require_GET
def receipt_file(request: HttpRequest) -> HttpResponse:
    """The receipt as .docx (L01), where the day of receipt is certain already: the paper prints the last day."""
    draft = draft_of(request)
    if draft is None or draft.case is None:
        return redirect("casework:apply_status")
    case = draft.case
    if case.confirmed_on is None:
        return redirect("casework:apply_receipt")
    result = clock.replay(case, request.today, events=())
    facts = {"reply_by": result.reply_by, "query_code": query_code_for(draft.form_key)}
    paper = notices.compose(case, "L01", facts, signed_on=case.submitted_on, number=case.number, delivered_by="online")
    return download(word.render(paper), f"申请回执 {case.number}.docx", notices.DOCX)


@citizen_page
@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """Erase the draft and its cookie: nothing stays on a computer that others use."""
    draft = draft_of(request)
    if draft and ours(request, draft):
        drafts.erase(draft)
    return without_cookie(redirect("casework:apply"))


# The browser's draft -----------------------------------------------------------------------------------------------


def draft_of(request: HttpRequest) -> ApplicationDraft | None:
    return drafts.find(request.COOKIES.get(COOKIE, ""))


def ours(request: HttpRequest, draft: ApplicationDraft) -> bool:
    """Whether the POST carries the draft's hidden key."""
    return constant_time_compare(request.POST.get("key", ""), draft.form_key)


def _remember(response: HttpResponse, token: str) -> HttpResponse:
    """Give the browser its token: under /apply/ only, until it is closed."""
    if token:
        response.set_cookie(
            COOKIE, token, path=reverse("casework:apply"), httponly=True, samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip
    return response


def without_cookie(response: HttpResponse) -> HttpResponse:
    """The browser forgets its draft."""
    response.delete_cookie(COOKIE, path=reverse("casework:apply"), samesite="Lax")
    return response


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0
