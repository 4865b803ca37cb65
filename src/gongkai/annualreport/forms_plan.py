from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from gongkai.agencies.ledger import Scope
from gongkai.agencies.models import Agency
from gongkai.annualreport import budgets
from gongkai.annualreport.actions.enter_plan_entries import PlanFacts
from gongkai.annualreport.models import BudgetKind, PlanEntry, PlanEntryKind
from gongkai.annualreport.screens import SCREENS
from gongkai.annualreport.work_plan import FIRST_YEAR, LAST_YEAR

MOST_LINES = 300
COLUMNS = ("事项", "责任单位", "完成期限", "依据", "配合单位")
SCREEN_CHOICES = (("", "—"), *((key, screen.label) for key, screen in SCREENS.items()))


def day_field(label: str, **options: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **options)


class _OrganField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Agency) -> str:
        return obj.short_name


class PlanEntryForm(forms.Form):
    """One entry; the office chooses kind and organ, others write their own."""

    kind = forms.ChoiceField(
        label="类别", choices=[(PlanEntryKind.KEY_TASK, "重点工作"), (PlanEntryKind.OWN, "自定安排")]
    )
    title = forms.CharField(label="事项", max_length=120)
    responsible = _OrganField(label="责任单位", queryset=Agency.objects.none(), to_field_name="public_id")
    first = day_field("开始日期", required=False, help_text="不填按期限当月 1 日")
    due_on = day_field("完成期限")
    source = forms.CharField(label="依据", max_length=120, required=False)
    assisting = forms.CharField(label="配合单位", max_length=200, required=False)
    screen = forms.ChoiceField(label="打开的页面", choices=SCREEN_CHOICES, required=False)

    def __init__(self, data: Any = None, *, scope: Scope, today: date, entry: PlanEntry | None = None) -> None:
        initial: dict[str, Any] = {"kind": PlanEntryKind.KEY_TASK, "responsible": scope.agency.public_id}
        if entry is not None:
            names = ("title", "first", "due_on", "source", "assisting", "screen")
            initial = {name: getattr(entry, name) for name in names} | {"responsible": entry.responsible.public_id}
        super().__init__(data, initial=initial)
        if entry is not None or not scope.whole_region:
            del self.fields["kind"]
        organs = Agency.objects.within(scope.agency).existing(today) if scope.whole_region else None
        if organs is None:
            del self.fields["responsible"]
        else:
            self.fields["responsible"].queryset = organs.order_by("position", "path")
        self.scope, self.entry = scope, entry

    def clean_due_on(self) -> date:
        day: date = self.cleaned_data["due_on"]
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(f"请填 {FIRST_YEAR} 至 {LAST_YEAR} 年的日期")
        return day

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if due := given.get("due_on"):
            given["first"] = given.get("first") or due.replace(day=1)
            if given["first"] > due:
                self.add_error("first", "开始日期在完成期限之后")
        return given

    def facts(self) -> PlanFacts:
        given = self.cleaned_data
        own = self.entry.responsible if self.entry else self.scope.agency
        return PlanFacts(
            given["title"], given.get("responsible") or own, given["first"], given["due_on"], given["source"],
            given["assisting"], given["screen"],
        )  # fmt: skip

    @property
    def kind_chosen(self) -> str:
        return str(self.cleaned_data.get("kind") or PlanEntryKind.OWN)


class PasteForm(forms.Form):
    """Key tasks pasted from a sheet, a line each, cells parted by tabs."""

    block = forms.CharField(
        label="粘贴表格",
        max_length=100_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text="从 Excel 复制：事项、责任单位、完成期限、依据、配合单位，后两列可以没有；一行一项",
    )

    def __init__(self, data: Any = None, *, organs: Iterable[Agency]) -> None:
        super().__init__(data)
        self.organs = organs

    def clean_block(self) -> list[PlanFacts]:
        lines = [line for line in self.cleaned_data["block"].splitlines() if line.strip()]
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(f"一次最多 {MOST_LINES} 行")
        names = {name: organ for organ in self.organs for name in (organ.name, organ.short_name)}
        found, wrong = [], []
        for number, line in enumerate(lines, 1):
            cells = [cell.strip() for cell in line.split("\t")]
            if number == 1 and cells[0] == COLUMNS[0]:
                continue
            facts = _facts(cells, names)
            if isinstance(facts, str):
                wrong.append(f"第 {number} 行：{facts}")
            else:
                found.append(facts)
        if wrong:
            raise forms.ValidationError(wrong)
        if not found:
            raise forms.ValidationError("没有可以录入的行")
        return found


def _facts(cells: list[str], organs: dict[str, Agency]) -> PlanFacts | str:
    """A pasted line as an entry's facts, or what is wrong with it."""
    title, organ, until, source, assisting = [*cells, "", "", "", "", ""][:5]
    if not title or len(title) > 120 or len(source) > 120 or len(assisting) > 200:
        return "没有写事项" if not title else "有一格太长"
    if organ not in organs:
        return f"没有“{organ[:30]}”这个单位" if organ else "没有写责任单位"
    due = _day(until)
    if due is None:
        return f"看不懂完成期限“{until[:30]}”，请写成 2026-06-30"
    return PlanFacts(title, organs[organ], due.replace(day=1), due, source, assisting)


def _day(text: str) -> date | None:
    found = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", text, re.ASCII)
    if not found:
        return None
    try:
        day = date(*(int(part) for part in found.groups()))
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


class DoneForm(forms.Form):
    done_on = day_field("完成日期")
    note = forms.CharField(label="完成情况和佐证", max_length=300)

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"done_on": today})


class DropForm(forms.Form):
    reason = forms.CharField(label="撤销理由", max_length=200)


class _OrgansField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Agency) -> str:
        return obj.short_name


class ApprovalsForm(forms.Form):
    """On which day which organs' budgets, or final accounts, were approved; no day takes it back."""

    kind = forms.ChoiceField(label="类别", choices=BudgetKind.choices)
    approved_on = day_field("批准（批复）日期", required=False, help_text="不填则撤销所选单位的日期")
    everybody = forms.BooleanField(label="全部单位", required=False)
    organs = _OrgansField(
        label="单位",
        queryset=Agency.objects.none(),
        to_field_name="public_id",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any = None, *, within: Iterable[int]) -> None:
        super().__init__(data)
        self.fields["organs"].queryset = budgets.organs(list(within))

    def chosen(self) -> list[Agency]:
        every = self.cleaned_data["everybody"]
        return list(self.fields["organs"].queryset if every else self.cleaned_data["organs"])
