from __future__ import annotations

from django import forms
from django.db.models import Q

from gongkai.agencies.identifiers import public_id_in
from gongkai.publishing.models import InterpretationForm, InterpretationNeed, Item
from gongkai.publishing.querysets import ItemQuerySet


class InterpretationFields(forms.Form):
    """The part of 发稿 that an interpretation fills in. `documents` are those of the person's organs, public or not."""

    documents: ItemQuerySet | None = None

    interprets = forms.CharField(
        label="解读的文件", max_length=60, required=False, help_text="解读稿填写所解读文件的索引号或者发文字号"
    )
    interpretation_form = forms.ChoiceField(
        label="解读形式", required=False, choices=[("", "不是解读稿"), *InterpretationForm.choices]
    )
    interpreter = forms.CharField(label="解读人", max_length=60, required=False, help_text="姓名和职务")
    interpreter_phone = forms.CharField(label="解读联系电话", max_length=40, required=False)
    by_head = forms.BooleanField(label="主要负责人解读", required=False)

    def clean_interprets(self) -> Item | None:
        number = self.cleaned_data["interprets"].strip()
        if not number:
            return None
        found = list(Item.objects.public().filter(Q(index_no=number) | Q(docno=number))[:2])
        if not found and self.documents is not None:
            named = self.documents.exclude(state="discarded").filter(interprets=None)
            found = list(named.filter(docno=number)[:2]) or list(named.filter(public_id=public_id_in(number)))
        if not found:
            raise forms.ValidationError(f"没有索引号或者发文字号为 {number} 的文件")
        if len(found) > 1:
            raise forms.ValidationError(f"{number} 不止一件，请填写索引号")
        return found[0]

    def clean_interpretation_form(self) -> str:
        """A text that interprets is at least text."""
        return self.cleaned_data["interpretation_form"] or (
            InterpretationForm.TEXT if self.cleaned_data.get("interprets") else ""
        )


def key_of(item: Item) -> str:
    """What the form shows of the document and finds it by."""
    return item.index_no or item.docno or str(item.public_id)


class NeedForm(forms.Form):
    need = forms.ChoiceField(
        label="解读要求", required=False, choices=[("", "按文件性质"), *InterpretationNeed.choices]
    )
    reason = forms.CharField(label="理由", max_length=200, required=False, help_text="不按文件性质的，写明理由")
