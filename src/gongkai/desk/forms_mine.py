"""What a person sets for themselves: telephone, other ways of messages, hours of rest, a deputy."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms

from gongkai.agencies.models import ADMINISTRATORS, Agency, Appointment, User
from gongkai.desk.channels import email_is_on
from gongkai.desk.models import ContactCard

_PHONE = re.compile(r"^[0-9+（）() 转\-－—]{5,40}$")
_MOBILE = re.compile(r"^1\d{10}$")
_ACCOUNT = re.compile(r"^[A-Za-z0-9_.@\-]{1,64}$")


def clean_office_phone(text: str) -> str:
    """A telephone as offices write it; ValidationError otherwise."""
    if text and not _PHONE.match(text):
        raise forms.ValidationError("电话写数字、区号、分机，例如 0990-1234567 转 801")
    return text


class ContactCardForm(forms.ModelForm):
    phone = forms.CharField(
        label="办公电话",
        max_length=40,
        required=False,
        help_text="列在办公室工作台您的姓名旁边，全系统的工作人员看得到。",
    )
    email = forms.EmailField(label="电子邮箱", required=False, max_length=100)
    mobile = forms.CharField(label="手机号码", required=False, max_length=20, help_text="加密存放，只用来发短信。")
    wecom = forms.CharField(label="企业微信账号", required=False, max_length=64)

    class Meta:
        model = ContactCard
        fields = ["by_email", "by_sms", "by_wecom", "quiet_from", "quiet_until"]
        widgets = {
            name: forms.TimeInput(attrs={"type": "time"}, format="%H:%M") for name in ("quiet_from", "quiet_until")
        }

    # In two columns each way stands beside its address.
    field_order = (
        "by_email", "email", "by_sms", "mobile", "by_wecom", "wecom", "quiet_from", "quiet_until", "phone",
    )  # fmt: skip

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("email", "mobile", "wecom"):
            self.fields[name].initial = getattr(self.instance, name)
        self.fields["phone"].initial = person.phone
        if not email_is_on():
            self.fields["by_email"].disabled = True
            self.fields["by_email"].help_text = "本系统还没有设邮件服务器。"

    def clean_phone(self) -> str:
        return clean_office_phone(self.cleaned_data["phone"])

    def clean_mobile(self) -> str:
        text: str = self.cleaned_data["mobile"]
        if text and not _MOBILE.match(text):
            raise forms.ValidationError("手机号码是 11 位数字")
        return text

    def clean_wecom(self) -> str:
        text: str = self.cleaned_data["wecom"]
        if text and not _ACCOUNT.match(text):
            raise forms.ValidationError("企业微信账号只有字母、数字和 - _ . @")
        return text

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for way, address in (("by_email", "email"), ("by_sms", "mobile"), ("by_wecom", "wecom")):
            if data.get(way) and address in data and not data[address]:
                self.add_error(address, "选了这种方式，请写明地址")
        if (data.get("quiet_from") is None) != (data.get("quiet_until") is None):
            self.add_error("quiet_until", "免打扰的起止要么都写，要么都不写（不写的按本系统的设置）")
        return data

    def save(self, commit: bool = True) -> ContactCard:
        for name in ("email", "mobile", "wecom"):
            setattr(self.instance, name, self.cleaned_data[name])
        card: ContactCard = super().save(commit)
        return card


class DelegationForm(forms.Form):
    """谁请假, who deputises, where and how long; people of the organs one may arrange for."""

    person = forms.ModelChoiceField(User.objects.none(), label="谁请假", empty_label=None)
    agency = forms.ModelChoiceField(Agency.objects.none(), label="机关", empty_label=None)
    deputy = forms.ModelChoiceField(User.objects.none(), label="受托人（B 角）", empty_label="请选择")
    first = forms.DateField(label="起", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    last = forms.DateField(label="止（含当日）", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, by: User, arranges: list[Agency], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = {post.agency_id for post in by.own_posts_on(today)}
        organs = own | {agency.pk for agency in arranges}
        posts = Appointment.objects.held_on(today).exclude(role__in=[str(role) for role in ADMINISTRATORS])
        here = User.objects.filter(pk__in=posts.filter(agency__in=organs).values("user")).order_by("name", "pk")
        absent = posts.filter(agency__in=[agency.pk for agency in arranges]).values("user")
        self._choose("agency", Agency.objects.filter(pk__in=organs))
        self._choose("deputy", here.exclude(pk=by.pk) if not arranges else here)
        self._choose("person", User.objects.filter(pk__in=[by.pk]) | User.objects.filter(pk__in=absent))
        self.fields["person"].initial = by.public_id

    def _choose(self, name: str, rows: Any) -> None:
        field: Any = self.fields[name]
        field.queryset, field.to_field_name = rows, "public_id"


class DeputyPairForm(DelegationForm):
    """Who is whose B, at which organ; the people are those of a delegation."""

    field_order = ("person", "agency", "deputy")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["first"], self.fields["last"]
        self.fields["person"].label, self.fields["deputy"].label = "A 角", "B 角"


class AwayForm(forms.Form):
    """From when to when the A is away and the B acts."""

    first = forms.DateField(label="起", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    last = forms.DateField(label="止（含当日）", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class SuccessorForm(forms.Form):
    """The successor (接收人) of a handover."""

    to = forms.ModelChoiceField(User.objects.none(), label="接收人", empty_label="请选择")

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["to"]
        field.queryset, field.to_field_name = people, "public_id"
