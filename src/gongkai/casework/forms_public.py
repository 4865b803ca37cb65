"""The questions of the public application form, one group to a page (portal-ux §5.5).

The law asks for identity, contact, a description and the form of supply (条例第二十九条); the purpose is never asked.
Personal data stay in the fields and in the sealed draft; a message never repeats them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from gongkai.casework.models import ApplicantKind, IdType, ProvideForm, ProvideRoute
from gongkai.casework.papers import ACCEPT, PAPER_HINT, Withheld, take_paper
from gongkai.documents.intake import Taken
from gongkai_core.identity import valid_credit_code, valid_resident_id
from gongkai_core.refusals import Refused

MOST_FILES = 5
DESCRIPTION_LENGTH = 1000
_PHONE = re.compile(r"\+?[0-9][0-9\- ]{5,18}[0-9](?:转[0-9]{1,6})?")
_OTHER_NUMBER = re.compile(r"[A-Z0-9（）()\-]{5,30}")


def tidy(text: str) -> str:
    """A number or an address as it was meant: full width as half width, without blanks at its ends."""
    return unicodedata.normalize("NFKC", text).strip()


class LineField(forms.CharField):
    """One line: numbers typed in full width are taken as meant."""

    def to_python(self, value: Any) -> str:
        return tidy(str(super().to_python(value)))


class TextField(forms.CharField):
    """Several lines; a browser sends two signs for each line's end, which counts as one."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(str(value or "").replace("\r\n", "\n")))

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        """No maxlength: a browser would cut a pasted text off without a word."""
        return {}


class PaperInput(forms.FileInput):
    def __init__(self, *, several: bool) -> None:
        self.allow_multiple_selected = several  # read by the parent, which writes the attribute
        super().__init__(attrs={"accept": ACCEPT})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name, [])


class PaperField(forms.Field):
    """Files of a kind that we take; what was chosen on an earlier try (`kept`) satisfies it too."""

    widget = PaperInput

    def __init__(self, *, several: bool = False, help_text: str = "", **options: Any) -> None:
        super().__init__(widget=PaperInput(several=several), help_text=help_text or PAPER_HINT, **options)
        self.several, self.kept = several, 0

    def clean(self, value: list[UploadedFile]) -> list[Taken | Withheld]:
        uploads = [upload for upload in value or [] if upload]
        if self.required and not uploads and not self.kept:
            raise forms.ValidationError(f"请选择要上传的{self.label}", code="no_file")
        if not self.several and len(uploads) > 1:
            raise forms.ValidationError("这里只选一个文件", code="too_many")
        if len(uploads) + (self.kept if self.several else 0) > MOST_FILES:
            raise forms.ValidationError(f"最多 {MOST_FILES} 个文件", code="too_many")
        taken, wrong = [], []
        for upload in uploads:
            try:
                taken.append(take_paper(upload))
            except Refused as refused:
                wrong.append(str(refused.refusal))
        if wrong:
            raise forms.ValidationError(wrong, code="bad_file")
        return taken


class Question(forms.Form):
    """One group of questions: a page of step three. `kept` counts the files already chosen, by slot."""

    heading = ""
    why = ""
    """Why we ask, in plain words."""
    use_required_attribute = False

    def __init__(self, *args: Any, answers: Mapping[str, Any], kept: Mapping[str, int], **options: Any) -> None:
        super().__init__(*args, **options)
        self.answers = answers
        for name, field in self.fields.items():
            if isinstance(field, PaperField):
                field.kept = kept.get(name, 0)

    def is_multipart(self) -> bool:
        """False: chosen files are kept with the draft, so the error summary must not say they are lost."""
        return False

    @property
    def papers(self) -> list[str]:
        """The fields that take files."""
        return [name for name, field in self.fields.items() if isinstance(field, PaperField)]

    def typed(self) -> dict[str, Any]:
        """What was typed, right or wrong, for the next time the page is opened."""
        return {name: self[name].value() or "" for name in self.fields if name not in self.papers}


class KindQuestion(Question):
    heading = "您以什么身份申请"
    why = "不同的申请人要填的内容不同；年度报告按这六类统计。"

    kind = forms.ChoiceField(
        label="申请人类型",
        widget=forms.RadioSelect,
        choices=[
            (ApplicantKind.NATURAL_PERSON, "公民（以个人名义）"),
            *(
                (kind, f"{kind.label}（法人或者其他组织）" if kind == ApplicantKind.OTHER else kind.label)
                for kind in ApplicantKind
                if kind != ApplicantKind.NATURAL_PERSON
            ),
        ],
        help_text="律师受个人委托代为申请的，选“公民”，后面再填受托人。",
    )


