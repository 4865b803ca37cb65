"""Numbers of outgoing documents (文号): ×政公开答〔2026〕7号."""

from __future__ import annotations

import re

_DOCUMENT_NUMBER = re.compile(r"[^\s〔〕\[\]［］【】（）()]+〔(19|20)\d{2}〕[1-9]\d*号")


def document_number(organ_code: str, suffix: str, year: int, serial: int) -> str:
    """Compose {机关代字}{类字}〔{year}〕{serial}号: hexagonal brackets, whole year, no padding (GB/T 9704—2012).

    `suffix` is the letter's 类字 (`Letter.docno_suffix` or the organ's own) and may be empty.
    Raises ValueError for an empty code, a serial below 1, or characters that a number can't have.
    """
    text = f"{organ_code}{suffix}〔{year}〕{serial}号"
    if not organ_code or not is_document_number(text):
        raise ValueError(f"文号不合规：{text}")
    return text


def is_document_number(text: str) -> bool:
    """Whether `text` is a well-formed 文号; half-width or square brackets and 第7号 or 07号 are not."""
    return _DOCUMENT_NUMBER.fullmatch(text) is not None and "〕第" not in text
