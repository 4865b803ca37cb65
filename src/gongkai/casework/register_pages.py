"""The registers as pages: what a list and a page say of a row, by which forms it is entered and concluded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Model, Q, QuerySet

from gongkai.agencies.models import User
from gongkai.casework import forms_registers, register_acts
from gongkai.casework import forms_remedies as forms
from gongkai.casework.actions import openness, remedies
from gongkai.casework.actions.complaints import may_read_complaint
from gongkai.casework.masking import masked_rows
from gongkai.casework.models import (
    Complaint,
    FeeReceipt,
    Lawsuit,
    OpennessSuggestion,
    RecordCorrection,
    ReviewCase,
    result_column,
)
from gongkai.casework.models.remedy import ResultColumn
from gongkai.casework.permissions import case_agencies
from gongkai.casework.register_acts import RowAct
from gongkai.casework.terms import complaint_term, correction_term, reply_term, suggestion_term
from gongkai.design.words import day
from gongkai_core.identity import mask_name
from gongkai_core.remedy_terms import Term

Facts = list[tuple[str, Any]]
NOTHING = "—"


@dataclass(frozen=True)
class Register:
    """One register: its rows, its forms, its verbs, and what a list and a page say of a row."""

    slug: str
    name: str
    model: type[Model]
    entry: type[forms.EntryForm]
    enter: Callable[..., Any]
    columns: tuple[str, ...]
    row: Callable[[Any], tuple[Any, ...]]
    """What stands in the columns; the first leads to the row's page."""
    facts: Callable[[Any, User, date], Facts]
    words: str
    """What the list is for, said where it is empty."""
    outcome: type[forms.OutcomeForm] | None = None
    decide: Callable[..., Any] | None = None
    can_decide: Callable[..., Any] | None = None
    sealed: tuple[str, ...] = ()
    """Columns that a list doesn't open."""
    related: tuple[str, ...] = ("agency",)
    also_at: tuple[str, ...] = ()
    """Further organs whose people see the row."""
    acts: dict[str, RowAct] = field(default_factory=dict)

    @property
    def one(self) -> str:
        return self.slug.removesuffix("s").replace("-", "_")

    def visible(self, user: User, *, on: date) -> QuerySet[Any]:
        """The rows the person may see: own organ's; every organ's for the disclosure office."""
        organs = case_agencies(user, on=on)
        condition = Q(agency__in=organs)
        for name in self.also_at:
            condition |= Q(**{f"{name}__in": organs})
        return self.model._default_manager.filter(condition).select_related(*self.related)


def _term(term: Term) -> str:
    return f"{day(term.last_day)}（{term.text}；{term.article}）"


def _result(row: ReviewCase | Lawsuit) -> str:
    if not row.outcome:
        judged = getattr(row, "judged_on", None)
        return f"尚未审结（一审 {judged} 已判，未生效）" if judged else "尚未审结"
    column = ResultColumn(result_column(row.outcome)).label
    return f"{row.get_outcome_display()}（{column}） {row.closed_on}"


def _review_facts(row: ReviewCase, by: User, today: date) -> Facts:
    return [
        ("被申请人", row.agency.name),
        ("复议机关", row.review_body),
        ("申请人", mask_name(row.claimant)),
        ("来文文号", row.notice_number or NOTHING),
        ("收到日", day(row.filed_on)),
        ("程序", "简易程序" if row.simplified else "普通程序"),
        ("答复期限", _term(reply_term(row))),
        ("提交答复", day(row.replied_on) or NOTHING),
        ("结果", _result(row)),
    ]


def _lawsuit_facts(row: Lawsuit, by: User, today: date) -> Facts:
    return [
        ("被告", row.agency.name),
        ("法院", row.court),
        ("原告", mask_name(row.claimant)),
        ("经过复议", "是" if row.prior_review else "否"),
        ("收到日", day(row.filed_on)),
        ("答辩、举证期限", _term(reply_term(row))),
        ("提交答辩", day(row.replied_on) or NOTHING),
        ("一审裁判日", day(row.judged_on) or NOTHING),
        ("结果", _result(row)),
    ]


