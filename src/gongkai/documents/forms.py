"""Forms of 数字证书."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from gongkai.agencies.models import Agency, Role, User
from gongkai.documents.certificates import LARGEST_KEY_FILE, PICTURES
from gongkai.documents.intake import take_upload
from gongkai.documents.models import CertificateKind
from gongkai_core.refusals import Refused

_KEY_FILES = {"accept": ".pfx,.p12,.cer,.crt,.pem"}


def _organs(label: str) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(Agency.objects.none(), label=label, to_field_name="public_id", empty_label="请选择")


class _OfOrgan(forms.Form):
    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        organs: Any = self.fields["agency"]
        organs.queryset = Agency.objects.answering().existing(today)


class TrialForm(_OfOrgan):
    agency = _organs("机关")


class CertificateForm(_OfOrgan):
    """A certificate with its key file, or one whose key the seal service keeps."""

    agency = _organs("机关")
    kind = forms.ChoiceField(label="种类", choices=CertificateKind.choices)
    name = forms.CharField(label="名称", max_length=60, help_text="印章全称，如“某某县某某局政府信息公开专用章”")
    basis = forms.CharField(
        label="制发依据", max_length=100, required=False, help_text="印章批准制发的机关和文号、备案编号；测试证书不填"
    )
    holder = forms.ModelChoiceField(
        User.objects.none(), label="签名人", to_field_name="public_id", empty_label="不是个人签名", required=False,
        help_text="个人签名的选签发人本人",
    )  # fmt: skip
    at_service = forms.BooleanField(
        label="密钥由统一电子印章系统保管，只录入证书", required=False, help_text="国密（SM2）印章属于这一类"
    )
    file = forms.FileField(
        label="证书文件", widget=forms.ClearableFileInput(attrs=_KEY_FILES),
        help_text="本系统保管密钥的传 .pfx、.p12；统一电子印章系统保管的传 .cer、.crt、.pem",
    )  # fmt: skip
    # Named so that a form which comes after the log-in has expired is kept without it.
    password = forms.CharField(
        label="证书口令", widget=forms.PasswordInput(attrs={"autocomplete": "off"}), max_length=200, required=False, strip=False,
        help_text="只用来打开证书文件，系统不保存",
    )  # fmt: skip
    picture = forms.FileField(
        label="印模图片", required=False, widget=forms.ClearableFileInput(attrs={"accept": PICTURES.accept}),
        help_text="PNG 或者 JPG，白底会变成透明；不传的印出名称和双线圆框",
    )  # fmt: skip
    width_mm = forms.IntegerField(label="印模宽度（毫米）", min_value=10, max_value=60, initial=42)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        holders: Any = self.fields["holder"]
        signatories = User.objects.filter(is_active=True, appointments__role=Role.SIGNATORY)
        holders.queryset = signatories.distinct().order_by("name", "pk")

    def clean_file(self) -> bytes:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_KEY_FILE:
            raise forms.ValidationError("文件太大，不是证书文件")
        return bytes(file.read())

    def clean_picture(self) -> Any:
        picture = self.cleaned_data["picture"]
        try:
            return take_upload(picture, PICTURES) if picture else None
        except Refused as refused:
            raise forms.ValidationError(str(refused.refusal)) from None


class RetireForm(forms.Form):
    reason = forms.CharField(label="停用原因", max_length=100)
