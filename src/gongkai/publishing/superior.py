"""上级平台: when a superior's portal serves the public, items leave as packages and their addresses come back.

Settings, the checks of an address, and what is still awaited. (domain-spec §11.7 item 46)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from urllib.parse import urlsplit, urlunsplit

from django.db.models import Count, Max, Min, QuerySet
from django.urls import reverse

from gongkai.agencies.ledger import Task
from gongkai.agencies.models import Agency, Role, User
from gongkai.agencies.office_settings import Declared, declare, one_of
from gongkai.agencies.permissions import visible_agencies
from gongkai.design.words import BEIJING, minute
from gongkai.publishing.models import Approval, ItemVersion, Shown, SuperiorPage
from gongkai_core.refusals import Refusal

GROUND = "条例第二十三条、第二十四条；本县与上级平台的发布分工"
OWN, SUPERIOR = "自建", "上级平台"
_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+")


def _hosts(text: str) -> str:
    hosts = [host.lower() for host in re.split(r"[\s,，、；;]+", text.strip()) if host]
    if not all(_HOST.fullmatch(host) for host in hosts):
        raise ValueError(text)
    return " ".join(hosts)


MODE = declare(
    Declared("publishing.portal_mode", f"门户方式（{OWN}、{SUPERIOR}）", OWN, GROUND, parse=one_of(OWN, SUPERIOR))
)
HOSTS = declare(
    Declared(
        "publishing.superior_hosts", "上级平台的域名（回填的网址须在其中，多个用空格隔开）", "", GROUND, parse=_hosts
    )
)
SHOWN = declare(
    Declared(
        "publishing.superior_shown",
        f"回填后本站网页对上级平台网页（{'、'.join(Shown.labels)}），次日起生效",
        Shown.BESIDE.label,
        GROUND,
        parse=one_of(*Shown.labels),
    )
)


def is_superior() -> bool:
    """Whether a superior's platform serves the public."""
    return bool(MODE.value() == SUPERIOR)


def shown_now() -> Shown:
    """The office's wish for our own pages."""
    return next(shown for shown in Shown if shown.label == SHOWN.value())


def await_pages(versions: Iterable[ItemVersion]) -> None:
    """Versions that were just made public: their pages on the superior's platform are awaited (again)."""
    if not is_superior():
        return
    versions = list(versions)
    rows = [
        SuperiorPage(item=version.item, agency=version.item.agency, version=version, awaited_since=version.published_at)
        for version in versions
    ]
    SuperiorPage.objects.bulk_create(
        rows,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["item"],
        update_fields=["version", "awaited_since", "filled_at"],
    )


def pages_for(user: User, *, on: date) -> QuerySet[SuperiorPage]:
    """The pages that exist for this person, of items that are public."""
    found = SuperiorPage.objects.filter(agency__in=visible_agencies(user, on=on), item__state="published")
    return found.select_related("item", "agency")


def approved_at(version: ItemVersion) -> datetime:
    """When the last approval that let a version become public was given, by itself or with its batch."""
    given = Approval.objects.filter(batch=version.batch) if version.batch_id else version.approvals.all()
    # What an urgent text still gets after its publication (补审补校) came too late to let it out.
    last: datetime = given.filter(at__lte=version.published_at).aggregate(last=Max("at"))["last"]
    return last


def clean_address(text: str) -> str:
    """An address as it is kept: scheme and host in small letters, no fragment. ValueError when it is none."""
    try:
        parts = urlsplit(text.strip())
        plain = parts.port in (None, {"http": 80, "https": 443}.get(parts.scheme.lower()))
    except ValueError:
        raise ValueError(text) from None
    host = (parts.hostname or "").lower()
    if parts.scheme.lower() not in ("http", "https") or not plain or parts.username or not _HOST.fullmatch(host):
        raise ValueError(text)
    if any(char.isspace() for char in text.strip()) or len(text) > 500:
        raise ValueError(text)
    return urlunsplit((parts.scheme.lower(), host, parts.path or "/", parts.query, ""))


def address_refusal(page: SuperiorPage, text: str, posted_at: datetime, *, now: datetime) -> Refusal | None:
    """Why this address and time can't be the item's page: host, uniqueness, and the order of things."""
    try:
        url = clean_address(text)
    except ValueError:
        return Refusal("no_address", f"“{text[:60]}”不是网址，须以 http:// 或者 https:// 开头", GROUND)
    hosts = str(HOSTS.value()).split()
    if not hosts:
        return Refusal("no_hosts", "还没有设置上级平台的域名，请政务公开办在“规则设置”中填写", GROUND)
    host = urlsplit(url).hostname
    if host not in hosts:
        return Refusal("foreign_host", f"网址的域名 {host} 不是上级平台（{'、'.join(hosts)}）", GROUND)
    taken = SuperiorPage.objects.filter(url=url).exclude(pk=page.pk).select_related("item").first()
    if taken:
        title = f"“{taken.item.title}”" if taken.item.is_public else "另一条"
        return Refusal("address_taken", f"这个网址已回填给{title}", GROUND)
    # A revised text at the address it had may keep the day it first had there.
    same_page = page.posted_at is not None and url == page.url and posted_at >= page.posted_at
    # People write minutes: an approval within the same minute came before.
    approved = approved_at(page.version).replace(second=0, microsecond=0)
    if posted_at < approved and not same_page:
        return Refusal(
            "before_approval", f"发布时间 {minute(posted_at)} 早于批准时间 {minute(approved)}", "条例第十七条"
        )
    if posted_at > now:
        return Refusal("future_time", f"发布时间 {minute(posted_at)} 还没有到", GROUND)
    return None


def tasks(user: User, *, on: date) -> Iterator[Task]:
    """回填清单: one line an organ, with how many and since when."""
    organs = {post.agency_id for post in user.posts_on(on) if post.role in (Role.DRAFTER, Role.PUBLISHER)}
    if not organs or not is_superior():
        return
    waiting = SuperiorPage.objects.filter(filled_at=None, agency__in=organs, item__state="published")
    found = waiting.values("agency").annotate(count=Count("pk"), since=Min("awaited_since")).order_by("since")
    agencies = Agency.objects.in_bulk([row["agency"] for row in found])
    for row in found:
        since = row["since"].astimezone(BEIJING).date()
        title = f"上级平台网址待回填 {row['count']} 条"
        yield Task("回填", title, agencies[row["agency"]], reverse("publishing:desk_superior"), since)
