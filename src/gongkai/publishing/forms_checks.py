from __future__ import annotations

from typing import Any

from django import forms

from gongkai.publishing.models import ListKind

HINTS = {
    ListKind.WHITE: "每行一条：其中的词语、号码不再提示，如本单位公开的值班手机。密级标志不受白名单影响。",
    ListKind.FORBIDDEN: "每行一条：不用的词语，后面用制表符或者 → 写上改用的词语（可不写）。",
    ListKind.OBSOLETE: "每行一条：旧称 → 新称。前面有“原”字、后面写明已经废止撤销的，不提示。",
    ListKind.LEADERS: "每行一人：姓名 → 职务，几个职务用顿号分开，如 某某某 → 县委副书记、县长。",
    ListKind.ORGANS: "每行一个全称。系统中的机关不必再写。",
    ListKind.LAWS: "每行一个全称，不加书名号。",
}


class CheckListForm(forms.Form):
    """A whole list as a block of lines."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label="内容", required=False, strip=False, widget=forms.Textarea(attrs={"rows": 18, "wrap": "off"})
    )

    def __init__(self, kind: str, data: Any = None, **given: Any) -> None:
        super().__init__(data, **given)
        self.fields["text"].help_text = f"{HINTS[ListKind(kind)]}可从 Excel 整块粘贴；空行和 # 开头的行不算。"
