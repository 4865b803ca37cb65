"""Forms of the government gazette."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.documents.models import RecordedInstruction
from gongkai.publishing.forms import DAY, offer_words
from gongkai.publishing.models import Erratum, GazetteIssue
from gongkai_core.refusals import Refused


class IssueForm(forms.Form):
    year = forms.IntegerField(label="年份", min_value=1949, max_value=2200)
    number = forms.IntegerField(label="期号", min_value=1, max_value=400)
    serial = forms.IntegerField(label="总期号", min_value=1, max_value=100_000, help_text="总第几期，接续纸质公报")
    cover_date = forms.DateField(label="封面日期", widget=DAY)


class PickForm(forms.Form):
    q = forms.CharField(label="标题或文号", max_length=50, required=False)


class SectionForm(forms.Form):
    title = forms.CharField(label="栏目标题", max_length=60, help_text="如 县政府文件、人事任免、大事记")


class TextForm(forms.Form):
    title = forms.CharField(label="标题", max_length=200, help_text="如 2026年第一季度大事记、主要经济数据")
    body = forms.CharField(
        label="正文",
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text="可整篇粘贴；一行一段，表格粘贴网页表格",
    )


class GazetteDecisionForm(forms.Form):
    """The one approval of an issue, on what was read (`seen` is its digest), one's own or a leader's word."""

    seen = forms.CharField(widget=forms.HiddenInput)
    secrecy_passed = forms.BooleanField(
        label="已作保密审查：不涉及国家秘密、工作秘密、商业秘密和个人隐私，可以公开", required=False
    )
    remarks = forms.CharField(
        label="意见", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text="退回时必填"
    )
    instruction = forms.ModelChoiceField(
        label="代录批示", queryset=RecordedInstruction.objects.none(), required=False, empty_label="本人办理"
    )

    def __init__(self, issue: GazetteIssue, data: Any = None) -> None:
        super().__init__(data, initial={"seen": issue.digest})
        offer_words(self, issue)

    @property
    def for_leader(self) -> bool:
        """Whether a leader's word given since the submission could be used."""
        return "instruction" in self.fields

    def refuse(self, refused: Refused, digest: str) -> None:
        """Show why not; the page now shows the content of `digest`, so the next decision is about that."""
        self.add_error(None, str(refused.refusal))
        self.data = {**self.data.dict(), "seen": digest}


class ErratumForm(forms.ModelForm):
    class Meta:
        model = Erratum
        fields = ("place", "wrong", "right")
        help_texts = {"place": "如 第3页第5行"}


class GazetteFilterForm(forms.Form):
    q = forms.CharField(label="标题或文号", required=False, max_length=50)
    year = forms.IntegerField(label="年份", required=False, min_value=1949, max_value=2200)
