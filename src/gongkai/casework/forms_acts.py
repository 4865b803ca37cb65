"""Forms of the acts outside the plain course of a case: 重新答复, 延迟答复, 不再等候, 分办, 协办, 拆分, 转交, 备注."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.casework.actions.reopen import LONGEST_TERM, orders_on
from gongkai.casework.forms import EMPTY, CaseForm, DayField, PaperField, SendForm, text_field
from gongkai.casework.models import ReviewCase

OWN = "own"
TERM_UNITS = [("days", "日"), ("workdays", "工作日")]


class ReopenForm(CaseForm):
    """重新答复: on which order, when it came in, in what time."""

    order = forms.ChoiceField(
        label="依据", choices=[], help_text="复议、诉讼台账中结果为撤销、责令、确认违法、调解的；先在台账登记结果"
    )
    received_on = DayField("收到决定书、判决书之日", help_text="自行纠正的填决定之日")
    term = forms.IntegerField(
        label="载明的期限", required=False, min_value=1, max_value=LONGEST_TERM,
        help_text="没有载明的不填，按收到次日起 20 个工作日",
    )  # fmt: skip
    unit = forms.ChoiceField(label="期限单位", choices=TERM_UNITS, initial="days")
    reason = text_field("要求或者理由", long=True, required=False, max_length=2000, help_text="自行纠正的必填")
    paper = PaperField("决定书、判决书", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.orders = {str(row.public_id): row for row in orders_on(self.case)}
        field: Any = self.fields["order"]
        rows = [
            (
                key,
                f"{'行政复议' if isinstance(row, ReviewCase) else '行政诉讼'} {row.docket} {row.get_outcome_display()}",
            )
            for key, row in self.orders.items()
        ]
        field.choices = [*EMPTY, *rows, (OWN, "本机关自行纠正")]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("order") == OWN and not data.get("reason", "").strip():
            self.add_error("reason", "自行纠正的须写明理由")
        data["order"] = self.orders.get(data.get("order", ""))
        data["term_in_workdays"] = data.pop("unit", "") == "workdays"
        return data


class DelayForm(SendForm):
    """延迟答复: the day that the organ and the applicant's reasons allow (条例第三十五条)."""

    delayed_by = DayField("延迟答复至", help_text="须晚于现在的答复期限；印在延迟答复告知书上")
    field_order = ("delayed_by", "method", "sent_on")


class ResumeForm(CaseForm):
    reason = text_field("不再等候的理由", long=True, max_length=500, help_text="自登记之日的次一工作日起继续计算期限")
