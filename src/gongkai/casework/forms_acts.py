"""Forms of the acts outside the plain course of a case: 重新答复, 延迟答复, 不再等候, 分办, 协办, 拆分, 转交, 备注."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from gongkai.agencies.calendar import office_calendar
from gongkai.agencies.models import ADMINISTRATORS, Agency, Role, User
from gongkai.casework import rules, signing
from gongkai.casework.actions.refer_secrecy import WHO_TELLS
from gongkai.casework.actions.reopen import LONGEST_TERM, orders_on
from gongkai.casework.actions.write_note import LONGEST as LONGEST_NOTE
from gongkai.casework.forms import EMPTY, CaseForm, DayField, PaperField, SendForm, text_field
from gongkai.casework.models import Disclosable, Held, Method, ReviewCase, SigningRule
from gongkai.documents.models import RecordedInstruction

OWN = "own"
TERM_UNITS = [("days", "日"), ("workdays", "工作日")]


class ReopenForm(CaseForm):
    """重新答复: on which order, when it came in, in what time."""

    order = forms.ChoiceField(
        label="依据", choices=[], help_text="复议、诉讼台账中结果为撤销、责令、确认违法、调解的；先在台账登记结果"
    )
    received_on = DayField("收到决定书、判决书之日", help_text="自行纠正的填决定之日")
    term = forms.IntegerField(
        label="载明的期限", required=False, min_value=1, max_value=LONGEST_TERM,
        help_text="没有载明的不填，按收到次日起 20 个工作日",
    )  # fmt: skip
    unit = forms.ChoiceField(label="期限单位", choices=TERM_UNITS, initial="days")
    reason = text_field("要求或者理由", long=True, required=False, max_length=2000, help_text="自行纠正的必填")
    paper = PaperField("决定书、判决书", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.orders = {str(row.public_id): row for row in orders_on(self.case)}
        field: Any = self.fields["order"]
        rows = [
            (
                key,
                f"{'行政复议' if isinstance(row, ReviewCase) else '行政诉讼'} {row.docket} {row.get_outcome_display()}",
            )
            for key, row in self.orders.items()
        ]
        field.choices = [*EMPTY, *rows, (OWN, "本机关自行纠正")]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("order") == OWN and not data.get("reason", "").strip():
            self.add_error("reason", "自行纠正的须写明理由")
        data["order"] = self.orders.get(data.get("order", ""))
        data["term_in_workdays"] = data.pop("unit", "") == "workdays"
        return data


class DelayForm(SendForm):
    """延迟答复: the day that the organ and the applicant's reasons allow (条例第三十五条)."""

    delayed_by = DayField("延迟答复至", help_text="须晚于现在的答复期限；印在延迟答复告知书上")
    field_order = ("delayed_by", "method", "sent_on")


class ResumeForm(CaseForm):
    reason = text_field("不再等候的理由", long=True, max_length=500, help_text="自登记之日的次一工作日起继续计算期限")


