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
from itertools import count
from pathlib import PurePath
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from gongkai.casework.models import ApplicationDraft, Case, DraftFile, FileKind
from gongkai.documents.blobs import discard, store_apart
from gongkai.documents.cipher import blind_index
from gongkai.documents.intake import Taken
from gongkai_core.reading.sniffing import ending_of

KEEP = timedelta(hours=2)
"""From the last answer: long enough to look for a paper at home, short for a computer in a reading room."""
KEEP_RECEIPT = timedelta(minutes=30)
"""From the submission: the query code can be printed or copied, then it is shown nowhere again."""
TOKEN_BYTES = 32
PURGE_AT_ONCE = 50
SLOTS = {
    "id_front": FileKind.IDENTITY,
    "id_back": FileKind.IDENTITY,
    "licence": FileKind.IDENTITY,
    "authority": FileKind.AUTHORITY,
    "attachment": FileKind.ATTACHMENT,
}
"""What a file of each field of the form is in the case."""


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
    try:
        draft = ApplicationDraft.objects.get(token_digest=_digest(token))
    except ApplicationDraft.DoesNotExist:
        return None
    return None if draft.expired(timezone.now()) else draft


def keep(draft: ApplicationDraft, **answers: Any) -> None:
    """Keep these answers beside the others, and the draft for its time anew."""
    draft.answers = draft.answers | answers
    draft.expires_at = timezone.now() + KEEP
    draft.save(update_fields=["answers_sealed", "expires_at"])


@transaction.atomic
def keep_files(draft: ApplicationDraft, slot: str, papers: Iterable[Taken], *, together: bool = False) -> None:
    """Keep files of a question: in place of earlier ones, or with `together` beside them.

    The draft's time runs anew with them, as with answers: by it a draft that was changed meanwhile is told.
    """
    papers = list(papers)
    if not papers:
        return
    if not together:
        _erase(draft.files.filter(slot=slot))
    names = {PurePath(name).stem for name in draft.files.values_list("blob__name", flat=True)}
    for paper in papers:
        name = next(name for number in count(1) if (name := f"{SLOTS[slot].label}{number}") not in names)
        names.add(name)
        blob = store_apart(paper.data, name=name + ending_of(paper.name), content_type=paper.content_type)
        DraftFile.objects.create(draft=draft, slot=slot, name=paper.name, blob=blob)
    keep(draft)


@transaction.atomic
def drop_file(draft: ApplicationDraft, slots: Iterable[str], key: int) -> None:
    """Take a chosen file of these questions away again; its bytes go with it."""
    _erase(draft.files.filter(slot__in=slots, pk=key))
    keep(draft)


def _erase(files: QuerySet[DraftFile]) -> None:
    found = list(files.select_related("blob"))
    DraftFile.objects.filter(pk__in=[file.pk for file in found]).delete()
    discard(file.blob for file in found)


def hand_in(draft: ApplicationDraft, case: Case, *, left: Iterable[DraftFile]) -> bool:
    """The application is in: its papers are the case's now but for those `left`. Keep what shows the receipt, forget
    the rest.

    False when the draft is no longer as it was read (each answer makes its time run anew); then nothing is done.
    """
    as_read = ApplicationDraft.objects.filter(pk=draft.pk, case=None, expires_at=draft.expires_at)
    draft.case, draft.answers, draft.expires_at = case, {}, timezone.now() + KEEP_RECEIPT
    if not as_read.update(case=case, answers_sealed=draft.answers_sealed, expires_at=draft.expires_at):
        return False
    draft.files.all().delete()
    discard(paper.blob for paper in left)
    return True


@transaction.atomic
def erase(draft: ApplicationDraft) -> None:
    """Nothing of it stays."""
    _erase(draft.files.all())
    draft.delete()


@transaction.atomic
def purge(now: datetime | None = None) -> int:
    """Erase expired drafts with their files, some at a time. Returns how many."""
    expired = ApplicationDraft.objects.filter(expires_at__lte=now or timezone.now())
    keys = [draft.pk for draft in expired.select_for_update()[:PURGE_AT_ONCE]]
    if keys:
        _erase(DraftFile.objects.filter(draft__in=keys))
        ApplicationDraft.objects.filter(pk__in=keys).delete()
    return len(keys)


def _digest(token: str) -> str:
    return blind_index(f"draft:{token}")
