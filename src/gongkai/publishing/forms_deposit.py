from __future__ import annotations

from django import forms

from gongkai.publishing.forms import DAY
from gongkai.publishing.models import Receiver


class HandoverForm(forms.Form):
    receiver = forms.ChoiceField(label="接收单位类别", choices=Receiver.choices)
    receiver_name = forms.CharField(label="接收单位", max_length=100, help_text="如 某某县档案馆")
    handed_by = forms.CharField(label="移交人", max_length=40)
    received_by = forms.CharField(label="接收人", max_length=40)
    on = forms.DateField(label="交接日期", widget=DAY)
    form = forms.CharField(
        label="送交形式", max_length=60, required=False, help_text="如 纸质目录一份、电子文件一张光盘"
    )
