"""Drafts of the public form: kept sealed on the server between its steps, erased soon.

Why a row and a cookie: with a row the pages can redirect after each answer, so that the browser's own "back" works
without script, chosen files need not be chosen again, and nothing personal stands in a cookie, an address or a log.
The cookie holds a random token, is sent to /apply/ only, and ends with the browser. The hidden `form_key` of the row
stands in every form: a POST without it is not from our page (which is what Django's CSRF cookie would prove; that
one would go to the whole site), and it makes two transmissions of one form the same application.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from gongkai.casework.models import ApplicationDraft, Case, DraftFile
from gongkai.documents.cipher import blind_index
from gongkai.documents.intake import Taken

KEEP = timedelta(hours=2)
"""From the last answer: long enough to look for a paper at home, short for a computer in a reading room."""
KEEP_RECEIPT = timedelta(minutes=30)
"""From the submission: the query code can be printed or copied, then it is shown nowhere again."""
TOKEN_BYTES = 32
PURGE_AT_ONCE = 50


def start() -> tuple[ApplicationDraft, str]:
    """A new, empty draft and the token by which its browser knows it."""
    purge()
    token = secrets.token_hex(TOKEN_BYTES)
    draft = ApplicationDraft.objects.create(
        token_digest=_digest(token), form_key=secrets.token_hex(TOKEN_BYTES), expires_at=timezone.now() + KEEP
    )
    return draft, token


def find(token: str) -> ApplicationDraft | None:
    """The draft of this browser, unless it has expired."""
    if not token:
        return None
    draft = ApplicationDraft.objects.filter(token_digest=_digest(token)).first()
    return None if draft is None or draft.expired(timezone.now()) else draft


def keep(draft: ApplicationDraft, **answers: Any) -> None:
    """Keep these answers beside the others, and the draft for its time anew."""
    draft.answers = draft.answers | answers
    draft.expires_at = timezone.now() + KEEP
    draft.save(update_fields=["answers_sealed", "expires_at"])


def keep_files(draft: ApplicationDraft, slot: str, papers: Iterable[Taken], *, together: bool = False) -> None:
    """Keep files of a question: in place of earlier ones, or with `together` beside them."""
    papers = list(papers)
    if papers and not together:
        draft.files.filter(slot=slot).delete()
    for paper in papers:
        row = DraftFile(draft=draft, slot=slot, name=paper.name, content_type=paper.content_type)
        row.seal(paper.data)
        row.save()


def hand_in(draft: ApplicationDraft, case: Case) -> None:
    """The application is in: forget all answers and files, keep what shows the receipt."""
    draft.files.all().delete()
    draft.case, draft.answers, draft.expires_at = case, {}, timezone.now() + KEEP_RECEIPT
    draft.save(update_fields=["case", "answers_sealed", "expires_at"])


def purge(now: datetime | None = None) -> int:
    """Erase expired drafts with their files, some at a time. Returns how many."""
    expired = ApplicationDraft.objects.filter(expires_at__lte=now or timezone.now())
    keys = list(expired.values_list("pk", flat=True)[:PURGE_AT_ONCE])
    ApplicationDraft.objects.filter(pk__in=keys).delete()
    return len(keys)


def _digest(token: str) -> str:
    return blind_index(f"draft:{token}")
