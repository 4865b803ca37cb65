"""What an applicant sends after the application (申请人来文), kept as it came."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from gongkai.agencies.models import User
from gongkai.casework.models import ApplicantPaper, ApplicantPaperKind, Case
from gongkai.documents.cipher import blind_index


def keep_paper(
    case: Case,
    kind: ApplicantPaperKind,
    *,
    on: date,
    by: User | None,
    key: str = "",
    text: str = "",
    before: str = "",
) -> ApplicantPaper:
    """Keep it inside the caller's transaction; `key` makes two transmissions of one form one paper."""
    return ApplicantPaper.objects.create(
        case=case, kind=kind, key_digest=_digest(key), text=text.strip(), before=before, received_on=on,
        received_at=timezone.now(), entered_by=by,
    )  # fmt: skip


def known_paper(case: Case, key: str) -> ApplicantPaper | None:
    """The paper that this form has already become."""
    digest = _digest(key)
    return case.applicant_papers.filter(key_digest=digest).first() if digest else None


def _digest(key: str) -> str | None:
    return blind_index(f"paper:{key}") if key else None
