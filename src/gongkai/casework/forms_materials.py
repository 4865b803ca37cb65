"""Forms of the materials that are to be given: the original, what to black out, the looking through."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from gongkai.casework.actions.redact import LONGEST_WORDS
from gongkai.casework.forms import EMPTY, text_field
from gongkai.documents.intake import REDACTABLE, take_upload
from gongkai.documents.redaction import SCALE
from gongkai_core.exemptions import EXEMPTIONS
from gongkai_core.refusals import Refused


class MaterialForm(forms.Form):
    paper = forms.FileField(
        label="原件",
        help_text="PDF、Word（.docx）或者图片（JPG、PNG）。原件加密保存，不会给申请人。",
        widget=forms.ClearableFileInput(attrs={"accept": REDACTABLE.accept}),
    )

    def clean_paper(self) -> Any:
        upload = self.cleaned_data["paper"]
        if not isinstance(upload, UploadedFile):
            return upload
        try:
            return take_upload(upload, REDACTABLE)
        except Refused as refused:
            raise forms.ValidationError(str(refused.refusal)) from None


def ground_field() -> forms.ChoiceField:
    return forms.ChoiceField(label="依据", choices=[*EMPTY, *((row.code, row.words) for row in EXEMPTIONS.values())])


class WordsForm(forms.Form):
    """To look where words stand (`find`), or to black them out (`words`)."""

    words = text_field(
        "要遮蔽的文字", max_length=LONGEST_WORDS, help_text="每一处都会遮蔽；空格、换行、横线、全角半角不影响查找"
    )
    ground = ground_field()

    def __init__(self, *args: Any, only_looking: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="words_%s", **kwargs)
        self.fields["ground"].required = not only_looking


class Percent(forms.DecimalField):
    """A side of a box in percent of the page, as thousandths."""

    def __init__(self, label: str) -> None:
        super().__init__(
            label=label, min_value=0, max_value=100, decimal_places=1, max_digits=4,
            widget=forms.NumberInput(attrs={"step": "0.1", "inputmode": "decimal"}),
        )  # fmt: skip

    def clean(self, value: Any) -> int | None:
        percent = super().clean(value)
        return None if percent is None else int(percent * SCALE / 100)


class BoxForm(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="box_%s", **kwargs)

    page = forms.IntegerField(label="页", min_value=1, max_value=10_000)
    left = Percent("左（%）")
    top = Percent("上（%）")
    right = Percent("右（%）")
    bottom = Percent("下（%）")
    ground = ground_field()


class MakeForm(forms.Form):
    keep_pictures = forms.BooleanField(
        label="保留文中的图片（已确认图片里没有要遮蔽的内容）", required=False
    )  # fmt: skip


class CheckedForm(forms.Form):
    checked = forms.BooleanField(label="已对照原件逐页核对：该遮的都遮了，不该遮的没有遮")
