"""Forms of what is done to a row of the registers, and the entry forms of 更正申请 and 主动公开建议."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from gongkai.agencies.models import Agency, Role, User
from gongkai.casework import register_drafts, signing
from gongkai.casework.forms import EMPTY, DayField, PaperField, text_field
from gongkai.casework.forms_acts import people_of
from gongkai.casework.forms_remedies import REPLY_DUE_HINT, EntryForm, case_numbers, cases_named, day_field
from gongkai.casework.models import (
    ApplicantKind,
    Case,
    Channel,
    CorrectionResult,
    IdType,
    Method,
    RegisterPaper,
    ReviewCase,
    SuggestionResult,
)
from gongkai.documents.models import RecordedInstruction
from gongkai.publishing.models import Item
from gongkai_core.letters import LETTERS, VARIABLE_LABELS

_LONG = ("facts", "grounds", "opinion", "items", "agents", "measures", "finding", "record", "result", "matter")
LONGEST = 50_000


class RowForm(forms.Form):
    """About one row of a register, opened by one person on one day."""

    use_required_attribute = False

    def __init__(self, *args: Any, row: Any, by: User, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.row, self.by, self.today = row, by, today
        for name in ("on", "sent_on"):
            if name in self.fields:
                self.fields[name].initial = today


# Reviews and suits ---------------------------------------------------------------------------------------------------


class ReviseForm(RowForm):
    """What the proceeding is about and how long there is."""

    case_numbers = case_numbers()
    simplified = forms.BooleanField(label="简易程序（5 个工作日内答复）", required=False)
    notice_number = text_field("来文文号", max_length=60, required=False)
    reply_due_on = DayField("来文载明的期限", required=False, help_text=REPLY_DUE_HINT)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        numbers = self.row.cases.order_by("pk").values_list("number", flat=True)
        self.fields["case_numbers"].initial = "\n".join(numbers)
        self.fields["reply_due_on"].initial = self.row.reply_due_on
        for name in ("simplified", "notice_number"):
            if isinstance(self.row, ReviewCase):
                self.fields[name].initial = getattr(self.row, name)
            else:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        lines = data.pop("case_numbers", "").splitlines()
        cases = Case.objects.for_user(self.by, on=self.today).defer("info_desc")
        data["cases"] = cases_named(self, "case_numbers", lines, cases, self.row.agency)
        return data


class OnForm(RowForm):
    on = DayField("日期")


class AdviceForm(RowForm):
    """复议意见书、司法建议 that came in."""

    number = text_field("来文文号", max_length=60)
    received_on = DayField("收到日")
    due_on = DayField("来文载明的期限", required=False, help_text=REPLY_DUE_HINT)
    gist = text_field("意见、建议的内容", long=True, max_length=5000, help_text="加密保存。")


class RegisterFileForm(RowForm):
    name = text_field("材料名称", max_length=60, help_text="例如 复议决定书、证据；不写人名")
    paper = PaperField("扫描件或者文件")


# Complaints ----------------------------------------------------------------------------------------------------------


class AssignComplaintForm(RowForm):
    """转办: to which organ, by when, and whether the original goes along."""

    to = forms.ModelChoiceField(Agency.objects.none(), label="转办机关", empty_label="请选择")
    due_on = DayField("反馈期限")
    original_reason = text_field(
        "附原件的理由", long=True, required=False, max_length=500,
        help_text="必须让该机关看到举报人和举报原文的才写；不写的，该机关只看到摘要",
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        organs = Agency.objects.existing(self.today).exclude(pk=self.row.received_at_id)
        field: Any = self.fields["to"]
        field.queryset = organs.exclude(legal_kind="village").order_by("path")


class WordsForm(RowForm):
    words = text_field("查办情况", long=True, max_length=5000, help_text="加密保存。")


class ToldForm(RowForm):
    on = DayField("告知日")
    way = forms.ChoiceField(label="告知方式", choices=[*EMPTY, *Method.choices])


# 更正申请 --------------------------------------------------------------------------------------------------------------


class RecordCorrectionForm(EntryForm):
    """A request to correct a record about the applicant: who, which record, what it should say, on what evidence."""

    channel = forms.ChoiceField(label="渠道", choices=Channel.choices, initial=Channel.IN_PERSON)
    received_on = day_field("收到日")
    kind = forms.ChoiceField(label="申请人类型", choices=ApplicantKind.choices)
    name = text_field("姓名或者名称", max_length=100, help_text="加密保存，只显示遮蔽的名字。")
    id_type = forms.ChoiceField(label="证件类型", choices=[*EMPTY, *IdType.choices], required=False)
    id_number = text_field("证件号码", max_length=40, required=False)
    phone = text_field("联系电话", max_length=40, required=False)
    email = forms.EmailField(label="电子邮箱", required=False)
    address = text_field("通信地址", max_length=200, required=False, help_text="电话、邮箱、地址有一项即可")
    subject = text_field("摘要", max_length=100, help_text="列表上显示，不写人名、电话和住址。")
    record_words = text_field("要求更正的记录", long=True, max_length=3000, help_text="哪一份信息、哪一处；加密保存。")
    wanted = text_field("要求更正为", long=True, max_length=1000, help_text="加密保存。")
    evidence_words = text_field("证据", long=True, required=False, max_length=2000, help_text="申请人提供了什么证据。")
    request_paper = PaperField("更正申请书", required=False)
    evidence_paper = PaperField("证据材料", required=False)

    _PERSON = ("kind", "name", "id_type", "id_number", "phone", "email", "address")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not any(data.get(name) for name in ("phone", "email", "address")):
            self.add_error("phone", "电话、邮箱、地址至少填一项，否则无法告知结果")
        data["applicant"] = {name: data.pop(name, "") for name in self._PERSON}
        return data


class GiveForm(RowForm):
    """分办."""

    handler = forms.ModelChoiceField(User.objects.none(), label="承办人", empty_label="请选择")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["handler"]
        field.queryset = people_of(self.row.agency, self.today, Role.HANDLER)


class ExamineCorrectionForm(RowForm):
    """审核: whether it is true, and where it belongs."""

    result = forms.ChoiceField(label="审核结果", choices=[*EMPTY, *CorrectionResult.choices])
    finding = text_field(
        "审核情况", long=True, max_length=3000, help_text="证据是什么、是否属实、理由；印在更正告知书“经审核，”之后"
    )
    right_organ = text_field("有权更正的机关", max_length=100, required=False, help_text="不属于本机关的填写全称")
    right_contact = text_field("该机关联系方式", max_length=100, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in self.fields:
            self.fields[name].initial = getattr(self.row, name)


# 主动公开建议 ----------------------------------------------------------------------------------------------------------


class SuggestionForm(EntryForm):
    """A suggestion to make information public for all."""

    received_on = day_field("收到日")
    source = text_field("来源", max_length=60, help_text="例如 申请人、来信、多人申请同一信息、本机关办件中发现。")
    subject = text_field("摘要", max_length=100, help_text="列表上显示，不写人名、电话和住址。")
    words = text_field("建议公开的信息", long=True, max_length=3000, help_text="加密保存。")
    suggester = text_field("建议人", max_length=100, required=False, help_text="加密保存，只显示遮蔽的名字。")
    contact = text_field("联系方式", max_length=200, required=False, help_text="告知结果用；加密保存。")
    case_number = forms.CharField(
        label="登记号", max_length=60, required=False, help_text="由哪一件申请而来；没有就空着。"
    )


class ExamineSuggestionForm(RowForm):
    result = forms.ChoiceField(label="审核结果", choices=[*EMPTY, *SuggestionResult.choices])
    reason = text_field("理由", long=True, required=False, max_length=2000, help_text="不属于主动公开范围的必填")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["result"].initial, self.fields["reason"].initial = self.row.result, self.row.reason


class LinkItemForm(RowForm):
    """The item that is public now, by its index number."""

    index_no = text_field("索引号", max_length=40, help_text="已经公开的条目的索引号，在条目页上")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        number = data.pop("index_no", "").strip()
        item = self._items().filter(index_no=number).first() if number else None
        if number and item is None:
            self.add_error("index_no", f"{self.row.agency.short_name}没有索引号为“{number}”的已公开条目")
        data["item"] = item
        return data

    def _items(self) -> QuerySet[Item]:
        found: QuerySet[Item] = Item.objects.filter(agency=self.row.agency, state="published", isolated_at=None)
        return found


# Papers --------------------------------------------------------------------------------------------------------------


class PaperForm(forms.Form):
    """The draft of a paper: every variable that is not the system's, labelled as in the letters."""

    use_required_attribute = False

    def __init__(self, *args: Any, paper: RegisterPaper, **options: Any) -> None:
        super().__init__(*args, initial=paper.drafted, **options)
        letter = LETTERS[paper.letter]
        for name in register_drafts.editable(paper.letter):
            label, optional = VARIABLE_LABELS[name], name in letter.optional
            if name in register_drafts.DAYS:
                self.fields[name] = DayField(label, required=False)
            else:
                long = name in _LONG
                self.fields[name] = text_field(
                    label, long=long, required=False, max_length=LONGEST if long else 500,
                    help_text="可以不填" if optional else "",
                )  # fmt: skip
                if long:
                    self.fields[name].widget.attrs["rows"] = 8

    @property
    def variables(self) -> dict[str, str]:
        """What was typed, as text."""
        return {name: "" if value is None else str(value) for name, value in self.cleaned_data.items()}


class SignPaperForm(forms.Form):
    """签发; on a leader's recorded word where one is chosen."""

    instruction = forms.ModelChoiceField(
        RecordedInstruction.objects.none(), label="代录批示", required=False, empty_label="本人签发",
        help_text="用批示签发的，先在“代录批示”登记；一份文书一条批示",
    )  # fmt: skip

    def __init__(self, *args: Any, paper: RegisterPaper, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["instruction"]
        field.queryset = signing.unused_words(paper.agency)


class SendPaperForm(forms.Form):
    method = forms.ChoiceField(label="送达方式", choices=Method.choices, initial=Method.IN_PERSON)
    sent_on = DayField("发出日")
    tracking = text_field("邮件号", max_length=40, required=False)


class VoidPaperForm(forms.Form):
    reason = text_field("作废的原因", max_length=200)
