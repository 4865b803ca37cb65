"""What a drafter has under way, and how it passes to a successor (`agencies.handover`)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse

from gongkai.agencies.handover import Held
from gongkai.agencies.models import Role, User
from gongkai.publishing.models import Approval, Batch, GazetteIssue, ItemVersion
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal
from gongkai_core.states.items import UNDER_WAY

GROUND = "内部管理：人员变动交接（domain-spec §11.3）"


def _versions(user: User) -> QuerySet[ItemVersion]:
    under_way = ItemVersion.objects.filter(author=user, state__in=UNDER_WAY, batch=None)
    return under_way.select_related("item__agency").defer("body").order_by("pk")


def _batches(user: User) -> QuerySet[Batch]:
    return Batch.objects.filter(author=user, state__in=UNDER_WAY).select_related("agency").order_by("pk")


def _issues(user: User) -> QuerySet[GazetteIssue]:
    return GazetteIssue.objects.filter(author=user, state="composing").select_related("agency").order_by("pk")


def held_by(user: User, *, on: date) -> list[Held]:
    """Drafts and what is still under review, batches, and gazette issues being composed."""
    return [
        *(
            Held("稿件", row.title, row.agency, row.standing, reverse("publishing:desk_item", args=[row.item.public_id]))
            for row in _versions(user)
        ),
        *(
            Held(
                "批次", f"{row.title}（{row.size} 条）", row.agency, row.standing,
                reverse("publishing:desk_batch", args=[row.public_id]),
            )
            for row in _batches(user)
        ),
        *(
            Held(
                "公报", str(row), row.agency, row.get_state_display(),
                reverse("publishing:desk_gazette_issue", args=[row.public_id]),
            )
            for row in _issues(user)
        ),
    ]  # fmt: skip


def obstacles(user: User, to: User, *, on: date) -> Iterator[Refusal]:
    """The successor drafts at each organ, and has approved nothing of what becomes his (条例第十七条: 拟稿人不审批)."""
    rows = [*_versions(user), *_batches(user), *_issues(user)]
    for agency in sorted({row.agency for row in rows}, key=lambda organ: organ.path):
        if not any(post.role == Role.DRAFTER and post.agency_id == agency.pk for post in to.own_posts_on(on)):
            yield Refusal("needs_role", f"{to.name}不是{agency.short_name}的拟稿人，请先登记岗位", GROUND)
    approved = Approval.objects.filter(Q(version__in=_versions(user)) | Q(batch__in=_batches(user)), reviewer=to)
    if approved.exists():
        yield Refusal("not_author", f"{to.name}审批过其中的稿件，不能接任拟稿人，请先退回或者办结", GROUND)


def hand_over(user: User, to: User, *, by: User, today: date) -> None:
    """Make the successor the author of what is under way."""
    facts = {"to_author": str(to.public_id), "before": str(user.public_id)}
    for version in _versions(user):
        ItemVersion.objects.filter(pk=version.pk).update(author=to)
        record("publishing.pass_on", version.item, by=by, today=today, ground=GROUND, version=version.number, **facts)
    for batch in _batches(user):
        ItemVersion.objects.filter(batch=batch, author=user).update(author=to)
        Batch.objects.filter(pk=batch.pk).update(author=to)
        record("publishing.pass_on", batch, by=by, today=today, ground=GROUND, **facts)
    for issue in _issues(user):
        GazetteIssue.objects.filter(pk=issue.pk).update(author=to)
        record("publishing.pass_on", issue, by=by, today=today, ground=GROUND, **facts)
