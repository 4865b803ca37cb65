from __future__ import annotations

from collections.abc import Container
from decimal import Decimal
from typing import Any

from django import forms

from gongkai.casework.forms import PaperField
from gongkai_core.returns import Cell, Form


def field_name(cell_id: str) -> str:
    """The name of a cell's field: a dot would end a name in a template."""
    return cell_id.replace(".", "__")


def figure_field(cell: Cell) -> forms.DecimalField:
    """A field for one figure; blank is not zero."""
    supplied = f"　供数：{cell.confirm_with}" if cell.confirm_with else ""
    return forms.DecimalField(
        label=f"{cell.label}（{cell.kept_unit}）",
        required=False,
        max_digits=15,
        decimal_places=4 if cell.is_money else 0,
        # 本年增/减 is the one kind of figure that may fall below zero.
        min_value=None if cell.id.endswith(".delta") else Decimal(0),
        help_text=f"{cell.article or ''}{supplied}",
    )


class FilingForm(forms.Form):
    """The cells of a year's form that no ledger knows for the organ; blank is not zero."""

    def __init__(self, *args: Any, form: Form, elsewhere: Container[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cells = [cell for cell in form.cells if cell.manual and cell.id not in elsewhere]
        for cell in self.cells:
            self.fields[field_name(cell.id)] = figure_field(cell)
        self.fields["evidence"] = forms.CharField(label="佐证", required=False, max_length=200)

    def filed(self) -> dict[str, Decimal | None]:
        return {cell.id: self.cleaned_data[field_name(cell.id)] for cell in self.cells}


class CorrectionForm(forms.Form):
    value = forms.DecimalField(label="更正为", max_digits=15, decimal_places=4)
    reason = forms.CharField(label="理由", max_length=300)
    evidence = forms.CharField(label="佐证", max_length=200, required=False)
    paper = PaperField("佐证材料", required=False)


class FreezeForm(forms.Form):
    """What is corrected and why; asked for once the year's figures have been published."""

    note = forms.CharField(label="更正说明", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class ExplanationForm(forms.Form):
    text = forms.CharField(label="表下说明", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}))
