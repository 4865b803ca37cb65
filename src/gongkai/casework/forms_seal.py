"""Forms of 电子用印 and 电子签名."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from gongkai.casework import electronic_seals
from gongkai.casework.electronic_seals import signatures_on
from gongkai.casework.forms import CaseForm
from gongkai.documents.intake import ATTACHMENT_MB
from gongkai.documents.models import Certificate


class CertificateField(forms.ModelChoiceField):
    """A choice by name, each with its validity; whether it can be used is the action's to say."""

    today: date

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(Certificate.objects.none(), label=label, to_field_name="public_id", empty_label=None, **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        words = f"{obj.name}，{obj.lamp(self.today)[1]}"
        return f"{words}，测试证书：样张 无效" if obj.is_test else words


class ElectronicSealForm(CaseForm):
    certificate = CertificateField(
        "印章", help_text="盖在落款的机关名称和成文日期上；盖好的 PDF 就是发出的文书。测试证书只生成样张"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["certificate"]
        field.today, field.queryset = self.today, electronic_seals.seals_of(self.case)


class ElectronicSignatureForm(CaseForm):
    certificate = CertificateField("签名证书")
    # Named so that a form which comes after the log-in has expired is kept without it.
    password = forms.CharField(
        label="证书口令", widget=forms.PasswordInput(attrs={"autocomplete": "off"}), max_length=200, strip=False,
        help_text="只有签名人自己知道，系统不保存",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["certificate"]
        field.today, field.queryset = self.today, signatures_on(self.case)


class CheckForm(forms.Form):
    """A file to be checked. It is judged by its bytes and kept nowhere, so it needs no door: a changed one is no fault."""

    file = forms.FileField(
        label="要核验的 PDF", widget=forms.ClearableFileInput(attrs={"accept": ".pdf"}), help_text="只核验，不保存",
        error_messages={"required": "请选择要核验的 PDF 文件", "empty": "选的文件是空的"},
    )  # fmt: skip

    def clean_file(self) -> bytes:
        file = self.cleaned_data["file"]
        if file.size > ATTACHMENT_MB.value() * 2**20:
            raise forms.ValidationError(f"文件超过 {ATTACHMENT_MB.value()} MB")
        data = bytes(file.read())
        if not data.startswith(b"%PDF"):
            raise forms.ValidationError("选的不是 PDF 文件")
        return data
