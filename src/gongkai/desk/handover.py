"""一键交接: all that a person has in hand, asked of every app that holds some of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from gongkai.agencies.handover import Held
from gongkai.agencies.models import ADMINISTRATORS, Appointment, Role, User, WorkHandover
from gongkai.agencies.permissions import is_disclosure_office
from gongkai.casework import handover as casework
from gongkai.desk.kept_forms import KEEP
from gongkai.desk.models import KeptForm
from gongkai.desk.worklist import tasks_of
from gongkai.publishing import handover as publishing
from gongkai_core.refusals import Refusal

GROUND = "内部管理：人员变动交接"
APPS = (casework, publishing)
PERSONAL = "/desk/me/"
"""What a person typed about themselves stays theirs."""
MOST_TASKS = 200


@dataclass(frozen=True)
class Kind:
    """Things of one kind, for a page that counts them."""

    name: str
    held: list[Held]


def held_by(user: User, *, on: date) -> list[Held]:
    """What moves with a handover: cases, drafts, batches, unsent forms."""
    return [*(held for app in APPS for held in app.held_by(user, on=on)), *(_kept(row) for row in kept_forms(user))]


def kept_forms(user: User) -> QuerySet[KeptForm]:
    rows = KeptForm.objects.filter(person=user, expires_at__gt=timezone.now())
    return rows.exclude(target__startswith=PERSONAL).order_by("pk")


def _kept(row: KeptForm) -> Held:
    return Held(
        "未提交的填写", row.get_reason_display(), None, f"{timezone.localtime(row.saved_at):%Y-%m-%d %H:%M}", row.page
    )


def tasks_of_posts(user: User, *, on: date) -> list[Held]:
    """What waits for the person's roles, not for the person: whoever holds the same post there does it."""
    moving = {held.url for held in held_by(user, on=on)}
    found = [task for task in tasks_of(user, on=on) if task.url not in moving and task.kind != "催办"]
    return [Held(f"岗位待办：{task.kind}", task.title, task.agency, task.note, task.url) for task in found[:MOST_TASKS]]


def by_kind(held: Iterable[Held]) -> list[Kind]:
    kinds: dict[str, list[Held]] = {}
    for one in held:
        kinds.setdefault(one.kind, []).append(one)
    return [Kind(name, rows) for name, rows in kinds.items()]


def may_hand_over(person: User, *, by: User, today: date) -> Refusal | None:
    """The witness (监交人) does it: the disclosure office, or the head of every organ in which the person works."""
    own = person.own_posts_on(today)
    if by.pk == person.pk:
        return Refusal("not_oneself", "交接由监交人办理，不由移交人自己办理", GROUND)
    if any(post.role in ADMINISTRATORS for post in own):
        return Refusal("administrator", "系统、安全、审计三员不办理业务，没有可以交接的事项", GROUND)
    if not person.is_active:
        return Refusal("frozen", "账号已经冻结", GROUND)
    mine = by.own_posts_on(today)
    if any(post.role == Role.DISCLOSURE_OFFICE for post in mine):
        return None
    heads = {post.agency_id for post in mine if post.role == Role.SIGNATORY}
    if own and {post.agency_id for post in own} <= heads:
        return None
    return Refusal("needs_role", "交接由政务公开办或者本单位签发人监交", GROUND)


def people_for(by: User, *, today: date) -> QuerySet[User]:
    """Whose work the person may have handed over, and who may take it over."""
    posts = Appointment.objects.held_on(today).exclude(role__in=[str(role) for role in ADMINISTRATORS])
    mine = by.own_posts_on(today)
    if not any(post.role == Role.DISCLOSURE_OFFICE for post in mine):
        posts = posts.filter(agency__in=[post.agency_id for post in mine if post.role == Role.SIGNATORY])
    return User.objects.filter(pk__in=posts.values("user"), is_active=True).order_by("name", "pk")


def obstacles(person: User, to: User, *, by: User, today: date) -> Iterator[Refusal]:
    """Everything that stands in the way of this successor."""
    if refusal := may_hand_over(person, by=by, today=today):
        yield refusal
    if to.pk in (person.pk, by.pk):
        yield Refusal("three_persons", "移交人、接收人、监交人须是三个人", GROUND)
    if not to.is_active:
        yield Refusal("frozen", f"{to.name}的账号已经冻结", GROUND)
    for app in APPS:
        yield from app.obstacles(person, to, on=today)


def move_kept_forms(user: User, to: User) -> None:
    """Unsent forms go along, with their time beginning anew; where the successor has one of the same page, his stays."""
    for row in kept_forms(user):
        if not KeptForm.objects.filter(person=to, target=row.target, reason=row.reason).exists():
            expires = timezone.now() + KEEP[row.reason]
            KeptForm.objects.filter(pk=row.pk).update(person=to, expires_at=expires)


def handovers_for(user: User, *, on: date) -> QuerySet[WorkHandover]:
    """The handovers that exist for this person: those they took part in, all of them for the disclosure office."""
    rows = WorkHandover.objects.select_related("person", "successor", "witness").order_by("-public_id")
    if is_disclosure_office(user, on=on):
        return rows
    return rows.filter(Q(successor=user) | Q(witness=user) | Q(person=user))


def to_read(user: User) -> QuerySet[WorkHandover]:
    """What the person took over and has not dismissed (你接手的工作)."""
    rows = WorkHandover.objects.filter(successor=user, dismissed_at=None).select_related("person", "witness")
    return rows.prefetch_related("lines").order_by("-public_id")
