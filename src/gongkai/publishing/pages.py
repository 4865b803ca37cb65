"""An item's public page: content read from the ledger, and a pure function from content to bytes.

Nothing of a request goes in: no cookie, no token, no time of day, so the same content gives the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest
from django.template import engines
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe

from gongkai.design.frames import Attachment as File
from gongkai.design.frames import Document, Entry, Related
from gongkai.design.words import day
from gongkai.publishing.derivation import summary_of
from gongkai.publishing.models import (
    Attachment,
    InterpretationForm,
    Item,
    Shown,
    SuperiorPage,
    Validity,
    ValidityChange,
    WithdrawalKind,
)
from gongkai.publishing.querysets import ItemQuerySet
from gongkai.publishing.validity import WORDS, HistoryLine, history, named, validity_words

CRUMBS = (("首页", "/"), ("政府信息公开", "/disclosure/"))


@dataclass(frozen=True)
class Page:
    """A template and everything it needs beside the site's frame."""

    template: str
    context: dict[str, Any]
    status: int = 200


def page_of(item: Item, *, on: date | None = None) -> Page | None:
    """The page that the public is to see of an item on a day (today); None when there is to be nothing at all.

    The day only tells whether a document's term has run out.
    """
    if item.is_public:
        return _document_page(item, on or timezone.localdate())
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
    changes = ValidityChange.objects.effective().order_by("since", "pk")
    return Item.objects.select_related(
        "agency", "column", "published_version", "interprets", "superior_page"
    ).prefetch_related(
        Prefetch("interpreting_items", named, to_attr="shown_interpretations"),
        Prefetch("published_version__attachments", Attachment.objects.select_related("blob"), to_attr="shown_files"),
        Prefetch("validity_changes", changes.select_related("document", "by"), to_attr="shown_changes"),
        Prefetch("validity_effects", changes.select_related("item"), to_attr="shown_effects"),
    )


def _crumbs(item: Item) -> list[tuple[str, str]]:
    return [
        *CRUMBS,
        (item.column.name, reverse("publishing:column", args=[item.column.slug])),
        (item.title, ""),
    ]


def _document_page(item: Any, on: date) -> Page:
    version = item.published_version
    assert version is not None  # the database's constraint item_public_is_complete
    outside = superior_page_of(item)
    instead = outside is not None and outside.shown == Shown.INSTEAD
    body = "" if instead else version.body
    document = Document(
        title=version.title,
        text=mark_safe(body),  # noqa: S308 - sanitised by content.clean_body before it was approved
        meta=_meta(item, on),
        number=version.docno,
        source=item.agency.name,
        published_at=item.published_at,
        attachments=tuple(
            File(row.name, row.get_absolute_url(), row.blob.size)
            for row in version.shown_files
            if not row.is_picture and not instead
        ),
        related=tuple(group for group in _related(item) if group.entries),
    )
    interpreted = item.interprets if item.interprets and item.interprets.is_public else None
    return Page(
        "publishing/article.html",
        {
            "document": document,
            "column": item.column,
            "description": summary_of(version, body),
            "address": item.get_absolute_url(),
            "interpreted": _entry(interpreted) if interpreted else None,
            "outside": outside,
            "correction": version.correction,
            "corrected_on": day(version.published_at),
            "interpretation": interpretation_rows(item),
            "history": [_history_row(line) for line in history(item, item.shown_changes, on)],
            "crumbs": _crumbs(item),
            "section": "disclosure",
        },
    )


def superior_page_of(item: Item) -> SuperiorPage | None:
    """The item's page on the superior's platform, where ours is to lead to it."""
    page: SuperiorPage | None = getattr(item, "superior_page", None)
    return page if page and page.is_linked else None


def _meta(item: Item, on: date) -> tuple[tuple[str, ...], ...]:
    rows: tuple[tuple[str, ...], ...] = (
        ("索引号", item.index_no),
        ("主题分类", item.get_topic_display()),
        ("发布机构", item.agency.name),
        ("成文日期" if item.docno else "生成日期", day(item.formed_on)),
        ("标题", item.title, "wide"),
        ("发文字号", item.docno),
        ("发布日期", day(item.published_at)),
        ("体裁分类", item.get_genre_display()),
    )
    return (*rows, ("有效性", validity_words(item, on))) if item.docno else rows


def interpretation_rows(item: Item) -> list[tuple[str, str]]:
    """解读单位、解读人、形式、联系电话 at the end of an interpretation (portal-ux §5.4); nothing for other texts."""
    if not (item.interprets_id or item.interpretation_form):  # a superior's document is explained without a link
        return []
    form = item.get_interpretation_form_display() or InterpretationForm.TEXT.label
    interpreter = item.interpreter + ("（主要负责人）" if item.by_head and item.interpreter else "")
    rows = [("解读单位", item.agency.name), ("解读人", interpreter), ("形式", str(form))]
    return [
        (label, value) for label, value in (*rows, ("联系电话", item.interpreter_phone or item.agency.phone)) if value
    ]


def _history_row(line: HistoryLine) -> dict[str, Any]:
    """Of the document that did it, the link only while it is public, and nothing once it was silently withdrawn."""
    document = named(line.document)
    return {
        "day": day(line.day),
        "words": line.words,
        "entry": _entry(document) if document and document.is_public else None,
        "authority": line.authority or (document.docno if document else ""),
    }


def _related(item: Any) -> list[Related]:
    """The lists beside the text; `item` comes from `shown_items`."""
    effects = [change for change in item.shown_effects if change.item.is_public]
    return [
        Related("相关解读", tuple(map(_interpretation_entry, item.shown_interpretations))),
        *(
            Related(
                f"由本文件{WORDS[kind]}", tuple(_entry(change.item) for change in effects if change.validity == kind)
            )
            for kind in (Validity.AMENDED, Validity.REPEALED, Validity.EXPIRED)
        ),
    ]


def _interpretation_entry(item: Item) -> Entry:
    form = item.get_interpretation_form_display()
    return Entry(
        title=f"［{form}］{item.title}" if form else item.title, url=item.get_absolute_url(), day=item.published_at
    )


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
