"""An item's public page: content read from the ledger, and a pure function from content to bytes.

Nothing of a request goes in: no cookie, no token, no time of day, so the same content gives the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest
from django.template import engines
from django.template.loader import get_template
from django.urls import reverse
from django.utils.safestring import mark_safe

from gongkai.design.frames import Document, Entry, Related
from gongkai.design.words import day
from gongkai.publishing.content import summary
from gongkai.publishing.models import Item, Validity, WithdrawalKind
from gongkai.publishing.querysets import ItemQuerySet

CRUMBS = (("首页", "/"), ("政府信息公开", "/disclosure/"))


@dataclass(frozen=True)
class Page:
    """A template and everything it needs beside the site's frame."""

    template: str
    context: dict[str, Any]
    status: int = 200


def page_of(item: Item) -> Page | None:
    """The page that the public is to see of an item now; None when there is to be nothing at all."""
    if item.is_public:
        return _document_page(item)
    if item.state == "withdrawn" and item.withdrawal_kind == WithdrawalKind.OPEN:
        return _withdrawal_page(item)
    return None


def frame() -> dict[str, Any]:
    """The site's frame as every public page gets it, for a blank request: from the installation alone."""
    context: dict[str, Any] = {}
    for processor in engines["jinja2"].template_context_processors:
        context |= processor(HttpRequest())
    return context


def render_page(page: Page, around: dict[str, Any]) -> bytes:
    """Content and frame to bytes; without a request there is neither cookie nor token."""
    return get_template(page.template, using="jinja2").render({**around, **page.context}).encode()


def shown_items() -> ItemQuerySet:
    """Items with everything that their pages show, in as few queries for a hundred as for one."""
    named = Item.objects.public().order_by("published_at", "pk")
    return Item.objects.select_related(
        "agency", "column", "published_version", "interprets", "ended_by"
    ).prefetch_related(
        Prefetch("interpreting_items", named, to_attr="shown_interpretations"),
        Prefetch("ends", named, to_attr="shown_ends"),
    )


def _crumbs(item: Item) -> list[tuple[str, str]]:
    return [
        *CRUMBS,
        (item.column.name, reverse("publishing:column", args=[item.column.slug])),
        (item.title, ""),
    ]


def _document_page(item: Item) -> Page:
    version = item.published_version
    assert version is not None  # the database's constraint item_public_is_complete
    document = Document(
        title=version.title,
        text=mark_safe(version.body),  # noqa: S308 - sanitised by content.clean_body before it was approved
        meta=_meta(item),
        number=version.docno,
        source=item.agency.name,
        published_at=item.published_at,
        related=tuple(group for group in _related(item) if group.entries),
    )
    interpreted = item.interprets if item.interprets and item.interprets.is_public else None
    return Page(
        "publishing/article.html",
        {
            "document": document,
            "column": item.column,
            "description": summary(version.body),
            "address": item.get_absolute_url(),
            "interpreted": _entry(interpreted) if interpreted else None,
            "correction": version.correction,
            "corrected_on": day(version.published_at),
            "crumbs": _crumbs(item),
            "section": "disclosure",
        },
    )


def _meta(item: Item) -> tuple[tuple[str, ...], ...]:
    rows: tuple[tuple[str, ...], ...] = (
        ("索引号", item.index_no),
        ("主题分类", item.get_topic_display()),
        ("发布机构", item.agency.name),
        ("成文日期", day(item.formed_on)),
        ("标题", item.title, "wide"),
        ("发文字号", item.docno),
        ("发布日期", day(item.published_at)),
        ("体裁分类", item.get_genre_display()),
    )
    return (*rows, ("有效性", validity_words(item))) if item.docno else rows


def validity_words(item: Item) -> str:
    """有效, with its end where it has one; 失效 and 废止 with their day."""
    words = Validity(item.validity).label
    if item.ended_on:
        return f"{words}（{day(item.ended_on)}）"
    return f"{words}（有效期至 {day(item.valid_until)}）" if item.valid_until else words


def _related(item: Any) -> list[Related]:
    """The lists beside the text; `item` comes from `shown_items`."""
    ended_by = [item.ended_by] if item.ended_by and item.ended_by.is_public else []
    return [
        Related("相关解读", tuple(map(_entry, item.shown_interpretations))),
        Related("失效（废止）依据", tuple(map(_entry, ended_by))),
        Related("由本文件废止", tuple(map(_entry, item.shown_ends))),
    ]


def _entry(item: Item) -> Entry:
    return Entry(title=item.title, url=item.get_absolute_url(), day=item.published_at)


def _withdrawal_page(item: Item) -> Page:
    return Page(
        "publishing/withdrawn.html",
        {
            "title": item.title,
            "index_no": item.index_no,
            "agency": item.agency.name,
            "withdrawn_on": day(item.withdrawn_at),
            "reason": item.withdrawal_reason,
            "crumbs": _crumbs(item),
            "section": "disclosure",
        },
        status=410,
    )
