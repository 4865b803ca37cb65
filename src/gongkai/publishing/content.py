"""What is approved: a text made safe, and the digest over everything that is shown of it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from html import unescape
from typing import Any

import nh3

from gongkai.agencies.models import Agency
from gongkai.publishing.attachments import digest_rows
from gongkai.publishing.models import Genre, ItemVersion
from gongkai.publishing.models.attachment import ADDRESS
from gongkai_core.reading import Block, Picture, html
from gongkai_core.reading.markup import to_html
from gongkai_core.reading.text import paragraphs

ALGORITHM = "sha256"
TAGS = {
    *("p", "br", "h2", "h3", "h4", "strong", "em", "u", "sup", "sub", "ul", "ol", "li"),
    *("table", "caption", "tbody", "tr", "th", "td", "a", "img"),
}
ATTRIBUTES = {
    "a": {"href"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "img": {"src", "alt"},
}
_LOOKS_LIKE_HTML = re.compile(
    r"<(?:p|br|h[1-6]|table|div|ul|ol|li|span|strong|img|b|a|body|html|!doctype)\b[^>]*>", re.I
)
_FILE = re.compile(rf"{re.escape(ADDRESS)}[0-9a-f-]{{36}}\.[a-z0-9]{{1,5}}")
_TAG = re.compile(r"<[^>]+>")
_BLANK = re.compile(r"\s+")


def clean_body(text: str, *, pictures: Mapping[str, str] | None = None) -> str:
    """Turn what was typed, pasted or read into safe HTML: structure stays, dress and scripts go.

    Two layers, each enough alone: the text is read into blocks and written anew with nothing but plain tags, then
    sanitised. Of pictures only those of `pictures` stay, which gives the words for each. Cleaning twice changes nothing.
    """
    blocks = html.read_text(text).blocks if _LOOKS_LIKE_HTML.search(text) else paragraphs(text)
    return sanitised(to_html(_with_words(blocks, pictures or {}), place=lambda picture: picture.source))


def _with_words(blocks: Iterable[Block], pictures: Mapping[str, str]) -> Iterator[Block]:
    for block in blocks:
        if not isinstance(block, Picture):
            yield block
        elif block.source in pictures:
            yield replace(block, alt=pictures[block.source])


def sanitised(markup: str) -> str:
    """Nothing but the tags, attributes and addresses that a public text may have."""
    return nh3.clean(
        markup,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        attribute_filter=lambda tag, name, value: (
            value if tag != "img" or name != "src" or _FILE.fullmatch(value) else None
        ),
    ).strip()


def plain_text(body: str) -> str:
    """The words of a sanitised body, paragraphs on lines of their own."""
    return unescape(_TAG.sub("", re.sub(r"</(?:p|h[2-4]|li|tr|caption)>|<br>", "\n", body)))


def summary(body: str, length: int = 100) -> str:
    """内容概述 (条例第十二条第三款): the first words of the text, whole when it is short."""
    words = _BLANK.sub(" ", plain_text(body)).strip()
    return words if len(words) <= length else f"{words[: length - 1]}…"


def genre_of(title: str) -> str:
    """体裁 by the last word of the title (…的通知), else 其他; never typed."""
    bare = re.sub(r"[（(][^（）()]*[）)]$", "", title.strip())
    endings = [(label.split("（")[0], value) for value, label in Genre.choices if value != Genre.OTHER]
    return next((value for word, value in endings if bare.endswith(word)), Genre.OTHER.value)


def version_digest(version: ItemVersion, agency: Agency) -> str:
    """The digest over all that a reader is shown of this version, and who publishes it."""
    text = json.dumps(shown(version, agency), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.new(version.algorithm, text.encode()).hexdigest()


def shown(version: ItemVersion, agency: Agency) -> dict[str, Any]:
    """All that a reader is shown of this version and who publishes it, by name: what is digested and compared."""
    found: dict[str, Any] = {
        "agency": agency.code,
        "body": version.body,
        "column": version.column.code,
        "correction": version.correction,
        "interprets": str(version.interprets.public_id) if version.interprets else "",
        **{
            name: value.isoformat() if hasattr(value, "isoformat") else str(value or "")
            for name, value in ((name, getattr(version, name)) for name in _PLAIN_FACTS)
        },
    }
    if version.pk and (files := digest_rows(version)):
        found["attachments"] = files
    return found


_PLAIN_FACTS = (
    *("title", "docno", "formed_on", "topic", "genre"),
    *("openness", "openness_reason", "openness_article", "normative_kind", "valid_until"),
    *("shown_until", "interpretation_form", "interpreter", "interpreter_phone", "by_head"),
    *("exemption", "openness_note", "confirmed_note", "phase", "summary", "origin", "origin_organ"),
)


def batch_digest(title: str, digests: Iterable[str]) -> str:
    """One digest over a batch: its name and the digests of its items in their order."""
    whole = hashlib.new(ALGORITHM, title.encode())
    for digest in digests:
        whole.update(f"\n{digest}".encode())
    return whole.hexdigest()
