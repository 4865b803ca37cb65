"""Forms of filing rounds and sheets."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from gongkai.agencies.models import Agency, Appointment, Role, User
from gongkai.casework.forms import DayField, PaperField
from gongkai.statistics import periods
from gongkai.statistics.forms import field_name, figure_field
from gongkai.statistics.models import FilingSheet, OrganGroup, SignPlace
from gongkai_core.returns import Cell, Form, edition_for

YEARS_BACK = 3


class RoundForm(forms.Form):
    """A round: which period, which organs, by when."""

    year = forms.TypedChoiceField(label="年度", coerce=int)
    period = forms.ChoiceField(label="统计期", choices=periods.CHOICES)
    groups = forms.MultipleChoiceField(
        label="填报单位",
        choices=OrganGroup.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=list(OrganGroup.values),
    )
    due_on = DayField("报送期限")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years: Any = self.fields["year"]
        shown = range(today.year, today.year - YEARS_BACK - 1, -1)
        years.choices = [(year, f"{year} 年") for year in shown if edition_for(year) != "2014"]


class SheetForm(forms.Form):
    """The cells a sheet asks for; blank is not zero."""

    def __init__(self, *args: Any, cells: Iterable[Cell], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cells = list(cells)
        for cell in self.cells:
            self.fields[field_name(cell.id)] = figure_field(cell)
        self.fields["evidence"] = forms.CharField(
            label="佐证", required=False, max_length=200, help_text="数从哪里来，如“行政执法案卷台账”"
        )
        self.fields["remarks"] = forms.CharField(
            label="填报说明", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
            help_text="勾稽不成立、比上年增减大的，写明原因",
        )  # fmt: skip

    def figures(self) -> dict[str, Decimal | None]:
        return {cell.id: self.cleaned_data[field_name(cell.id)] for cell in self.cells}

    @staticmethod
    def initial_of(sheet: FilingSheet) -> dict[str, Any]:
        typed: dict[str, Any] = {field_name(cell): value for cell, value in sheet.filled.items()}
        return typed | {"evidence": sheet.evidence, "remarks": sheet.remarks}


class TelephoneForm(SheetForm):
    """What an organ told by telephone, and who told it."""

    told_by = forms.CharField(label="报数人", max_length=40)
    told_on = DayField("来电日期")

    field_order = ("told_by", "told_on")


class PaperNamesForm(forms.Form):
    """Three names for the printed sheet."""

    filler = forms.CharField(label="填报人", max_length=40)
    reviewer = forms.CharField(label="审核人", max_length=40)
    head = forms.CharField(label="单位负责人", max_length=40)

    def names(self) -> dict[str, str]:
        return {place: self.cleaned_data[place] for place in SignPlace.values}


class SignersForm(forms.Form):
    """Two people of the organ who confirm by logging in, after the one who hands it over."""

    reviewer = forms.ModelChoiceField(
        User.objects.none(), label="审核人", to_field_name="public_id", empty_label="请选择"
    )
    head = forms.ModelChoiceField(
        User.objects.none(), label="单位负责人", to_field_name="public_id", empty_label="请选择"
    )

    def __init__(self, *args: Any, agency: Agency, filler: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts = Appointment.objects.held_on(today).filter(agency=agency).exclude(user=filler)
        reviewers: Any = self.fields["reviewer"]
        reviewers.queryset = User.objects.filter(pk__in=posts.values("user")).order_by("name", "pk")
        heads: Any = self.fields["head"]
        signatories = posts.filter(role=Role.SIGNATORY)
        heads.queryset = User.objects.filter(pk__in=signatories.values("user")).order_by("name", "pk")


class ReasonForm(forms.Form):
    reason = forms.CharField(label="理由", max_length=200)


class ScanForm(forms.Form):
    scan = PaperField("盖章件扫描")


class ReturnForm(forms.Form):
    """The reason, and by cell what is wrong: each cell asked for, and one of the ledger's."""

    reason = forms.CharField(label="退回理由", max_length=300, required=False)

    def __init__(self, *args: Any, cells: Iterable[Cell], form: Form, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cells = list(cells)
        for cell in self.cells:
            self.fields[field_name(cell.id)] = forms.CharField(
                label=f"标出：{cell.label}", max_length=300, required=False
            )
        asked = {cell.id for cell in self.cells}
        others = [(cell.id, cell.label) for cell in form.cells if cell.id not in asked]
        self.fields["ledger_cell"] = forms.ChoiceField(
            label="标出台账的一格", choices=[("", "（不标）"), *others], required=False
        )
        self.fields["ledger_reason"] = forms.CharField(label="这一格的问题", max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("ledger_cell") and not data.get("ledger_reason"):
            self.add_error("ledger_reason", "请写明这一格的问题")
        return data

    def marks(self) -> dict[str, str]:
        wrong = {cell.id: self.cleaned_data[field_name(cell.id)] for cell in self.cells}
        if self.cleaned_data["ledger_cell"]:
            wrong[self.cleaned_data["ledger_cell"]] = self.cleaned_data["ledger_reason"]
        return wrong
