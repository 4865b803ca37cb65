"""添加材料: papers that come after the application."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from gongkai.casework.actions.add_papers import ADDED_KINDS
from gongkai.casework.forms import CaseForm, DayField
from gongkai.casework.models import FileKind
from gongkai.casework.papers import PAPER_HINT, take_paper
from gongkai.documents.intake import PAPERS
from gongkai_core.refusals import Refused

MOST = 20


class SeveralInput(forms.FileInput):
    allow_multiple_selected = True


class PapersField(forms.Field):
    """Some files at once, each through the door: a list of what was taken in or withheld."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label=label, widget=SeveralInput(attrs={"accept": PAPERS.accept}), **kwargs)

    def clean(self, value: Any) -> list[Any]:
        uploads = [upload for upload in value or [] if isinstance(upload, UploadedFile)]
        super().clean(uploads)
        if len(uploads) > MOST:
            raise forms.ValidationError(f"一次最多 {MOST} 个文件")
        taken, wrong = [], []
        for upload in uploads:
            try:
                taken.append(take_paper(upload))
            except Refused as refused:
                wrong.append(f"{upload.name}：{refused.refusal}")
        if wrong:
            raise forms.ValidationError(wrong)
        return taken


class AddPapersForm(CaseForm):
    kind = forms.ChoiceField(label="材料")
    received_on = DayField("收到日")
    papers = PapersField("扫描件或者文件", help_text=f"可以一次选几个。{PAPER_HINT}")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        unfit = ({FileKind.ORAL_RECORD} if not self.case.oral else set()) | (
            set() if self.case.from_ledger else {FileKind.ANSWER}
        )
        kind.choices = [(one.value, one.label) for one in ADDED_KINDS if one not in unfit]
        self.fields["received_on"].initial = self.today
