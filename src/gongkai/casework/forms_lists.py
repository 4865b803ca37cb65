"""What lists of cases are filtered by, and what a bulk act asks."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.agencies.models import Agency, Role, User
from gongkai.casework.forms import EMPTY, text_field
from gongkai.casework.turns import BY_STATE, Turn
from gongkai_core.states.cases import STATES

WHOSE = [("", "能看到的"), ("mine", "我承办的"), ("organ", "本单位的")]
SHOW = [("", "未办结"), ("pressing", "临近和超期"), ("untaken", "待接收"), ("closed", "已办结"), ("all", "全部")]
LAMPS = [
    ("", "全部"), ("red", "红（已超期）"), ("orange", "橙（2 个工作日内）"), ("yellow", "黄（3 至 5 个工作日）"),
    ("green", "绿（5 个工作日以上）"),
]  # fmt: skip
LONGEST_QUERY = 60


class ListFilterForm(forms.Form):
    q = text_field("登记号或者摘要", required=False, max_length=LONGEST_QUERY)
    whose = forms.ChoiceField(label="谁的", required=False, choices=WHOSE)
    show = forms.ChoiceField(label="范围", required=False, choices=SHOW)
    lamp = forms.ChoiceField(label="灯", required=False, choices=LAMPS)
    state = forms.ChoiceField(
        label="状态", required=False, choices=[("", "全部"), *((state, STATES[state]) for state in BY_STATE)]
    )
    turn = forms.ChoiceField(label="轮到谁", required=False, choices=[("", "全部"), *Turn.choices])
    agency = forms.ModelChoiceField(Agency.objects.none(), label="机关", required=False, empty_label="全部机关")

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["agency"]
        field.queryset = agencies
        field.to_field_name = "public_id"


class HandlerChoiceForm(forms.Form):
    """To whom the selected cases are given; each case takes only a handler of its own organ."""

    handler = forms.ModelChoiceField(User.objects.none(), label="承办人", empty_label="请选择")

    def __init__(self, *args: Any, posts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organs: dict[Any, list[str]] = {}
        for post in posts.filter(role=Role.HANDLER).select_related("user", "agency").order_by("user__name"):
            organs.setdefault(post.user, []).append(post.agency.short_name)
        field: Any = self.fields["handler"]
        field.queryset = User.objects.filter(pk__in=[user.pk for user in organs])
        field.to_field_name = "public_id"
        field.choices = [
            *EMPTY, *((str(user.public_id), f"{user.name}（{'、'.join(names)}）") for user, names in organs.items())
        ]  # fmt: skip


class ReasonForm(forms.Form):
    reason = text_field("延期原因", long=True, max_length=300, help_text="每一件都写同一原因；不写申请人的个人信息。")
