"""Looking at the addresses that were filled back: by command or once a day, and only where the office has asked for it."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta

from django.db.models import F, Q
from django.utils import timezone

from gongkai.agencies.office_settings import Declared, declare, whole
from gongkai.publishing.fetching import Titles, Unfetched, fetch_titles
from gongkai.publishing.models import Item, SuperiorPage, Verdict
from gongkai.publishing.standing import restate
from gongkai.publishing.superior import GROUND, HOSTS, is_superior, shown_now
from gongkai.publishing.tasks import announce

LOOK = declare(
    Declared(
        "publishing.superior_look",
        "由系统打开回填的网址核对标题（1 核对，0 不核对；默认不向外访问）",
        0,
        GROUND,
        parse=whole(0, 1),
    )
)
AGAIN = timedelta(days=30)
PAUSE = 1.0
"""Seconds between two requests: we are a guest there."""
NIGHTLY_SECONDS = 60.0
"""Well within a message's lease."""

Fetch = Callable[[str], Titles]


def nightly(today: date) -> None:
    """Follow the office's setting on our own pages; then look at a few addresses, if that is wanted."""
    if not is_superior():
        return
    follow_setting()
    if LOOK.value() == 1:
        check_pages(seconds=NIGHTLY_SECONDS)


def follow_setting() -> int:
    """Have our pages show of the superior's what the setting says now. Returns how many changed."""
    shown = shown_now()
    changed = list(SuperiorPage.objects.exclude(filled_at=None).exclude(shown=shown).values_list("item", flat=True))
    for item in Item.objects.filter(pk__in=changed, state="published"):
        SuperiorPage.objects.filter(item=item).update(shown=shown)
        restate(item)
        announce(item)
    return len(changed)


def check_pages(*, seconds: float, fetch: Fetch | None = None, pause: float = PAUSE, everything: bool = False) -> int:
    """Look at addresses not looked at for a month (or at all), for as long as `seconds`. Returns how many were."""
    hosts = frozenset(str(HOSTS.value()).split())
    fetch = fetch or (lambda url: fetch_titles(url, hosts=hosts))
    until, looked = time.monotonic() + seconds, 0
    waiting = SuperiorPage.objects.exclude(filled_at=None).filter(item__state="published").select_related("version")
    if not everything:
        waiting = waiting.filter(Q(verdict_at=None) | Q(verdict_at__lt=timezone.now() - AGAIN))
    for page in waiting.order_by(F("verdict_at").asc(nulls_first=True), "pk").iterator(chunk_size=100):
        if looked and (time.monotonic() + pause >= until):
            break
        if looked:
            time.sleep(pause)
        _look(page, fetch)
        looked += 1
    return looked


def _look(page: SuperiorPage, fetch: Fetch) -> None:
    try:
        titles = fetch(page.url)
    except Unfetched as reason:
        verdict, note = Verdict.UNREACHED, str(reason)
    else:
        same = titles.name(page.version.title)
        verdict, note = (
            (Verdict.SAME, "") if same else (Verdict.OTHER, f"网页题为“{next(iter(titles.words), '')[:80]}”")
        )
    SuperiorPage.objects.filter(pk=page.pk, url=page.url).update(
        verdict=verdict, verdict_note=note[:200], verdict_at=timezone.now()
    )
