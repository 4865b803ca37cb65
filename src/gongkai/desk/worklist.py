"""What waits for a person, asked of every app that has queues."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from gongkai.agencies.calendar import office_calendar
from gongkai.agencies.ledger import Task
from gongkai.agencies.models import User
from gongkai.annualreport import queues as annualreport
from gongkai.casework import queues as casework
from gongkai.documents.models import RecordedInstruction
from gongkai.publishing import queues as publishing
from gongkai.registers import queues as registers
from gongkai.statistics import queues as statistics


@dataclass(frozen=True)
class Group:
    """Tasks of one kind, the most urgent first."""

    kind: str
    tasks: list[Task]


@dataclass(frozen=True)
class WorkingDay:
    """One day of the week's strip."""

    day: date
    works: bool
    tasks: list[Task]


def tasks_of(user: User, *, on: date) -> list[Task]:
    """All that waits for a person on a day."""
    return [
        *casework.tasks(user, on=on),
        *publishing.tasks(user, on=on),
        *registers.tasks(user, on=on),
        *statistics.tasks(user, on=on),
        *annualreport.tasks(user, on=on),
        *_instructions(user),
    ]


def _instructions(user: User) -> list[Task]:
    waiting = RecordedInstruction.objects.filter(leader=user, confirmed_at=None).select_related("agency")
    return [
        Task(
            kind="确认批示",
            title=row.words,
            agency=row.agency,
            url=reverse("desk:instructions"),
            since=row.entered_at.date(),
        )
        for row in waiting
    ]


def grouped(tasks: Iterable[Task]) -> list[Group]:
    """Tasks by kind; within a kind, and among kinds, what is due first stands first."""
    groups: dict[str, list[Task]] = {}
    for task in sorted(tasks, key=_urgency):
        groups.setdefault(task.kind, []).append(task)
    return [Group(kind, rows) for kind, rows in groups.items()]


def _urgency(task: Task) -> tuple[int, date]:
    return (task.days_left if task.days_left is not None else 999, task.since)


def week(tasks: Iterable[Task], *, on: date, days: int = 7) -> list[WorkingDay]:
    """The coming days with what falls due on each."""
    calendar = office_calendar()
    rows = list(tasks)
    return [
        WorkingDay(day, calendar.is_workday(day), [task for task in rows if task.due == day])
        for day in (on + timedelta(days=n) for n in range(days))
    ]
