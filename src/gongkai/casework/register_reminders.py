"""What the night says of the registers' terms: replies to reviews and suits, advice, complaints, corrections, suggestions.

Told as cases are: before the last day, on it, and each working day after it; by number alone, without a party's name.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gongkai.agencies.models import Agency, Appointment, Delegation, Role, User
from gongkai.casework.models import Advice, Lawsuit, RecordCorrection, ReviewCase
from gongkai.casework.terms import Owed, owed
from gongkai.design.words import month_day
from gongkai.outbox import station

_LAWYERS = {ReviewCase, Lawsuit, Advice}
"""Proceedings are the legal reviewer's beside the handlers of their cases."""
_KEEPERS = (Role.CASE_REGISTRAR, Role.DISCLOSURE_OFFICE)


def lines(today: date, before: tuple[int, ...]) -> Iterator[station.Line]:
    """One line for each person that a term is to be told to; `before`: working days left on which it is told."""
    for one in owed(Agency.objects.all(), today):
        if one.days_left is None or not (one.due < today or one.days_left in before):
            continue
        key = f"{type(one.source).__name__}:{one.source.public_id}:{one.verb}:{today}"
        title = f"{_number(one)} {one.verb}：{_left(one, today)}（{month_day(one.due)}到期）"
        for person in _people(one, today):
            yield station.Line(person.pk, key, title, one.url)


def _number(one: Owed) -> str:
    row = one.source.row if isinstance(one.source, Advice) else one.source
    return str(row.docket if isinstance(row, ReviewCase | Lawsuit) else row.number)


def _left(one: Owed, today: date) -> str:
    """An end on a day off is told on the working day before it."""
    left = one.days_left or 0
    if one.due < today:
        return f"已超期 {-left} 个工作日" if left else "已超期"
    if one.due == today:
        return "今日到期"
    return f"剩 {left} 个工作日" if left else "今天是期限前最后一个工作日"


def _people(one: Owed, today: date) -> list[User]:
    """Whoever handles it, else who keeps the register; once it is late the organ's signatory too; with deputies."""
    people = [person for person in _handlers(one) if person.is_active]
    kept_by = (Role.LEGAL_REVIEWER,) if type(one.source) in _LAWYERS else () if people else _KEEPERS
    roles = [*kept_by, *([Role.SIGNATORY] if one.due < today else [])]
    posts = Appointment.objects.held_on(today).filter(agency=one.agency, role__in=roles).select_related("user")
    people += [post.user for post in posts]
    away = Delegation.objects.in_force(today).filter(agency=one.agency, person__in=people).select_related("deputy")
    return list(dict.fromkeys([*people, *(row.deputy for row in away)]))


def _handlers(one: Owed) -> list[User]:
    row = one.source.row if isinstance(one.source, Advice) else one.source
    if isinstance(row, RecordCorrection):
        return [row.handler] if row.handler else []
    if isinstance(row, ReviewCase | Lawsuit):
        return list(User.objects.filter(cases__in=row.cases.all()).distinct())
    return []
