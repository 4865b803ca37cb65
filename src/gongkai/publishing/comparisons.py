"""文稿对照: a version against the last one that was approved, in its text and in everything else that is digested."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.core.exceptions import FieldDoesNotExist

from gongkai.publishing.content import plain_text, shown
from gongkai.publishing.models import ItemVersion
from gongkai.publishing.models.walk import EVER_PUBLIC
from gongkai_core.comparison import Line, Piece, compare_texts, compare_words, counted

KEPT = 2
"""Unchanged paragraphs shown on either side of a change; more are folded."""
_LABELS = {"agency": "发布机构", "attachments": "附件"}
_LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>', re.S)
_PICTURE = re.compile(r'<img src="([^"]*)"[^>]*?(?:alt="([^"]*)")?[^>]*>')


@dataclass(frozen=True)
class Comparison:
    """What differs from `base`; `blocks` are runs of paragraphs, those folded away marked."""

    base: ItemVersion
    facts: list[tuple[str, tuple[Piece, ...]]]
    blocks: list[tuple[bool, list[Line]]]
    added: int
    removed: int
    only_form: bool


def compare(version: ItemVersion) -> Comparison | None:
    """The version against the last public one before it; None when there was none."""
    earlier = version.item.versions.filter(number__lt=version.number, state__in=EVER_PUBLIC)
    base = earlier.select_related("column", "interprets").order_by("-number").first()
    if base is None:
        return None
    base.item = version.item
    lines = compare_texts(_words(base.body), _words(version.body))
    facts = list(_facts(base, version))
    added, removed = counted([*lines, *(Line(pieces) for _, pieces in facts)])
    changed = not all(line.same for line in lines)
    only_form = not changed and base.body != version.body
    return Comparison(base, facts, list(_folded(lines)) if changed else [], added, removed, only_form)


def _words(body: str) -> str:
    """The words of a text for comparison: cells apart, addresses of links and pictures written out."""
    body = _LINK.sub(lambda link: f"{link[2]}〔链接 {link[1]}〕", body)
    body = _PICTURE.sub(lambda picture: f"〔图片 {picture[2] or ''} {picture[1]}〕", body)
    return plain_text(re.sub(r"</t[dh]>", " │ ", body))


def _facts(base: ItemVersion, version: ItemVersion) -> Iterator[tuple[str, tuple[Piece, ...]]]:
    """Everything that the digest covers beside the text, where it differs."""
    before, after = shown(base, base.agency), shown(version, version.agency)
    for name in {**before, **after}:
        if name != "body" and before.get(name) != after.get(name):
            words = _written(base, name, before.get(name)), _written(version, name, after.get(name))
            yield _label(name), compare_words(*words)


def _label(name: str) -> str:
    if name in _LABELS:
        return _LABELS[name]
    try:
        return str(ItemVersion._meta.get_field(name).verbose_name)
    except FieldDoesNotExist:
        return name


def _written(version: ItemVersion, name: str, value: Any) -> str:
    """A digested value as the page shows it."""
    if name == "attachments":
        return "；".join(f"{row['name']}（{row['digest'][:8]}）" for row in value or [])
    if name in ("column", "interprets"):
        return str(getattr(version, name) or "")
    display = getattr(version, f"get_{name}_display", None)
    return str(display() if display else value or "")


def _folded(lines: Iterable[Line]) -> Iterator[tuple[bool, list[Line]]]:
    runs = [(same, list(run)) for same, run in groupby(lines, key=lambda line: line.same)]
    for place, (same, run) in enumerate(runs):
        head = KEPT if place else 0
        tail = KEPT if place < len(runs) - 1 else 0
        if not same or len(run) <= head + tail + 1:
            yield False, run
            continue
        end = len(run) - tail
        yield from (part for part in ((False, run[:head]), (True, run[head:end]), (False, run[end:])) if part[1])
