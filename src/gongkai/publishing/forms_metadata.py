"""Fields of an item's metadata that are derived or seldom needed, and the forms of their pages."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from gongkai.agencies.models import Agency
from gongkai.publishing.content import plain_text, summary
from gongkai.publishing.forms_filters import organ_filter
from gongkai.publishing.models import (
    Conclusion,
    CoordinationResult,
    Genre,
    Openness,
    Origin,
    Phase,
    SecrecyLevel,
    Topic,
)
from gongkai_core.closing_notes import closing_note, contradicts
from gongkai_core.exemptions import EXEMPTIONS
from gongkai_core.index_numbers import RESETS, IndexRule
from gongkai_core.refusals import Refused

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
AUTOMATIC = ("", "自动判断")


class MetadataForm(forms.Form):
    """The ground of a document that is not open, and what is derived when left alone."""

    exemption = forms.ChoiceField(
        label="不予公开情形",
        required=False,
        choices=[("", "请选择（选“不予公开”的必选）"), *((code, one.words) for code, one in EXEMPTIONS.items())],
    )
    openness_reason = forms.CharField(
        label="不主动公开的理由",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="选“主动公开”以外的须填；不予公开的至少 20 字",
    )
    openness_article = forms.CharField(
        label="不主动公开的依据",
        max_length=100,
        required=False,
        help_text="空着即取所选情形的条款；法律、行政法规禁止公开的写明法名和条",
    )
    openness_note = forms.CharField(
        label="补充说明",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="第十五条：第三方意见或者公共利益的说明；第十六条：裁量说明",
    )
    topic = forms.ChoiceField(label="主题分类", required=False, choices=[AUTOMATIC, *Topic.choices])
    genre = forms.ChoiceField(label="体裁分类", required=False, choices=[AUTOMATIC, *Genre.choices])
    phase = forms.ChoiceField(label="五公开", required=False, choices=[AUTOMATIC, *Phase.choices])
    summary = forms.CharField(
        label="内容概述", max_length=200, required=False, help_text="空着即取正文开头；须更正时才填"
    )
    origin = forms.ChoiceField(label="信息来源", required=False, choices=Origin.choices, initial=Origin.OWN)
    origin_organ = forms.CharField(
        label="制作或者牵头机关",
        max_length=100,
        required=False,
        help_text="来自其他机关的填制作（最初获取）机关；共同制作的填牵头机关，空着即本机关牵头",
    )
    confirmed_note = forms.BooleanField(
        label="附注已核对：文末附注与公开属性不一致，确属无误", required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.initial.get("confirmed_note"):
            self.fields["confirmed_note"].widget = forms.CheckboxInput()

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        note = closing_note(
            plain_text(given.get("body", "")) if "<" in given.get("body", "") else given.get("body", "")
        )
        confirmed = bool(given.get("confirmed_note")) and note is not None
        given["confirmed_note"] = note.words if note and confirmed else ""
        if note and contradicts(note, given.get("openness", Openness.OPEN)):
            self.fields["confirmed_note"].widget = forms.CheckboxInput()
        return given


def metadata_initial(facts: dict[str, Any], fresh: dict[str, Any], body: str) -> dict[str, Any]:
    """What the form shows of stored metadata: blank where the stored value is what would be derived anyway."""
    shown = {name: "" if facts[name] == fresh[name] else facts[name] for name in ("topic", "genre", "phase")}
    shown["confirmed_note"] = bool(facts["confirmed_note"])
    return {**facts, **shown, "summary": "" if facts["summary"] == summary(body) else facts["summary"]}


class AskForm(forms.Form):
    organ = forms.CharField(label="协商机关", max_length=100)
    asked_on = forms.DateField(label="发出日期", widget=DAY)


class AnswerForm(forms.Form):
    answered_on = forms.DateField(label="答复日期", widget=DAY)
    result = forms.ChoiceField(label="结果", choices=[("", "请选择"), *CoordinationResult.choices])
    answer = forms.CharField(label="答复内容", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    paper = forms.FileField(label="复函（扫描件）", required=False)


class ReassessForm(forms.Form):
    verdict = forms.ChoiceField(
        label="结论",
        widget=forms.RadioSelect,
        choices=[
            (Conclusion.KEEP, "仍不公开：情形没有变化，写明理由"),
            (Conclusion.OPEN, "转为主动公开：回到拟稿，由拟稿人送审，照常审核、签发"),
        ],
    )
    reason = forms.CharField(
        label="理由", max_length=300, widget=forms.Textarea(attrs={"rows": 3}), help_text="至少 20 字"
    )


class NumberingForm(forms.Form):
    agency = forms.ModelChoiceField(
        label="适用机关", queryset=Agency.objects.none(), required=False, empty_label="全县（没有自己规则的机关）"
    )
    pattern = forms.CharField(
        label="索引号的组成",
        max_length=80,
        help_text="可用 {code} 机关代码、{catalogue} 目录代码、{year} 年、{month} 月、{serial:05d} 流水号（补零到 5 位）",
    )
    reset = forms.ChoiceField(label="流水何时归零", choices=list(RESETS.items()))

    def __init__(self, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["agency"].queryset = Agency.objects.exclude(legal_kind="village").order_by("path")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if "pattern" in given and "reset" in given:
            try:
                given["rule"] = IndexRule(given["pattern"], given["reset"])
            except Refused as refused:
                self.add_error("pattern", str(refused))
        return given


class SecretReferenceForm(forms.Form):
    agency = forms.ModelChoiceField(label="机关", queryset=Agency.objects.none(), empty_label=None)
    alias = forms.CharField(label="代称", max_length=20, help_text="如“甲字3号”；不得写标题和内容")
    level = forms.ChoiceField(label="密级", choices=SecrecyLevel.choices)
    docno = forms.CharField(label="发文字号", max_length=60, help_text="如 青政发〔2026〕7号")
    place = forms.CharField(label="存放处", max_length=60, help_text="如 县委机要室 2 号柜")

    def __init__(self, agencies: Any, data: Any = None) -> None:
        super().__init__(data)
        self.fields["agency"].queryset = agencies


class SeriesForm(forms.Form):
    """Which organ's numbers, and of which year."""

    agency = organ_filter(empty_label=None)
    year = forms.IntegerField(label="年份", required=False, min_value=1949, max_value=2200)

    def __init__(self, agencies: Any, data: Any = None, *, today: date | None = None) -> None:
        super().__init__(data, initial={"year": today.year if today else None})
        self.fields["agency"].queryset = agencies
