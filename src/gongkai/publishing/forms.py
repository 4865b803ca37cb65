from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.db.models import QuerySet

from gongkai.agencies.models import Agency
from gongkai.documents.intake import TABLES, take_upload
from gongkai.documents.models import RecordedInstruction
from gongkai.publishing.chain import Subject, used_elsewhere
from gongkai.publishing.checks import DOCUMENT, NOT_OPEN
from gongkai.publishing.forms_filters import column_filter, organ_filter
from gongkai.publishing.forms_interpretation import InterpretationFields
from gongkai.publishing.forms_metadata import MetadataForm
from gongkai.publishing.models import (
    Channel,
    Column,
    ItemClass,
    NormativeKind,
    Openness,
    WithdrawalKind,
)
from gongkai.publishing.tables import table_text
from gongkai.publishing.vouched import Vouched
from gongkai_core.refusals import Refused
from gongkai_core.review_chain import GATES
from gongkai_core.states.items import STATES

SECRECY_MEANS = "保密：不涉及国家秘密、工作秘密、商业秘密和个人隐私，可以公开"
NEVER = datetime.max.replace(tzinfo=UTC)
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def urgent_field() -> forms.CharField:
    """Why a text takes the short chain; empty for the ordinary one."""
    return forms.CharField(
        label="紧急事由",
        max_length=200,
        required=False,
        help_text="紧急事项送审时填：先作保密审查、由一名领导签发，公开后一个工作日内补校补审",
    )