def _complaint_facts(row: Complaint, by: User, today: date) -> Facts:
    reads = may_read_complaint(row, by=by, today=today)
    told = f"{day(row.told_on)} {row.get_told_way_display()}" if row.told_on else NOTHING
    given = f"{row.assigned_to.name}，{day(row.assigned_on)}" if row.assigned_to else NOTHING
    found: Facts = [
        ("被举报机关", row.agency.name),
        ("受理机关", row.received_at.name),
        ("来源", row.source),
        ("收到日", day(row.received_on)),
        ("办理期限", _term(complaint_term(row))),
        ("摘要", row.subject),
    ]
    if reads:
        found += [("举报人", mask_name(row.complainant)), ("联系方式", row.contact or NOTHING), ("事项", row.matter)]
    found += [("转办", given), ("反馈期限", day(row.feedback_due_on) or NOTHING)]
    if row.original_reason:
        found.append(("附原件的理由", row.original_reason))
    if row.feedback_on:
        found.append((f"反馈（{day(row.feedback_on)}）", row.feedback))
    found.append(("处理结果", f"{row.get_result_display()} {row.closed_on}" if row.result else "办理中"))
    return [*found, ("处理情况", row.result_words or NOTHING), ("告知举报人", told)]


def _receipt_facts(row: FeeReceipt, by: User, today: date) -> Facts:
    return [
        ("机关", row.agency.name),
        ("金额（元）", yuan(row.amount_fen)),
        ("缴费日", day(row.paid_on)),
        ("票据号", row.receipt_number or NOTHING),
        ("缴款书号", row.payment_number or NOTHING),
        ("非税执收编码", row.collection_code or NOTHING),
    ]


def _correction_facts(row: RecordCorrection, by: User, today: date) -> Facts:
    found: Facts = [
        ("受理机关", row.agency.name),
        ("渠道", row.get_channel_display()),
        ("收到日", day(row.received_on)),
        ("办理期限", _term(correction_term(row))),
        ("摘要", row.subject),
        *masked_rows(row.applicant),
        ("要求更正的记录", row.record),
        ("要求更正为", row.wanted),
        ("证据", row.evidence_words or NOTHING),
        ("承办人", row.handler.name if row.handler else "未分办"),
        ("审核结果", row.get_result_display() or "未审核"),
    ]
    if row.result and row.examined_by:
        found.append(("审核", f"{row.finding}（{row.examined_by.name}，{day(row.examined_on)}）"))
    if row.right_organ:
        found.append(("有权更正的机关", f"{row.right_organ} {row.right_contact}".strip()))
    return [*found, ("告知日", day(row.closed_on) or NOTHING), ("归档日", day(row.archived_on) or NOTHING)]


def _correction_state(row: RecordCorrection) -> str:
    if row.archived_on:
        return "已归档"
    if row.closed_on:
        return f"已告知 · {row.get_result_display()}"
    return f"待告知 · {row.get_result_display()}" if row.result else "审核中"


def _suggestion_facts(row: OpennessSuggestion, by: User, today: date) -> Facts:
    told = f"{day(row.told_on)} {row.get_told_way_display()}" if row.told_on else NOTHING
    return [
        ("机关", row.agency.name),
        ("来源", row.source),
        ("建议人", mask_name(row.suggester) or NOTHING),
        ("收到日", day(row.received_on)),
        ("期限", NOTHING if row.done else _term(suggestion_term(row))),
        ("摘要", row.subject),
        ("建议公开的信息", row.words),
        ("审核结果", row.get_result_display() or "未审核"),
        ("理由", row.reason or NOTHING),
        (
            "公开的条目",
            f"{row.item.title}（{row.item.index_no}），{day(row.item_linked_on)}登记" if row.item else NOTHING,
        ),
        ("告知", told),
    ]


def _suggestion_state(row: OpennessSuggestion) -> str:
    if row.item_id:
        return "已公开"
    if not row.result:
        return "审核中"
    return row.get_result_display() if row.done else f"{row.get_result_display()} · 待登记条目"


