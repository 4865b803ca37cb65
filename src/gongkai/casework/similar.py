"""相似答复: earlier answered cases whose subject is like this one's, by pairs of signs.

Only subjects are compared, which are in the clear and name nobody; requests are sealed. The work is bounded whatever
the number of cases: the newest of a few pairs are looked at, and the likest of them shown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.agencies.models import User
from gongkai.agencies.permissions import is_disclosure_office
from gongkai.casework.models import Case, SubjectSign
from gongkai.casework.permissions import case_agencies
from gongkai_core.outcomes import OUTCOMES

SHOWN = 5
LIKE_ENOUGH = 0.3
"""Dice coefficient of the pairs below which two subjects are not alike."""
MOST_PAIRS = 24
NEWEST_OF_A_PAIR = 200
MOST_COMPARED = 60
LOOK_BACK = timedelta(days=400)
_COMMON = {"政府", "信息", "公开", "关于", "有关", "的通", "通知", "情况", "文件", "申请", "材料", "相关", "告知"}
"""Pairs that stand in half of all subjects and say nothing."""
_SIGNS = re.compile(r"[^\w]+")


@dataclass(frozen=True)
class Similar:
    """An earlier answered case, and how like it is (0 to 1)."""

    case: Case
    likeness: float

    @property
    def outcome(self) -> str:
        return OUTCOMES[self.case.counted_outcome].label


def pairs_of(subject: str) -> set[str]:
    """The neighbouring signs of a subject, without punctuation and case."""
    text = _SIGNS.sub("", subject).lower()
    return {text[at : at + 2] for at in range(len(text) - 1)}


def remember(cases: Iterable[Case]) -> int:
    """Keep the pairs of answered cases; harmless when they are there already. Returns how many cases."""
    rows: list[SubjectSign] = []
    seen = 0
    for case in cases:
        seen += 1
        rows += [SubjectSign(case=case, agency_id=case.agency_id, pair=pair) for pair in sorted(pairs_of(case.subject))]
    SubjectSign.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    return seen


def catch_up(today: date) -> int:
    """Remember cases that were answered without it (brought in by list, or before this was there)."""
    answered = Case.objects.filter(counted_on__gte=today - LOOK_BACK, counted_on__lte=today, signs=None)
    return remember(answered.exclude(subject="").only("pk", "agency", "subject").order_by("-counted_on")[:2000])


def earlier_answers(case: Case, user: User, *, on: date) -> list[Similar]:
    """Up to five answered cases the person may see whose subject is most like this one's, the likest first."""
    mine = pairs_of(case.subject)
    asked = sorted(mine - _COMMON) or sorted(mine)
    step = max(1, len(asked) // MOST_PAIRS)
    hits = _hits(asked[::step][:MOST_PAIRS], user, on)
    hits.pop(case.pk, None)
    keys = [key for key, _ in hits.most_common(MOST_COMPARED)]
    found = Case.objects.for_user(user, on=on).filter(pk__in=keys).exclude(counted_on=None).exclude(counted_outcome="")
    rows = [
        Similar(row, _dice(mine, pairs_of(row.subject)))
        for row in found.exclude(state="withdrawn").select_related("agency").defer("info_desc")
    ]
    likest = sorted(rows, key=lambda row: (-row.likeness, -row.case.pk))
    return [row for row in likest if row.likeness >= LIKE_ENOUGH][:SHOWN]


def _hits(pairs: list[str], user: User, on: date) -> Counter[int]:
    """How many of the pairs each case has, looking at the newest cases of each."""
    signs = SubjectSign.objects.all()
    if not is_disclosure_office(user, on=on):
        signs = signs.filter(agency__in=list(case_agencies(user, on=on).values_list("pk", flat=True)))
    hits: Counter[int] = Counter()
    for pair in pairs:
        hits.update(signs.filter(pair=pair).order_by("-case").values_list("case", flat=True)[:NEWEST_OF_A_PAIR])
    return hits


def _dice(one: set[str], other: set[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0
