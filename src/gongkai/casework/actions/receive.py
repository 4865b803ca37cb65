from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.agencies.identifiers import new_public_id
from gongkai.agencies.models import Agency, Role, User
from gongkai.agencies.permissions import is_disclosure_office, needs_role
from gongkai.casework import clock, rules, superior
from gongkai.casework.models import Applicant, Case, CaseFile, Channel
from gongkai.casework.procedure import allow, note
from gongkai.documents.cipher import blind_index
from gongkai.documents.models import Blob
from gongkai.documents.numbering import take
from gongkai_core.letters import document_number
from gongkai_core.refusals import Refusal, Refused

CASE_SUFFIX = "申"
CODE_BYTES = 15
"""120 bits of a keyed digest: more than the 80 that a query code must have."""


@dataclass(frozen=True)
class Received:
    """What the applicant is given. The code is told now and can be made again only from the form's own key."""

    case: Case
    query_code: str
    created: bool


def query_code_for(key: str) -> str:
    """The query code (查询码) of a submission: derived from the form's key, so that a retry gets the same one."""
    digest = bytes.fromhex(blind_index(f"query-code:{key}"))[:CODE_BYTES]
    text = base64.b32encode(digest).decode()
    return "-".join(text[start : start + 6] for start in range(0, len(text), 6))


def query_digest_of(code: str) -> str:
    """What is stored of a query code: a keyed digest, blind to case, blanks and hyphens."""
    return blind_index("code:" + "".join(sign for sign in code.upper() if sign.isalnum()))


def info_index_of(info_desc: str) -> str:
    """The keyed digest by which equal requests are found, blind to blanks."""
    return blind_index(f"info:{''.join(info_desc.split())}")


def can_receive(
    agency: Agency, *, applicant: Mapping[str, Any], info_desc: str, submitted_on: date, by: User | None, today: date
) -> Refusal | None:
    """Whether the organ takes applications, and this one has what makes it one.

    What is missing otherwise is asked for by a correction, never a reason to turn somebody away (条例第二十九条、第三十条).
    """
    if not agency.answers_applications or (agency.valid_to and agency.valid_to < today):
        return Refusal("not_answering", f"{agency.name}不受理政府信息公开申请", "条例第四条、第五十五条")
    if by is None and (elsewhere := superior.online_refusal()):
        return elsewhere
    if by and not is_disclosure_office(by, on=today) and (no := needs_role(by, Role.CASE_REGISTRAR, agency, on=today)):
        return no
    if not info_desc.strip():
        return Refusal("info_desc", "须写明申请公开的信息的名称、文号或者其他特征", "条例第二十九条第二款第（二）项")
    if not str(applicant.get("name", "")).strip():
        return Refusal("name", "须写明申请人的姓名或者名称", "条例第二十九条第二款第（一）项")
    if not any(str(applicant.get(way, "")).strip() for way in ("phone", "email", "address", "fax")):
        return Refusal("contact", "联系方式至少填一项（有地址即可）", "条例第二十九条第二款第（一）项")
    if submitted_on > today:
        return Refusal("future_date", f"提交日 {submitted_on} 还没有到")
    return None


def receive(
    agency: Agency,
    *,
    key: str,
    applicant: Mapping[str, Any],
    info_desc: str,
    channel: str,
    provide_form: str,
    provide_route: str,
    by: User | None,
    today: date,
    submitted_on: date | None = None,
    submitted_at: datetime | None = None,
    signed_on: date | None = None,
    confirmed_on: date | None = None,
    oral: bool = False,
    oral_reason: str = "",
    assist_needed: bool = False,
    answering_body: str = "organ",
    superior_number: str = "",
    files: Iterable[tuple[str, Blob]] = (),
    then: Callable[[Case], None] = lambda case: None,
) -> Received:
    """Take in an application, online (`by` None) or from paper; give it its number.

    The same `key` again gives the same case and code, whatever else is sent (domain-spec §11.4 item 25): it is one
    transmission. Equal texts under other keys are cases of their own, marked 疑似重复. Raises Refused.

    `then` is done in the same transaction, which what it raises undoes. All that needs no lock is done before:
    whoever hands in waits for little more than the rows of the others.
    """
    digest = blind_index(f"submission:{key}")
    submitted_on = submitted_on or today
    refused = can_receive(
        agency, applicant=applicant, info_desc=info_desc, submitted_on=submitted_on, by=by, today=today
    )
    if refused and (known := _known(digest, key)):
        return known
    allow(refused)
    case = Case(
        agency=agency,
        answering_body=answering_body,
        superior_number=superior_number,
        channel=channel,
        oral=oral,
        oral_reason=oral_reason.strip(),
        submission_digest=digest,
        query_digest=query_digest_of(query_code_for(key)),
        submitted_at=submitted_at or timezone.now(),
        submitted_on=submitted_on,
        signed_on=signed_on,
        confirmed_on=confirmed_on or _confirmed(channel, submitted_on),
        info_desc=info_desc.strip(),
        info_index=info_index_of(info_desc),
        provide_form=provide_form,
        provide_route=provide_route,
        assist_needed=assist_needed,
    )
    _derive(case)
    clock.project(case, max(today, case.received_on or today), events=())
    try:
        with transaction.atomic():
            _write(case, Applicant(**applicant), files, by=by, today=today)
            then(case)
    except IntegrityError:
        # A form that was transmitted before, a year or a moment ago.
        if known := _known(digest, key):
            return known
        raise
    return Received(case, query_code_for(key), created=True)


