"""One application on its way through the five steps: which questions there are, what is still wrong, handing it in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django import forms

from gongkai.agencies.models import Agency
from gongkai.agencies.office_settings import read_once
from gongkai.casework import drafts
from gongkai.casework.actions.receive import Received, receive
from gongkai.casework.forms_public import (
    AgentDetailsQuestion,
    AgentQuestion,
    ContactQuestion,
    ContentQuestion,
    KindQuestion,
    OrganisationQuestion,
    PersonQuestion,
    Question,
    SupplyQuestion,
)
from gongkai.casework.models import ApplicantKind, ApplicationDraft, Case, Channel, DraftFile, IdType
from gongkai.casework.papers import record_withheld

STEPS = ("选择受理机关", "阅读须知", "填写", "确认", "回执")
NAMES = {
    "kind": "类型",
    "identity": "身份",
    "contact": "联系方式",
    "agent": "代理",
    "agent-details": "受托人",
    "content": "申请内容",
    "supply": "形式要求",
}
_FORMS: dict[str, type[Question]] = {
    "kind": KindQuestion,
    "contact": ContactQuestion,
    "agent": AgentQuestion,
    "agent-details": AgentDetailsQuestion,
    "content": ContentQuestion,
    "supply": SupplyQuestion,
}


def receiving(today: date) -> Any:
    """The organs that an application may be addressed to now, in the order of the tree."""
    return Agency.objects.answering().existing(today).order_by("position", "path")


def organ_of(draft: ApplicationDraft, today: date) -> Agency | None:
    """The organ that was chosen, if it still takes applications."""
    chosen = draft.answers.get("organ", "")
    organ = Agency.objects.get(public_id=UUID(chosen)) if chosen else None
    return organ if organ and organ.answers_applications and organ.exists(today) else None


def is_person(answers: dict[str, Any]) -> bool:
    return answers.get("kind", {}).get("kind", ApplicantKind.NATURAL_PERSON) == ApplicantKind.NATURAL_PERSON


def sequence(answers: dict[str, Any]) -> list[str]:
    """The groups of questions in their order; who is asked what follows from earlier answers."""
    by_agent = answers.get("agent", {}).get("by_agent") == "yes"
    return [name for name in NAMES if name != "agent-details" or by_agent]


def question(draft: ApplicationDraft, name: str, data: Any = None, files: Any = None) -> Question:
    """The form of one group: bound to `data` when given, else showing what was typed before."""
    answers = draft.answers
    return _form(answers, _kept(answers, draft.files.values_list("slot", flat=True)), name, data, files)


def _form(answers: dict[str, Any], kept: Counter[str], name: str, data: Any, files: Any) -> Question:
    identity = PersonQuestion if is_person(answers) else OrganisationQuestion
    form = identity if name == "identity" else _FORMS[name]
    return form(data, files, initial=answers.get(name, {}), answers=answers, kept=kept, auto_id="f_%s")


def _kept(answers: dict[str, Any], slots: Iterable[str]) -> Counter[str]:
    """How many papers there are, by slot.

    One turned away for its mark satisfies its question: the application goes on without it.
    """
    kept = Counter(slots)
    kept.update(slot for slot, _ in answers.get("withheld", []))
    return kept


def checked(draft: ApplicationDraft, slots: Iterable[str] | None = None) -> dict[str, Question]:
    """Every group that is asked, in its order, with its answers checked.

    `slots` are those of the draft's files, where the caller has read them already.
    """
    answers = draft.answers
    kept = _kept(answers, draft.files.values_list("slot", flat=True) if slots is None else slots)
    forms = {name: _form(answers, kept, name, answers.get(name, {}), {}) for name in sequence(answers)}
    for form in forms.values():
        form.full_clean()
    return forms


def first_wrong(draft: ApplicationDraft) -> str:
    """The first group that is not yet answered rightly; empty when all are."""
    return _first_wrong(checked(draft))


def _first_wrong(forms: dict[str, Question]) -> str:
    return next((name for name, form in forms.items() if form.errors), "")


def review(draft: ApplicationDraft) -> list[tuple[str, str, list[tuple[str, Any]]]]:
    """All answers for a last look: (group, its name, rows of label and words)."""
    return [(name, NAMES[name], list(_rows(draft, form))) for name, form in checked(draft).items()]


class Unanswered(Exception):
    """A group of questions is not answered rightly: `name` says which."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class Changed(Exception):
    """The draft is another than the one that was read: handed in, answered anew or forgotten in another window."""


def hand_in(draft: ApplicationDraft, organ: Agency, *, today: date) -> Received:
    """Make the draft an application: once, however often the same form is sent. Raises Refused, Unanswered, Changed."""
    with read_once():
        papers = list(draft.files.select_related("blob"))
        forms = checked(draft, [paper.slot for paper in papers])
        if wrong := _first_wrong(forms):
            raise Unanswered(wrong)
        asked = {slot for form in forms.values() for slot in form.papers}
        facts = {name: form.cleaned_data for name, form in forms.items()}
        return receive(
            organ,
            key=draft.form_key,
            applicant=_applicant(facts),
            info_desc=facts["content"]["info_desc"],
            channel=Channel.ONLINE,
            provide_form=facts["supply"]["provide_form"],
            provide_route=facts["supply"]["provide_route"],
            assist_needed=facts["supply"]["assist_needed"],
            files=[(drafts.SLOTS[paper.slot], paper.blob) for paper in papers if paper.slot in asked],
            by=None,
            today=today,
            then=partial(_finish, draft, [paper for paper in papers if paper.slot not in asked], today),
        )


def _finish(draft: ApplicationDraft, left: list[DraftFile], today: date, case: Case) -> None:
    """What belongs to the moment at which the draft becomes a case."""
    withheld = [digest for _, digest in draft.answers.get("withheld", [])]
    if not drafts.hand_in(draft, case, left=left):
        raise Changed
    record_withheld(case, withheld, by=None, today=today)


def _rows(draft: ApplicationDraft, form: Question) -> Iterator[tuple[str, Any]]:
    for name, field in form.fields.items():
        if name in form.papers:
            names = "、".join(row.name for row in draft.files.filter(slot=name))
            if names or field.required:
                yield str(field.label), names
            continue
        value = form.cleaned_data.get(name, "")
        if isinstance(field, forms.ChoiceField):
            value = dict(field.choices).get(value, "")
        elif isinstance(field, forms.BooleanField):
            value = "需要" if value else ""
        if value or field.required:
            yield ("需要协助" if name == "assist_needed" else str(field.label)), value


def _applicant(facts: dict[str, dict[str, Any]]) -> dict[str, Any]:
    identity, contact, supply = facts["identity"], facts["contact"], facts["supply"]
    agent = facts.get("agent-details", {})
    return {
        "kind": facts["kind"]["kind"],
        "name": identity["name"],
        "id_type": identity.get("id_type", IdType.CREDIT_CODE),
        "id_number": identity["id_number"],
        "legal_representative": identity.get("legal_representative", ""),
        "contact_person": identity.get("contact_person", ""),
        "phone": contact["phone"],
        "email": contact["email"] or supply.get("email", ""),
        "fax": contact["fax"],
        "address": contact["address"] or supply.get("address", ""),
        "postcode": contact["postcode"] or supply.get("postcode", ""),
        "agent_name": agent.get("agent_name", ""),
        "agent_id_number": agent.get("agent_id_number", ""),
    }
