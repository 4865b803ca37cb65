"""What waits for whom: returned drafts for their author, each step of a chain for its role; batches like single items."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import chain, islice

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse

from gongkai.agencies.calendar import office_calendar
from gongkai.agencies.ledger import Task
from gongkai.agencies.models import Role, User
from gongkai.agencies.permissions import is_disclosure_office
from gongkai.design.words import BEIJING
from gongkai.publishing import gazette, owing, reminders, superior, withdrawals
from gongkai.publishing.actions.answer_finding import ANSWERERS
from gongkai.publishing.actions.reassess import ASSESSORS
from gongkai.publishing.chain import Subject
from gongkai.publishing.deadlines import Rules
from gongkai.publishing.models import Approval, Batch, Item, ItemVersion, Sample, SampleVerdict
from gongkai.publishing.querysets import seen
from gongkai_core.review_chain import ROLES
from gongkai_core.states.items import UNDER_WAY

MOST = 100
"""A to-do list longer than this is worked from the list of items."""
AT_ONCE = "更正，即办（条例第六条）　"
"""False or incomplete information is put right without delay (domain-spec §1.3 PUB-03)."""


def tasks(user: User, *, on: date) -> list[Task]:
    """What waits for this person now, oldest first within each kind. Nobody is asked to approve his own text."""
    rules = Rules.now()
    found = chain(
        withdrawals.tasks(user, on=on),
        _returned(user, on, rules),
        _objected(user, on),
        _steps(user, on, rules),
        gazette.tasks(user, on=on),
        _findings(user, on),
        owing.tasks(user, on=on, rules=rules),
        superior.tasks(user, on=on),
        reminders.tasks(user, on=on),
        _reassessments(user, on),
    )
    return list(islice(found, MOST))


def _returned(user: User, on: date, rules: Rules) -> Iterator[Task]:
    for version in _singles(Q(state="returned", author=user, published_at=None)):
        yield _task("修改", version, "desk_edit", note=version.remarks, on=on, rules=rules)
    for batch in _batches(Q(state="returned", author=user)):
        yield _task("修改", batch, "desk_batch", note=batch.remarks)


def _objected(user: User, on: date) -> Iterator[Task]:
    """What a review after the publication found wrong, for the author to revise."""
    open_ones = Q(state="published", recheck_by__isnull=False, author=user) & ~Q(remarks="")
    for version in _singles(open_ones):
        yield _task("补审意见", version, "desk_item", note=version.remarks, due=version.recheck_by, on=on)
    for batch in _batches(open_ones):
        yield _task("补审意见", batch, "desk_batch", note=batch.remarks, due=batch.recheck_by, on=on)


def _steps(user: User, on: date, rules: Rules) -> Iterator[Task]:
    """The steps that wait for a role of this person: at his organs, and for the disclosure office anywhere."""
    posts = user.posts_on(on)
    for role in ROLES:
        organs = {post.agency_id for post in posts if post.role == role}
        anywhere = role == Role.DISCLOSURE_OFFICE and is_disclosure_office(user, on=on)
        if not organs and not anywhere:
            continue
        # The second condition is that of the index: few versions wait for anybody.
        waiting = Q(waits_for=role) & ~Q(waits_for="") & ~Q(author=user)
        versions = _singles(waiting & (Q() if anywhere else Q(item__agency__in=organs)))
        batches = _batches(waiting & (Q() if anywhere else Q(agency__in=organs)))
        for subject in chain(versions[:MOST], batches[:MOST]):
            if not _taken(subject, user):
                yield _step_task(subject, on, rules)


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


def _findings(user: User, on: date) -> Iterator[Task]:
    """What the office found in a sample, for those of the organ who answer it; and what the office still has to look at."""
    organs = {post.agency_id for post in user.posts_on(on) if post.role in ANSWERERS}
    samples = Sample.objects.filter(seen("version__item"))
    found = samples.filter(verdict=SampleVerdict.FINDING, answer="", draw__agency__in=organs)
    for row in found.select_related("version", "draw__agency").order_by("checked_at", "pk")[:MOST]:
        url = reverse("publishing:desk_sample", args=[row.public_id])
        yield Task("整改", row.version.title, row.draw.agency, url, _day(row.checked_at), note=row.remarks)
    if is_disclosure_office(user, on=on):
        waiting = samples.filter(verdict="").exclude(version__author=user).select_related("version", "draw__agency")
        for row in waiting.order_by("pk")[:MOST]:
            url = reverse("publishing:desk_sample", args=[row.public_id])
            yield Task("抽查", row.version.title, row.draw.agency, url, _day(row.draw.drawn_at))


def _taken(subject: Subject, user: User) -> bool:
    """Whether the step asks for another person than this one, who has done a step of his own before."""
    step = subject.current_step
    if step is None or not step.distinct:
        return False
    done = [row for row in subject.approvals.all() if row.round == subject.round]
    return any(row.distinct and row.reviewer_id == user.pk for row in done)


def _approvals() -> Prefetch[str]:
    return Prefetch("approvals", Approval.objects.filter(valid=True))


def _singles(condition: Q) -> QuerySet[ItemVersion]:
    found = ItemVersion.objects.filter(condition, batch=None).prefetch_related(_approvals())
    return found.select_related("item__agency", "author", "column").order_by("submitted_at", "pk")


def _batches(condition: Q) -> QuerySet[Batch]:
    found = Batch.objects.filter(condition).prefetch_related(_approvals())
    return found.select_related("agency", "author").order_by("submitted_at", "pk")


def _step_task(subject: Subject, on: date, rules: Rules) -> Task:
    step = subject.current_step
    assert step is not None
    address = "sign" if step.kind == "sign" else "review"
    name = f"desk_batch_{address}" if isinstance(subject, Batch) else f"desk_{address}"
    return _task(step.label, subject, name, due=subject.recheck_by, on=on, rules=rules)


def _task(
    kind: str,
    subject: Subject,
    address: str,
    note: str = "",
    due: date | None = None,
    on: date | None = None,
    rules: Rules | None = None,
) -> Task:
    if isinstance(subject, Batch):
        title, public_id = f"{subject.title}（{subject.size} 条）", subject.public_id
    else:
        title, public_id = subject.title, subject.item.public_id
    urgent = f"紧急：{subject.urgent_reason}　" if subject.urgent_reason and not due else ""
    if due is None and rules and isinstance(subject, ItemVersion):
        due = rules.owed_by(subject)
    urgent = urgent or (AT_ONCE if getattr(subject, "correction", "") else "")
    return Task(
        kind,
        title,
        subject.agency,
        reverse(f"publishing:{address}", args=[public_id]),
        _day(subject.submitted_at or subject.created_at),
        due=due,
        days_left=days_left(due, on) if due and on else None,
        note=note or f"{urgent}{subject.author.name}",
    )


def days_left(due: date, on: date) -> int:
    """Working days until `due`, negative when it has passed."""
    return office_calendar().workdays_between(on, due)


def _day(at: datetime) -> date:
    return at.astimezone(BEIJING).date()
