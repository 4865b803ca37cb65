"""Plain forms of the registers: reviews, suits, complaints, money received."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet

from gongkai.agencies.models import Agency
from gongkai.casework.models import Case, ComplaintResult, LawsuitOutcome, ReviewOutcome


def _day(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class EntryForm(forms.Form):
    """One more row of a register, at one of the organs where the person may enter it."""

    use_required_attribute = False

    agency = forms.ModelChoiceField(Agency.objects.none(), label="机关", empty_label=None)

    def __init__(
        self, data: Any = None, *, agencies: QuerySet[Agency], cases: QuerySet[Case], today: date, **options: Any
    ) -> None:
        super().__init__(data, **options)
        self.cases = cases
        self.fields["agency"].queryset = agencies
        for field in self.fields.values():
            if isinstance(field, forms.DateField):
                field.widget.attrs["max"] = today.isoformat()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "case_number" in self.fields:
            data["case"] = self._case(data.pop("case_number", "").strip(), data.get("agency"))
        return data

    def _case(self, number: str, agency: Agency | None) -> Case | None:
        if not number:
            return None
        case = self.cases.filter(number=number, agency=agency).first()
        if case is None:
            self.add_error("case_number", f"没有登记号为“{number}”的办件")
        return case


def _case_number() -> forms.CharField:
    return forms.CharField(
        label="登记号", max_length=60, required=False, help_text="对应的申请，例如 青财申〔2026〕1号；没有就空着。"
    )


class ReviewForm(EntryForm):
    docket = forms.CharField(label="案号", max_length=60)
    review_body = forms.CharField(label="复议机关", max_length=100)
    filed_on = _day("收到日", help_text="收到复议申请书副本的日子。")
    reply_due_on = _day(
        "答复期限", required=False, help_text="不填则按收到之日起 10 个工作日；简易程序为 5 个工作日，请填写。"
    )
    claimant = forms.CharField(label="申请人", max_length=100, required=False, help_text="加密保存，只显示遮蔽的名字。")
    case_number = _case_number()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["reply_due_on"].widget.attrs["max"]


class LawsuitForm(EntryForm):
    docket = forms.CharField(label="案号", max_length=60)
    court = forms.CharField(label="法院", max_length=100)
    filed_on = _day("收到日", help_text="收到起诉状副本的日子。")
    claimant = forms.CharField(label="原告", max_length=100, required=False, help_text="加密保存，只显示遮蔽的名字。")
    case_number = _case_number()
    prior_review = forms.BooleanField(label="经过行政复议（表四“复议后起诉”）", required=False)


class ComplaintForm(EntryForm):
    received_on = _day("收到日")
    source = forms.CharField(label="来源", max_length=60, help_text="例如 来信、来电、上级转办。")
    subject = forms.CharField(label="摘要", max_length=100, help_text="列表上显示，不写人名、电话和住址。")
    complainant = forms.CharField(
        label="举报人", max_length=100, required=False, help_text="加密保存，只显示遮蔽的名字。"
    )
    matter = forms.CharField(label="事项", widget=forms.Textarea(attrs={"rows": 4}), help_text="加密保存。")


class FeeReceiptForm(EntryForm):
    amount = forms.DecimalField(label="金额（元）", min_value=Decimal("0.01"), max_digits=12, decimal_places=2)
    paid_on = _day("缴费日")
    receipt_number = forms.CharField(label="票据号", max_length=40, required=False)
    payment_number = forms.CharField(label="缴款书号", max_length=40, required=False)
    collection_code = forms.CharField(label="非税执收编码", max_length=40, required=False)
    case_number = _case_number()

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if "amount" in data:
            data["amount_fen"] = int(data.pop("amount") * 100)
        if not (data.get("receipt_number") or data.get("payment_number")):
            self.add_error("receipt_number", "票据号和缴款书号至少填一项")
        return data


class OutcomeForm(forms.Form):
    """What came of a row; `reason` only where a result recorded before is put right."""

    use_required_attribute = False

    reason = forms.CharField(label="更正的理由", max_length=200)

    def __init__(self, data: Any = None, *, recorded: bool, today: date, **options: Any) -> None:
        super().__init__(data, **options)
        self.order_fields([name for name in self.fields if name != "reason"])
        if not recorded:
            del self.fields["reason"]
        for field in self.fields.values():
            if isinstance(field, forms.DateField):
                field.widget.attrs["max"] = today.isoformat()


def _result(label: str, choices: Any, *, required: bool = True) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", "请选择"), *choices], required=required)


class ReviewOutcomeForm(OutcomeForm):
    outcome = _result("复议结果", ReviewOutcome.choices)
    closed_on = _day("审结日", help_text="复议决定书的日期。")


class LawsuitOutcomeForm(OutcomeForm):
    judged_on = _day("一审裁判日", required=False, help_text="上诉期未满或者已上诉的，只填这一项，仍计“尚未审结”。")
    outcome = _result("生效结果", LawsuitOutcome.choices, required=False)
    closed_on = _day("生效日", required=False)

    def clean(self) -> Mapping[str, Any]:
        data = super().clean() or {}
        given = bool(data.get("outcome")), bool(data.get("closed_on"))
        if not self.errors and (given[0] != given[1] or not (given[0] or data.get("judged_on"))):
            self.add_error(None, "生效结果和生效日要一起填；还没有生效的，只填一审裁判日")
        return data


class ComplaintOutcomeForm(OutcomeForm):
    result = _result("处理结果", ComplaintResult.choices)
    closed_on = _day("办结日")
    result_words = forms.CharField(
        label="处理情况", widget=forms.Textarea(attrs={"rows": 3}), required=False, help_text="加密保存。"
    )
