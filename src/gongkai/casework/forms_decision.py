"""拟办意见: first the outcome, then what its grounds and guards ask."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from gongkai.casework import evidence
from gongkai.casework.forms import EMPTY, DayField, text_field
from gongkai.casework.models import Case
from gongkai_core.outcomes import GROUNDS, OUTCOMES


class OutcomeForm(forms.Form):
    """First choose the outcome; the form that follows asks what its guards want."""

    outcome = forms.ChoiceField(label="办理结果", choices=[])

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["outcome"]
        field.choices = [*EMPTY, *outcome_choices(case)]


_GROUPS = {
    "grant": "予以公开", "partial": "部分公开", "refuse": "不予公开", "unable": "无法提供", "decline": "不予处理",
    "other": "其他处理",
}  # fmt: skip


def outcome_choices(case: Case) -> list[tuple[str, list[tuple[str, str]]]]:
    """Outcomes by the parts of table three; an abandoned case can only be told that it is at its end."""
    ends = ("other.no_amend", "other.no_payment")
    groups: dict[str, list[tuple[str, str]]] = {}
    for code, outcome in OUTCOMES.items():
        if code == "other.withdrawn" or bool(case.abandoned_on) != (code in ends):
            continue
        groups.setdefault(_GROUPS[code.split(".")[0]], []).append((code, outcome.label))
    return list(groups.items())


class DecisionForm(forms.Form):
    """拟办意见 for one outcome: reason, grounds, the letter's own words, and what each guard wants."""

    outcome = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, case: Case, outcome: str, grounds: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rule = OUTCOMES[outcome]
        self.initial.setdefault("outcome", outcome)
        if self.rule.cells_by_ground:
            self.fields["ground"] = forms.ChoiceField(
                label="主要理由", choices=[*EMPTY, *GROUNDS.items()], required=False
            )
        if self.rule.grounds_required:
            label = "不予公开部分属于" if outcome == "partial" else "其他理由（一并存在的情形）"
            self.fields["grounds"] = forms.MultipleChoiceField(
                label=label, choices=_ground_choices(outcome), required=False, widget=forms.CheckboxSelectMultiple
            )
            self.fields["reason"] = text_field("理由", long=True, required=False, max_length=3000)
        self.extra = evidence.fields_for(outcome, grounds)
        known = evidence.suggested(case, outcome)
        for row in self.extra:
            self.fields[f"fact_{row.name}"] = _field_of(row)
            if row.name in known:
                self.initial.setdefault(f"fact_{row.name}", known[row.name])

    def facts(self) -> dict[str, Any]:
        """The values by name, days as YYYY-MM-DD."""
        facts = {}
        for row in self.extra:
            value = self.cleaned_data.get(f"fact_{row.name}")
            if value not in (None, "", False):
                facts[row.name] = value.isoformat() if isinstance(value, date) else value
        return facts


def _ground_choices(outcome: str) -> list[tuple[str, str]]:
    refusals = [row for row in OUTCOMES.values() if row.code.startswith("refuse.")]
    rows = refusals if outcome == "partial" else [row for row in OUTCOMES.values() if row.grounds_required]
    return [(row.code, row.label) for row in rows if row.code != outcome]


def _field_of(row: evidence.Field) -> forms.Field:
    """Nothing is required by the form itself: a draft may be kept unfinished; sending up asks for it."""
    if row.kind == "date":
        return DayField(row.label, required=False)
    if row.kind == "check":
        return forms.BooleanField(label=row.label, required=False)
    if row.kind == "number":
        return forms.IntegerField(label=row.label, min_value=0, required=False)
    if row.kind == "choice":
        return forms.ChoiceField(label=row.label, choices=[*EMPTY, *row.choices], required=False)
    return text_field(row.label, long=row.kind == "long", required=False, max_length=3000)
