"""The signs of a PDF with the places where they stand, in the file's own order and in that of the eye."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from gongkai.documents.redaction.marking import SCALE, fold
from gongkai_core.reading.pdf import signs

Area = tuple[float, float, float, float]
"""Left, top, right, bottom in thousandths of the page as it is shown."""
_FAR = 1_000.0
_FINE = 100_000


@dataclass(frozen=True, slots=True, eq=False)
class Sign:
    """One sign at one place; the same sign may be drawn there twice."""

    text: str
    page: int
    left: float
    top: float
    right: float
    bottom: float
    ink: Area = (0.0, 0.0, 0.0, 0.0)
    """What its strokes cover, as far as the face tells; within the sign's own place."""
    page_shape: float = 1.0
    """The page's width by its height: a thousandth across is not one down."""


def of_document(document: pypdfium2.PdfDocument) -> list[Sign]:
    return [sign for place in range(len(document)) for sign in of_page(document, place)]


def of_page(document: pypdfium2.PdfDocument, place: int) -> list[Sign]:
    """The signs of a page in the order of the file's own text."""
    page = document[place]
    text = page.get_textpage()
    try:
        wide, tall = page.get_size()
        return list(_read(text, place + 1, _placing(page), wide / tall if tall > 0 else 1.0))
    finally:
        text.close()
        page.close()


def _read(
    text: pypdfium2.PdfTextPage, page: int, placed: Callable[[float, float, float, float], Area], shape: float
) -> Iterator[Sign]:
    loose = pdfium.FS_RECTF()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    for number, sign in signs(text):
        pdfium.FPDFText_GetLooseCharBox(text.raw, number, loose)
        pdfium.FPDFText_GetCharBox(text.raw, number, left, right, bottom, top)
        whole = placed(
            min(loose.left, left.value), min(loose.bottom, bottom.value),
            max(loose.right, right.value), max(loose.top, top.value),
        )  # fmt: skip
        ink = placed(left.value, bottom.value, right.value, top.value)
        yield Sign(sign, page, *whole, ink if size(ink) else whole, shape)


def _placing(page: pypdfium2.PdfPage) -> Callable[[float, float, float, float], Area]:
    """From the page's own coordinates to thousandths of what is shown: offset, crop and rotation are PDFium's."""
    across, down = ctypes.c_int(), ctypes.c_int()

    def point(x: float, y: float) -> tuple[float, float]:
        pdfium.FPDF_PageToDevice(page.raw, 0, 0, _FINE, _FINE, 0, x, y, across, down)
        return across.value * SCALE / _FINE, down.value * SCALE / _FINE

    (x0, y0), (x1, y1), (x2, y2) = point(0, 0), point(_FAR, 0), point(0, _FAR)
    a, b, c, d = ((value - start) / _FAR for value, start in ((x1, x0), (y1, y0), (x2, x0), (y2, y0)))

    def placed(left: float, bottom: float, right: float, top: float) -> Area:
        one = a * left + c * bottom + x0, b * left + d * bottom + y0
        other = a * right + c * top + x0, b * right + d * top + y0
        return min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])

    return placed


def as_seen(written: Iterable[Sign]) -> list[Sign]:
    """The signs line by line from the top, whatever the order in which the file draws them."""
    rows: list[list[Sign]] = []
    for sign in sorted((s for s in written if fold(s.text)), key=lambda s: (s.page, (s.top + s.bottom) / 2, s.left)):
        middle = (sign.top + sign.bottom) / 2
        last = rows[-1][-1] if rows else None
        if last is not None and last.page == sign.page and last.top <= middle <= last.bottom:
            rows[-1].append(sign)
        else:
            rows.append([sign])
    return [sign for row in rows for sign in sorted(row, key=lambda s: s.left)]


def size(area: Area) -> float:
    return max(area[2] - area[0], 0.0) * max(area[3] - area[1], 0.0)


def common(one: Area, other: Area) -> float:
    """The size of what two areas have in common."""
    return size((max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])))
