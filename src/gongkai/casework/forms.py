"""Clerks' forms: everything at once, dense, keyboard from top to bottom."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from gongkai.agencies.models import Agency
from gongkai.casework import mailing, outgoing, rules, signing
from gongkai.casework.actions.ask import AGENCY_BASES
from gongkai.casework.actions.seal import DEFAULT_SEAL
from gongkai.casework.models import (
    AnsweringBody,
    ApplicantKind,
    Case,
    Channel,
    FeeMethod,
    FileKind,
    IdType,
    Method,
    Opinion,
    ProvideForm,
    ProvideRoute,
)
from gongkai.casework.notices import planned_method
from gongkai.casework.papers import PAPER_HINT, take_paper
from gongkai.documents.intake import PAPERS, Door, take_upload
from gongkai.documents.models import RecordedInstruction
from gongkai_core.letters import LEGAL_REVIEW_CHOICES
from gongkai_core.refusals import Refused

EMPTY = [("", "请选择")]


class DayField(forms.DateField):
    """A legal day, picked or typed as YYYY-MM-DD."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(label=label, widget=widget, **kwargs)


class PaperField(forms.FileField):
    """One scan or file, through a door. A letter of an applicant's (`letter`) may be withheld for a mark."""

    def __init__(self, label: str, *, letter: bool = False, door: Door = PAPERS, **kwargs: Any) -> None:
        self.letter, self.door = letter, door
        kwargs.setdefault("help_text", PAPER_HINT)
        super().__init__(label=label, widget=forms.ClearableFileInput(attrs={"accept": door.accept}), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        if not isinstance(upload, UploadedFile):
            return upload
        try:
            return take_paper(upload) if self.letter else take_upload(upload, self.door)
        except Refused as refused:
            raise forms.ValidationError(str(refused.refusal)) from None


def text_field(label: str, *, long: bool = False, **kwargs: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3}) if long else forms.TextInput()
    return forms.CharField(label=label, widget=widget, **kwargs)


