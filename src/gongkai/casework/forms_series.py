"""系列案: putting cases together, and what is asked once for all of them."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.casework import posting
from gongkai.casework.forms import DayField, PaperField, text_field
from gongkai.casework.models import Case, Method, Series


class LinkForm(forms.Form):
    """Where a case goes: into a series there is, or into a new one with others."""

    series = forms.ModelChoiceField(
        Series.objects.none(), label="并入已有的系列案", required=False, empty_label="（新建）"
    )
    title = text_field("新建系列案的名称", required=False, max_length=100, help_text="列表用，不写个人信息")
    others = forms.ModelMultipleChoiceField(
        Case.objects.none(), label="一并并入（内容相同或者同封来件的）", required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, series: Any, others: list[Case], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first: Any = self.fields["series"]
        first.queryset, first.to_field_name = series, "public_id"
        if others:
            second: Any = self.fields["others"]
            second.queryset = Case.objects.filter(pk__in=[case.pk for case in others]).defer("info_desc")
            second.to_field_name = "public_id"
            second.label_from_instance = lambda case: f"{case.number} {case.title}"
        else:
            del self.fields["others"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and bool(data.get("series")) == bool((data.get("title") or "").strip()):
            self.add_error("title", "选一个已有的系列案，或者写新系列案的名称，二者选一")
        return data


class LeaveForm(forms.Form):
    reason = text_field("移出的理由", max_length=200)


class AddForm(forms.Form):
    numbers = text_field(
        "登记号，每行一个",
        long=True,
        max_length=20_000,
        help_text="可以从 Excel 整列粘贴；不是本机关的、已办结的不并入",
    )


class SeriesDeliveryForm(forms.Form):
    """发出: how and when for all; each letter's own tracking number stands in its line."""

    method = forms.ChoiceField(label="送达方式", choices=Method.choices)
    sent_on = DayField("发出日")


class SeriesScanForm(forms.Form):
    """传回扫描件: the stamped letters of all in one scan, cut up by their pages."""

    scan = PaperField("用印后的整批扫描件", help_text="一个 PDF，按下面列表的顺序；系统按审定稿的页数切分，逐份比对")


class SeriesPostingForm(forms.Form):
    """邮寄: one paper for all who are ticked."""

    form = forms.ChoiceField(label="样式", choices=[("sheet", "交寄清单（EMS，.xlsx）"), *posting.FORMS.items()])
    purpose = text_field("目的", initial="交寄系列案文书", max_length=200, help_text="每次打印地址都留痕")
