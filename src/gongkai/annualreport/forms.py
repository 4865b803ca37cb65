from __future__ import annotations

from typing import Any

from django import forms

from gongkai.annualreport import outline
from gongkai.annualreport.models import Report, Section

ROWS_EMPTY, CHARS_A_ROW, MOST_ROWS = 2, 48, 16


class SectionsForm(forms.Form):
    """The whole report's prose on one page: a text for each part, and a tick that a person has gone through it."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, report: Report) -> None:
        self.sections = list(report.sections.all())
        initial: dict[str, Any] = {"version": report.version}
        for section in self.sections:
            initial[f"text_{_key(section)}"] = section.text
            initial[f"done_{_key(section)}"] = section.edited
        super().__init__(data, initial=initial)
        hints = {part.number: part for part in outline.parts(report.edition)}
        for section in self.sections:
            part = hints[section.number]
            heading = outline.printed_heading(part) or "引言"
            self.fields[f"text_{_key(section)}"] = forms.CharField(
                label=heading,
                required=False,
                max_length=20_000,
                help_text=part.hint,
                widget=forms.Textarea(attrs={"rows": _rows(section.text)}),
            )
            self.fields[f"done_{_key(section)}"] = forms.BooleanField(label=f"{heading}：已核改", required=False)

    def rows(self) -> list[tuple[Section, Any, Any]]:
        """(section, its text field, its tick) in the report's order."""
        return [(row, self[f"text_{_key(row)}"], self[f"done_{_key(row)}"]) for row in self.sections]

    def edited(self) -> dict[str, str]:
        """Outline number → text of what this person changed or ticked."""
        found = {}
        for section in self.sections:
            text = self.cleaned_data[f"text_{_key(section)}"].replace("\r\n", "\n").strip()
            ticked = self.cleaned_data[f"done_{_key(section)}"] and not section.edited
            if ticked or text != section.text:
                found[section.number] = text
        return found


class ReturnForm(forms.Form):
    reason = forms.CharField(label="退回理由", max_length=300)


class CorrectReportForm(forms.Form):
    reason = forms.CharField(
        label="更正说明",
        max_length=500,
        help_text="写明哪里错了、改成什么、为什么；印在新版上，公众可见。",
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class CommentForm(forms.Form):
    part = forms.ChoiceField(label="批注哪一部分")
    words = forms.CharField(label="批注", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, data: Any = None, *, report: Report) -> None:
        super().__init__(data)
        parts = outline.parts(report.edition)
        self.fields["part"].choices = [(one.number, outline.printed_heading(one) or "引言") for one in parts]


def _key(section: Section) -> str:
    return section.number.replace(".", "_")


def _rows(text: str) -> int:
    lines = sum(1 + len(line) // CHARS_A_ROW for line in text.split("\n")) if text else 0
    return min(MOST_ROWS, max(ROWS_EMPTY, lines + 1))
