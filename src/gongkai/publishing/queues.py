"""What waits for whom: returned drafts for their author, reviews, signings; batches like single items."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import chain, islice

from django.db.models import QuerySet
from django.urls import reverse

from gongkai.agencies.ledger import Task
from gongkai.agencies.models import Agency, Role, User
from gongkai.design.words import BEIJING
from gongkai.publishing import reminders, superior, withdrawals
from gongkai.publishing.actions.reassess import ASSESSORS
from gongkai.publishing.models import Batch, Item, ItemVersion
from gongkai_core.states.items import UNDER_WAY

MOST = 100
"""A to-do list longer than this is worked from the list of items."""

_STAGES = (
    (Role.REVIEWER, "in_review", "审核", "review"),
    (Role.PUBLISHER, "in_signing", "签发", "sign"),
)


def tasks(user: User, *, on: date) -> list[Task]:
    """What waits for this person now, oldest first within each kind. Nobody is asked to approve his own text."""
    waiting = (superior.tasks(user, on=on), reminders.tasks(user, on=on), _reassessments(user, on))
    found = chain(withdrawals.tasks(user, on=on), _returned(user), _approvals(user, on), *waiting)
    return list(islice(found, MOST))


def _returned(user: User) -> Iterator[Task]:
    for version in _singles("returned").filter(author=user):
        yield _task("修改", version, "edit", note=version.remarks)
    for batch in _batches("returned").filter(author=user):
        yield _batch_task("修改", batch, "", note=batch.remarks)


def _approvals(user: User, on: date) -> Iterator[Task]:
    posts = user.posts_on(on)
    for role, state, kind, address in _STAGES:
        agencies = {post.agency_id for post in posts if post.role == role}
        if not agencies:
            continue
        for version in _singles(state).filter(item__agency__in=agencies).exclude(author=user)[:MOST]:
            yield _task(kind, version, address)
        for batch in _batches(state).filter(agency__in=agencies).exclude(author=user)[:MOST]:
            yield _batch_task(kind, batch, address)


def _reassessments(user: User, on: date) -> Iterator[Task]:
    """Documents kept from the public whose reassessment is due (条例第十八条)."""
    agencies = {post.agency_id for post in user.posts_on(on) if post.role in ASSESSORS}
    if not agencies:
        return
    due = Item.objects.filter(agency__in=agencies, reassess_on__lte=on, state__in=UNDER_WAY).exclude(created_by=user)
    for item in due.select_related("agency").order_by("reassess_on", "pk")[:MOST]:
        url = reverse("publishing:desk_reassess", args=[item.public_id])
        note = f"应于 {item.reassess_on} 评估"
        yield Task("定期评估", item.title, item.agency, url, item.reassess_on, due=item.reassess_on, note=note)


def _singles(state: str) -> QuerySet[ItemVersion]:
    found = ItemVersion.objects.filter(state=state, batch=None)
    return found.select_related("item__agency", "author").order_by("submitted_at", "pk")


def _batches(state: str) -> QuerySet[Batch]:
    return Batch.objects.filter(state=state).select_related("agency", "author").order_by("submitted_at", "pk")


def _task(kind: str, version: ItemVersion, address: str, note: str = "") -> Task:
    url = reverse(f"publishing:desk_{address}", args=[version.item.public_id])
    return _made(
        kind,
        version.title,
        version.item.agency,
        url,
        version.submitted_at or version.created_at,
        note or version.author.name,
    )


def _batch_task(kind: str, batch: Batch, address: str, note: str = "") -> Task:
    url = reverse(f"publishing:desk_batch{'_' if address else ''}{address}", args=[batch.public_id])
    title = f"{batch.title}（{batch.size} 条）"
    return _made(kind, title, batch.agency, url, batch.submitted_at or batch.created_at, note or batch.author.name)


def _made(kind: str, title: str, agency: Agency, url: str, since: datetime, note: str) -> Task:
    return Task(kind, title, agency, url, since.astimezone(BEIJING).date(), note=note)
