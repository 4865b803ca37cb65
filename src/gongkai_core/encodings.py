"""Bytes to characters: the three encodings in which Chinese offices keep text."""

from __future__ import annotations


def decode(data: bytes) -> str | None:
    """The characters of UTF-8 (with or without BOM), GB18030 or UTF-16 with BOM; None when it is no such text."""
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ["utf-16"] if marked else ["utf-8-sig", "gb18030"]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        # GB18030 accepts much that is no text; control characters betray it.
        odd = sum(c < " " and c not in "\t\n\r\f\v" for c in text)
        if "\0" not in text and odd * 50 <= len(text):
            return text
    return None
