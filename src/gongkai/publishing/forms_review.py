"""Forms of the review chains' settings and of what is looked at after publication."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.publishing.models import SampleVerdict
from gongkai_core.review_chain import GATES, KINDS, LONGEST_NAME, MOST_STEPS, ROLES, Chain, Step


class StepForm(forms.Form):
    """One row of a chain; without a kind it is no step."""

    kind = forms.ChoiceField(label="类别", required=False, choices=[("", "（不用）"), *KINDS.items()])
    name = forms.CharField(label="名称", required=False, max_length=LONGEST_NAME)
    role = forms.ChoiceField(label="办理角色", required=False, choices=list(ROLES.items()))
    gates = forms.MultipleChoiceField(
        label="六关", required=False, choices=list(GATES.items()), widget=forms.CheckboxSelectMultiple
    )
    distinct = forms.BooleanField(label="专人", required=False)
    deferred = forms.BooleanField(label="公开后补", required=False)

    @property
    def step(self) -> Step | None:
        given = self.cleaned_data
        if not given.get("kind"):
            return None
        return Step(
            given["kind"],
            given["role"],
            given["name"].strip(),
            tuple(gate for gate in GATES if gate in given["gates"]),
            given["distinct"],
            given["deferred"],
        )


StepFormSet = forms.formset_factory(StepForm, extra=0, max_num=MOST_STEPS, absolute_max=MOST_STEPS)


def steps_of(chain: Chain) -> list[dict[str, Any]]:
    """A chain as the rows of its form, with empty rows to go on in."""
    return [
        *(step.to_data() for step in chain.steps),
        *[{}] * (min(MOST_STEPS, len(chain.steps) + 3) - len(chain.steps)),
    ]


class SinglyForm(forms.Form):
    singly = forms.BooleanField(label="六关逐关勾选（不勾则一行一次勾完）", required=False)


class DrawForm(forms.Form):
    month = forms.DateField(
        label="月份",
        input_formats=["%Y-%m"],
        widget=forms.DateInput(attrs={"type": "month"}, format="%Y-%m"),
        error_messages={"invalid": "请按“年-月”填写，如 2026-03"},
    )


class SampleForm(forms.Form):
    verdict = forms.ChoiceField(label="结果", choices=SampleVerdict.choices, widget=forms.RadioSelect)
    remarks = forms.CharField(
        label="问题",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="有问题的写明，转该单位整改",
    )


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label="整改情况",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="如：已修订并重新发布；已撤回",
    )
