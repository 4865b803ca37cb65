"""The registers on the desk (复议、诉讼、举报投诉、更正、建议、收费): one list, one form and one page for all of them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.agencies.identifiers import public_id_in
from gongkai.agencies.models import Agency
from gongkai.agencies.permissions import is_disclosure_office
from gongkai.casework import acts as case_acts
from gongkai.casework.actions import remedies
from gongkai.casework.actions.disputes import can_open_register_file
from gongkai.casework.actions.record_corrections import open_record_correction
from gongkai.casework.actions.register_papers import (
    LETTERS_OF,
    can_draft_register_paper,
    can_open_register_papers,
    draft_register_paper,
)
from gongkai.casework.actions.reopen import ORDERS
from gongkai.casework.forms import PurposeForm
from gongkai.casework.masking import plain_rows
from gongkai.casework.models import (
    Advice,
    Case,
    Lawsuit,
    RecordCorrection,
    RegisterFile,
    RegisterPaper,
    ReviewCase,
    belongs_to,
)
from gongkai.casework.permissions import case_agencies
from gongkai.casework.register_pages import REGISTERS, Register
from gongkai.casework.register_rights import can_keep_register, organ_of
from gongkai.casework.terms import advice_term, owed_by_row, within
from gongkai.casework.thread import thread
from gongkai.casework.views import lists
from gongkai.design.components import Offer
from gongkai.documents.sheets import list_file
from gongkai.trail.chain import record
from gongkai_core.letters import LETTERS
from gongkai_core.refusals import Refused
from gongkai_core.remedy_terms import REVIEW_LAW_2023_FROM

MOST_EXPORTED = 5000


def _register(slug: str) -> Register:
    if slug not in REGISTERS:
        raise Http404
    return REGISTERS[slug]


def _page(
    request: HttpRequest, template: str, register: Register, *crumbs: tuple[str, str], status: int = 200, **context: Any
) -> HttpResponse:
    home = (register.name, reverse(f"casework:{register.slug.replace('-', '_')}"))
    context |= {
        "section": register.slug,
        "crumbs": [("依申请公开", reverse("casework:cases")), home, *crumbs] if crumbs else [],
        "register": register,
        "today": request.today,
    }
    return render(request, f"casework/remedies/{template}.html", context, status=status)


def _own_agencies(request: HttpRequest) -> QuerySet[Agency]:
    """The organs for which the person may enter rows."""
    if is_disclosure_office(request.user, on=request.today):
        return Agency.objects.answering().existing(request.today)
    posts = request.user.posts_on(request.today)
    return Agency.objects.filter(pk__in={post.agency_id for post in posts if post.role in remedies.ROLES})


def find_row(request: HttpRequest, register: Register, public_id: UUID) -> Any:
    """The row, or 404 when it doesn't exist for this person."""
    return get_object_or_404(register.visible(request.user, on=request.today), public_id=public_id)


@require_GET
def rows(request: HttpRequest, slug: str) -> HttpResponse:
    """A register's rows, the last entered first."""
    register = _register(slug)
    if not case_agencies(request.user, on=request.today).exists():
        raise Http404
    seen = register.visible(request.user, on=request.today).defer(*register.sealed)
    found, before, after = lists.newest_first(seen, request)
    set_by = within()
    context = {
        "rows": [
            (row, list(zip(register.columns, register.row(row), strict=True)), owed_by_row(row, request.today, set_by))
            for row in found
        ],
        "export_url": reverse(f"casework:{register.slug.replace('-', '_')}_export"),
        "before": before,
        "after": after,
        "may_enter": _own_agencies(request).exists(),
        "new_url": reverse(f"casework:{register.one}_new"),
        "registers": [(one, reverse(f"casework:{one.slug.replace('-', '_')}")) for one in REGISTERS.values()],
    }
    return _page(request, "rows", register, **context)


@require_GET
@transaction.atomic
def export(request: HttpRequest, slug: str) -> HttpResponse:
    """The list as a sheet, newest first, with nothing sealed in it."""
    register = _register(slug)
    if not case_agencies(request.user, on=request.today).exists():
        raise Http404
    seen = register.visible(request.user, on=request.today).defer(*register.sealed)
    found = list(seen.order_by("-public_id")[:MOST_EXPORTED])
    record(
        "casework.export_list", None, by=request.user, today=request.today, ground="条例第五十一条", count=len(found),
        register=slug,
    )  # fmt: skip
    set_by = within()
    owed = (owed_by_row(one, request.today, set_by) for one in found)
    lines = [
        (*register.row(one), due.verb if due else "", due.due if due else None)
        for one, due in zip(found, owed, strict=True)
    ]
    return list_file(f"{register.name}台账", (*register.columns, "要办的事", "期限"), lines, titled=True)


