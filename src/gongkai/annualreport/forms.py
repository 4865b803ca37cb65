from __future__ import annotations

from typing import Any

from django import forms

from gongkai.annualreport import outline, superior
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


class TemplateForm(forms.Form):
    """A superior's table: its name, the file, and where its head ends when the sheet doesn't show it."""

    name = forms.CharField(label="模板名称", max_length=100, help_text="例如：江州市 2025 年度年报数据汇总表")
    year = forms.TypedChoiceField(label="哪一年度的表", coerce=int)
    file = forms.FileField(label="模板文件（.xlsx）", widget=forms.FileInput(attrs={"accept": ".xlsx"}))
    head_rows = forms.IntegerField(
        label="表头有几行",
        required=False,
        min_value=1,
        max_value=superior.MOST_HEAD_ROWS,
        help_text="不填的由系统判断。",
    )

    def __init__(self, *data: Any, years: list[int]) -> None:
        super().__init__(*data)
        self.fields["year"].choices = [(year, f"{year} 年度") for year in years]


def _key(section: Section) -> str:
    return section.number.replace(".", "_")


def _rows(text: str) -> int:
    lines = sum(1 + len(line) // CHARS_A_ROW for line in text.split("\n")) if text else 0
    return min(MOST_ROWS, max(ROWS_EMPTY, lines + 1))
