"""Forms of delivery: what an address is printed on, whose post of which day."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.agencies.models import Agency
from gongkai.casework import posting
from gongkai.casework.forms import DayField, text_field


class AddressForm(forms.Form):
    form = forms.ChoiceField(label="样式", choices=list(posting.FORMS.items()))
    address = text_field("收件地址", required=False, max_length=200, help_text="系统里有地址的不用填；填的只印不存")
    purpose = text_field("目的", initial="邮寄文书", max_length=200, help_text="每次打印地址都留痕")


class PostingForm(forms.Form):
    on = DayField("发出日")
    agency = forms.ModelChoiceField(Agency.objects.none(), label="机关", required=False, empty_label="全部机关")

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["agency"]
        field.queryset, field.to_field_name = agencies, "public_id"


class ListForm(forms.Form):
    purpose = text_field("目的", initial="交寄文书", max_length=200, help_text="每次导出地址都留痕")
