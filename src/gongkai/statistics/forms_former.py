"""历史台账导入: the block or the file, and what rows without such a column are taken to be."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator

from gongkai.agencies.models import Agency
from gongkai.documents.intake import ATTACHMENT_MB, TABLES, Door, take_upload
from gongkai.publishing.models import Channel
from gongkai.publishing.tables import table_text
from gongkai.statistics.former import SHEETS, text_of
from gongkai.statistics.models import FormerKind
from gongkai_core.refusals import Refused

LONGEST = 4_000_000
PASTED = "粘贴的表格"
REPORTS = Door(("xlsx", "docx", "pdf", "html", "txt"), ATTACHMENT_MB, to_be_open=True)
"""Old reports, from which only the tables are read."""


class _Pasted(forms.Form):
    """A block of cells, or a file whose text stands in its place from then on; `source` is what it was called."""

    table = forms.CharField(
        label="表格内容", required=False, strip=False, max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 10, "wrap": "off"}),
    )  # fmt: skip
    file = forms.FileField(label="或者选择文件", required=False)
    source = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def _text(self, upload: Any) -> str:
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if upload := given.get("file"):
            try:
                given["table"], given["source"] = self._text(upload), str(upload.name)[:200]
            except Refused as refused:
                self.add_error("file", str(refused.refusal))
        given["source"] = given.get("source") or PASTED
        if not (given.get("table") or "").strip() and not self.errors:
            self.add_error("table", "请粘贴表格，或者选择文件")
        return given

    def shown_again(self) -> None:
        """What was read from a file stands in the text area: nothing has to be chosen again."""
        self.data = self.data.copy()
        for name in ("table", "source"):
            self.data[name] = self.cleaned_data.get(name, self.data.get(name, ""))


class LedgerForm(_Pasted):
    agency = forms.ModelChoiceField(Agency.objects.none(), label="单位（表中没有的）", empty_label=None)
    channel = forms.ChoiceField(
        label="渠道（表中没有的）", choices=Channel.choices, initial=Channel.WEBSITE, required=False
    )

    field_order = ("agency", "channel", "table", "file")

    def __init__(self, *args: Any, kind: str, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agency: Any = self.fields["agency"]
        agency.queryset = agencies
        self.fields["file"].widget = forms.FileInput(attrs={"accept": TABLES.accept})
        self.fields["file"].help_text = "Excel（.xlsx，读第一张可见的表）或者 CSV。文件只用来读取，不保存"
        self.fields["table"].help_text = f"从 Excel 连同表头整块粘贴。表头：{SHEETS[kind].heads}"
        if kind != FormerKind.ITEM:
            del self.fields["channel"]

    def _text(self, upload: Any) -> str:
        return table_text(take_upload(upload, TABLES))


class TableForm(_Pasted):
    agency = forms.ModelChoiceField(Agency.objects.none(), label="机关", empty_label=None)
    scope = forms.ChoiceField(label="口径", choices=[("organ", "本级"), ("region", "全域")])
    year = forms.IntegerField(label="年度", min_value=2014)
    evidence = forms.CharField(
        label="佐证", max_length=200, help_text="原件在哪里，如：2017 年度报告纸质归档件、档号；已公布的网页地址"
    )
    as_printed = forms.CharField(
        label="照原件的理由", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="原表自相矛盾、空白或者没有读到的格，照原件入库，不改；核对以后写明理由，印在表下",
    )  # fmt: skip

    field_order = ("agency", "scope", "year", "table", "file", "evidence", "as_printed")

    def __init__(self, *args: Any, agencies: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agency: Any = self.fields["agency"]
        agency.queryset = agencies
        year: Any = self.fields["year"]
        year.validators.append(MaxValueValidator(today.year - 1, "这一年还没有过完"))
        self.fields["file"].widget = forms.FileInput(attrs={"accept": REPORTS.accept})
        self.fields["file"].help_text = "已公布的年度报告（.docx、.xlsx、.pdf、.html、.txt）。只读其中的表，文件不保存"
        self.fields["table"].help_text = "从报告或者 Excel 连同表头、行名整张粘贴，几张表依次粘贴在一起"

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        agency = given.get("agency")
        if agency and given.get("scope") == "region" and agency.parent_id:
            self.add_error("scope", f"{agency.short_name}只有本级；全域是县政府的")
        return given

    def _text(self, upload: Any) -> str:
        return text_of(take_upload(upload, REPORTS))
