from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm

from gongkai.agencies.models import Agency, Appointment, DayKind, Role, User
from gongkai.desk.forms_mine import clean_office_phone
from gongkai.documents.intake import PAPERS, Taken, take_upload
from gongkai.documents.models import Channel
from gongkai_core.refusals import Refused


class LoginForm(AuthenticationForm):
    error_messages = {
        "invalid_login": "账号或者口令不对。连续输错十次，账号将停用十五分钟。",
        "inactive": "账号已冻结，请联系系统管理员。",
    }


_RANGE = re.compile(
    r"^(?P<kind>放假|上班)\s*[:：]?\s*(?P<first>\d{4}-\d{2}-\d{2})(?:\s*(?:至|到|~|—|－)\s*(?P<last>\d{4}-\d{2}-\d{2}))?\s*(?P<name>\S*)$"
)


class CalendarForm(forms.Form):
    """A year's 放假安排, one range a line: `放假 2027-01-01 至 2027-01-03 元旦`, `上班 2027-02-07`."""

    year = forms.IntegerField(label="年度", min_value=2008, max_value=2100)
    notice = forms.CharField(
        label="文号", max_length=60, help_text="国务院办公厅放假安排通知的文号，例如 国办发明电〔2026〕7号"
    )
    local = forms.BooleanField(label="地方假日（覆盖在全国安排之上）", required=False)
    ranges = forms.CharField(
        label="放假和调休",
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="一行一段：放假 2027-01-01 至 2027-01-03 元旦；调休上班写：上班 2027-02-07",
    )

    def clean_ranges(self) -> list[tuple[str, date, date, str]]:
        ranges, wrong = [], []
        for number, line in enumerate(self.cleaned_data["ranges"].splitlines(), 1):
            if not line.strip():
                continue
            try:
                ranges.append(self._range(line.strip()))
            except ValueError as problem:
                wrong.append(f"第 {number} 行：{problem}")
        if wrong:
            raise forms.ValidationError(wrong)
        if not ranges:
            raise forms.ValidationError("至少写一段")
        return ranges

    @staticmethod
    def _range(line: str) -> tuple[str, date, date, str]:
        found = _RANGE.match(line)
        if not found:
            raise ValueError("应写成“放假 2027-01-01 至 2027-01-03 元旦”")
        first = date.fromisoformat(found["first"])
        last = date.fromisoformat(found["last"] or found["first"])
        if last < first or (last - first).days > 30:
            raise ValueError("起止日期不对")
        kind = DayKind.OFF if found["kind"] == "放假" else DayKind.WORK
        return str(kind), first, last, found["name"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        days: set[date] = set()
        for _, first, last, _name in data.get("ranges", []):
            span = {date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1)}
            if days & span:
                self.add_error("ranges", f"{min(days & span)} 写了两次")
            days |= span
            if "year" in data and any(abs(day.year - data["year"]) > 1 for day in span):
                self.add_error("ranges", f"{first} 不在 {data['year']} 年或者相邻年份")
        return data


class InstructionForm(forms.Form):
    """代录批示 (domain-spec §11.3 item 23)."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label="机关")
    leader = forms.ModelChoiceField(User.objects.none(), label="谁的批示")
    channel = forms.ChoiceField(label="方式", choices=Channel.choices)
    given_at = forms.DateTimeField(label="批示时间", help_text="例如 2026-11-20 16:30")
    words = forms.CharField(label="原话", max_length=500, widget=forms.Textarea(attrs={"rows": 4}))
    scan = forms.FileField(
        label="扫描件或者照片", required=False, widget=forms.ClearableFileInput(attrs={"accept": PAPERS.accept})
    )

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies
        self.fields["leader"].queryset = (
            User.objects.filter(appointments__agency__in=agencies, is_active=True).distinct().order_by("name")
        )

    def clean_scan(self) -> Taken | None:
        upload = self.cleaned_data["scan"]
        try:
            return take_upload(upload, PAPERS) if upload else None
        except Refused as refused:
            raise forms.ValidationError(str(refused.refusal)) from None


class AgencyForm(forms.ModelForm):
    class Meta:
        model = Agency
        fields = [
            "name", "short_name", "code", "document_prefix", "legal_kind", "is_justice_bureau", "parent",
            "address", "postcode", "phone", "fax", "email", "office_hours", "head",
        ]  # fmt: skip


class AppointmentForm(forms.ModelForm):
    """Give a person, new or known by account, a role at an organ."""

    username = forms.CharField(label="账号", max_length=40)
    name = forms.CharField(label="姓名", max_length=40)
    role = forms.ChoiceField(label="角色", choices=Role.choices)
    phone = forms.CharField(
        label="办公电话", max_length=40, required=False, help_text="列在姓名旁边；空着的不改原来的。"
    )  # fmt: skip

    class Meta:
        model = Appointment
        fields = ["agency", "title"]

    field_order = ["username", "name", "agency", "role", "title", "phone"]

    def clean_phone(self) -> str:
        return clean_office_phone(self.cleaned_data["phone"])
