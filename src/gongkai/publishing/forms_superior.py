"""Forms of the superior's platform: one address, or many from Excel."""

from __future__ import annotations

from django import forms

WAITING = [("waiting", "待回填"), ("filled", "已回填"), ("doubtful", "核对不符")]


class FillBackForm(forms.Form):
    url = forms.CharField(label="上级平台网址", max_length=500)
    posted_at = forms.DateTimeField(
        label="上级平台发布时间",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S"],
    )


class ReturnsForm(forms.Form):
    table = forms.CharField(
        label="成批回填",
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "wrap": "off"}),
        help_text="从 Excel 连同表头整块粘贴，表头：索引号、网址、发布时间",
    )


class PagesFilterForm(forms.Form):
    state = forms.ChoiceField(label="状态", choices=WAITING, required=False)
