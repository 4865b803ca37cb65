"""检索提示: before an application is filed, what is public already and looks like it; how often that helped is counted.

Only titles and document numbers of the newest public items are looked at, in one query whose size is bounded. Words
that many titles share (通知, 人民政府) say nothing; pairs of signs that few titles have do.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import F

from gongkai.agencies.models import Agency
from gongkai.casework import drafts
from gongkai.casework.models import ApplicationDraft, SuggestionCount
from gongkai.publishing.models import Item

LOOKED_AT = 5000
MOST = 3
LEAST_PAIRS = 3
"""Rare pairs that text and title must share, unless the text names the document's number."""
MOST_SHARING = 100
"""A pair that more titles have, or a tenth of them, says nothing."""
_SIGNS = re.compile(r"[^\W_]+")


def find(text: str) -> list[UUID]:
    """The public ids of up to three public items that the text may mean, best first."""
    newest = Item.objects.public().order_by("-published_at", "-pk")
    titles = list(newest.values_list("public_id", "title", "docno")[:LOOKED_AT])
    pairs = [_pairs(title) for _, title, _ in titles]
    shared = Counter(pair for each in pairs for pair in each)
    rare = max(1, min(len(titles) // 10, MOST_SHARING))
    wanted = {pair for pair in _pairs(text) if shared[pair] <= rare}
    plain = _plain(text)
    scored = []
    for place, ((public_id, _, docno), each) in enumerate(zip(titles, pairs, strict=True)):
        met = wanted & each
        named = bool(docno) and _plain(docno) in plain
        if named or len(met) >= LEAST_PAIRS:
            weight = sum(math.log(1 + len(titles) / shared[pair]) for pair in met)
            scored.append((not named, -weight, place, public_id))
    return [public_id for *_, public_id in sorted(scored)[:MOST]]


def items(public_ids: list[str]) -> list[Item]:
    """These items in their order, those that are still public."""
    there = {str(item.public_id): item for item in Item.objects.public().filter(public_id__in=public_ids)}
    return [there[key] for key in public_ids if key in there]


def offer(draft: ApplicationDraft, agency: Agency, *, on: date) -> bool:
    """Whether this draft is to be shown something: once, when there is something. Kept with it, and counted."""
    if "suggested" in draft.answers:
        return False
    found = [str(key) for key in find(draft.answers["content"]["info_desc"])]
    drafts.keep(draft, suggested=found)
    if found:
        count(agency, "shown", on=on)
    return bool(found)


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