class ComposeForm(MetadataForm, InterpretationFields):
    """发稿: five fields and the text; the rest is derived or stands folded away."""

    title = forms.CharField(label="标题", max_length=200, widget=forms.TextInput(attrs={"autofocus": True}))
    column = forms.ModelChoiceField(label="栏目", queryset=Column.objects.order_by("position"), empty_label="请选择")
    openness = forms.ChoiceField(label="公开属性", choices=Openness.choices, initial=Openness.OPEN)
    docno = forms.CharField(label="发文字号", max_length=60, required=False, help_text="公文填写，如 青政发〔2026〕7号")
    formed_on = forms.DateField(
        label="成文日期", required=False, widget=DAY, help_text="公文的成文日期；其他信息填形成或者变更的日期"
    )
    body = forms.CharField(
        label="正文",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16, "data-rich": ""}),
        help_text="可从 Word、WPS 整篇粘贴，标题、列表、表格照原样保留；一行一段",
    )
    normative_kind = forms.ChoiceField(
        label="文件性质", required=False, choices=[("", "一般信息"), *NormativeKind.choices]
    )
    item_class = forms.ChoiceField(label="条目类别", choices=ItemClass.choices, initial=ItemClass.ORDINARY)
    valid_until = forms.DateField(label="有效期至", required=False, widget=DAY)
    shown_until = forms.DateField(label="公示截止日", required=False, widget=DAY, help_text="名单类必填；次日自动撤下")
    backdated_reason = forms.CharField(
        label="补登说明", max_length=300, required=False, help_text="成文日期早、文号年份不符的旧文件，送审前说明原因"
    )
    urgent_reason = urgent_field()
    correction = forms.CharField(
        label="更正说明",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="更正已公开的内容时填写，登在网页上（条例第六条）；旧文内部保留",
    )

    BY_HAND = ("title", "column", "openness", "docno", "formed_on", "body", "confirmed_note")

    def __init__(self, *args: Any, revising: bool = False, **given: Any) -> None:
        super().__init__(*args, **given)
        if not revising:
            del self.fields["correction"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("docno") and not given.get("formed_on") and "formed_on" not in self.errors:
            self.add_error("formed_on", f"有发文字号的公文须填成文日期（{DOCUMENT}）")
        if given.get("openness") != Openness.OPEN and not given.get("openness_reason"):
            self.add_error("openness_reason", f"不主动公开的，须写明理由（{NOT_OPEN}）")
        return given

    @property
    def folded(self) -> list[Any]:
        """The ground of what is not open first: a person comes here for it most often."""
        return sorted(
            (self[name] for name in self.fields if name not in self.BY_HAND),
            key=lambda bound: not bound.name.startswith(("exemption", "openness")),
        )

    @property
    def open_folded(self) -> bool:
        """Whether something folded away is wrong or was filled in."""
        filled = any(bound.errors or bound.value() not in ("", None, False, bound.initial) for bound in self.folded)
        return filled or bool(self["interprets"].value())


def offer_words(form: forms.Form, subject: Any) -> None:
    """Offer leaders' words (代录批示) given since the subject was sent, or no such field where there are none."""
    words = RecordedInstruction.objects.filter(agency=subject.agency, given_at__gte=subject.submitted_at or NEVER)
    words = words.exclude(entered_by=subject.author_id).exclude(leader=subject.author_id)
    words = words.exclude(pk__in=used_elsewhere(subject).values("pk"))
    form.fields["instruction"].queryset = words.select_related("leader").order_by("-given_at")
    if not words.exists():
        del form.fields["instruction"]


class DecisionForm(forms.Form):
    """A decision at the waiting step on what was read (`seen` is its digest), one's own or a leader's word."""

    seen = forms.CharField(widget=forms.HiddenInput)
    step = forms.IntegerField(widget=forms.HiddenInput)
    gates = forms.MultipleChoiceField(label="六关", required=False, widget=forms.CheckboxSelectMultiple)
    passed = forms.BooleanField(required=False)
    remarks = forms.CharField(
        label="意见", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text="退回时必填"
    )
    instruction = forms.ModelChoiceField(
        label="代录批示", queryset=RecordedInstruction.objects.none(), required=False, empty_label="本人办理"
    )

    to = forms.ChoiceField(label="退回给", required=False)

    def __init__(self, subject: Subject, data: Any = None) -> None:
        super().__init__(data, initial={"seen": subject.digest, "step": subject.position})
        self._ask_gates(subject)
        self._offer_ways_back(subject)
        offer_words(self, subject)

    def _ask_gates(self, subject: Subject) -> None:
        """The gates of the waiting step: in one line ticked by one act, or singly (domain-spec §11.2 item 12)."""
        step = subject.current_step
        gates = step.gates if step else ()
        self.in_one_line = gates if not subject.frozen_chain.singly else ()
        if not gates or self.in_one_line:
            del self.fields["gates"]
        else:
            self.fields["gates"].choices = [(gate, GATES[gate]) for gate in gates]
            self.fields["gates"].help_text = SECRECY_MEANS if step and step.secrecy else ""
        if self.in_one_line:
            words = "、".join(GATES[gate] for gate in gates)
            secrecy = f"（{SECRECY_MEANS}）" if "secrecy" in gates else ""
            self.fields["passed"].label = f"已过{words}关{secrecy}"
        else:
            del self.fields["passed"]

    def _offer_ways_back(self, subject: Subject) -> None:
        """The author, and the steps already done before the signature."""
        done = subject.steps[: subject.position] if subject.state != "published" else ()
        if done:
            earlier = [(str(place), f"{step.label}") for place, step in enumerate(done)]
            self.fields["to"].choices = [("", "拟稿人"), *reversed(earlier)]
        else:
            del self.fields["to"]

    @property
    def decision(self) -> Vouched:
        """What an approval takes of the cleaned form."""
        given = self.cleaned_data
        gates = self.in_one_line if given.get("passed") else given.get("gates", ())
        return Vouched(tuple(gates), given["remarks"], given["seen"], given["step"], given.get("instruction"))

    @property
    def way_back(self) -> dict[str, Any]:
        """What a return takes of the cleaned form."""
        given = self.cleaned_data
        to = given.get("to", "")
        return {"remarks": given["remarks"], "step": given["step"], "to": int(to) if to else None}

    @property
    def for_leader(self) -> bool:
        """Whether a leader's word given since the submission could be used."""
        return "instruction" in self.fields

    def refuse(self, refused: Refused, subject: Subject) -> None:
        """Show why not; the page now shows the subject as it stands, so the next decision is about that."""
        self.add_error(None, str(refused.refusal))
        data = self.data.copy()
        data["seen"], data["step"] = subject.digest, subject.position
        self.data = data


class WithdrawForm(forms.Form):
    kind = forms.ChoiceField(
        label="撤回类别",
        widget=forms.RadioSelect,
        choices=[
            (WithdrawalKind.OPEN, "公开说明：失效、更正、决定被变更或者撤销；留标题和理由"),
            (WithdrawalKind.SILENT, "静默：涉密、个人隐私、不实信息；网站上什么都不留"),
        ],
    )
    reason = forms.CharField(label="理由", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class ChannelForm(forms.Form):
    channel = forms.ChoiceField(label="渠道", choices=[c for c in Channel.choices if c[0] != Channel.WEBSITE])
    on = forms.DateField(label="公开日期", widget=DAY)


class ImportForm(forms.Form):
    title = forms.CharField(label="批次名称", max_length=200, help_text="如 2026年第三季度行政处罚决定")
    column = forms.ModelChoiceField(label="栏目", queryset=Column.objects.order_by("position"), empty_label="请选择")
    table = forms.CharField(
        label="表格内容",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "wrap": "off"}),
        help_text="从 Excel 连同表头整块粘贴。表头：标题、正文（必有），"
        "发文字号、成文日期、文件性质、有效期至、公示截止日、补登说明、附件（可有）；附件写下面添加的文件名，几个用分号隔开",
    )
    file = forms.FileField(
        label="或者选择文件",
        required=False,
        widget=forms.FileInput(attrs={"accept": TABLES.accept}),
        help_text="Excel（.xlsx，读第一张可见的表）、CSV（UTF-8 或者 GB18030），或者本系统导出的 JSON",
    )
    hits_reason = forms.CharField(
        label="保留个人信息的理由", max_length=200, required=False, help_text="表中确须公开个人信息的填写，对整批有效"
    )
    urgent_reason = urgent_field()

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if file := given.get("file"):
            try:
                given["table"] = table_text(take_upload(file, TABLES))
            except Refused as refused:
                self.add_error("file", str(refused.refusal))
        if not given.get("table", "").strip() and not self.errors:
            self.add_error("table", "请粘贴表格，或者选择文件")
        return given


class SubmitBatchForm(forms.Form):
    urgent_reason = urgent_field()


class DeskFilterForm(forms.Form):
    q = forms.CharField(label="标题", required=False, max_length=50)
    agency = organ_filter()
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *STATES.items()])
    column = column_filter()

    def __init__(self, agencies: QuerySet[Agency], data: Any = None) -> None:
        super().__init__(data)
        self.fields["agency"].queryset = agencies.order_by("path")


class PublicFilterForm(forms.Form):
    q = forms.CharField(label="标题或文号", required=False, max_length=50)
    year = forms.IntegerField(label="年份", required=False, min_value=1949, max_value=2200)