def _known(digest: str, key: str) -> Received | None:
    known = Case.objects.filter(submission_digest=digest).values_list("pk", flat=True).first()
    return Received(Case.objects.get(pk=known), query_code_for(key), created=False) if known else None


def _confirmed(channel: str, submitted_on: date) -> date | None:
    """The automatic receipt of an online form is the confirmation, unless the office confirms by hand (待核)."""
    auto = channel == Channel.ONLINE and rules.CONFIRM_MODE.value() == "auto_receipt"
    return submitted_on if auto else None


def _write(
    case: Case, applicant: Applicant, files: Iterable[tuple[str, Blob]], *, by: User | None, today: date
) -> None:
    applicant.save()
    case.applicant = applicant
    case.duplicate_of_id = _earlier(case, applicant)
    case.number = next_number(case.agency, case.submitted_on.year)
    case.save()
    CaseFile.objects.bulk_create(CaseFile(case=case, kind=kind, blob=blob, added_by=by) for kind, blob in files)
    note("receive", case, by=by, today=today, ground="条例第二十九条", number=case.number, channel=case.channel)


def next_number(agency: Agency, year: int) -> str:
    """Take the organ's next 登记号 of the year."""
    return document_number(agency.document_prefix, CASE_SUFFIX, year, take(f"case:{agency.pk}:{year}"))


_SAME_FOR_PARTS = (
    "agency", "answering_body", "superior_number", "channel", "oral", "submitted_at", "submitted_on", "signed_on",
    "confirmed_on", "received_on", "law", "provide_form", "provide_route", "assist_needed",
)  # fmt: skip


def part_key(part: Case) -> str:
    """What the query code of a part (拆分) is made from: who holds the first code can be told this one."""
    return f"split:{part.public_id}"


def part_of(case: Case, text: str, *, today: date) -> Case:
    """A further case out of one application, unsaved: the same applicant and days, its own number and code."""
    applicant = Applicant.objects.get(pk=case.applicant_id)
    applicant.pk, applicant.public_id, applicant._state.adding = None, new_public_id(), True
    applicant.save()
    part = Case(
        split_from=case, applicant=applicant, info_desc=text, info_index=info_index_of(text),
        number=next_number(case.agency, case.submitted_on.year),
        **{name: getattr(case, name) for name in _SAME_FOR_PARTS},
    )  # fmt: skip
    part.submission_digest = blind_index(f"submission:{part_key(part)}")
    part.query_digest = query_digest_of(query_code_for(part_key(part)))
    clock.project(part, today, events=())
    return part


def _derive(case: Case) -> None:
    """The legal day and the law, where they are known already; registration settles them."""
    try:
        known = clock.receipt(case)
    except Refused:
        return
    case.received_on, case.law = known.received_on, known.law


def _earlier(case: Case, applicant: Applicant) -> int | None:
    """An equal request of the same applicant to the same organ (疑似重复), of the case that is about to be written."""
    same = {f"applicant__{name}": value for name, value in applicant.known_by().items()}
    if not same:
        return None
    equal = Case.objects.filter(agency=case.agency, info_index=case.info_index, **same)
    before = equal.filter(submitted_on__lte=case.submitted_on)  # one that is entered later may have been sent earlier
    return before.order_by("pk").values_list("pk", flat=True).first()