class SecrecyForm(SendForm):
    """保密请示: to whom, about what. The matter itself is told outside this system if it is classified."""

    to = forms.ChoiceField(label="报请", choices=[*EMPTY, *WHO_TELLS.items()])
    name = text_field("单位名称", max_length=100)
    contact = text_field("联系方式", required=False, max_length=100)
    question = text_field("涉及的信息", max_length=300, help_text="只写代称，不写涉密内容；不得出现申请人的信息")
    answer_term = text_field("答复时限", initial="尽快", max_length=40)
    field_order = ("to", "name", "contact", "question", "answer_term", "method", "sent_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["method"].initial = Method.POST


class AssignForm(CaseForm):
    """分办、改派: to whom, with what instructions."""

    handler = forms.ModelChoiceField(User.objects.none(), label="承办人", empty_label=None)
    words = text_field("分办意见", long=True, required=False, max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["handler"]
        field.queryset = people_of(self.case.agency, self.today, Role.HANDLER)


class RefuseAssignmentForm(CaseForm):
    reason = text_field("退回理由", long=True, max_length=500)


class AssistanceForm(SendForm):
    """请求协办: one organ, one person of the own organ, or a unit that answers on paper."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label="协办机关", required=False, empty_label="（不填）")
    person = forms.ModelChoiceField(User.objects.none(), label="本机关人员", required=False, empty_label="（不填）")
    unit = text_field("其他单位", required=False, max_length=100, help_text="系统里没有的单位，书面反馈")
    matter = text_field("协助检索的信息", max_length=300, help_text="不得出现申请人的姓名、证件号、住址、电话、邮箱")
    due_on = DayField("反馈期限")
    letter = forms.BooleanField(label="出具协办函", required=False)
    field_order = ("agency", "person", "unit", "matter", "due_on", "letter", "method", "sent_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agency: Any = self.fields["agency"]
        agency.queryset = Agency.objects.answering().existing(self.today).exclude(pk=self.case.agency_id)
        person: Any = self.fields["person"]
        person.queryset = people_of(self.case.agency, self.today)
        self.fields["matter"].initial = self.case.subject
        self.fields["method"].label, self.fields["sent_on"].label = "协办函送达方式", "请求日"
        self.fields["due_on"].initial = office_calendar().add_workdays(self.today, rules.ASSIST_WITHIN.value())


class AssistanceAnswerForm(CaseForm):
    """反馈: for who is asked, and for the handler who enters what came in on paper."""

    on = DayField("反馈日")
    held = forms.ChoiceField(label="制作、保存情况", choices=Held.choices, widget=forms.RadioSelect)
    disclosable = forms.ChoiceField(label="公开意见", choices=[*EMPTY, *Disclosable.choices], required=False)
    words = text_field("检索经过和依据", long=True, required=False, max_length=2000)
    paper = PaperField("反馈材料", required=False)


class SplitForm(CaseForm):
    """拆分: one request a box; who was told, when and how."""

    parts = text_field(
        "拆分后各件的申请内容", long=True, max_length=10000,
        help_text="照原文，每件之间空一行。第一件沿用本登记号，其余各取新号",
    )  # fmt: skip
    reason = text_field("拆分理由", long=True, max_length=500)
    told_on = DayField("告知申请人之日")
    told_how = text_field("告知方式", max_length=60, help_text="例如 电话、当面、短信")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parts"].widget.attrs["rows"] = 10
        self.fields["parts"].initial = self.case.info_desc
        self.fields["told_on"].initial = self.today

    def clean_parts(self) -> list[str]:
        text = self.cleaned_data["parts"].replace("\r\n", "\n")
        parts = [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]
        if len(parts) < 2:
            raise forms.ValidationError("至少两件，每件之间空一行")
        return parts


class PassOnForm(CaseForm):
    """转交: only what names another organ."""

    to = forms.ModelChoiceField(Agency.objects.none(), label="申请书写明的受理机关", empty_label="请选择")
    named = forms.BooleanField(label="已核对：申请书写明由该机关受理，误送到本机关")
    keeps_day = forms.BooleanField(label="同一机关内部误投，收到日不变", required=False)
    reason = text_field("转交理由", max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["to"]
        field.queryset = Agency.objects.answering().existing(self.today).exclude(pk=self.case.agency_id)


class NoteForm(CaseForm):
    words = text_field("办理备注", long=True, max_length=LONGEST_NOTE, help_text="只有办理人员看得到；写下后不能修改")


def people_of(agency: Agency, today: date, role: str = "") -> QuerySet[User]:
    """People with a post at the organ on a day, by name; the three administrators handle no business."""
    posts = agency.appointments.filter(valid_from__lte=today).exclude(valid_to__lt=today)
    posts = posts.filter(role=role) if role else posts.exclude(role__in=ADMINISTRATORS)
    return User.objects.filter(pk__in=posts.values("user"), is_active=True).order_by("name")


class WordField(forms.ModelChoiceField):
    """A leader's recorded word that stands under no paper yet (代录批示)."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(RecordedInstruction.objects.none(), label="代录批示", **kwargs)

    def label_from_instance(self, word: RecordedInstruction) -> str:
        return f"{word.leader} {word.given_at:%Y-%m-%d} {word.get_channel_display()}：{word.words[:40]}"


class RecordedForm(CaseForm):
    """签发 or 同意延期 on a leader's word."""

    instruction = WordField(empty_label="请选择", help_text="先在“代录批示”登记；一件一批示")


class AskSignOffForm(CaseForm):
    kind = forms.ChoiceField(label="文书", choices=[])
    words = text_field("呈签内容", long=True, max_length=2000, help_text="文书要写的事项，签发人据此签发")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["kind"]
        field.choices = [
            (kind, f"{kind.label}（{signing.level_for(self.case.agency, kind).label}签发）")
            for kind in signing.ALONG_THE_WAY
        ]


class SignOffForm(CaseForm):
    approve = forms.TypedChoiceField(
        label="意见", choices=[("1", "签发"), ("0", "退回")], widget=forms.RadioSelect,
        coerce=lambda value: value == "1",
    )  # fmt: skip
    remarks = text_field("退回意见", long=True, required=False, max_length=500)
    instruction = WordField(required=False, empty_label="本人签发")


class SigningRulesForm(forms.Form):
    """签发权限 of all kinds at once, for one organ or for all."""

    def __init__(self, *args: Any, agency: Agency | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = dict(SigningRule.objects.filter(agency=agency).values_list("kind", "level"))
        for kind, default in signing.DEFAULTS.items():
            shown = "用全县的" if agency else f"默认：{default.level.label}"
            self.fields[kind] = forms.ChoiceField(
                label=kind.label, required=False, initial=own.get(kind, ""),
                choices=[("", shown), *((level, level.label) for level in default.allowed)],
                help_text=default.source if default.confirmed else f"{default.source}（待核）",
            )  # fmt: skip
