"""成批登记: what all forms of an envelope share, and one line for each."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.agencies.models import Agency
from gongkai.casework.actions.register_envelope import MOST_LINES
from gongkai.casework.forms import DayField, LettersForm, PaperField, text_field
from gongkai.casework.models import AnsweringBody, ApplicantKind, Channel, ProvideForm, ProvideRoute

LINES_AT_FIRST = 10
COLUMNS = ("name", "id_number", "phone", "address", "info_desc", "pages")
"""How a block without headings is read."""


class EnvelopeForm(LettersForm):
    """What all share: organ, channel, days, answering body; and what a line may leave out."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    agency = forms.ModelChoiceField(Agency.objects.none(), label="受理机关", empty_label=None)
    channel = forms.ChoiceField(
        label="渠道", choices=[row for row in Channel.choices if row[0] != Channel.ONLINE], initial=Channel.POST_SIGNED
    )
    submitted_on = DayField("收件日", help_text="当面为提交之日；信件为到件之日")
    signed_on = DayField("签收日", required=False, help_text="挂号信、特快专递填签收日")
    confirmed_on = DayField(
        "确认日", required=False, help_text="平信、传真、电子邮件填与申请人确认之日；还没有确认的留空，确认后再登记"
    )
    answering_body = forms.ChoiceField(label="答复主体", choices=AnsweringBody.choices)
    kind = forms.ChoiceField(label="申请人类型", choices=ApplicantKind.choices, help_text="某行不同的，在该行改选")
    provide_form = forms.ChoiceField(label="提供方式", choices=ProvideForm.choices)
    provide_route = forms.ChoiceField(label="获取途径", choices=ProvideRoute.choices, initial=ProvideRoute.POST)
    subject = text_field("内容摘要", max_length=100, help_text="列表和对外函件用，不写个人信息")
    info_desc = text_field(
        "申请公开的信息（照原文）",
        long=True,
        required=False,
        max_length=5000,
        help_text="各份相同的填在这里；某份不同的填在该行",
    )
    series_title = text_field(
        "系列案名称", required=False, max_length=100, help_text="同一事项一并审查、拟稿的填写；不并案的留空"
    )
    scan = PaperField("整封扫描件", letter=True, required=False)

    SHARED = (
        "channel", "submitted_on", "signed_on", "confirmed_on", "answering_body", "provide_form", "provide_route",
    )  # fmt: skip

    def shared(self) -> dict[str, Any]:
        """Facts of `receive` that all forms share."""
        return {name: self.cleaned_data[name] for name in self.SHARED}


class LineForm(forms.Form):
    """One applicant's form; an empty line is no form."""

    use_required_attribute = False

    name = text_field("姓名或者名称", required=False, max_length=100)
    kind = forms.ChoiceField(label="类型", choices=[("", "同上"), *ApplicantKind.choices], required=False)
    id_number = text_field("证件号码", required=False, max_length=40)
    phone = text_field("联系电话", required=False, max_length=40)
    address = text_field("通信地址", required=False, max_length=200)
    info_desc = text_field("申请内容（不同的）", required=False, max_length=5000)
    pages = forms.RegexField(
        r"^[1-9][0-9]{0,3}(-[1-9][0-9]{0,3})?$", label="扫描页", required=False,
        error_messages={"invalid": "写 3 或者 3-4"},
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, _, last = (data.get("pages") or "").partition("-")
        if last and int(last) < int(first):
            self.add_error("pages", "末页小于首页")
        return data

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed: the kind alone is nothing."""
        return not any(str(self[name].value() or "").strip() for name in self.fields if name != "kind")

    def page_numbers(self) -> list[int]:
        """The pages of the scan that are this form's; none when it was not said."""
        first, _, last = self.cleaned_data["pages"].partition("-")
        return list(range(int(first), int(last or first) + 1)) if first else []


class BaseLines(forms.BaseFormSet):
    """The lines, each telling its fields which line it is: for the error summary and for whoever hears the page."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        for field in form.fields.values():
            field.label = f"第 {(index or 0) + 1} 行 {field.label}"


LineFormSet = forms.formset_factory(
    LineForm, formset=BaseLines, extra=0, max_num=MOST_LINES, absolute_max=MOST_LINES, validate_max=True
)
HEADS = tuple((name, str(field.label)) for name, field in LineForm.base_fields.items())


class BlockForm(forms.Form):
    """A block of cells from Excel, to be put into the lines."""

    block = forms.CharField(
        label="从 Excel 粘贴",
        strip=False,
        required=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 4, "wrap": "off"}),
        help_text="整块复制粘贴，按“填入表格”。带表头的按表头认列；不带表头的，各列依次为姓名、证件号码、电话、地址、申请内容、扫描页",
    )