class PersonQuestion(Question):
    heading = "您的身份"
    why = "条例第二十九条要求申请时提供姓名和身份证明。证件信息加密保存，只有经办人写明用途后才能打开。"

    name = forms.CharField(
        label="姓名", max_length=60, help_text="与证件上一致。", widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    id_type = forms.ChoiceField(
        label="证件类型", choices=[(one, one.label) for one in IdType if one != IdType.CREDIT_CODE]
    )
    id_number = LineField(label="证件号码", max_length=30, help_text="居民身份证 18 位，末位可能是字母 X。")
    id_front = PaperField(label="证件照片（有姓名、号码的一面）")
    id_back = PaperField(label="证件照片（另一面）", required=False, help_text="居民身份证的国徽面。手机拍照即可。")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if number := data.get("id_number"):
            data["id_number"] = number = number.upper().replace(" ", "")
            if data.get("id_type") == IdType.RESIDENT:
                self._check_resident(number)
            elif not _OTHER_NUMBER.fullmatch(number):
                self.add_error("id_number", "证件号码只含字母和数字，5 至 30 位，请照证件填写")
        if data.get("id_type") == IdType.RESIDENT and "id_back" not in self.errors:
            self._need_back(data)
        return data

    def _need_back(self, data: Mapping[str, Any]) -> None:
        if not data.get("id_back") and not self.fields["id_back"].kept:
            self.add_error("id_back", "居民身份证须两面都上传")

    def _check_resident(self, number: str) -> None:
        if len(number) != 18:
            self.add_error("id_number", f"居民身份证号码是 18 位，现在是 {len(number)} 位")
        elif not valid_resident_id(number):
            self.add_error("id_number", "号码与校验位不符，可能有一位写错，请对照证件核对")


class OrganisationQuestion(Question):
    heading = "单位的身份"
    why = "条例第二十九条要求申请时提供名称和身份证明。上传的证照加密保存。"

    name = forms.CharField(
        label="单位名称",
        max_length=100,
        help_text="与登记证书上一致。",
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    id_number = LineField(label="统一社会信用代码", max_length=18, help_text="18 位，在营业执照或者登记证书上。")
    legal_representative = forms.CharField(label="法定代表人或者负责人", max_length=60)
    contact_person = forms.CharField(label="联系人", max_length=60)
    licence = PaperField(label="营业执照或者登记证书")

    def clean_id_number(self) -> str:
        number = str(self.cleaned_data["id_number"]).upper().replace(" ", "")
        if len(number) != 18:
            raise forms.ValidationError(f"统一社会信用代码是 18 位，现在是 {len(number)} 位")
        if not valid_credit_code(number):
            raise forms.ValidationError("代码与校验位不符，可能有一位写错，请对照证书核对")
        return number


def _phone() -> LineField:
    return LineField(
        label="联系电话",
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )


def _email(*, required: bool = False) -> forms.EmailField:
    return forms.EmailField(
        label="电子邮箱",
        max_length=100,
        required=required,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": "邮箱地址写得不对，例如 name@example.cn"},
    )


def _address(*, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label="通信地址",
        max_length=200,
        required=required,
        help_text="选择邮寄时必填。",
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )


def _postcode() -> LineField:
    return LineField(
        label="邮政编码",
        max_length=6,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "inputmode": "numeric"}),
    )


