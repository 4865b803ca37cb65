"""What the calendar asks of an organ's published documents: to be reviewed, explained, deposited."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse

from gongkai.agencies.calendar import office_calendar
from gongkai.agencies.ledger import Scope, Task
from gongkai.agencies.models import Role, User
from gongkai.agencies.permissions import is_disclosure_office
from gongkai.design.words import day
from gongkai.publishing.clean_ups import SEASON, government, open_round, progress
from gongkai.publishing.deposits import due_on as due_on_quarter
from gongkai.publishing.deposits import missing, quarter_of
from gongkai.publishing.interpretations import due_on, legal_day, unexplained
from gongkai.publishing.models import CleanUp, Item
from gongkai.publishing.querysets import in_force_on, midnight, review_wanted
from gongkai.publishing.validity import REVIEW_NOTICE, REVIEW_TERM, ends_on, months_before, review_due

MOST = 50
RECENT = timedelta(days=400)
"""Older documents are explained when somebody asks; they don't fill to-do lists for ever."""


def organs_of(user: User, on: date, *roles: Role) -> set[int]:
    return {post.agency_id for post in user.posts_on(on) if post.role in roles}


def tasks(user: User, *, on: date) -> Iterator[Task]:
    yield from _to_review(user, on)
    yield from _to_explain(user, on)
    yield from _to_judge(user, on)
    yield from _to_open(user, on)
    yield from _to_deposit(user, on)


def _to_review(user: User, on: date) -> Iterator[Task]:
    """Documents in force whose day of review or last day is near or past."""
    organs = organs_of(user, on, Role.DRAFTER)
    if not organs:
        return
    notice = on + timedelta(days=int(REVIEW_NOTICE.value()))
    wanted = review_wanted(notice, months_before(notice, int(REVIEW_TERM.value())))
    running_out = Q(valid_until__range=(on, notice)) | Q(ended_on__range=(on + timedelta(days=1), notice))
    found = Item.objects.public().normative().filter(in_force_on(on), agency__in=organs)
    calendar = office_calendar()
    for item in found.filter(wanted | running_out).select_related("agency").order_by("formed_on", "pk")[:MOST]:
        end, due = ends_on(item), review_due(item)
        if end and (due is None or end < due):
            due, note = end - timedelta(days=1), f"{day(end)} 起失效"
        else:
            note = "逐件提出继续有效、修改、废止的意见"
        left = calendar.workdays_between(on, due) if due else None
        yield Task("评估文件", item.title, item.agency, _url(item), item.formed_on, due, left, note)


def _url(item: Item) -> str:
    return reverse("publishing:desk_item", args=[item.public_id])


def _to_explain(user: User, on: date) -> Iterator[Task]:
    """Public documents of the person's organs that should be explained and are not; the oldest first."""
    organs = organs_of(user, on, Role.DRAFTER)
    if not organs:
        return
    calendar = office_calendar()
    recent = midnight(on - RECENT)
    found = unexplained().filter(agency__in=organs, first_published_at__gte=recent).select_related("agency")
    for item in found.order_by("first_published_at", "pk")[:MOST]:
        due = due_on(item, calendar)
        left = calendar.workdays_between(on, due)
        yield Task("起草解读", item.title, item.agency, _url(item), legal_day(item.first_published_at), due, left)


def _to_judge(user: User, on: date) -> Iterator[Task]:
    """A running round in which documents of the person's organs have no verdict; one line an organ."""
    organs = organs_of(user, on, Role.DRAFTER, Role.PUBLISHER)
    running = open_round()
    if running is None or not organs:
        return
    calendar = office_calendar()
    for row in progress(running.entries.filter(agency__in=organs), running.due_on, on):
        if row.open:
            url = f"{reverse('publishing:desk_clean_up', args=[running.public_id])}?open=1"
            left = calendar.workdays_between(on, running.due_on)
            since = legal_day(running.opened_at)
            yield Task(
                "清理文件", running.title, row.agency, url, since, running.due_on, left, f"{row.open} 件没有意见"
            )


def _to_open(user: User, on: date) -> Iterator[Task]:
    """In September the office is reminded of the year's round."""
    if on.month != SEASON or not is_disclosure_office(user, on=on):
        return
    organ = government()
    if organ and not CleanUp.objects.filter(opened_at__gte=midnight(date(on.year, 1, 1))).exists():
        url, due = reverse("publishing:desk_clean_ups"), date(on.year, SEASON, 30)
        left = office_calendar().workdays_between(on, due)
        yield Task("发起清理", f"{on.year}年规范性文件清理", organ, url, date(on.year, SEASON, 1), due, left)


def _to_deposit(user: User, on: date) -> Iterator[Task]:
    """The office's quarters of which archive or library still wait for the list."""
    organ = government()
    if organ is None or not is_disclosure_office(user, on=on):
        return
    calendar = office_calendar()
    for year, quarter in missing(Scope(organ, whole_region=True), on):
        ended, due = quarter_of(year, quarter).last, due_on_quarter(year, quarter)
        title = f"{year}年第{quarter}季度送交档案馆、图书馆"
        left = calendar.workdays_between(on, due)
        yield Task("送交", title, organ, reverse("publishing:desk_deposits"), ended, due, left)
