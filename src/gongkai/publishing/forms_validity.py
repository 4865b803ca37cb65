from __future__ import annotations

from typing import Any

from django import forms

from gongkai.agencies.models import Agency, LegalKind
from gongkai.publishing.forms import DAY
from gongkai.publishing.models import Item, Validity


class IndexedItemField(forms.CharField):
    """A public item named by its 索引号 or 发文字号; None when left empty."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 60, "required": False, "help_text": "填写其索引号或者发文字号"} | kwargs)

    def clean(self, value: Any) -> Item | None:
        number = super().clean(value).strip()
        if not number:
            return None
        public = Item.objects.public().select_related("agency")
        found = list(public.filter(index_no=number)[:2]) or list(public.filter(docno=number)[:2])
        if not found:
            raise forms.ValidationError(f"没有索引号或者发文字号为 {number} 的已公开条目")
        if len(found) > 1:
            raise forms.ValidationError(f"{number} 不止一条，请填写索引号")
        return found[0]


class ValidityForm(forms.Form):
    validity = forms.ChoiceField(
        label="变更为",
        choices=[
            (Validity.AMENDED, "已修改"),
            (Validity.REPEALED, "废止"),
            (Validity.EXPIRED, "失效"),
            (Validity.IN_FORCE, "有效（更正登记）"),
        ],
    )
    since = forms.DateField(label="自何日起", required=False, widget=DAY, help_text="废止、失效可以是今后的日期")
    document = IndexedItemField(label="依据的文件")
    authority = forms.CharField(
        label="本站没有的依据文件", max_length=200, required=False, help_text="名称和文号，如 国务院令第777号"
    )
    remarks = forms.CharField(label="说明", max_length=300, required=False, help_text="更正登记须写明理由")


class ReviewDayForm(forms.Form):
    review_by = forms.DateField(label="下次评估日期", widget=DAY)
    remarks = forms.CharField(label="本次评估意见", max_length=300, required=False)


class InvalidFilterForm(forms.Form):
    q = forms.CharField(label="标题或文号", required=False, max_length=50)
    agency = forms.ModelChoiceField(
        label="发布机构",
        required=False,
        queryset=Agency.objects.exclude(legal_kind=LegalKind.VILLAGE).order_by("path"),
        to_field_name="public_id",
        empty_label="全部",
    )