class CaseForm(forms.Form):
    """A form about one case, opened by one person on one day."""

    def __init__(self, *args: Any, case: Case, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case, self.today = case, today
        for name in ("sent_on", "on", "delivered_on"):
            if name in self.fields and self.fields[name].required:
                self.fields[name].initial = today
        if "instruction" in self.fields:
            field: Any = self.fields["instruction"]
            field.queryset = signing.unused_instructions(case)
        if "method" in self.fields:
            self.fields["method"].initial = planned_method(case)


def need_day_of_signing(form: forms.Form, data: dict[str, Any]) -> dict[str, Any]:
    """A registered letter's day of receipt is that of its signing (条例第三十一条): whoever has the letter knows it."""
    if data.get("channel") == Channel.POST_SIGNED and not data.get("signed_on") and "signed_on" not in form.errors:
        form.add_error("signed_on", "挂号信、特快专递以签收之日为收到之日，请填签收日")
    return data


class LettersForm(forms.Form):
    """Letters that came to one of the organs where the person registers."""

    def __init__(self, *args: Any, agencies: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["agency"]
        field.queryset = agencies
        self.fields["submitted_on"].initial = today

    def clean(self) -> dict[str, Any]:
        return need_day_of_signing(self, super().clean() or {})


class PaperApplicationForm(LettersForm):
    """A paper letter on one page (portal-ux §5.9 ②: registered in two minutes)."""

    key = forms.CharField(widget=forms.HiddenInput)
    agency = forms.ModelChoiceField(Agency.objects.none(), label="受理机关", empty_label=None)
    channel = forms.ChoiceField(
        label="渠道", choices=[row for row in Channel.choices if row[0] != Channel.ONLINE], initial=Channel.POST_SIGNED
    )
    submitted_on = DayField("收件日", help_text="当面为提交之日；信件为到件之日")
    signed_on = DayField("签收日", required=False, help_text="挂号信、特快专递填签收日，收发室签收即为签收")
    confirmed_on = DayField(
        "确认日", required=False, help_text="平信、传真、电子邮件填双方确认之日；还没有确认的留空，先收件，确认后再登记"
    )
    oral = forms.BooleanField(label="口头申请，由工作人员代填笔录", required=False)
    oral_reason = text_field(
        "不能书面申请的原因", max_length=100, required=False, help_text="口头申请的填写，印在笔录上（条例第二十九条）"
    )
    kind = forms.ChoiceField(label="申请人类型", choices=ApplicantKind.choices)
    name = text_field("姓名或者名称", max_length=100)
    id_type = forms.ChoiceField(label="证件类型", choices=[*EMPTY, *IdType.choices], required=False)
    id_number = text_field("证件号码", max_length=40, required=False, help_text="没有的可以登记后要求补正")
    legal_representative = text_field("法定代表人", max_length=50, required=False)
    contact_person = text_field("联系人", max_length=50, required=False)
    phone = text_field("联系电话", max_length=40, required=False, help_text="电话、邮箱、地址有一项即可")
    email = forms.EmailField(label="电子邮箱", required=False)
    fax = text_field("传真", max_length=30, required=False)
    address = text_field("通信地址", max_length=200, required=False)
    postcode = text_field("邮政编码", max_length=6, required=False)
    agent_name = text_field("受托人", max_length=60, required=False, help_text="受委托代为申请的填写")
    agent_id_number = text_field("受托人证件号码", max_length=40, required=False)
    info_desc = text_field("申请公开的信息（照原文）", long=True, max_length=5000)
    subject = text_field("内容摘要", max_length=100, help_text="列表和对外函件用，不写个人信息")
    provide_form = forms.ChoiceField(label="提供方式", choices=ProvideForm.choices)
    provide_route = forms.ChoiceField(label="获取途径", choices=ProvideRoute.choices, initial=ProvideRoute.POST)
    answering_body = forms.ChoiceField(label="答复主体", choices=AnsweringBody.choices)
    assist_needed = forms.BooleanField(
        label="申请人阅读、书写困难或者有视听障碍，需要帮助（条例第四十三条）", required=False
    )
    scan = PaperField("申请书扫描件", letter=True, required=False)
    identity = PaperField("身份证明", letter=True, required=False)
    authority = PaperField("委托书", letter=True, required=False)

    APPLICANT = (
        "kind", "name", "id_type", "id_number", "legal_representative", "contact_person", "phone", "email", "fax",
        "address", "postcode", "agent_name", "agent_id_number",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].required = not self.only_received

    @property
    def only_received(self) -> bool:
        """先收件，不登记: it may be another organ's, or somebody else registers."""
        return self.data.get("then") == "receive"

    PAPERS = {"scan": FileKind.APPLICATION, "identity": FileKind.IDENTITY, "authority": FileKind.AUTHORITY}
    INTAKE = (
        "channel", "submitted_on", "signed_on", "confirmed_on", "oral", "oral_reason", "info_desc", "provide_form", "provide_route",
        "answering_body", "assist_needed",
    )  # fmt: skip

    def applicant(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.APPLICANT}

    def intake(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.INTAKE}


class RegisterForm(CaseForm):
    subject = text_field("内容摘要", max_length=100, help_text="列表和对外函件用，不写个人信息")
    signed_on = DayField("签收日", required=False)
    confirmed_on = DayField("确认日", required=False)
    answering_body = forms.ChoiceField(label="答复主体", choices=AnsweringBody.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].initial = self.case.subject
        self.fields["signed_on"].initial = self.case.signed_on
        self.fields["confirmed_on"].initial = self.case.confirmed_on
        self.fields["answering_body"].initial = self.case.answering_body


class SendForm(CaseForm):
    """What every letter needs: how and when it leaves."""

    method = forms.ChoiceField(label="送达方式", choices=Method.choices)
    sent_on = DayField("发出日")


class CorrectionForm(SendForm):
    items = text_field("需要补正的事项（逐项写明）", long=True, max_length=2000)
    guidance = text_field("指导和释明", long=True, max_length=1000)
    return_by = DayField("补正截止日", help_text="期限由本机关确定，写明具体日期")

    field_order = ("items", "guidance", "return_by", "method", "sent_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        from gongkai.agencies.calendar import office_calendar

        super().__init__(*args, **kwargs)
        days = rules.CORRECTION_WORKDAYS.value()
        self.fields["return_by"].initial = office_calendar().add_workdays(self.today, days)


class CorrectionReceivedForm(CaseForm):
    on = DayField("收到补正之日")
    info_desc = text_field("补正后的申请内容", long=True, required=False, max_length=5000, help_text="没有变化的留空")
    paper = PaperField("补正材料", letter=True, required=False)


class AskForm(SendForm):
    name = text_field("名称", max_length=100)
    contact = text_field("联系方式", required=False, max_length=100)
    question = text_field("涉及的信息", max_length=300, help_text="不得出现申请人的姓名、证件号、住址、电话、邮箱")
    delivered_on = DayField("送达日", required=False, help_text="还不知道的以后登记")

    field_order = ("name", "contact", "question", "method", "sent_on", "delivered_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["question"].initial = self.case.subject
        self.fields["method"].initial = Method.POST


class AskAgencyForm(AskForm):
    basis = forms.ChoiceField(
        label="依据", choices=[*EMPTY, *((row, row) for row in AGENCY_BASES)],
        help_text="只有依法征求意见才停止期限；以请求检索、协助为由扣除期限，法院多不认可，请用“请求协办”",
    )  # fmt: skip
    answer_term = text_field("答复时限", initial="尽快", max_length=40)
    delivered_on = None

    field_order = ("name", "contact", "basis", "question", "answer_term", "method", "sent_on")


class AnsweredForm(CaseForm):
    on = DayField("收到意见之日")
    opinion = forms.ChoiceField(
        label="意见",
        choices=[row for row in Opinion.choices if row[0] in ("agree", "partial", "refuse", "other")],
        widget=forms.RadioSelect,
    )
    words = text_field("意见和理由", long=True, required=False, max_length=2000)
    paper = PaperField("答复件", required=False)


class DeliveredForm(CaseForm):
    on = DayField("送达之日")


class AskReasonForm(SendForm):
    answer_by = DayField("说明理由的截止日")
    field_order = ("answer_by", "method", "sent_on")


class ReasonForm(CaseForm):
    on = DayField("收到理由之日")
    reasonable = forms.TypedChoiceField(
        label="理由是否合理", choices=[("1", "合理"), ("0", "不合理")], widget=forms.RadioSelect,
        coerce=lambda value: value == "1",
    )  # fmt: skip
    words = text_field("申请人所述理由", long=True, max_length=2000)


class ExtensionForm(CaseForm):
    reason = text_field("延期原因", max_length=300, help_text="印在延期告知书上")


class FeeForm(SendForm):
    tariff = forms.ChoiceField(label="计收方式", choices=FeeMethod.choices, widget=forms.RadioSelect)
    pages = forms.IntegerField(label="页数（按量）", min_value=0, required=False)
    pay_method = text_field("缴纳方式", max_length=200)
    delivered_on = DayField("送达日", help_text="缴费期限从送达次日起算")
    field_order = ("tariff", "pages", "pay_method", "method", "sent_on", "delivered_on")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("tariff") == FeeMethod.PER_PAGE and not data.get("pages"):
            self.add_error("pages", "按量计收的须填页数")
        return data


class PaidForm(CaseForm):
    on = DayField("缴费完成之日")
    collection_code = text_field("非税执收编码", max_length=40, required=False)
    payment_number = text_field("缴款书号", max_length=40, required=False)
    receipt_number = text_field("票据号", max_length=40, required=False)


_REMEDY_WORDS = {
    "choice": "复议或者诉讼任选", "review_first": "先复议，对复议决定不服再诉讼", "review_only": "只写复议", "none": "不写",
}  # fmt: skip


class ReviewForm(CaseForm):
    """法审 and 保密审查: approve, or back with remarks."""

    approve = forms.TypedChoiceField(
        label="意见", choices=[("1", "通过"), ("0", "退回重拟")], widget=forms.RadioSelect,
        coerce=lambda value: value == "1",
    )  # fmt: skip
    opinion = text_field("审查意见", long=True, required=False, max_length=500, help_text="退回须写明意见")


class RemedyForm(ReviewForm):
    """法审 where the law leaves the remedy open: it must be chosen, with the reason."""

    remedy = forms.ChoiceField(
        label="救济途径", choices=[*EMPTY, *((code, _REMEDY_WORDS[code]) for code in LEGAL_REVIEW_CHOICES)],
        required=False, help_text="未选定不得签发",
    )  # fmt: skip
    remedy_reason = text_field("选定的理由", required=False, max_length=300)


class SignForm(CaseForm):
    instruction = forms.ModelChoiceField(
        RecordedInstruction.objects.none(), label="代录批示", required=False, empty_label="本人签发"
    )


class SignOldForm(SignForm):
    """Under the old 条例 the paper that was sent is entered."""

    number = text_field("文号", max_length=60)
    signed_on = DayField("成文日期", help_text="原件上的日期")
    scan = PaperField("原件扫描")


class RemarksForm(CaseForm):
    remarks = text_field("意见", long=True, max_length=500)


class SealForm(CaseForm):
    seal = text_field("印章", max_length=60)
    sealed_on = DayField("用印日期")
    sealed_by = text_field("用印人", max_length=40, help_text="管印章的人")
    copies = forms.IntegerField(label="份数", min_value=1, max_value=99, initial=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seal"].initial = f"{self.case.agency.name}{DEFAULT_SEAL}"[:60]
        self.fields["sealed_on"].initial = self.today


class ScanForm(CaseForm):
    scan = PaperField("用印后的扫描件", help_text="PDF；只有一页的也可以是图片。与审定稿核对页数；有文字层的核对文字")


class AcceptScanForm(CaseForm):
    remarks = text_field("比对意见", long=True, max_length=200, help_text="逐页比对后填写；文字识别有误的写明")


class DeliverForm(SendForm):
    tracking = text_field("邮件号", max_length=40, required=False, help_text="邮寄的必填")
    receiver = text_field("签收人", max_length=50, required=False)
    delivered_on = DayField("送达日", required=False, help_text="当面和网上即为发出日；邮寄的以后登记")
    evidence = PaperField("送达凭证", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        paper = outgoing.waiting(self.case)
        if paper and mailing.by_this_system(paper, Method.EMAIL):
            self.fields["method"].help_text = "选“电子邮件”的，用印后的文书由系统发送到申请人的电子邮箱"


class DeliverAgainForm(DeliverForm):
    """After a letter came back: another way, or the same one again."""


class ConfirmDeliveryForm(CaseForm):
    delivered_on = DayField("送达日", required=False)
    receiver = text_field("签收人", max_length=50, required=False)
    evidence = PaperField("送达凭证", required=False)
    failed = text_field("退回原因", max_length=100, required=False, help_text="退回的填写，不填送达日")


class WithdrawForm(CaseForm):
    on = DayField("撤回之日")
    paper = PaperField("书面撤回件")


class PurposeForm(forms.Form):
    purpose = text_field("查看目的", max_length=200, help_text="每次查看都留痕")