class ContactQuestion(Question):
    heading = "怎样联系您"
    why = "补正、延期和答复都要通知您。电话和邮箱至少填一项。"

    phone = _phone()
    email = _email()
    address = _address()
    postcode = _postcode()
    fax = LineField(label="传真", max_length=30, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not (self.errors.keys() & {"phone", "email"}) and not (data.get("phone") or data.get("email")):
            self.add_error("phone", "电话和邮箱至少填一项，网上申请要靠它通知您")
        for name in ("phone", "fax"):
            if data.get(name) and not _PHONE.fullmatch(data[name]):
                self.add_error(name, "号码写得不对，例如 13900000000 或者 0000-1234567")
        _check_postcode(self, data)
        return data


class AgentQuestion(Question):
    heading = "是本人申请，还是受人委托"
    why = "委托他人代为申请的，受托人要提供身份证明和委托书。"

    by_agent = forms.ChoiceField(
        label="办理方式",
        widget=forms.RadioSelect,
        choices=[("no", "本人（本单位）申请"), ("yes", "受申请人委托，代为申请")],
    )


class AgentDetailsQuestion(Question):
    heading = "受托人"
    why = "填写实际办理的人；申请人仍是前面填写的人或者单位。"

    agent_name = forms.CharField(label="受托人姓名", max_length=60)
    agent_id_number = LineField(label="受托人证件号码", max_length=30)
    authority = PaperField(label="委托书")

    def clean_agent_id_number(self) -> str:
        number = str(self.cleaned_data["agent_id_number"]).upper().replace(" ", "")
        if len(number) == 18 and not valid_resident_id(number):
            raise forms.ValidationError("号码与校验位不符，可能有一位写错，请对照证件核对")
        if not _OTHER_NUMBER.fullmatch(number):
            raise forms.ValidationError("证件号码只含字母和数字，5 至 30 位，请照证件填写")
        return number


class ContentQuestion(Question):
    heading = "您要申请公开什么信息"
    why = "写明名称、文号，或者能让工作人员找到它的特征：哪个机关、哪一年、关于什么事。不必说明用途。"

    info_desc = TextField(
        label="所需政府信息的名称、文号或者其他特征",
        max_length=DESCRIPTION_LENGTH,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=f"例如：县水利局 2025 年印发的农村饮水工程验收办法。最多 {DESCRIPTION_LENGTH} 字。"
        "一份申请写一件事，查找更快（这只是建议）。",
        error_messages={"max_length": "最多 %(limit_value)d 字，现在是 %(show_value)d 字"},
    )
    attachment = PaperField(
        label="附件", required=False, several=True, help_text=f"有助于查找的材料，可以不传。{PAPER_HINT}"
    )


class SupplyQuestion(Question):
    """Form and route (条例第四十条); a route that needs an address or a mailbox asks for it where it is still missing."""

    heading = "您想怎样得到信息"
    why = "行政机关按您要求的形式提供；因信息载体的情况不能照办的，会告诉您别的办法（条例第四十条）。"

    provide_form = forms.ChoiceField(
        label="提供方式",
        widget=forms.RadioSelect,
        choices=[(ProvideForm.ELECTRONIC, "电子数据"), (ProvideForm.PAPER, "纸质")],
    )
    provide_route = forms.ChoiceField(
        label="获取途径",
        widget=forms.RadioSelect,
        choices=[
            (ProvideRoute.ONLINE, "网上查阅（凭登记号和查询码在本网站查看、下载）"),
            (ProvideRoute.EMAIL, "电子邮件"),
            (ProvideRoute.POST, "邮寄"),
            (ProvideRoute.PICKUP, "当面领取"),
        ],
    )
    assist_needed = forms.BooleanField(
        label="我阅读困难或者有视听障碍，请工作人员联系我并提供帮助（条例第四十三条）", required=False
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        route = self.data.get(self.add_prefix("provide_route")) if self.is_bound else self.initial.get("provide_route")
        contact = self.answers.get("contact", {})
        if route == ProvideRoute.POST and not contact.get("address"):
            self._ask({"address": _address(required=True), "postcode": _postcode()})
        if route == ProvideRoute.EMAIL and not contact.get("email"):
            self._ask({"email": _email(required=True)})

    def _ask(self, fields: dict[str, forms.Field]) -> None:
        self.fields |= fields
        self.order_fields(["provide_form", "provide_route", *fields, "assist_needed"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("provide_form") == ProvideForm.PAPER and data.get("provide_route") in (
            ProvideRoute.EMAIL,
            ProvideRoute.ONLINE,
        ):
            self.add_error("provide_route", "纸质件只能邮寄或者当面领取；想在网上得到，请选“电子数据”")
        _check_postcode(self, data)
        return data


def _check_postcode(form: forms.Form, data: Mapping[str, Any]) -> None:
    if data.get("postcode") and not re.fullmatch("[0-9]{6}", data["postcode"]):
        form.add_error("postcode", "邮政编码是 6 位数字，不知道可以不填")


class ConfirmForm(forms.Form):
    """The last step: a question in words instead of a picture, and the applicant's word."""

    use_required_attribute = False

    answer = forms.CharField(
        label="请回答",
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="这道题用来防止机器批量提交。数字写成 8 或者八都可以。",
    )
    promise = forms.BooleanField(label="我确认以上内容属实，知道提供虚假身份要承担法律责任")

    def __init__(self, *args: Any, question: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["answer"].label = question


class StatusForm(forms.Form):
    use_required_attribute = False

    number = LineField(label="登记号", max_length=60, help_text="在回执上，例如 青财申〔2026〕1号。")
    code = LineField(
        label="查询码",
        max_length=60,
        help_text="在回执上，24 个字母和数字；大小写、空格和短横线不影响。",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        """Codes are written in A–Z and 2–7: what looks alike is taken as meant."""
        return str(self.cleaned_data["code"]).upper().translate(str.maketrans("018", "OIB"))