@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Enter one more row; `case` in the address says from which application."""
    register = _register(slug)
    agencies = _own_agencies(request)
    if not agencies.exists():
        raise Http404
    cases = Case.objects.for_user(request.user, on=request.today).defer("info_desc")
    given = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = register.entry(
        *given, agencies=agencies, cases=cases, today=request.today, initial=_initial(request, agencies, cases)
    )
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        try:
            row = register.enter(facts.pop("agency"), by=request.user, today=request.today, **facts)
            messages.success(request, f"已登记：{row.as_record().title}")
            return redirect(row)
        except Refused as refused:
            form.add_error(None, str(refused))
    return _page(request, "new", register, ("登记", ""), form=form)


def _initial(request: HttpRequest, agencies: QuerySet[Agency], cases: QuerySet[Case]) -> dict[str, Any]:
    """The organ one works at; with an application, its organ, number and summary."""
    organ = request.organ if request.organ in agencies else None
    case = cases.filter(public_id=public_id_in(request.GET.get("case", ""))).select_related("agency").first()
    if case is None:
        return {"agency": organ}
    return {
        "agency": case.agency if case.agency in agencies else organ, "case_numbers": case.number,
        "case_number": case.number, "subject": case.subject,
    }  # fmt: skip


@never_cache
@require_http_methods(["GET", "POST"])
def row(request: HttpRequest, slug: str, public_id: UUID) -> HttpResponse:
    """One row; POST records what came of it."""
    register = _register(slug)
    found = find_row(request, register, public_id)
    refusal = can_keep_register(organ_of(found), by=request.user, today=request.today)
    recorded = register.decide is not None and bool(getattr(found, "outcome", "") or getattr(found, "result", ""))
    if not refusal and register.can_decide:
        refusal = register.can_decide(found, by=request.user, today=request.today, reason="—")
    form = None
    if register.outcome and register.decide and not refusal:
        data = request.POST if request.method == "POST" else None
        form = register.outcome(data, recorded=recorded, today=request.today)
    if request.method == "POST" and form is None:
        raise Http404
    if form and register.decide and form.is_bound and form.is_valid():
        try:
            register.decide(found, by=request.user, today=request.today, **form.cleaned_data)
            messages.success(request, "结果已登记")
            return redirect(found)
        except Refused as refused:
            form.add_error(None, str(refused))
    beside = _beside(request, register, found)
    said = any(offer.refusal == refusal for offer in beside["acts"])  # under the acts: once is enough
    context = {
        "row": found,
        "title": register.row(found)[0],
        "facts": register.facts(found, request.user, request.today),
        "form": form,
        "refusal": refusal if register.decide and not said else None,
        "recorded": recorded,
        **beside,
    }
    return _page(request, "row", register, (register.row(found)[0], ""), **context)


def _beside(request: HttpRequest, register: Register, found: Any) -> dict[str, Any]:
    """What stands on the row's page beside its facts: acts, papers, files, cases, advice."""
    by, today = request.user, request.today
    held = type(found) in LETTERS_OF
    own = belongs_to(found) if held else {}
    draft_url = reverse(f"casework:{register.one}_draft", args=[found.public_id]) if held else ""
    reads = held and can_open_register_papers(found, by=by, today=today) is None
    files = RegisterFile.objects.filter(**own).select_related("blob", "added_by", "complaint") if held else ()
    acts, letters = _acts(request, register, found), _letters(request, found, draft_url) if reads else []
    return {
        "due": owed_by_row(found, today),
        "case": getattr(found, "case", None),
        "disputed": _disputed(request, found),
        "warning": direct_suit_warning(found),
        "acts": [*acts, *(offer for offer in letters if offer.refusal)],
        "papers": RegisterPaper.objects.filter(**own).select_related("signed_by") if reads else (),
        "files": [file for file in files if can_open_register_file(file, by=by, today=today) is None],
        "letters": [offer for offer in letters if not offer.refusal],
        "draft_url": draft_url,
        "advice": _advice(found, by, today),
        "thread": thread(found),
        "volume_url": reverse("casework:record_correction_volume", args=[found.public_id])
        if reads and isinstance(found, RecordCorrection)
        else "",
        "purpose_form": PurposeForm() if isinstance(found, RecordCorrection) else None,
    }


def _acts(request: HttpRequest, register: Register, found: Any) -> list[Offer]:
    return [
        Offer(
            act.label, reverse(f"casework:{register.one}_act", args=[found.public_id, name]),
            act.can(found, by=request.user, today=request.today), act.kind, post=not act.asks,
        )
        for name, act in register.acts.items()
    ]  # fmt: skip


def _letters(request: HttpRequest, found: Any, draft_url: str) -> list[Offer]:
    """The papers that may be drafted from the row; those refused stand with the acts, where the reason is said."""
    return [
        Offer(
            f"起草{LETTERS[code].name}", draft_url,
            can_draft_register_paper(found, by=request.user, today=request.today, letter=code), post=True,
            name="letter", value=code,
        )
        for code in LETTERS_OF.get(type(found), ())
        if code != "L41"
    ]  # fmt: skip


