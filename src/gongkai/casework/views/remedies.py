"""复议、诉讼、举报投诉、收费 on the desk: one list, one form and one page each, for four registers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.agencies.calendar import office_calendar
from gongkai.agencies.models import Agency
from gongkai.agencies.permissions import is_disclosure_office
from gongkai.casework.actions import remedies
from gongkai.casework.clock import days_left
from gongkai.casework.forms_remedies import (
    ComplaintForm,
    ComplaintOutcomeForm,
    EntryForm,
    FeeReceiptForm,
    LawsuitForm,
    LawsuitOutcomeForm,
    OutcomeForm,
    ReviewForm,
    ReviewOutcomeForm,
)
from gongkai.casework.models import Case, Complaint, FeeReceipt, Lawsuit, ReviewCase, result_column
from gongkai.casework.models.remedy import ResultColumn
from gongkai.casework.permissions import case_agencies
from gongkai.casework.views import lists
from gongkai.design.words import day
from gongkai_core.identity import mask_name
from gongkai_core.refusals import Refused

Facts = list[tuple[str, Any]]


@dataclass(frozen=True)
class Register:
    """One register: its rows, its forms, its verbs, and what a list and a page say of a row."""

    slug: str
    name: str
    model: type[Model]
    entry: type[EntryForm]
    enter: Callable[..., Any]
    columns: tuple[str, ...]
    row: Callable[[Any], tuple[Any, ...]]
    """What stands in the columns; the first leads to the row's page."""
    facts: Callable[[Any], Facts]
    words: str
    """What the list is for, said where it is empty."""
    outcome: type[OutcomeForm] | None = None
    decide: Callable[..., Any] | None = None
    sealed: tuple[str, ...] = ()
    """Columns that a list doesn't open."""

    @property
    def one(self) -> str:
        return self.slug.removesuffix("s").replace("-", "_")

    def visible(self, request: HttpRequest) -> QuerySet[Any]:
        """The rows the person may see: own organ's; every organ's for the disclosure office."""
        rows = self.model._default_manager.filter(agency__in=case_agencies(request.user, on=request.today))
        return rows.select_related("agency") if self.model is Complaint else rows.select_related("agency", "case")


def _result(row: ReviewCase | Lawsuit) -> str:
    if not row.outcome:
        judged = getattr(row, "judged_on", None)
        return f"尚未审结（一审 {judged} 已判，未生效）" if judged else "尚未审结"
    column = ResultColumn(result_column(row.outcome)).label
    return f"{row.get_outcome_display()}（{column}） {row.closed_on}"


def _review_facts(row: ReviewCase) -> Facts:
    return [
        ("被申请人", row.agency.name),
        ("复议机关", row.review_body),
        ("申请人", mask_name(row.claimant)),
        ("收到日", day(row.filed_on)),
        ("答复期限", day(row.reply_due_on)),
        ("结果", _result(row)),
    ]


def _lawsuit_facts(row: Lawsuit) -> Facts:
    return [
        ("被告", row.agency.name),
        ("法院", row.court),
        ("原告", mask_name(row.claimant)),
        ("经过复议", "是" if row.prior_review else "否"),
        ("收到日", day(row.filed_on)),
        ("一审裁判日", day(row.judged_on) or "—"),
        ("结果", _result(row)),
    ]


def _complaint_facts(row: Complaint) -> Facts:
    return [
        ("被举报机关", row.agency.name),
        ("来源", row.source),
        ("举报人", mask_name(row.complainant)),
        ("收到日", day(row.received_on)),
        ("摘要", row.subject),
        ("事项", row.matter),
        ("处理结果", f"{row.get_result_display()} {row.closed_on}" if row.result else "办理中"),
        ("处理情况", row.result_words or "—"),
    ]


def _receipt_facts(row: FeeReceipt) -> Facts:
    return [
        ("机关", row.agency.name),
        ("金额（元）", yuan(row.amount_fen)),
        ("缴费日", day(row.paid_on)),
        ("票据号", row.receipt_number or "—"),
        ("缴款书号", row.payment_number or "—"),
        ("非税执收编码", row.collection_code or "—"),
    ]


def yuan(fen: int) -> str:
    return f"{fen // 100:,}.{fen % 100:02d}"


