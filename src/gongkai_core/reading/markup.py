"""Writes a paper as plain HTML: only the tags named here, every text escaped."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable

from gongkai_core.reading.paper import Block, Cell, Entry, Heading, Listing, Paragraph, Picture, Spans, Table

SCHEMES = ("http://", "https://", "mailto:", "/")
Place = Callable[[Picture], str]
"""The address under which a picture is shown; empty when it is left out."""


def nowhere(_: Picture) -> str:
    return ""


def to_html(blocks: Iterable[Block], place: Place = nowhere) -> str:
    return "\n".join(filter(None, (_block(block, place) for block in blocks)))


def _block(block: Block, place: Place) -> str:
    if isinstance(block, Heading):
        level = min(block.level + 1, 4)
        return f"<h{level}>{_inline(block.spans)}</h{level}>"
    if isinstance(block, Paragraph):
        return f"<p>{_inline(block.spans)}</p>"
    if isinstance(block, Listing):
        return _listing(block)
    if isinstance(block, Table):
        return _table(block)
    address = place(block)
    return f'<p><img src="{html.escape(address)}" alt="{html.escape(block.alt)}"></p>' if address else ""


def _inline(spans: Spans) -> str:
    pieces = []
    for span in spans:
        text = html.escape(span.text, quote=False).replace("\n", "<br>")
        for mark in reversed(span.marks):
            text = f"<{mark}>{text}</{mark}>"
        if span.href.lower().startswith(SCHEMES):
            text = f'<a href="{html.escape(span.href)}">{text}</a>'
        pieces.append(text)
    return "".join(pieces)


def _listing(block: Listing) -> str:
    tag = "ol" if block.ordered else "ul"
    return f"<{tag}>{''.join(map(_entry, block.entries))}</{tag}>"


def _entry(entry: Entry) -> str:
    return f"<li>{_inline(entry.spans)}{''.join(map(_listing, entry.inner))}</li>"


def _table(block: Table) -> str:
    caption = f"<caption>{html.escape(block.caption, quote=False)}</caption>" if block.caption else ""
    rows = "\n".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in block.rows)
    return f"<table>{caption}<tbody>\n{rows}\n</tbody></table>"


def _cell(cell: Cell) -> str:
    tag = "th" if cell.heads else "td"
    across = f' colspan="{cell.across}"' if cell.across > 1 else ""
    down = f' rowspan="{cell.down}"' if cell.down > 1 else ""
    return f"<{tag}{across}{down}>{_inline(cell.spans)}</{tag}>"
