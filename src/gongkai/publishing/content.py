"""What is approved: a text made safe, and the digest over everything that is shown of it."""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Iterable
from typing import Any

import nh3

from gongkai.agencies.models import Agency
from gongkai.publishing.models import Genre, ItemVersion

ALGORITHM = "sha256"
TAGS = {
    *("p", "br", "h2", "h3", "h4", "strong", "b", "em", "i", "u", "sup", "sub", "blockquote", "hr", "ul", "ol", "li"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td", "a"),
}
ATTRIBUTES = {"a": {"href"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan", "scope"}}
_LOOKS_LIKE_HTML = re.compile(r"<(?:p|br|h[1-6]|table|div|ul|ol|span|strong)\b[^>]*>", re.I)
_TAG = re.compile(r"<[^>]+>")
_BLANK = re.compile(r"\s+")


def clean_body(text: str) -> str:
    """Turn what was pasted into safe HTML: HTML loses all but plain structure, bare text becomes paragraphs."""
    if not _LOOKS_LIKE_HTML.search(text):
        lines = (line.strip(" \t\u3000\r") for line in text.split("\n"))
        return "".join(f"<p>{html.escape(line, quote=False)}</p>\n" for line in lines if line).strip()
    return nh3.clean(text, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"http", "https", "mailto"}).strip()


def plain_text(body: str) -> str:
    """The words of a sanitised body, paragraphs on lines of their own."""
    return html.unescape(_TAG.sub("", re.sub(r"</(?:p|h[2-4]|li|tr|caption)>|<br>", "\n", body)))


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
    shown: dict[str, Any] = {
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
    text = json.dumps(shown, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.new(version.algorithm, text.encode()).hexdigest()


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
