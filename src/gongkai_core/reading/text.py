"""Reads plain text: one paragraph a line."""

from __future__ import annotations

from gongkai_core.encodings import decode
from gongkai_core.reading.paper import Paper, Paragraph, Span, Unreadable
from gongkai_core.reading.spans import joined


def read(data: bytes) -> Paper:
    text = decode(data)
    if text is None:
        raise Unreadable("encoding", "文本的编码无法识别，请另存为 UTF-8 编码")
    return Paper("txt", paragraphs(text))


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    lines = (joined([Span(line)]) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return tuple(Paragraph(spans) for spans in lines if spans)
