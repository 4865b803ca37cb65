"""What an organ owes the public, in its drafters' queues: 催办 and 督办, obligations near or past their day, drafts whose
last day is near, guides that no longer say what is so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.db.models import Prefetch
from django.urls import reverse

from gongkai.agencies.calendar import office_calendar
from gongkai.agencies.ledger import Task
from gongkai.agencies.models import Agency, Role, User
from gongkai.design.words import BEIJING, day
from gongkai.publishing.deadlines import Rules, pending
from gongkai.publishing.guides import outdated_guides
from gongkai.publishing.models import ItemVersion, Obligation, Openness, Reminder
from gongkai.publishing.reminders import organs_of

NOTICE_WORKDAYS = 10
"""So long before its last day an obligation is shown."""
DRAFT_WORKDAYS = 5
MOST = 50


def tasks(user: User, *, on: date, rules: Rules) -> Iterator[Task]:
    organs = organs_of(user, on, Role.DRAFTER)
    if not organs:
        return
    yield from _reminded(organs, on)
    yield from _near(organs, on)
    yield from _unsent(user, on, rules)
    yield from _guides(organs, on)


def _reminded(organs: set[int], on: date) -> Iterator[Task]:
    """What the office asked for, one by one, until it is met."""
    found = Obligation.objects.unmet().filter(agency__in=organs, reminders__isnull=False).distinct()
    latest = Prefetch("reminders", Reminder.objects.select_related("order").order_by("-on", "-pk"))
    calendar = office_calendar()
    for row in found.select_related("agency", "entry").prefetch_related(latest).order_by("due_on", "pk")[:MOST]:
        reminder = row.reminders.all()[0]
        ordered = [each.order for each in row.reminders.all() if each.order]
        due = ordered[0].finish_by if ordered else row.due_on
        note = f"督办单 {ordered[0].number}" if ordered else f"{day(reminder.on)} 催办"
        left = calendar.workdays_between(on, due)
        kind = "督办" if ordered else "催办"
        title = f"{row.entry}（{row.period_words}）"
        yield Task(kind, title, row.agency, _url(row), reminder.on, due, left, note)


def _near(organs: set[int], on: date) -> Iterator[Task]:
    """The rest in one line for each organ."""
    calendar = office_calendar()
    until = calendar.add_workdays(on, NOTICE_WORKDAYS)
    found = Obligation.objects.unmet().filter(agency__in=organs, reminders=None, opens_on__lte=on, due_on__lte=until)
    by_organ: dict[Agency, list[Obligation]] = defaultdict(list)
    for row in found.select_related("agency").order_by("due_on", "pk"):
        by_organ[row.agency].append(row)
    for organ, rows in by_organ.items():
        late = sum(row.due_on < on for row in rows)
        parts = [f"逾期 {late} 项"] if late else []
        parts += [f"{NOTICE_WORKDAYS} 个工作日内到期 {len(rows) - late} 项"] if len(rows) > late else []
        due = rows[0].due_on
        url = f"{reverse('publishing:desk_obligations')}?state=unmet&agency={organ.public_id}"
        left = calendar.workdays_between(on, due)
        yield Task("公开", f"公开义务：{'，'.join(parts)}", organ, url, rows[0].opens_on, due, left)


def _unsent(user: User, on: date, rules: Rules) -> Iterator[Task]:
    """One's own drafts that must be public soon (条例第二十六条)."""
    # That they aren't public is the condition of the index of the few.
    drafts = ItemVersion.objects.filter(author=user, state="draft", published_at=None)
    drafts = drafts.filter(formed_on__isnull=False, openness=Openness.OPEN)
    drafts = drafts.select_related("item__agency", "column").order_by("formed_on", "pk")[:MOST]
    for each in pending(drafts, today=on, rules=rules):
        if each.days_left <= DRAFT_WORKDAYS:
            item = each.version.item
            url = reverse("publishing:desk_item", args=[item.public_id])
            since = each.version.created_at.astimezone(BEIJING).date()
            yield Task("送审", each.version.title, item.agency, url, since, each.due, each.days_left)


def _guides(organs: set[int], on: date) -> Iterator[Task]:
    for each in outdated_guides(Agency.objects.filter(pk__in=organs), today=on):
        url = reverse("publishing:desk_item", args=[each.item.public_id])
        yield Task("更新指南", each.words, each.item.agency, url, each.since, each.due, each.days_left)


def _url(row: Obligation) -> str:
    return reverse("publishing:desk_obligation", args=[row.public_id])
