from __future__ import annotations

from django import forms

from gongkai.publishing.forms import DAY
from gongkai.publishing.models import CleanUpVerdict


class OpenCleanUpForm(forms.Form):
    title = forms.CharField(label="名称", max_length=100)
    as_of = forms.DateField(label="文件截止日", widget=DAY, help_text="这一天现行有效的列入")
    due_on = forms.DateField(label="完成期限", widget=DAY)


class JudgeForm(forms.Form):
    verdict = forms.ChoiceField(label="意见", choices=CleanUpVerdict.choices, widget=forms.RadioSelect)
    ground = forms.CharField(
        label="理由", max_length=300, widget=forms.Textarea(attrs={"rows": 3}), help_text="如 与上位法一致，仍需执行"
    )
