from __future__ import annotations

from collections.abc import Container
from decimal import Decimal
from typing import Any

from django import forms

from gongkai_core.returns import Form


class FilingForm(forms.Form):
    """The cells of a year's form that no ledger knows for the organ; blank is not zero."""

    def __init__(self, *args: Any, form: Form, elsewhere: Container[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cells = [cell for cell in form.cells if cell.manual and cell.id not in elsewhere]
        for cell in self.cells:
            self.fields[self.field_name(cell.id)] = forms.DecimalField(
                label=f"{cell.label}（{cell.kept_unit}）",
                required=False,
                max_digits=15,
                decimal_places=4 if cell.is_money else 0,
                # 本年增/减 is the one kind of figure that may fall below zero.
                min_value=None if cell.id.endswith(".delta") else Decimal(0),
                help_text=f"{cell.article or ''}{'　供数：' + cell.confirm_with if cell.confirm_with else ''}",
            )
        self.fields["evidence"] = forms.CharField(label="佐证", required=False, max_length=200)

    @staticmethod
    def field_name(cell_id: str) -> str:
        return cell_id.replace(".", "__")

    def filed(self) -> dict[str, Decimal | None]:
        return {cell.id: self.cleaned_data[self.field_name(cell.id)] for cell in self.cells}


class CorrectionForm(forms.Form):
    value = forms.DecimalField(label="更正为", max_digits=15, decimal_places=4)
    reason = forms.CharField(label="理由", max_length=300)
    evidence = forms.CharField(label="佐证", max_length=200, required=False)


class ExplanationForm(forms.Form):
    text = forms.CharField(label="表下说明", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}))
