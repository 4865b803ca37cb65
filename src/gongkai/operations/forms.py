from __future__ import annotations

from django import forms

from gongkai.agencies.models import Agency, Installation
from gongkai.operations.actions.change_particulars import AGENCY_FIELDS, INSTALLATION_FIELDS


class UploadForm(forms.Form):
    file = forms.FileField(
        label="机关人员表",
        help_text="填好的 .xlsx 文件，10 MB 以内。上传后先预检，确认之前什么也不会改动。",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )


class ContactsForm(forms.ModelForm):
    """What the guide, the receipts and the notices print of an organ (条例第十二条第二款)."""

    class Meta:
        model = Agency
        fields = AGENCY_FIELDS
        help_texts = {
            "phone": "政府信息公开工作机构的电话，印在回执和告知书上",
            "office_hours": "例如 工作日 8:30—12:00，14:30—17:30",
        }

    def clean_postcode(self) -> str:
        postcode: str = self.cleaned_data["postcode"]
        if postcode and not (postcode.isdigit() and len(postcode) == 6):
            raise forms.ValidationError("邮政编码应为 6 位数字")
        return postcode


class SiteForm(forms.ModelForm):
    """Whom an applicant may turn to, and the codes at the foot of the site (国办发〔2017〕47号)."""

    class Meta:
        model = Installation
        fields = INSTALLATION_FIELDS
        help_texts = {
            "superior_government": "全称，例如 某某市人民政府。本级政府作出的答复，向它申请行政复议",
            "court": "全称，例如 某某县人民法院",
            "superior_court": "全称，例如 某某市中级人民法院。以县级人民政府为被告的案件由它管辖",
            "domain": "不带 https://，例如 www.example.gov.cn",
            "site_code": "10 位数字",
        }

    def clean_site_code(self) -> str:
        code: str = self.cleaned_data["site_code"]
        if code and not (code.isdigit() and len(code) == 10):
            raise forms.ValidationError("政府网站标识码应为 10 位数字")
        return code

    def clean_domain(self) -> str:
        domain: str = self.cleaned_data["domain"].lower().removeprefix("https://").removeprefix("http://").rstrip("/")
        if domain and ("/" in domain or " " in domain or "." not in domain):
            raise forms.ValidationError("只写域名，例如 www.example.gov.cn")
        return domain


class PasswordForm(forms.Form):
    first = forms.CharField(
        label="新口令",
        strip=False,
        help_text="至少 10 位；不用常见口令，不用姓名和账号",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    second = forms.CharField(
        label="再输一遍", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def clean_second(self) -> str:
        second: str = self.cleaned_data["second"]
        if second != self.cleaned_data.get("first"):
            raise forms.ValidationError("两次输入不一样")
        return second