def yuan(fen: int) -> str:
    return f"{fen // 100:,}.{fen % 100:02d}"


REGISTERS = {
    register.slug: register
    for register in (
        Register(
            "reviews", "行政复议", ReviewCase, forms.ReviewForm, remedies.enter_review,
            ("案号", "复议机关", "机关", "结果", "收到日"),
            lambda row: (row.docket, row.review_body, row.agency.short_name, _result(row), row.filed_on),
            _review_facts, "收到复议申请书副本后登记在这里，结果计入年报表四。",
            forms.ReviewOutcomeForm, remedies.decide_review, remedies.can_decide_review, ("claimant",),
            acts=register_acts.ACTS["reviews"],
        ),
        Register(
            "lawsuits", "行政诉讼", Lawsuit, forms.LawsuitForm, remedies.enter_lawsuit,
            ("案号", "法院", "机关", "结果", "收到日"),
            lambda row: (row.docket, row.court, row.agency.short_name, _result(row), row.filed_on),
            _lawsuit_facts, "收到起诉状副本后登记在这里，结果计入年报表四。",
            forms.LawsuitOutcomeForm, remedies.decide_lawsuit, remedies.can_decide_lawsuit, ("claimant",),
            acts=register_acts.ACTS["lawsuits"],
        ),
        Register(
            "complaints", "举报投诉", Complaint, forms.ComplaintForm, remedies.enter_complaint,
            ("编号", "摘要", "机关", "处理结果", "收到日"),
            lambda row: (
                row.number, row.subject, row.agency.short_name, row.get_result_display() or "办理中", row.received_on
            ),
            _complaint_facts, "对政府信息公开工作的举报投诉登记在这里（条例第四十七条、第五十一条）。",
            forms.ComplaintOutcomeForm, remedies.decide_complaint, remedies.can_decide_complaint,
            ("complainant", "contact", "matter", "original_reason", "feedback", "result_words"),
            ("agency", "received_at", "assigned_to"), ("received_at", "assigned_to"), register_acts.ACTS["complaints"],
        ),
        Register(
            "record-corrections", "更正申请", RecordCorrection, forms_registers.RecordCorrectionForm,
            register_acts.enter_record_correction,
            ("登记号", "摘要", "机关", "办理情况", "收到日"),
            lambda row: (row.number, row.subject, row.agency.short_name, _correction_state(row), row.received_on),
            _correction_facts, "要求更正与自身相关、记录不准确的政府信息的，登记在这里（条例第四十一条），不计入表三。",
            sealed=("record", "wanted", "evidence_words", "finding"),
            related=("agency", "applicant", "handler", "examined_by"), acts=register_acts.ACTS["record-corrections"],
        ),
        Register(
            "openness-suggestions", "主动公开建议", OpennessSuggestion, forms_registers.SuggestionForm,
            openness.enter_suggestion,
            ("编号", "摘要", "机关", "办理情况", "收到日"),
            lambda row: (row.number, row.subject, row.agency.short_name, _suggestion_state(row), row.received_on),
            _suggestion_facts,
            "建议把依申请公开的信息转为主动公开的，登记在这里；经审核属实的，应当及时公开（条例第四十四条第二款）。",
            sealed=("suggester", "contact", "words", "reason"), related=("agency", "case", "item"),
            acts=register_acts.ACTS["openness-suggestions"],
        ),
        Register(
            "fee-receipts", "收费记录", FeeReceipt, forms.FeeReceiptForm, remedies.enter_fee_receipt,
            ("票据", "办件", "机关", "金额（元）", "缴费日"),
            lambda row: (
                row.receipt_number or row.payment_number, row.case.number if row.case else NOTHING,
                row.agency.short_name, yuan(row.amount_fen), row.paid_on,
            ),
            _receipt_facts, "收到的信息处理费登记在这里；正在等缴费的办件，请在办件页登记缴费。",
            related=("agency", "case"),
        ),
    )
}  # fmt: skip
"""By the word in their addresses."""