REGISTERS = {
    register.slug: register
    for register in (
        Register(
            "reviews", "行政复议", ReviewCase, ReviewForm, remedies.enter_review,
            ("案号", "复议机关", "机关", "结果", "收到日"),
            lambda row: (row.docket, row.review_body, row.agency.short_name, _result(row), row.filed_on),
            _review_facts, "收到复议申请书副本后登记在这里，结果计入年报表四。",
            ReviewOutcomeForm, remedies.decide_review, ("claimant",),
        ),
        Register(
            "lawsuits", "行政诉讼", Lawsuit, LawsuitForm, remedies.enter_lawsuit,
            ("案号", "法院", "机关", "结果", "收到日"),
            lambda row: (row.docket, row.court, row.agency.short_name, _result(row), row.filed_on),
            _lawsuit_facts, "收到起诉状副本后登记在这里，结果计入年报表四。",
            LawsuitOutcomeForm, remedies.decide_lawsuit, ("claimant",),
        ),
        Register(
            "complaints", "举报投诉", Complaint, ComplaintForm, remedies.enter_complaint,
            ("编号", "摘要", "机关", "处理结果", "收到日"),
            lambda row: (
                row.number, row.subject, row.agency.short_name, row.get_result_display() or "办理中", row.received_on
            ),
            _complaint_facts, "对政府信息公开工作的举报投诉登记在这里（条例第四十七条、第五十一条）。",
            ComplaintOutcomeForm, remedies.decide_complaint, ("complainant", "matter", "result_words"),
        ),
        Register(
            "fee-receipts", "收费记录", FeeReceipt, FeeReceiptForm, remedies.enter_fee_receipt,
            ("票据", "办件", "机关", "金额（元）", "缴费日"),
            lambda row: (
                row.receipt_number or row.payment_number, row.case.number if row.case else "—",
                row.agency.short_name, yuan(row.amount_fen), row.paid_on,
            ),
            _receipt_facts, "收到的信息处理费登记在这里；正在等缴费的办件，请在办件页登记缴费。",
        ),
    )
}  # fmt: skip


def _register(slug: str) -> Register:
    if slug not in REGISTERS:
        raise Http404
    return REGISTERS[slug]


def _page(
    request: HttpRequest, template: str, register: Register, *crumbs: tuple[str, str], **context: Any
) -> HttpResponse:
    home = (register.name, reverse(f"casework:{register.slug.replace('-', '_')}"))
    context |= {
        "section": register.slug,
        "crumbs": [("依申请公开", reverse("casework:cases")), home, *crumbs] if crumbs else [],
        "register": register,
        "today": request.today,
    }
    return render(request, f"casework/remedies/{template}.html", context)


def _own_agencies(request: HttpRequest) -> QuerySet[Agency]:
    """The organs for which the person may enter rows."""
    if is_disclosure_office(request.user, on=request.today):
        return Agency.objects.answering().existing(request.today)
    posts = request.user.posts_on(request.today)
    return Agency.objects.filter(pk__in={post.agency_id for post in posts if post.role in remedies.ROLES})


@require_GET
def rows(request: HttpRequest, slug: str) -> HttpResponse:
    """A register's rows, the last entered first."""
    register = _register(slug)
    if not case_agencies(request.user, on=request.today).exists():
        raise Http404
    found, before, after = lists.newest_first(register.visible(request).defer(*register.sealed), request)
    context = {
        "rows": [
            (row, list(zip(register.columns, register.row(row), strict=True)), _due(row, request.today))
            for row in found
        ],
        "before": before,
        "after": after,
        "may_enter": _own_agencies(request).exists(),
        "new_url": reverse(f"casework:{register.one}_new"),
        "registers": [(one, reverse(f"casework:{one.slug.replace('-', '_')}")) for one in REGISTERS.values()],
    }
    return _page(request, "rows", register, **context)


@dataclass(frozen=True)
class Due:
    """A last day that runs, for the lamp."""

    on: date
    days_left: int | None


def _due(row: Any, today: date) -> Due | None:
    """The reply that an open review still wants."""
    if not isinstance(row, ReviewCase) or row.outcome or not row.reply_due_on or row.reply_due_on < today:
        return None
    return Due(row.reply_due_on, days_left(row.reply_due_on, today, office_calendar()))


@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Enter one more row."""
    register = _register(slug)
    agencies = _own_agencies(request)
    if not agencies.exists():
        raise Http404
    cases = Case.objects.for_user(request.user, on=request.today).defer("info_desc")
    form = register.entry(
        request.POST if request.method == "POST" else None, agencies=agencies, cases=cases, today=request.today,
        initial={"agency": request.organ if request.organ in agencies else None},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        try:
            row = register.enter(facts.pop("agency"), by=request.user, today=request.today, **facts)
            messages.success(request, f"已登记：{row.as_record().title}")
            return redirect(row)
        except Refused as refused:
            form.add_error(None, str(refused))
    return _page(request, "new", register, ("登记", ""), form=form)


@never_cache
@require_http_methods(["GET", "POST"])
def row(request: HttpRequest, slug: str, public_id: UUID) -> HttpResponse:
    """One row; POST records what came of it."""
    register = _register(slug)
    found = get_object_or_404(register.visible(request), public_id=public_id)
    refusal = remedies.can_keep_register(found.agency, by=request.user, today=request.today)
    recorded = bool(getattr(found, "outcome", "") or getattr(found, "result", ""))
    form = None
    if register.outcome and register.decide and not refusal:
        data = request.POST if request.method == "POST" else None
        form = register.outcome(data, recorded=recorded, today=request.today)
    if request.method == "POST" and form is None:
        raise Http404
    if form and form.is_bound and form.is_valid():
        try:
            register.decide(found, by=request.user, today=request.today, **form.cleaned_data)
            messages.success(request, "结果已登记")
            return redirect(found)
        except Refused as refused:
            form.add_error(None, str(refused))
    context = {
        "row": found,
        "title": register.row(found)[0],
        "facts": register.facts(found),
        "case": getattr(found, "case", None),
        "form": form,
        "refusal": refusal if register.decide else None,
        "recorded": recorded,
        "due": _due(found, request.today),
    }
    return _page(request, "row", register, (register.row(found)[0], ""), **context)
