"""Forms of the government gazette."""

from __future__ import annotations

from django import forms

from gongkai.publishing.forms import DAY
from gongkai.publishing.models import Erratum


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


class ErratumForm(forms.ModelForm):
    class Meta:
        model = Erratum
        fields = ("place", "wrong", "right")
        help_texts = {"place": "如 第3页第5行"}


class GazetteFilterForm(forms.Form):
    q = forms.CharField(label="标题或文号", required=False, max_length=50)
    year = forms.IntegerField(label="年份", required=False, min_value=1949, max_value=2200)
