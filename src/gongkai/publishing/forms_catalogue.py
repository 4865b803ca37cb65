from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from gongkai.agencies.models import Agency, LegalKind
from gongkai.publishing.forms import DAY
from gongkai.publishing.forms_filters import column_filter, organ_filter
from gongkai.publishing.models import FREQUENCIES, CatalogueEntry, Column, Item, Level
from gongkai_core.disclosure import Frequency, Term, parse_term
from gongkai_core.disclosure.standard import FIELDS

STATES = [
    ("", "全部"),
    ("unmet", "逾期和待公开"),
    ("overdue", "逾期未公开"),
    ("pending", "待公开"),
    ("late", "逾期公开"),
    ("served", "已公开"),
    ("stated", "本年度无此类事项"),
]


def years(today: date) -> list[tuple[int, str]]:
    return [(year, f"{year}年") for year in range(today.year, today.year - 5, -1)]


class BoardForm(forms.Form):
    year = forms.TypedChoiceField(label="年度", coerce=int, required=False)
    of = forms.ChoiceField(
        label="目录", required=False, choices=[("", "法定主动公开内容"), ("standard", "基层政务公开标准目录")]
    )

    def __init__(self, today: date, data: Any = None) -> None:
        super().__init__(data)
        self.fields["year"].choices = years(today)


class ObligationsForm(forms.Form):
    year = forms.TypedChoiceField(label="年度", coerce=int, required=False)
    agency = organ_filter()
    column = column_filter()
    field = forms.ChoiceField(
        label="领域", required=False, choices=[("", "全部"), *((code, names[0]) for code, names in FIELDS.items())]
    )
    state = forms.ChoiceField(label="情况", required=False, choices=STATES)

    def __init__(self, agencies: QuerySet[Agency], today: date, data: Any = None) -> None:
        super().__init__(data)
        self.fields["agency"].queryset = agencies.order_by("path")
        self.fields["year"].choices = years(today)


class StatementForm(forms.Form):
    words = forms.CharField(
        label="补充说明", max_length=200, required=False, help_text="可不填，如 本年度没有开展房屋征收"
    )


class EvidenceForm(forms.Form):
    """One of three: an item by its 索引号, a file, an address."""

    item = forms.CharField(label="条目的索引号", max_length=40, required=False)
    file = forms.FileField(
        label="或者文件", required=False, help_text="如公示照片、公开栏照片；pdf、docx、ofd、jpg、png"
    )
    address = forms.URLField(label="或者网址", max_length=300, required=False, assume_scheme="https")
    shown_on = forms.DateField(
        label="公开日期", required=False, widget=DAY, help_text="文件、网址能证明已公开的，填公开的日期"
    )
    note = forms.CharField(label="说明", max_length=200, required=False)

    def __init__(self, agency: Agency, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        self.agency = agency

    def clean_item(self) -> Item | None:
        number = self.cleaned_data["item"].strip()
        if not number:
            return None
        item = Item.objects.public().of(self.agency).filter(index_no=number).first()
        if item is None:
            raise forms.ValidationError(f"本单位没有索引号为 {number} 的已公开条目")
        return item

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.errors and sum(bool(given.get(name)) for name in ("item", "file", "address")) != 1:
            raise forms.ValidationError("条目、文件、网址填一样")
        return given


class EntryForm(forms.Form):
    column = forms.ModelChoiceField(label="栏目", queryset=Column.objects.order_by("position"), empty_label=None)
    frequency = forms.ChoiceField(label="更新频次", choices=FREQUENCIES)
    after = forms.CharField(
        label="期满后多久公开",
        required=False,
        max_length=30,
        help_text="每期结束才形成的信息填写，如季度统计填“20个工作日”；空着就是期内公开",
    )
    agencies = forms.ModelMultipleChoiceField(
        label="责任单位", queryset=Agency.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, entry: CatalogueEntry, today: date, data: Any = None) -> None:
        held = entry.duties.filter(until=None).values_list("agency", flat=True)
        super().__init__(
            data,
            initial={
                "column": entry.column,
                "frequency": entry.frequency,
                "after": Term.from_code(entry.after).words if entry.after else "",
                "agencies": list(held),
            },
        )
        organs = Agency.objects.existing(today).exclude(legal_kind=LegalKind.VILLAGE)
        self.fields["agencies"].queryset = organs.order_by("position", "path")
        self.fields["agencies"].label_from_instance = lambda organ: organ.short_name
        if entry.catalogue_id is None:
            self.fields["column"].queryset = Column.objects.filter(pk=entry.column_id)

    def clean_after(self) -> Term | None:
        text = self.cleaned_data["after"].strip()
        if not text:
            return None
        term = parse_term(text)
        if term is None:
            raise forms.ValidationError(f"看不出时限：“{text}”；应写实时、n 个工作日、n 日或者及时")
        return term

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        standing = given.get("frequency") == Frequency.STANDING
        if standing and given.get("after"):
            self.add_error("after", "长期公开的没有期满")
        return given


class CatalogueImportForm(forms.Form):
    level = forms.ChoiceField(label="层级", choices=Level.choices)
    file = forms.FileField(
        label="标准目录文件",
        help_text="官方格式的 Excel（.xlsx）：一个领域一张表，表名或者标题写领域名称",
    )
    expected = forms.IntegerField(
        label="应有事项数", required=False, min_value=1, help_text="可不填；填了就与读出的条数核对"
    )


class HangForm(forms.Form):
    entries = forms.ModelMultipleChoiceField(
        label="目录事项",
        queryset=CatalogueEntry.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, item: Item, data: Any = None) -> None:
        super().__init__(data, initial={"entries": list(item.hangings.values_list("entry", flat=True))})
        owed = CatalogueEntry.objects.filter(
            catalogue__isnull=False, retired_on=None, duties__agency=item.agency, duties__until=None
        )
        owed = owed.select_related("catalogue").order_by("catalogue__field_code", "position").distinct()
        self.fields["entries"].queryset = owed
        self.fields["entries"].label_from_instance = lambda entry: (
            f"{entry.catalogue.get_field_code_display()}：{entry}"
        )


class DeadlinesForm(forms.Form):
    agency = organ_filter()
    column = column_filter()
    state = forms.ChoiceField(
        label="情况",
        required=False,
        choices=[("", "未公开"), ("overdue", "已超期未公开"), ("late", "逾期公开"), ("undated", "未填形成日期")],
    )
    year = forms.TypedChoiceField(label="公开年度", coerce=int, required=False)

    def __init__(self, agencies: QuerySet[Agency], today: date, data: Any = None) -> None:
        super().__init__(data)
        self.fields["agency"].queryset = agencies.order_by("path")
        self.fields["year"].choices = years(today)
