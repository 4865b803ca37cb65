from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from gongkai.agencies.models import Agency, User
from gongkai.casework.actions.enter import can_enter, enter
from gongkai.casework.actions.receive import Received, query_code_for
from gongkai.casework.actions.series import open_series
from gongkai.casework.models import Envelope, EnvelopeLine, FileKind
from gongkai.documents.cipher import blind_index
from gongkai.documents.models import Blob
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused

MOST_LINES = 100


@dataclass(frozen=True)
class EnvelopeForm:
    """One form of the envelope, as its line of the grid says."""

    place: int
    """As the clerk sees it, from 1."""
    applicant: Mapping[str, Any]
    info_desc: str
    scan: Blob | None = None
    """Its own pages, where the scan could be cut up."""


@dataclass(frozen=True)
class EnvelopeReceipt:
    """The envelope, and for each form its case with the query code."""

    envelope: Envelope
    received: list[Received]


def can_register_envelope(
    agency: Agency, form: EnvelopeForm, *, common: Mapping[str, Any], subject: str, by: User, today: date
) -> Refusal | None:
    """Why this form may not be entered, said with the place of its line."""
    refused = can_enter(
        agency, applicant=form.applicant, info_desc=form.info_desc, submitted_on=common["submitted_on"],
        subject=subject, by=by, today=today,
    )  # fmt: skip
    return Refusal(refused.code, f"第 {form.place} 行：{refused.message}", refused.article) if refused else None


@transaction.atomic
def register_envelope(
    agency: Agency,
    forms: Sequence[EnvelopeForm],
    *,
    key: str,
    common: Mapping[str, Any],
    subject: str,
    by: User,
    today: date,
    scan: Blob | None = None,
    series_title: str = "",
) -> EnvelopeReceipt:
    """Register every form of an envelope (成批登记), all or none; each is a case with its own number and clock.

    `common` are facts of `receive` that all share. With `series_title` the cases are one series from the start. The
    same `key` again gives the same cases and codes. Raises Refused, naming the line. (domain-spec §11.4 item 33)
    """
    digest = blind_index(f"envelope:{key}")
    if known := Envelope.objects.filter(key_digest=digest).first():
        return EnvelopeReceipt(known, _again(known, key))
    if not 1 <= len(forms) <= MOST_LINES:
        raise Refused(Refusal("lines", f"一次登记 1 至 {MOST_LINES} 份，现在是 {len(forms)} 份"))
    envelope = Envelope.objects.create(
        agency=agency, key_digest=digest, scan=scan, registered_by=by, registered_on=today
    )
    received = []
    for form in forms:
        if refused := can_register_envelope(agency, form, common=common, subject=subject, by=by, today=today):
            raise Refused(refused)
        own = form.scan or scan
        row = enter(
            agency, key=f"{key}:{form.place}", applicant=form.applicant, info_desc=form.info_desc, subject=subject,
            files=[(FileKind.APPLICATION, own)] if own else [], by=by, today=today, **common,
        )  # fmt: skip
        EnvelopeLine.objects.create(envelope=envelope, case=row.case, place=form.place)
        received.append(row)
    record(
        "casework.register_envelope", envelope, by=by, today=today, ground="条例第二十九条、第三十一条",
        numbers=[row.case.number for row in received],
    )  # fmt: skip
    if series_title.strip():
        open_series([row.case for row in received], title=series_title, by=by, today=today)
    return EnvelopeReceipt(envelope, received)


def _again(envelope: Envelope, key: str) -> list[Received]:
    lines = envelope.lines.select_related("case__applicant", "case__agency")
    return [Received(line.case, query_code_for(f"{key}:{line.place}"), created=False) for line in lines]
