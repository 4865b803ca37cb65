"""Forms of what a withdrawal leaves to be done."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.publishing.forms import DAY
from gongkai.publishing.models import Change, PenaltyChange


class TakedownForm(forms.Form):
    holder = forms.CharField(label="平台或者媒体", max_length=100, help_text="如 江州市人民政府网站、某某日报客户端")
    url = forms.URLField(label="网址", max_length=500, required=False, assume_scheme="https")


class SettleForm(forms.Form):
    result = forms.CharField(label="结果", max_length=200, required=False, help_text="如 已删除并回函；未见转载")


class PenaltyChangeForm(forms.ModelForm):
    class Meta:
        model = PenaltyChange
        fields = ("change", "decided_on", "basis")
        widgets = {"decided_on": DAY}
        help_texts = {"basis": "如 青禾县人民政府行政复议决定书（青政复〔2026〕3号）"}

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["change"].choices = Change.choices
