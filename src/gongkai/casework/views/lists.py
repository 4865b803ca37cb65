"""Lists of cases: keyset paging, and what a row says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from gongkai.agencies.calendar import office_calendar
from gongkai.agencies.models import Delegation, DeputyPair, User
from gongkai.casework import clock
from gongkai.casework.models import Case
from gongkai.casework.turns import Turn, people_for, turn_of
from gongkai_core.states.cases import FINISHED, STATES

PAGE = 30
PHASES = {
    "received": "待登记",
    "registered": "已登记",
    "examining": "审查中",
    "waiting_correction": "办理中 · 等申请人补正",
    "waiting_reason": "办理中 · 等申请人说明理由",
    "waiting_fee": "办理中 · 等申请人缴费",
    "processing": "办理中",
    "waiting_third_party": "办理中 · 等第三方意见",
    "waiting_co_maker": "办理中 · 等共同制作机关意见",
    "waiting_agency": "办理中 · 等其他机关意见",
    "drafting": "拟办中",
    "legal_review": "送审 · 等法审",
    "secrecy_review": "送审 · 等保密审查",
    "signing": "等签发",
    "delivering": "已签发 · 等发出",
    "abandoned": "视为放弃 · 等告知",
}
"""State in words: where the paper lies and whose turn it is; lateness is the lamp's."""
LAPSED = {
    "waiting_correction": "申请人逾期未补正 · 待认定视为放弃",
    "waiting_fee": "申请人逾期未缴费 · 待认定视为放弃",
}
"""When the applicant's own term has passed: nothing of the organ's is overdue (clock contract, rule 9)."""


@dataclass(frozen=True)
class Deputy:
    """The handler's B (AB角), or whoever acts for the handler today."""

    person: User
    acts: bool
    """Whether he acts today; else he stands ready."""


def deputies_of(cases: Iterable[Case], today: date) -> dict[int, Deputy]:
    """Who stands in for each case's handler, by the case's key; two queries for a list."""
    handled = [case for case in cases if case.handler_id]
    wanted = Q(person__in={case.handler_id for case in handled}, agency__in={case.agency_id for case in handled})
    found: dict[tuple[int, int], Deputy] = {}
    if handled:
        for pair in DeputyPair.objects.standing().filter(wanted).select_related("deputy"):
            found[pair.person_id, pair.agency_id] = Deputy(pair.deputy, acts=False)
        for row in Delegation.objects.in_force(today).filter(wanted).select_related("deputy"):
            found[row.person_id, row.agency_id] = Deputy(row.deputy, acts=True)
    keys = ((case.pk, (case.handler_id, case.agency_id)) for case in handled)
    return {pk: found[key] for pk, key in keys if key in found}


@dataclass(frozen=True)
class CaseRow:
    """One case as a list shows it."""

    case: Case
    words: str
    due: date | None
    days_left: int | None
    turn: Turn | None = None
    """Whose step it is (轮到谁)."""
    people: tuple[User, ...] = ()
    """Whom to ring about it: who has the next step, with the telephone; empty on pages of one case."""
    deputy: Deputy | None = None
    """Who stands in for the handler."""

    @property
    def lamp(self) -> bool:
        """Whether a last day runs."""
        return self.due is not None


def row_of(case: Case, today: date) -> CaseRow:
    """The words and the last day of a case as of today."""
    due = clock.owed_by(case, today)
    words = PHASES.get(case.state, STATES[case.state])
    if case.state in LAPSED and due is None:
        words = LAPSED[case.state]
    if case.state in FINISHED and case.counted_on:
        words = f"{STATES[case.state]} · {case.counted_on.month} 月 {case.counted_on.day} 日{_outcome(case)}"
    elif case.agreed_reply_on:
        words = f"{words} · 延迟答复至 {case.agreed_reply_on.month} 月 {case.agreed_reply_on.day} 日"
    if case.redecided:
        words = f"重新答复 · {words}"
    return CaseRow(case, words, due, clock.days_left(due, today, office_calendar()), turn_of(case, today))


def rows_of(cases: Iterable[Case], today: date) -> list[CaseRow]:
    """The same for a whole list, with whom to ring."""
    listed = list(cases)
    people, deputies = people_for(listed, today), deputies_of(listed, today)
    return [
        replace(row_of(case, today), people=tuple(people[case.pk]), deputy=deputies.get(case.pk)) for case in listed
    ]


def _outcome(case: Case) -> str:
    return f"（{case.get_counted_timely_display()}）" if case.counted_timely != "withdrawn" else ""


Rows = tuple[list[Case], str | None, str | None]


def by_due_day(cases: QuerySet[Case], request: HttpRequest) -> Rows:
    """Open cases, the most urgent first."""
    after, before = _mark(request, "after"), _mark(request, "before")
    if before:
        day, key = before
        earlier = cases.filter(Q(due_on__lt=day) | Q(due_on=day, public_id__lt=key)).order_by("-due_on", "-public_id")
        rows = list(earlier[: PAGE + 1])
        more = len(rows) > PAGE
        rows = rows[:PAGE][::-1]
        return (
            rows,
            _link(request, "before", _due_mark(rows[0])) if more and rows else None,
            (_link(request, "after", _due_mark(rows[-1])) if rows else None),
        )
    if after:
        day, key = after
        cases = cases.filter(Q(due_on__gt=day) | Q(due_on=day, public_id__gt=key))
    rows = list(cases.order_by("due_on", "public_id")[: PAGE + 1])
    more, rows = len(rows) > PAGE, rows[:PAGE]
    back = _link(request, "before", _due_mark(rows[0])) if after and rows else None
    return rows, back, _link(request, "after", _due_mark(rows[-1])) if more else None


def newest_first(cases: QuerySet[Case], request: HttpRequest) -> Rows:
    """All cases by their public id, which grows with time."""
    after, before = _mark(request, "after"), _mark(request, "before")
    if before:
        rows = list(cases.filter(public_id__gt=before[1]).order_by("public_id")[: PAGE + 1])
        more = len(rows) > PAGE
        rows = rows[:PAGE][::-1]
        return (
            rows,
            _link(request, "before", _key_mark(rows[0])) if more and rows else None,
            (_link(request, "after", _key_mark(rows[-1])) if rows else None),
        )
    if after:
        cases = cases.filter(public_id__lt=after[1])
    rows = list(cases.order_by("-public_id")[: PAGE + 1])
    more, rows = len(rows) > PAGE, rows[:PAGE]
    back = _link(request, "before", _key_mark(rows[0])) if after and rows else None
    return rows, back, _link(request, "after", _key_mark(rows[-1])) if more else None


def _due_mark(case: Case) -> str:
    return f"{case.due_on}_{case.public_id}"


def _key_mark(case: Case) -> str:
    return f"{date.min}_{case.public_id}"


def _mark(request: HttpRequest, name: str) -> tuple[date, UUID] | None:
    """Where the last page ended; anything else is the first page."""
    try:
        day, key = request.GET.get(name, "").split("_", 1)
        return date.fromisoformat(day), UUID(key)
    except ValueError:
        return None


def _link(request: HttpRequest, name: str, mark: str) -> str:
    """The same list, moved on; what was asked for stays."""
    return "?" + urlencode({**_asked(request), name: mark})


def asked(request: HttpRequest) -> str:
    """What the list is filtered by, as a query for its other forms."""
    return "?" + urlencode(_asked(request))


def _asked(request: HttpRequest) -> dict[str, Any]:
    return {key: value for key, value in request.GET.items() if key not in ("after", "before") and value}
