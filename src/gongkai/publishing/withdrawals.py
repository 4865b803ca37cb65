"""What a withdrawal leaves to be done: others' copies to be taken down, penalty decisions to be withdrawn in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from gongkai.agencies.calendar import office_calendar
from gongkai.agencies.ledger import Task
from gongkai.agencies.models import Agency, Role, User
from gongkai.agencies.permissions import is_disclosure_office
from gongkai.design.words import BEIJING
from gongkai.publishing.models import Channel, Item, PenaltyChange, SuperiorPage, Takedown
from gongkai.publishing.moments import moment
from gongkai.publishing.permissions import roles_at
from gongkai.publishing.querysets import seen
from gongkai_core.disclosure import rule_for
from gongkai_core.refusals import Refusal

PENALTIES = "A20_06"
"""The column of penalty decisions (条例第二十条第（六）项)."""
PENALTY_RULE = rule_for(PENALTIES, "", event="withdraw")
PENALTY_LAW = PENALTY_RULE.article
SUPERIOR = "上级政府网站、平台"
MOST = 100


def withdrawer_refusal(user: User, agency: Agency, *, on: date) -> Refusal | None:
    """Whoever may withdraw an organ's items sees to the rest of it: its publisher, the disclosure office."""
    if roles_at(user, agency, on=on) & {Role.PUBLISHER.value, Role.DISCLOSURE_OFFICE.value}:
        return None
    return Refusal("needs_role", f"由{agency.short_name}的签发人或者政务公开办办理")


def write_takedowns(item: Item, *, by: User, today: date) -> list[Takedown]:
    """Begin the list of a silent withdrawal with the copies that we know of; others are added by hand."""
    page = SuperiorPage.objects.filter(item=item).first()
    shown = item.publications.exclude(channel=Channel.WEBSITE).order_by("published_on", "pk")
    copies = [(SUPERIOR, page.url if page else ""), *((Channel(row.channel).label, "") for row in shown)]
    return Takedown.objects.bulk_create(
        Takedown(item=item, holder=holder, url=url, entered_by=by, entered_at=moment(today)) for holder, url in copies
    )


def tasks(user: User, *, on: date) -> Iterator[Task]:
    """Penalty decisions that must go, the most urgent first; then copies not yet taken down."""
    everywhere = is_disclosure_office(user, on=on)
    organs = [post.agency_id for post in user.posts_on(on) if post.role == Role.PUBLISHER]
    if not everywhere and not organs:
        return
    changes = PenaltyChange.objects.filter(item__state="published").select_related("item__agency")
    copies: QuerySet[Takedown] = Takedown.objects.filter(seen(), gone_on=None).select_related("item__agency")
    if not everywhere:
        changes, copies = (
            changes.filter(item__agency__in=organs),
            copies.filter(item__agency__in=organs),
        )
    calendar = office_calendar()
    for change in changes.order_by("due_on", "pk")[:MOST]:
        left = calendar.workdays_between(on, change.due_on)
        note = f"处罚决定已{change.get_change_display()}（{PENALTY_LAW}）"
        yield _task("撤回", change.item, change.decided_on, "withdraw", note, due=change.due_on, left=left)
    for copy in copies.order_by("pk")[:MOST]:
        since = copy.entered_at.astimezone(BEIJING).date()
        yield _task("提请撤下", copy.item, since, "item", copy.holder)


def _task(
    kind: str, item: Item, since: date, address: str, note: str, *, due: date | None = None, left: int | None = None
) -> Task:
    url = reverse(f"publishing:desk_{address}", args=[item.public_id])
    return Task(kind, item.title, item.agency, url, since, due=due, days_left=left, note=note)
