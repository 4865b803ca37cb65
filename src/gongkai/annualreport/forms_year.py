from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

EARLIEST = 2009
"""The year after 条例 came into force: before it there is no last year to stand beside."""


class DayForm(forms.Form):
    """To which day the year is counted."""

    to = forms.DateField(
        label="截至", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"to": today})
        self.today = today

    def clean_to(self) -> date:
        day: date = self.cleaned_data["to"] or self.today
        if day > self.today or day.year < EARLIEST:
            raise forms.ValidationError(f"请填 {EARLIEST} 年以后、今天以前的日期")
        return day
