"""One form for each register: for a row on the screen and for each row of a pasted block."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db import models

from gongkai.agencies.models import Agency
from gongkai.documents.intake import PAPERS, keep, take_upload
from gongkai.registers.fields import CountField, DayField, MoneyField, MonthField, NamedChoiceField
from gongkai.registers.models import (
    ChannelMonth,
    DisclosurePlace,
    Fund,
    LeadingGroup,
    Meeting,
    PlaceVisits,
    PressConference,
    ResponsiblePerson,
    RuleRevision,
    StaffMember,
    Training,
    WorkRule,
)

MOST_ROWS = 300
_FIELDS: dict[type[models.Field[Any, Any]], type[forms.Field]] = {
    models.DateField: DayField,
    models.PositiveIntegerField: CountField,
}


def _field(column: models.Field[Any, Any], **kwargs: Any) -> forms.Field | None:
    """Days, counts and amounts are read as offices write them."""
    if form_class := _FIELDS.get(type(column)):
        return column.formfield(form_class=form_class, **kwargs)
    return column.formfield(**kwargs)


class EntryForm(forms.ModelForm):
    """A row's facts; `agency` is whose register it is."""

    ALIASES: ClassVar[dict[str, tuple[str, ...]]] = {}
    """Other words that stand above a column in offices' own tables."""

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agency = agency
        for one in self.fields.values():
            if isinstance(one, forms.ChoiceField) and not isinstance(one, forms.ModelChoiceField):
                one.choices = [(value, label if value else "请选择") for value, label in one.choices]

    def facts(self) -> dict[str, Any]:
        """What the act is told. Raises Refused for a file that the door turns away."""
        facts = dict(self.cleaned_data)
        if "file" in self.fields:
            upload = facts.pop("file")
            facts["file"] = keep(take_upload(upload, PAPERS)) if upload else None
        return facts


_HELD = {"held_on": ("时间", "举办时间", "召开时间", "举办日期"), "note": ("说明",)}


class PressConferenceForm(EntryForm):
    ALIASES = _HELD | {
        "title": ("发布会名称", "主题"),
        "principal_attended": ("主要负责人参加", "主要负责同志是否参加"),
    }

    class Meta:
        model = PressConference
        fields = ("held_on", "title", "principal_attended", "note")
        formfield_callback = _field


class MeetingForm(EntryForm):
    ALIASES = _HELD | {"title": ("会议名称", "会议")}

    class Meta:
        model = Meeting
        fields = ("held_on", "title", "note")
        formfield_callback = _field


class TrainingForm(EntryForm):
    ALIASES = _HELD | {"title": ("培训名称", "培训班名称"), "attendance": ("人次", "参训人数", "参加人数", "人数")}

    class Meta:
        model = Training
        fields = ("held_on", "title", "attendance", "note")
        formfield_callback = _field


class FundForm(EntryForm):
    ALIASES = {"held_on": ("时间", "下达日期"), "title": ("项目", "经费名称", "项目名称"), "amount_fen": ("经费",)}
    amount_fen = MoneyField(label="金额（万元）", help_text="按万元填；写“170000元”也可以")

    class Meta:
        model = Fund
        fields = ("held_on", "title", "amount_fen", "purpose", "note")
        formfield_callback = _field


class DisclosurePlaceForm(EntryForm):
    ALIASES = {
        "held_on": ("设立日期", "启用日期"),
        "title": ("场所名称",),
        "ended_on": ("停用日期",),
        "site": ("所在场所",),
    }

    class Meta:
        model = DisclosurePlace
        fields = ("held_on", "title", "kind", "site", "address", "ended_on", "note")
        labels = {"held_on": "设立日期", "ended_on": "停用日期"}
        help_texts = {"ended_on": "还在用的不填"}
        formfield_callback = _field


class StaffMemberForm(EntryForm):
    ALIASES = {"held_on": ("到岗日期", "任职日期"), "ended_on": ("离岗日期",), "capacity": ("专职兼职", "性质")}

    class Meta:
        model = StaffMember
        fields = ("title", "capacity", "work", "position", "held_on", "ended_on", "note")
        labels = {"held_on": "到岗日期", "ended_on": "离岗日期"}
        help_texts = {"ended_on": "还在岗的不填"}
        formfield_callback = _field


class LeadingGroupForm(EntryForm):
    ALIASES = {"held_on": ("成立日期",), "basis": ("文号", "依据")}

    class Meta:
        model = LeadingGroup
        fields = ("title", "basis", "leader", "deputies", "office", "members", "held_on", "ended_on", "note")
        labels = {"held_on": "成立日期", "ended_on": "止日"}
        help_texts = {"ended_on": "还在的不填"}
        formfield_callback = _field


