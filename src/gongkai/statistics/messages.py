"""Whom a sheet's messages are for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from gongkai.agencies.models import Appointment, Delegation, Role, User
from gongkai.outbox import station
from gongkai.statistics.models import FilingSheet, SheetSignature, SheetState


def people_of(organs: Iterable[int], role: Role, today: date) -> dict[int, list[User]]:
    """Who holds the role at each organ on a day, and their deputies; by the organ's key."""
    keys = list(organs)
    held: dict[int, list[User]] = defaultdict(list)
    for post in Appointment.objects.held_on(today).filter(agency__in=keys, role=role):
        held[post.agency_id].append(post.user)
    deputies: dict[tuple[int, int], list[User]] = defaultdict(list)
    for row in Delegation.objects.in_force(today).filter(agency__in=keys).select_related("deputy"):
        deputies[row.person_id, row.agency_id].append(row.deputy)
    for organ, people in held.items():
        also = [deputy for person in people for deputy in deputies[person.pk, organ]]
        held[organ] = list(dict.fromkeys([*people, *also]))
    return held


def lines(sheets: Iterable[FilingSheet], key: str, words: dict[int, str], today: date) -> Iterator[station.Line]:
    """A message about each sheet to whoever it waits for: the next to sign, else the organ's statisticians.

    `words` by the sheet's key; `key` makes it this one message.
    """
    rows = list(sheets)
    signing = [row.pk for row in rows if row.state == SheetState.SIGNING]
    waiting: dict[int, list[User]] = defaultdict(list)
    unsigned = SheetSignature.objects.filter(sheet__in=signing, person__isnull=False, signed_at=None)
    for signature in unsigned.select_related("person"):
        assert signature.person
        waiting[signature.sheet_id].append(signature.person)
    people = people_of({row.agency_id for row in rows}, Role.STATISTICIAN, today)
    for row in rows:
        for person in waiting[row.pk] or people[row.agency_id]:
            yield station.Line(person.pk, f"sheet:{row.public_id}:{key}", words[row.pk], row.get_absolute_url())
