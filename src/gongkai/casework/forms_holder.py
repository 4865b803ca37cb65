"""What an applicant may send by the query page: a correction, or the application's withdrawal."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.casework.forms_public import DESCRIPTION_LENGTH, PaperField, StatusForm, TextField, tidy
from gongkai.casework.papers import PAPER_HINT


class HolderForm(forms.Form):
    """A form of whoever holds number and code; asked for both again when the check is too long ago."""

    use_required_attribute = False

    key = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, ask_again: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if ask_again:
            self.fields |= StatusForm(prefix=self.prefix).fields

    clean_code = StatusForm.clean_code


class CorrectionForm(HolderForm):
    """补正: the request as it shall read, a word beside it, papers; at least one of them."""

    info_desc = TextField(
        label="补正后的申请内容",
        required=False,
        max_length=DESCRIPTION_LENGTH,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=f"写完整的申请，今后以它为准，最多 {DESCRIPTION_LENGTH} 字。内容没有变化、只补材料的，不用填。",
        error_messages={"max_length": "最多 %(limit_value)d 字，现在是 %(show_value)d 字"},
    )
    words = TextField(
        label="补正说明", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="对照补正告知书逐项说明，可以不填。",
        error_messages={"max_length": "最多 %(limit_value)d 字，现在是 %(show_value)d 字"},
    )  # fmt: skip
    papers = PaperField(label="补正材料", required=False, several=True, help_text=f"例如身份证明。{PAPER_HINT}")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not any(data.get(name) for name in ("info_desc", "words", "papers")):
            self.add_error("info_desc", "请写补正后的申请内容，或者上传补正材料")
        return data


class WithdrawalForm(HolderForm):
    """撤回: the applicant's word, and the end of the identity number where the application has one."""

    tail = forms.CharField(
        label="申请人证件号码的后四位", max_length=10, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="用来确认是申请人本人（本单位）撤回。",
    )  # fmt: skip
    sure = forms.BooleanField(label="我确认撤回这份申请，知道撤回后不再办理、不再答复；还需要的，须重新申请")

    def __init__(self, *args: Any, ask_tail: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not ask_tail:
            del self.fields["tail"]

    def clean_tail(self) -> str:
        return tidy(str(self.cleaned_data["tail"])).upper().replace(" ", "")
