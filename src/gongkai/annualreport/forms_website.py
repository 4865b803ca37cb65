from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from gongkai.annualreport.models import WebsiteReturn
from gongkai_core.errors import InputError
from gongkai_core.website_return import CELLS, NO, SECTIONS, YES, Value, WebsiteCell, parse, printed

FILED: tuple[WebsiteCell, ...] = tuple(cell for cell in CELLS.values() if cell.filed)
CHOICES = (("", "—"), (YES, YES), (NO, NO))
TEXT = {"class": "form-control"}
NUMBER = {**TEXT, "inputmode": "decimal", "autocomplete": "off"}
SELECT = {"class": "form-select"}


class WebsiteReturnForm(forms.Form):
    """The whole return on one page: the cells that no ledger knows, a line of evidence a section, the names below."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    site_name = forms.CharField(label="网站名称", max_length=60)
    head = forms.CharField(label="单位负责人", max_length=40, required=False)
    phone = forms.CharField(label="联系电话", max_length=40, required=False)

    def __init__(self, data: Any = None, *, row: WebsiteReturn) -> None:
        values = row.filed_values
        initial: dict[str, Any] = {
            "version": row.version, "site_name": row.site_name, "head": row.head, "phone": row.phone,
        }  # fmt: skip
        super().__init__(data, initial=initial)
        for cell in FILED:
            self.fields[name_of(cell)] = _field(cell, values.get(cell.id))
        for number, section in enumerate(SECTIONS):
            self.fields[f"evidence_{number}"] = forms.CharField(
                label=f"{section}：供数单位和佐证",
                required=False,
                max_length=200,
                initial=row.evidence.get(section, ""),
                widget=forms.TextInput(attrs=TEXT),
            )

    def field_of(self, cell: WebsiteCell) -> BoundField:
        return self[name_of(cell)]

    def evidence_of(self, section: str) -> BoundField:
        return self[f"evidence_{SECTIONS.index(section)}"]

    def values(self) -> dict[str, Value]:
        """Every filed cell; None where it was left blank."""
        return {cell.id: self.cleaned_data[name_of(cell)] for cell in FILED}

    def evidence(self) -> dict[str, str]:
        return {section: self.cleaned_data[f"evidence_{number}"] for number, section in enumerate(SECTIONS)}


def name_of(cell: WebsiteCell) -> str:
    """The name of a cell's field."""
    return cell.id.replace(".", "_")


class _CellField(forms.CharField):
    """A cell as a person types it; the core says what is wrong with it."""

    def __init__(self, cell: WebsiteCell, **options: Any) -> None:
        self.cell = cell
        super().__init__(required=False, **options)

    def clean(self, value: Any) -> Value:
        text = super().clean(value)
        try:
            return parse(self.cell, text)
        except InputError as wrong:
            raise forms.ValidationError(wrong.message) from None


def _field(cell: WebsiteCell, value: Value) -> forms.Field:
    label = f"{cell.section}·{cell.name}" + (f"（{cell.unit}）" if cell.unit else "")
    if cell.kind in ("choice", "tick"):
        return _CellField(cell, label=label, initial=value, widget=forms.Select(choices=CHOICES, attrs=SELECT))
    shown = printed(cell, value)
    widget = forms.TextInput(attrs=NUMBER if cell.is_number else TEXT)
    return _CellField(cell, label=label, initial=shown, max_length=60, widget=widget)


class WebsiteCorrectionForm(forms.Form):
    value = forms.CharField(label="更正为", max_length=20, widget=forms.TextInput(attrs={"inputmode": "decimal"}))
    reason = forms.CharField(label="理由", max_length=300)
    evidence = forms.CharField(label="佐证", max_length=200)

    def __init__(self, data: Any = None, *, cell: WebsiteCell) -> None:
        super().__init__(data)
        self.cell = cell

    def clean_value(self) -> Decimal:
        try:
            value = parse(self.cell, self.cleaned_data["value"])
        except InputError as wrong:
            raise forms.ValidationError(wrong.message) from None
        if not isinstance(value, Decimal):
            raise forms.ValidationError("请填数")
        return value


class ReasonForm(forms.Form):
    reason = forms.CharField(label="退回理由", max_length=300)
