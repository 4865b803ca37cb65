"""Forms of 部门供数单: asking, filling in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from gongkai.agencies.ledger import Period
from gongkai.agencies.models import Agency
from gongkai.documents.intake import PAPERS, take_upload
from gongkai.registers.actions.supply import Given
from gongkai.registers.fields import DayField, MonthField
from gongkai.registers.models import SuppliedFigure, SupplySheet
from gongkai.registers.supply_kinds import grouped
from gongkai_core.refusals import Refused

PARTS = [
    ("year", "全年"),
    *((f"q{n}", f"第{n}季度") for n in range(1, 5)),
    *((f"m{n}", f"{n}月") for n in range(1, 13)),
]


class AskForm(forms.Form):
    """Which figures of which period, asked of which organs."""

    year = forms.IntegerField(label="年度", min_value=2014, max_value=2100)
    part = forms.ChoiceField(label="时期", choices=PARTS)
    due_on = DayField(label="报送期限")
    organs = forms.ModelMultipleChoiceField(
        Agency.objects.none(), label="供数单位", to_field_name="public_id", widget=forms.CheckboxSelectMultiple,
        help_text="每个单位一张供数单",
    )  # fmt: skip
    words = forms.CharField(label="要求", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organs: Any = self.fields["organs"]
        organs.queryset = Agency.objects.existing(today)
        organs.label_from_instance = lambda organ: organ.short_name
        self.groups = [f"kinds-{number}" for number, _ in enumerate(grouped())]
        for name, (group, rows) in zip(self.groups, grouped(), strict=True):
            choices = [(kind.code, f"{kind.label}（{kind.unit}）") for kind in rows]
            suppliers = "、".join(dict.fromkeys(kind.supplier for kind in rows))
            self.fields[name] = forms.MultipleChoiceField(
                label=group, choices=choices, required=False, widget=forms.CheckboxSelectMultiple,
                help_text=f"通常由{suppliers}供数，{'全域' if rows[0].whole_region else '本级'}的数",
            )  # fmt: skip
        self.order_fields(["year", "part", "due_on", *self.groups, "organs", "words"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.kinds():
            self.add_error(None, "请至少选一项要供的数")
        return given

    def kinds(self) -> list[str]:
        """The codes that were ticked, in the order of the list."""
        return [code for name in self.groups for code in self.cleaned_data.get(name) or []]

    def period(self) -> Period:
        year, part = self.cleaned_data["year"], self.cleaned_data["part"]
        if part == "year":
            return Period.of_year(year)
        number = int(part[1:])
        first, last = (number, number) if part[0] == "m" else (3 * number - 2, 3 * number)
        return Period(date(year, first, 1), MonthField().to_python(f"{year}-{last}") or date(year, last, 1))


class FillForm(forms.Form):
    """One number a line, with its unit, whether it is about, and where it comes from."""

    def __init__(self, sheet: SupplySheet, rows: Iterable[SuppliedFigure], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = list(rows)
        for row in self.rows:
            self._add_line(row)
        self.fields["file"] = forms.FileField(
            label="佐证材料", required=False, widget=forms.ClearableFileInput(attrs={"accept": PAPERS.accept}),
            help_text=f"盖章的表、截图等{'；已有' + sheet.file.name if sheet.file else ''}",
        )  # fmt: skip

    def _add_line(self, row: SuppliedFigure) -> None:
        kind, key = row.declared, str(row.public_id)
        self.fields[f"value-{key}"] = forms.DecimalField(
            label=kind.label, required=False, max_digits=16, decimal_places=0 if kind.whole else 4, initial=row.plain,
            min_value=None if kind.signed else Decimal(0), widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        )  # fmt: skip
        self.fields[f"unit-{key}"] = forms.ChoiceField(
            label=f"{kind.label}的单位", choices=[(unit, unit) for unit in kind.units], initial=row.unit
        )
        self.fields[f"approximate-{key}"] = forms.BooleanField(
            label=f"{kind.label}是约数", required=False, initial=row.approximate
        )
        self.fields[f"evidence-{key}"] = forms.CharField(
            label=f"{kind.label}的佐证", required=False, max_length=300, initial=row.evidence
        )

    def lines(self) -> list[tuple[SuppliedFigure, list[Any]]]:
        """Each figure with its four fields, as the table shows them."""
        parts = ("value", "unit", "approximate", "evidence")
        return [(row, [self[f"{part}-{row.public_id}"] for part in parts]) for row in self.rows]

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        try:
            return take_upload(upload, PAPERS) if upload else None
        except Refused as refused:
            raise forms.ValidationError(str(refused.refusal)) from None

    def given(self) -> dict[str, Given]:
        data = self.cleaned_data
        return {
            row.kind: Given(
                data[f"value-{row.public_id}"], data[f"unit-{row.public_id}"], data[f"approximate-{row.public_id}"],
                data[f"evidence-{row.public_id}"],
            )
            for row in self.rows
        }  # fmt: skip
