"""导入台账: a list of applications from Excel or from a superior's platform, and what is typed back there."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.agencies.models import Agency
from gongkai.casework.ledger import CLOSING_HEADINGS, HEADINGS
from gongkai.casework.models import ApplicantKind, Channel, ProvideForm, ProvideRoute
from gongkai.documents.intake import TABLES, take_upload
from gongkai.publishing.tables import table_text
from gongkai_core.refusals import Refused

LONGEST = 2_000_000


class ListForm(forms.Form):
    """The block or the file, and what rows without such a column are taken to be."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label="受理机关", empty_label=None)
    channel = forms.ChoiceField(label="渠道（表中没有的）", choices=Channel.choices, initial=Channel.ONLINE)
    kind = forms.ChoiceField(label="申请人类型（表中没有的）", choices=ApplicantKind.choices)
    provide_form = forms.ChoiceField(
        label="提供方式（表中没有的）", choices=ProvideForm.choices, initial=ProvideForm.ELECTRONIC
    )
    provide_route = forms.ChoiceField(
        label="获取途径（表中没有的）", choices=ProvideRoute.choices, initial=ProvideRoute.ONLINE
    )
    table = forms.CharField(
        label="表格内容",
        required=False,
        strip=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 10, "wrap": "off"}),
        help_text="从 Excel 或者上级平台的清单连同表头整块粘贴。表头："
        + "、".join(words[0] for name, words in HEADINGS.items() if name != "pages")
        + "；其中姓名或者名称、申请内容必有。已经办结的另写："
        + "、".join(words[0] for words in CLOSING_HEADINGS.values())
        + "；其中办理结果、答复日、内容摘要必有",
    )
    file = forms.FileField(
        label="或者选择文件",
        required=False,
        widget=forms.FileInput(attrs={"accept": TABLES.accept}),
        help_text="Excel（.xlsx，读第一张可见的表）或者 CSV（UTF-8 或者 GB18030）。文件只用来读取，不保存",
    )

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["agency"]
        field.queryset = agencies

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if file := given.get("file"):
            try:
                given["table"] = table_text(take_upload(file, TABLES))
            except Refused as refused:
                self.add_error("file", str(refused.refusal))
        if not (given.get("table") or "").strip() and not self.errors:
            self.add_error("table", "请粘贴表格，或者选择文件")
        return given


class TypedFilterForm(forms.Form):
    state = forms.ChoiceField(label="范围", required=False, choices=[("", "待回填"), ("typed", "已回填")])
