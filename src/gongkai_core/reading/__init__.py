"""Reads what offices write with: .docx, .doc, .pdf, .html, .ofd, .xlsx, .txt and pictures, from bytes to a `Paper`.

Nothing here is trusted: sizes, counts and depths are bounded, XML has no entities, an archive writes nowhere. The
parsers of PDF, .xlsx and pictures come with the extra `read`; a reader whose parser is absent says so.
"""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module

from gongkai_core.reading.paper import (
    Block,
    Cell,
    Entry,
    Heading,
    Listing,
    Paper,
    Paragraph,
    Picture,
    Span,
    Table,
    Unreadable,
)
from gongkai_core.reading.recognising import recognise
from gongkai_core.reading.sniffing import KINDS, PICTURES, check_name, kind_of, safe_name

__all__ = [
    "KINDS",
    "LARGEST",
    "PICTURES",
    "READABLE",
    "Block",
    "Cell",
    "Entry",
    "Heading",
    "Listing",
    "Paper",
    "Paragraph",
    "Picture",
    "Span",
    "Table",
    "Unreadable",
    "body_of",
    "check_name",
    "kind_of",
    "read",
    "safe_name",
]

LARGEST = 50 * 2**20
_READERS = {
    **{kind: kind for kind in ("docx", "doc", "pdf", "ofd", "html")},
    "txt": "text",
    "xlsx": "sheet",
    **dict.fromkeys(PICTURES, "picture"),
}
READABLE = tuple(_READERS)


def read(data: bytes, name: str) -> Paper:
    """The paper in a file called `name`, whose ending must be that of its content. Raises Unreadable."""
    if len(data) > LARGEST:
        raise Unreadable("too_large", f"文件有 {len(data) / 2**20:.0f} MB，超过了 {LARGEST // 2**20} MB")
    kind = kind_of(data)
    check_name(name, kind)
    if kind not in _READERS:
        raise Unreadable("not_read", f"读不了{KINDS[kind][0]}；请另存为 .docx、.pdf、.ofd 或者 .xlsx")
    try:
        reader = import_module(f"{__name__}.{_READERS[kind]}")
    except ModuleNotFoundError as missing:
        raise Unreadable(
            "missing_reader", f"读{KINDS[kind][0]}需要 {missing.name}，没有安装：pip install 'gongkai[read]'"
        ) from None
    paper: Paper = reader.read(data)
    if kind in ("xlsx", *PICTURES):
        return paper
    found = recognise(paper.blocks, dict(paper.facts).get("标题", ""))
    return replace(paper, title=found.title, docno=found.docno, formed_on=found.formed_on)


def body_of(paper: Paper) -> tuple[Block, ...]:
    """The blocks below the title: what is published as the text."""
    return paper.blocks[recognise(paper.blocks).body_from :]
