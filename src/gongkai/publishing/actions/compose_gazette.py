"""Composing an issue (编排): one refusal for all its steps, each step one small act."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.publishing.checks import entry_refusal
from gongkai.publishing.content import clean_body
from gongkai.publishing.gazette import gazette_refusal
from gongkai.publishing.models import EntryKind, GazetteEntry, GazetteIssue, Item
from gongkai.trail.chain import record
from gongkai_core.marks import find_mark
from gongkai_core.refusals import Refusal, Refused
from gongkai_core.states.gazette import GAZETTE

P = ParamSpec("P")


def can_compose_gazette(issue: GazetteIssue, *, by: User, today: date) -> Refusal | None:
    """Drafters of the government, while the issue is being composed."""
    return gazette_refusal(issue, "compose", by=by, today=today)


Change = Callable[Concatenate[GazetteIssue, P], dict[str, Any]]


def _composing(words: str) -> Callable[[Change[P]], Callable[Concatenate[GazetteIssue, P], GazetteIssue]]:
    """Make a step an action: one transaction, the issue locked, refused or recorded with the step's words."""
    return lambda step: _acting(step, words)


def _acting(step: Change[P], words: str) -> Callable[Concatenate[GazetteIssue, P], GazetteIssue]:
    @wraps(step)
    @transaction.atomic
    def act(issue: GazetteIssue, *args: P.args, by: User, today: date, **given: P.kwargs) -> GazetteIssue:
        issue = locked(issue)
        if refusal := can_compose_gazette(issue, by=by, today=today):
            raise Refused(refusal)
        facts = step(issue, *args, **given)
        issue.editors.add(by)
        record("publishing.compose_gazette", issue, by=by, today=today, ground=GAZETTE, step=words, **facts)
        return issue

    return act  # type: ignore[return-value]


@_composing("收入文件")
def add_to_gazette(issue: GazetteIssue, item: Item) -> dict[str, Any]:
    """Take up a published item, in the text that is public now. Raises Refused."""
    if not item.is_public:
        raise Refused(Refusal("not_public", "只收已公开的条目", GAZETTE))
    if issue.entries.filter(item=item).exists():
        raise Refused(Refusal("twice", "这一条已经收入本期", GAZETTE))
    version = item.published_version
    _append(issue, EntryKind.ITEM, item.title, docno=item.docno, item=item, version=version)
    return {"item": str(item.public_id), "version": version.number if version else 0}


@_composing("加栏目标题")
def add_gazette_section(issue: GazetteIssue, title: str) -> dict[str, Any]:
    """Put a heading (县政府文件、人事任免…) at the end. Raises Refused."""
    _append(issue, EntryKind.SECTION, _checked_title(title))
    return {}


@_composing("写自编文字")
def write_gazette_text(issue: GazetteIssue, title: str, body: str, entry: GazetteEntry | None = None) -> dict[str, Any]:
    """Write or change own text (大事记、数据). Raises Refused."""
    body = clean_body(body)
    if refusal := entry_refusal({"title": title}, body, today=issue.cover_date):
        raise Refused(refusal)
    if entry is None:
        _append(issue, EntryKind.TEXT, title.strip(), body=body)
        return {}
    _of(issue, entry, EntryKind.TEXT).update(title=title.strip(), body=body)
    return {"entry": str(entry.public_id)}


@_composing("改栏目标题")
def rename_gazette_section(issue: GazetteIssue, entry: GazetteEntry, title: str) -> dict[str, Any]:
    """Change a heading. Raises Refused."""
    _of(issue, entry, EntryKind.SECTION).update(title=_checked_title(title))
    return {"entry": str(entry.public_id)}


@_composing("换成新版")
def refresh_gazette_entry(issue: GazetteIssue, entry: GazetteEntry) -> dict[str, Any]:
    """Take an item's newer text instead of the one taken up before. Raises Refused."""
    item = entry.item
    if item is None or not item.is_public:
        raise Refused(Refusal("not_public", "这一条已不公开，请移出本期", GAZETTE))
    _of(issue, entry, EntryKind.ITEM).update(title=item.title, docno=item.docno, version=item.published_version)
    return {"entry": str(entry.public_id)}


@_composing("调整次序")
def move_gazette_entry(issue: GazetteIssue, entry: GazetteEntry, up: bool) -> dict[str, Any]:
    """Change places with the neighbour above or below; the first and the last stay where they are."""
    order = list(issue.entries.values_list("pk", flat=True))
    here = order.index(entry.pk)
    there = here - 1 if up else here + 1
    if 0 <= there < len(order):
        order[here], order[there] = order[there], order[here]
    for position, key in enumerate(order, 1):
        GazetteEntry.objects.filter(pk=key).exclude(position=position).update(position=position)
    return {"entry": str(entry.public_id), "up": up}


@_composing("移出")
def remove_gazette_entry(issue: GazetteIssue, entry: GazetteEntry) -> dict[str, Any]:
    """Take a line out of the issue; an item stays where it is published."""
    issue.entries.filter(pk=entry.pk).delete()
    return {"entry": str(entry.public_id)}


def _append(issue: GazetteIssue, kind: EntryKind, title: str, **given: Any) -> None:
    last = issue.entries.order_by("position", "pk").values_list("position", flat=True).last() or 0
    GazetteEntry.objects.create(issue=issue, position=last + 1, kind=kind, title=title, **given)


def _of(issue: GazetteIssue, entry: GazetteEntry, kind: EntryKind) -> Any:
    return issue.entries.filter(pk=entry.pk, kind=kind)


def _checked_title(title: str) -> str:
    title = title.strip()
    if not title or len(title) > 60:
        raise Refused(Refusal("title", "栏目标题须填写，不超过 60 字", GAZETTE))
    if refusal := find_mark(title):
        raise Refused(refusal)
    return title
