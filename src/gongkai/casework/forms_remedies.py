"""Plain forms of the registers: reviews, suits, complaints, money received."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet

from gongkai.agencies.models import Agency
from gongkai.casework.models import Case, ComplaintResult, LawsuitOutcome, ReviewOutcome


def day_field(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
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
        self, *args: Any, agencies: QuerySet[Agency], cases: QuerySet[Case], today: date, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.cases, self.today = cases, today
        self.fields["agency"].queryset = agencies
        for field in self.fields.values():
            if isinstance(field, forms.DateField):
                field.widget.attrs["max"] = today.isoformat()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "case_number" in self.fields:
            found = cases_named(self, "case_number", [data.pop("case_number", "")], self.cases, data.get("agency"))
            data["case"] = found[0] if found else None
        if "case_numbers" in self.fields:
            lines = data.pop("case_numbers", "").splitlines()
            data["cases"] = cases_named(self, "case_numbers", lines, self.cases, data.get("agency"))
        return data


def cases_named(
    form: forms.Form, field: str, numbers: Iterable[str], cases: QuerySet[Case], agency: Agency | None
) -> list[Case]:
    """The organ's cases of these numbers, each once; an error at the field for every number that is nobody's."""
    wanted = list(dict.fromkeys(number.strip() for number in numbers if number.strip()))
    found = {case.number: case for case in cases.filter(number__in=wanted[:MOST_CASES], agency=agency)}
    for number in wanted:
        if number not in found:
            form.add_error(field, f"没有登记号为“{number}”的办件")
    return list(found.values())


MOST_CASES = 100


def _case_number() -> forms.CharField:
    return forms.CharField(
        label="登记号", max_length=60, required=False, help_text="对应的申请，例如 青财申〔2026〕1号；没有就空着。"
    )


def case_numbers() -> forms.CharField:
    return forms.CharField(
        label="登记号", max_length=6000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="对应的申请，一行一个，例如 青财申〔2026〕1号；几件申请一个案号的都写上。没有就空着。",
    )  # fmt: skip


REPLY_DUE_HINT = "来文写明日期的才填；不填的由系统按法定期限计算。"


class ReviewForm(EntryForm):
    docket = forms.CharField(label="案号", max_length=60)
    review_body = forms.CharField(label="复议机关", max_length=100)
    filed_on = day_field("收到日", help_text="收到复议申请书副本的日子。")
    simplified = forms.BooleanField(label="简易程序（5 个工作日内答复）", required=False)
    notice_number = forms.CharField(
        label="来文文号", max_length=60, required=False, help_text="复议机关答复通知书的文号。"
    )
    reply_due_on = day_field("来文载明的答复期限", required=False, help_text=REPLY_DUE_HINT)
    claimant = forms.CharField(label="申请人", max_length=100, required=False, help_text="加密保存，只显示遮蔽的名字。")
    case_numbers = case_numbers()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["reply_due_on"].widget.attrs["max"]


class LawsuitForm(EntryForm):
    docket = forms.CharField(label="案号", max_length=60)
    court = forms.CharField(label="法院", max_length=100)
    filed_on = day_field("收到日", help_text="收到起诉状副本的日子。")
    reply_due_on = day_field("来文载明的答辩举证期限", required=False, help_text=REPLY_DUE_HINT)
    claimant = forms.CharField(label="原告", max_length=100, required=False, help_text="加密保存，只显示遮蔽的名字。")
    case_numbers = case_numbers()
    prior_review = forms.BooleanField(label="经过行政复议（表四“复议后起诉”）", required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["reply_due_on"].widget.attrs["max"]


class ComplaintForm(EntryForm):
    received_on = day_field("收到日")
    source = forms.CharField(label="来源", max_length=60, help_text="例如 来信、来电、上级转办。")
    subject = forms.CharField(label="摘要", max_length=100, help_text="列表上显示，不写人名、电话和住址。")
    complainant = forms.CharField(
        label="举报人", max_length=100, required=False, help_text="加密保存，只显示遮蔽的名字。"
    )
    contact = forms.CharField(label="联系方式", max_length=200, required=False, help_text="告知结果用；加密保存。")
    matter = forms.CharField(label="事项", widget=forms.Textarea(attrs={"rows": 4}), help_text="加密保存。")


class FeeReceiptForm(EntryForm):
    amount = forms.DecimalField(label="金额（元）", min_value=Decimal("0.01"), max_digits=12, decimal_places=2)
    paid_on = day_field("缴费日")
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
    closed_on = day_field("审结日", help_text="复议决定书的日期。")


class LawsuitOutcomeForm(OutcomeForm):
    judged_on = day_field(
        "一审裁判日", required=False, help_text="上诉期未满或者已上诉的，只填这一项，仍计“尚未审结”。"
    )
    outcome = _result("生效结果", LawsuitOutcome.choices, required=False)
    closed_on = day_field("生效日", required=False)

    def clean(self) -> Mapping[str, Any]:
        data = super().clean() or {}
        given = bool(data.get("outcome")), bool(data.get("closed_on"))
        if not self.errors and (given[0] != given[1] or not (given[0] or data.get("judged_on"))):
            self.add_error(None, "生效结果和生效日要一起填；还没有生效的，只填一审裁判日")
        return data


class ComplaintOutcomeForm(OutcomeForm):
    result = _result("处理结果", ComplaintResult.choices)
    closed_on = day_field("办结日")
    result_words = forms.CharField(
        label="处理情况", widget=forms.Textarea(attrs={"rows": 3}), required=False, help_text="加密保存。"
    )
