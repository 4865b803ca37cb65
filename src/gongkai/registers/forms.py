from __future__ import annotations

import calendar
from typing import Any

from django import forms

from gongkai.registers.models import ChannelMonth, Meeting, PressConference, Training


class PressConferenceForm(forms.ModelForm):
    class Meta:
        model = PressConference
        fields = ["held_on", "title", "principal_attended", "note"]


class MeetingForm(forms.ModelForm):
    class Meta:
        model = Meeting
        fields = ["held_on", "title", "note"]


class TrainingForm(forms.ModelForm):
    class Meta:
        model = Training
        fields = ["held_on", "title", "attendance", "note"]


class ChannelMonthForm(forms.ModelForm):
    """A month that is over; the row stands on its last day."""

    month = forms.DateField(
        label="月份",
        input_formats=["%Y-%m"],
        widget=forms.DateInput(attrs={"type": "month"}, format="%Y-%m"),
        help_text="如 2026-10；当月结束后填报",
        error_messages={"invalid": "请写成年-月，如 2026-10"},
    )

    class Meta:
        model = ChannelMonth
        fields = [*ChannelMonth.CHANNELS, "note"]

    field_order = ("month", *ChannelMonth.CHANNELS, "note")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if month := given.pop("month", None):
            given["held_on"] = month.replace(day=calendar.monthrange(month.year, month.month)[1])
            given["title"] = f"{month.year}年{month.month}月渠道发布数"
        return given


FORMS: dict[str, type[forms.ModelForm]] = {
    "pressconference": PressConferenceForm,
    "meeting": MeetingForm,
    "training": TrainingForm,
    "channelmonth": ChannelMonthForm,
}