def _advice(found: Any, by: Any, today: Any) -> list[dict[str, Any]]:
    if not isinstance(found, ReviewCase | Lawsuit):
        return []
    refusal = can_draft_register_paper(found, by=by, today=today, letter="L41")
    return [
        {
            "advice": advice,
            "term": advice_term(advice),
            "due": owed_by_row(advice, today),
            "paper": advice.papers.filter(voided_on=None).first(),
            "refusal": refusal,
        }
        for advice in found.advice.select_related("review__agency", "lawsuit__agency")
    ]


def _disputed(request: HttpRequest, found: Any) -> list[dict[str, Any]]:
    """The applications a proceeding is about, each with its 重新答复 where the result calls for one."""
    if not isinstance(found, ReviewCase | Lawsuit):
        return []
    by, today = request.user, request.today
    ordered = found.outcome in ORDERS
    return [
        {
            "case": case,
            "anew": found.redecisions.filter(case=case).first(),
            "reopen_url": reverse("casework:act", args=[case.public_id, "reopen"]) if ordered else "",
            "refusal": case_acts.ACTS["reopen"].can(case, by=by, today=today) if ordered else None,
        }
        for case in found.cases.select_related("agency").defer("info_desc").order_by("pk")
    ]


def direct_suit_warning(found: Any) -> str:
    """A refusal of 2024 and later goes to review first: a suit without one is looked at again (forms.json T4-6)."""
    if not isinstance(found, Lawsuit) or found.prior_review:
        return ""
    refused = found.cases.filter(counted_outcome__startswith="refuse.", counted_on__gte=REVIEW_LAW_2023_FROM)
    numbers = [case.number for case in refused.exclude(counted_outcome="refuse.admin_query").only("number")]
    if not numbers:
        return ""
    return f"{'、'.join(numbers)} 是依条例第十四条至第十六条不予公开的，依行政复议法第二十三条应当先复议；没有经过复议的，请逐件核对。"


@never_cache
@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, slug: str, public_id: UUID, name: str) -> HttpResponse:
    """One act on a row: its form, or at once where there is none."""
    register = _register(slug)
    found = find_row(request, register, public_id)
    wanted = register.acts.get(name)
    if wanted is None:
        raise Http404
    given = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    who = {"by": request.user, "today": request.today}
    form = wanted.form(*given, row=found, **who) if wanted.form else None
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            wanted.run(found, **who, **(form.cleaned_data if form else {}))
            messages.success(request, f"{wanted.label}：已办理")
            return redirect(found)
        except Refused as refused:
            if form is None:
                messages.error(request, str(refused.refusal))
            else:
                form.add_error(None, str(refused.refusal))
    if form is None:
        return redirect(found)
    crumbs = ((register.row(found)[0], found.get_absolute_url()), (wanted.label, ""))
    return _page(
        request, "act", register, *crumbs, row=found, act=wanted, form=form, refusal=wanted.can(found, **who),
        status=422 if form.errors else 200,
    )  # fmt: skip


@never_cache
@require_POST
def draft(request: HttpRequest, slug: str, public_id: UUID) -> HttpResponse:
    """起草: a paper begins with what the records say; its page opens to be edited."""
    register = _register(slug)
    found = find_row(request, register, public_id)
    letter = request.POST.get("letter", "")
    advice = None
    if "advice" in request.POST:
        advice, letter = Advice.objects.filter(public_id=public_id_in(request.POST["advice"])).first(), "L41"
    if letter not in LETTERS_OF.get(type(found), ()):
        raise Http404
    try:
        paper = draft_register_paper(found, letter=letter, advice=advice, by=request.user, today=request.today)
    except Refused as refused:
        messages.error(request, str(refused.refusal))
        return redirect(found)
    messages.success(request, f"{paper.name}已起草，内容取自办件记录，请核对后呈签")
    return redirect(paper)


@never_cache
@require_POST
def correction_applicant(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Who asks for a correction, in the clear, for a purpose."""
    register = REGISTERS["record-corrections"]
    found = find_row(request, register, public_id)
    form = PurposeForm(request.POST)
    if form.is_valid():
        purpose = form.cleaned_data["purpose"]
        try:
            opened = open_record_correction(found, purpose=purpose, by=request.user, today=request.today)
        except Refused as refused:
            messages.error(request, str(refused.refusal))
        else:
            crumbs = ((found.number, found.get_absolute_url()), ("申请人信息", ""))
            return _page(request, "applicant", register, *crumbs, row=found, rows=plain_rows(opened), purpose=purpose)
    else:
        messages.error(request, "请写明查看的目的")
    return redirect(found)
