"""Pages of PDF files taken out and put together: a scan of many letters cut up, many letters printed as one."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

import pypdfium2

from gongkai_core.refusals import Refusal, Refused


def cut(data: bytes, numbers: Sequence[int]) -> bytes:
    """These pages (from 1) of a PDF as a file of their own. Raises Refused for a page that it does not have."""
    with pypdfium2.PdfDocument(data) as whole:
        if missing := [number for number in numbers if not 1 <= number <= len(whole)]:
            raise Refused(Refusal("no_page", f"扫描件只有 {len(whole)} 页，没有第 {missing[0]} 页"))
        with pypdfium2.PdfDocument.new() as part:
            part.import_pages(whole, [number - 1 for number in numbers])
            return _saved(part)


def merged(files: Iterable[bytes]) -> bytes:
    """The files one after another as one PDF."""
    with pypdfium2.PdfDocument.new() as whole:
        for data in files:
            with pypdfium2.PdfDocument(data) as part:
                whole.import_pages(part)
        return _saved(whole)


def _saved(document: pypdfium2.PdfDocument) -> bytes:
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()