class ResponsiblePersonForm(EntryForm):
    ALIASES = {
        "held_on": ("任职日期",),
        "ended_on": ("卸任日期",),
        "level": ("责任层级",),
        "phone": ("电话", "联系电话"),
    }

    class Meta:
        model = ResponsiblePerson
        fields = ("level", "title", "position", "phone", "held_on", "ended_on", "note")
        labels = {"held_on": "任职日期", "ended_on": "卸任日期"}
        help_texts = {"ended_on": "在任的不填"}
        formfield_callback = _field


class _WithFile(EntryForm):
    file = forms.FileField(
        label="文本", required=False, widget=forms.ClearableFileInput(attrs={"accept": PAPERS.accept}),
        help_text="Word、PDF、OFD 或者图片",
    )  # fmt: skip

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload and len(upload.name) > 200:
            raise forms.ValidationError("文件名太长，请改短后再上传")
        return upload


class WorkRuleForm(_WithFile):
    ALIASES = {"held_on": ("制定日期", "印发日期"), "title": ("制度名称",)}

    class Meta:
        model = WorkRule
        fields = ("held_on", "title", "docno", "note")
        labels = {"held_on": "制定日期", "title": "制度名称"}
        formfield_callback = _field


class RuleRevisionForm(_WithFile):
    ALIASES = {"held_on": ("修订日期", "废止日期"), "rule": ("制度名称",), "kind": ("种类",)}
    rule = NamedChoiceField("制度")

    class Meta:
        model = RuleRevision
        fields = ("rule", "kind", "held_on", "docno", "note")
        formfield_callback = _field

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rules: Any = self.fields["rule"]
        rules.queryset = WorkRule.objects.counted().filter(agency=self.agency)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("rule") and given.get("kind"):
            given["title"] = (
                f"{given['rule'].title}：{dict(RuleRevision._meta.get_field('kind').choices)[given['kind']]}"
            )
        return given


class _OfMonth(EntryForm):
    """A month that is over; the row stands on its last day."""

    month = MonthField(label="月份", help_text="如 2026-10；当月结束后填报")

    def month_words(self) -> str:
        last = self.cleaned_data["held_on"]
        return f"{last.year}年{last.month}月"

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if last := given.pop("month", None):
            given["held_on"] = last
        return given


class ChannelMonthForm(_OfMonth):
    class Meta:
        model = ChannelMonth
        fields = (*ChannelMonth.CHANNELS, "note")
        formfield_callback = _field

    field_order = ("month", *ChannelMonth.CHANNELS, "note")

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if "held_on" in given:
            given["title"] = f"{self.month_words()}渠道发布数"
        return given


class PlaceVisitsForm(_OfMonth):
    ALIASES = {"visits": ("人次", "接待查阅人次", "查阅人次"), "place": ("场所名称", "名称")}
    place = NamedChoiceField("场所")

    class Meta:
        model = PlaceVisits
        fields = ("place", "visits", "approximate", "note")
        formfield_callback = _field

    field_order = ("month", "place", "visits", "approximate", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places: Any = self.fields["place"]
        places.queryset = DisclosurePlace.objects.counted().filter(agency=self.agency)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if "held_on" in given and given.get("place"):
            given["title"] = f"{given['place'].title}{self.month_words()}接待"
        return given


FORMS: dict[str, type[EntryForm]] = {
    "pressconference": PressConferenceForm,
    "meeting": MeetingForm,
    "training": TrainingForm,
    "disclosureplace": DisclosurePlaceForm,
    "placevisits": PlaceVisitsForm,
    "staffmember": StaffMemberForm,
    "fund": FundForm,
    "leadinggroup": LeadingGroupForm,
    "responsibleperson": ResponsiblePersonForm,
    "workrule": WorkRuleForm,
    "rulerevision": RuleRevisionForm,
    "channelmonth": ChannelMonthForm,
}
"""By the register's name (`models.REGISTERS`)."""


class ReasonForm(forms.Form):
    """Why a row or a figure is struck out, a sheet returned or cancelled."""

    reason = forms.CharField(label="理由", max_length=200)


class EndForm(forms.Form):
    on = DayField(label="止日", help_text="最后一天，含当日")


class BlockForm(forms.Form):
    """Cells pasted from Excel."""

    block = forms.CharField(
        label="从 Excel 复制的单元格", max_length=200_000, strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "wrap": "off"}),
    )  # fmt: skip
