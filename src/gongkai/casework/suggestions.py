"""检索提示: before an application is filed, what is public already and looks like it; how often that helped is counted.

Only titles and document numbers of the newest public items are looked at, in one query whose size is bounded. Words
that many titles share (通知, 人民政府) say nothing; pairs of signs that few titles have do.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from django.db import transaction
from django.db.models import F

from gongkai.agencies.models import Agency
from gongkai.agencies.permissions import locked
from gongkai.casework import drafts
from gongkai.casework.models import ApplicationDraft, SuggestionCount
from gongkai.publishing.models import Item

LOOKED_AT = 5000
MOST = 3
LEAST_PAIRS = 3
"""Rare pairs that text and title must share, unless the text names the document's number."""
MOST_SEEN = 30
"""Items shown while one types that a draft remembers."""
MOST_SHARING = 100
"""A pair that more titles have, or a tenth of them, says nothing."""
_SIGNS = re.compile(r"[^\W_]+")


def find(text: str) -> list[UUID]:
    """The public ids of up to three public items that the text may mean, best first."""
    public = Item.objects.public()
    newest = public.order_by("-published_at", "-pk").values_list("pk", "published_at").first()
    if newest is None:
        return []
    last = public.order_by("-pk").values_list("pk", flat=True).first()  # taken in today with a day of long ago
    titles, shared = _titles(*newest, last)
    rare = max(1, min(len(titles) // 10, MOST_SHARING))
    wanted = {pair for pair in _pairs(text) if shared[pair] <= rare}
    plain = _plain(text)
    scored = []
    for place, title in enumerate(titles):
        met = wanted & title.pairs
        named = bool(title.number) and title.number in plain
        if named or len(met) >= LEAST_PAIRS:
            weight = sum(math.log(1 + len(titles) / shared[pair]) for pair in met)
            scored.append((not named, -weight, place, title.public_id))
    return [public_id for *_, public_id in sorted(scored)[:MOST]]


@dataclass(frozen=True, slots=True)
class Title:
    """What is compared of a public item."""

    public_id: UUID
    pairs: frozenset[str]
    number: str


@lru_cache(maxsize=1)
def _titles(newest: int, published_at: datetime, last: int | None) -> tuple[list[Title], Counter[str]]:
    """The newest titles with their pairs, and how many titles have each pair; read again when something is published.

    Somebody who types asks every second. An item that was withdrawn meanwhile is left out by `items`.
    """
    rows = Item.objects.public().order_by("-published_at", "-pk").values_list("public_id", "title", "docno")
    titles = [Title(key, frozenset(_pairs(title)), _plain(docno)) for key, title, docno in rows[:LOOKED_AT]]
    return titles, Counter(pair for title in titles for pair in title.pairs)


def items(public_ids: list[str]) -> list[Item]:
    """These items in their order, those that are still public."""
    there = {str(item.public_id): item for item in Item.objects.public().filter(public_id__in=public_ids)}
    return [there[key] for key in public_ids if key in there]


def offer(draft: ApplicationDraft, agency: Agency, *, on: date) -> bool:
    """Whether this draft is to be shown something: once, when there is something. Kept with it, and counted.

    Whoever overlooked it while typing is asked here; a draft counts once as shown.
    """
    if "suggested" in draft.answers:
        return False
    found = [str(key) for key in find(draft.answers["content"]["info_desc"])]
    first = not seen(draft)
    drafts.keep(draft, suggested=found)
    if found and first:
        count(agency, "shown", on=on)
    return bool(found)


def while_typing(draft: ApplicationDraft, agency: Agency, text: str, *, on: date) -> list[Item]:
    """What is public already and looks like what has been typed so far; counted as shown once for each draft.

    The text is kept nowhere: only which items were shown.
    """
    found = items([str(key) for key in find(text)])
    if new := {str(item.public_id) for item in found} - set(seen(draft)):
        _remember(draft, agency, new, on=on)
    return found


@transaction.atomic
def _remember(draft: ApplicationDraft, agency: Agency, new: set[str], *, on: date) -> None:
    """Under the lock: the form itself may be on its way meanwhile, and its answers must not be undone."""
    draft = locked(draft)
    if not seen(draft):
        count(agency, "shown", on=on)
    known = draft.answers.get("suggested_typing", [])
    drafts.keep(draft, suggested_typing=[*known, *sorted(new - set(known))][:MOST_SEEN])


def seen(draft: ApplicationDraft) -> list[str]:
    """The public ids of all items that this draft was shown, which alone it may open."""
    return [*draft.answers.get("suggested", []), *draft.answers.get("suggested_typing", [])]


@transaction.atomic
def count(agency: Agency, what: str, *, on: date) -> None:
    """Count one more `shown`, `opened` or `answered` of the organ's month; nothing else is kept."""
    row, _ = SuggestionCount.objects.get_or_create(agency=agency, month=on.replace(day=1))
    SuggestionCount.objects.filter(pk=row.pk).update(**{what: F(what) + 1})


def _pairs(text: str) -> set[str]:
    """Pairs of neighbouring signs; those of digits alone are years and amounts, which many texts share."""
    runs = _SIGNS.findall(text)
    return {pair for run in runs for start in range(len(run) - 1) if not (pair := run[start : start + 2]).isdigit()}


def _plain(text: str) -> str:
    """A document number however its brackets and blanks are written."""
    return "".join(sign for sign in text if sign.isalnum())
