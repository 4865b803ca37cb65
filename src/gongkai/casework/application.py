"""One application on its way through the five steps: which questions there are, what is still wrong, handing it in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.db import transaction

from gongkai.agencies.models import Agency
from gongkai.agencies.permissions import locked
from gongkai.casework import drafts
from gongkai.casework.actions.receive import Received, query_code_for, receive
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
from gongkai.casework.models import ApplicantKind, ApplicationDraft, Channel, FileKind, IdType
from gongkai.casework.papers import record_withheld
from gongkai.documents.blobs import store
from gongkai.documents.models import Blob
from gongkai_core.reading.sniffing import ending_of

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
_SLOTS = {
    "id_front": FileKind.IDENTITY,
    "id_back": FileKind.IDENTITY,
    "licence": FileKind.IDENTITY,
    "authority": FileKind.AUTHORITY,
    "attachment": FileKind.ATTACHMENT,
}


def receiving(today: date) -> Any:
    """The organs that an application may be addressed to now, in the order of the tree."""
    return Agency.objects.answering().existing(today).order_by("position", "path")


def organ_of(draft: ApplicationDraft, today: date) -> Agency | None:
    """The organ that was chosen, if it still takes applications."""
    chosen = draft.answers.get("organ", "")
    return receiving(today).filter(public_id=UUID(chosen)).first() if chosen else None


def is_person(answers: dict[str, Any]) -> bool:
    return answers.get("kind", {}).get("kind", ApplicantKind.NATURAL_PERSON) == ApplicantKind.NATURAL_PERSON


def sequence(answers: dict[str, Any]) -> list[str]:
    """The groups of questions in their order; who is asked what follows from earlier answers."""
    by_agent = answers.get("agent", {}).get("by_agent") == "yes"
    return [name for name in NAMES if name != "agent-details" or by_agent]


def question(draft: ApplicationDraft, name: str, data: Any = None, files: Any = None) -> Question:
    """The form of one group: bound to `data` when given, else showing what was typed before."""
    answers = draft.answers
    identity = PersonQuestion if is_person(answers) else OrganisationQuestion
    form = identity if name == "identity" else _FORMS[name]
    # A paper turned away for its mark satisfies its question: the application goes on without it.
    kept = Counter(draft.files.values_list("slot", flat=True)) + Counter(
        slot for slot, _ in answers.get("withheld", [])
    )
    return form(data, files, initial=answers.get(name, {}), answers=answers, kept=kept, auto_id="f_%s")


def first_wrong(draft: ApplicationDraft) -> str:
    """The first group that is not yet answered rightly; empty when all are."""
    answers = draft.answers
    return next((name for name in sequence(answers) if not _checked(draft, name).is_valid()), "")


def review(draft: ApplicationDraft) -> list[tuple[str, str, list[tuple[str, Any]]]]:
    """All answers for a last look: (group, its name, rows of label and words)."""
    pages = []
    for name in sequence(draft.answers):
        form = _checked(draft, name)
        form.is_valid()
        pages.append((name, NAMES[name], list(_rows(draft, form))))
    return pages


def hand_in(draft: ApplicationDraft, organ: Agency, *, today: date) -> Received:
    """Make the draft an application: once, however often the same form is sent. Raises Refused."""
    with transaction.atomic():
        draft = locked(draft)
        if draft.case:
            return Received(draft.case, query_code_for(draft.form_key), created=False)
        facts = {name: form.cleaned_data for name in sequence(draft.answers) if (form := _valid(draft, name))}
        received = receive(
            organ,
            key=draft.form_key,
            applicant=_applicant(facts),
            info_desc=facts["content"]["info_desc"],
            channel=Channel.ONLINE,
            provide_form=facts["supply"]["provide_form"],
            provide_route=facts["supply"]["provide_route"],
            assist_needed=facts["supply"]["assist_needed"],
            files=_papers(draft),
            by=None,
            today=today,
        )
        record_withheld(
            received.case, [digest for _, digest in draft.answers.get("withheld", [])], by=None, today=today
        )
        drafts.hand_in(draft, received.case)
    return received


def _checked(draft: ApplicationDraft, name: str) -> Question:
    return question(draft, name, draft.answers.get(name, {}), {})


def _valid(draft: ApplicationDraft, name: str) -> Question:
    form = _checked(draft, name)
    if not form.is_valid():
        raise ValueError(f"{name} is handed in only after first_wrong found nothing")
    return form


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


def _papers(draft: ApplicationDraft) -> list[tuple[str, Blob]]:
    """The draft's files as sealed blobs under neutral names: a file's own name may name a person."""
    asked = {slot for name in sequence(draft.answers) for slot in question(draft, name).papers}
    counted: Counter[str] = Counter()
    papers = []
    for row in draft.files.filter(slot__in=asked):
        kind = _SLOTS[row.slot]
        counted[kind] += 1
        name = f"{kind.label}{counted[kind]}{ending_of(row.name)}"
        papers.append((str(kind), store(row.open(), name=name, content_type=row.content_type, sealed=True)))
    return papers
