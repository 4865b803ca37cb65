"""Runs of text put in order: neighbours alike become one, blanks at both ends go."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from gongkai_core.reading.paper import Span, Spans

_ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200b\u200c\u200d\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_EDGE = " \t\n\u00a0\u3000"


def readable(text: str) -> str:
    """Without control characters and without those that turn the direction of writing."""
    return _ODD.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).replace("\u00a0", " ")


def joined(spans: Iterable[Span]) -> Spans:
    """Cleaned, joined and trimmed runs; empty when there is nothing to read."""
    found: list[Span] = []
    for span in spans:
        text = readable(span.text)
        if not text:
            continue
        if found and (found[-1].marks, found[-1].href) == (span.marks, span.href):
            found[-1] = replace(found[-1], text=found[-1].text + text)
        else:
            found.append(replace(span, text=text))
    while found and not found[0].text.lstrip(_EDGE):
        found.pop(0)
    while found and not found[-1].text.rstrip(_EDGE):
        found.pop()
    if found:
        found[0] = replace(found[0], text=found[0].text.lstrip(_EDGE))
        found[-1] = replace(found[-1], text=found[-1].text.rstrip(_EDGE))
    return tuple(found)
