"""Redacted PDF: pages with a hit become pictures with the boxes burnt in, the others go into a fresh document.

Nothing of the original file is carried over but what its pages show: no structure tree, properties, names,
attachments, annotations or form fields. Of the pages that stay text, resources that they do not use are cut away, and
fonts that would still tell a removed sign turn every page into a picture (`leftover`).
"""

from __future__ import annotations

import ctypes
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageChops, ImageDraw

from gongkai.documents.redaction.marking import SCALE, Box, Hit, context, fold, folded, places
from gongkai.documents.redaction.objects import Name, Objects, Stream, Uncertain, Value

DPI = 200
LOOK_DPI = 100
_LARGEST_SIDE = 6_000
"""Pixels of a page's longer side: a page may claim to be a wall."""
_COARSE = 40
"""Pixels of a page's longer side when two renderings are compared."""
_MARGIN = 0.12
"""Of a sign's size, added around it: strokes reach beyond the sign's own box."""
_CODES = re.compile(rb"<([0-9A-Fa-f\s]*)>")


@dataclass(frozen=True, slots=True)
class Sign:
    text: str
    page: int
    left: float
    top: float
    right: float
    bottom: float


@contextmanager
def opened(data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(data)
    try:
        yield document
    finally:
        document.close()


def count_pages(data: bytes) -> int:
    with opened(data) as document:
        return len(document)


def find(data: bytes, phrase: str) -> list[Hit]:
    """Every place of a phrase, in the order of the file's own text and in that of what stands on the page."""
    with opened(data) as document:
        written = [sign for page in range(len(document)) for sign in _signs(document, page)]
    hits: dict[tuple[Box, ...], Hit] = {}
    for signs in (written, _as_seen(written)):
        texts = [sign.text for sign in signs]
        for first, last in places(texts, phrase):
            covered = [sign for sign in signs[first:last] if fold(sign.text)]
            boxes = tuple(_boxes(covered))
            key = tuple(sorted(boxes, key=lambda box: (box.page, box.top, box.left)))
            hits.setdefault(key, Hit(covered[0].page, *context(texts, first, last), boxes))
    return sorted(hits.values(), key=lambda hit: (hit.page, hit.boxes[0].top, hit.boxes[0].left))


def _signs(document: pypdfium2.PdfDocument, place: int) -> list[Sign]:
    """The signs of a page with their boxes in thousandths of the page as it is shown."""
    page = document[place]
    text = page.get_textpage()
    try:
        to_shown = _placing(page)
        found = []
        box, loose = pdfium.FS_RECTF(), pdfium.FS_RECTF()
        tight = [ctypes.c_double() for _ in range(4)]
        for number in range(text.count_chars()):
            code = pdfium.FPDFText_GetUnicode(text.raw, number)
            if code == 0 or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
                continue
            pdfium.FPDFText_GetLooseCharBox(text.raw, number, loose)
            pdfium.FPDFText_GetCharBox(text.raw, number, tight[0], tight[1], tight[2], tight[3])
            box.left, box.right = min(loose.left, tight[0].value), max(loose.right, tight[1].value)
            box.bottom, box.top = min(loose.bottom, tight[2].value), max(loose.top, tight[3].value)
            found.append(Sign(chr(code), place + 1, *to_shown(box.left, box.bottom, box.right, box.top)))
        return found
    finally:
        text.close()
        page.close()


Placed = Callable[[float, float, float, float], tuple[float, float, float, float]]


def _placing(page: pypdfium2.PdfPage) -> Placed:
    """From the page's own coordinates to thousandths of what is shown: offset, crop and rotation are PDFium's."""
    across, down = ctypes.c_int(), ctypes.c_int()
    fine = 100_000

    def point(x: float, y: float) -> tuple[float, float]:
        pdfium.FPDF_PageToDevice(page.raw, 0, 0, fine, fine, 0, x, y, across, down)
        return across.value * SCALE / fine, down.value * SCALE / fine

    def placed(left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        corners = [point(left, bottom), point(right, top)]
        return (
            min(x for x, _ in corners), min(y for _, y in corners), max(x for x, _ in corners),
            max(y for _, y in corners),
        )  # fmt: skip

    return placed


def _as_seen(signs: Iterable[Sign]) -> list[Sign]:
    """The signs line by line from the top, whatever the order in which the file draws them."""
    rows: list[list[Sign]] = []
    for sign in sorted((s for s in signs if fold(s.text)), key=lambda s: (s.page, (s.top + s.bottom) / 2, s.left)):
        middle = (sign.top + sign.bottom) / 2
        last = rows[-1][-1] if rows else None
        if last is not None and last.page == sign.page and last.top <= middle <= last.bottom:
            rows[-1].append(sign)
        else:
            rows.append([sign])
    return [sign for row in rows for sign in sorted(row, key=lambda s: s.left)]


def _boxes(signs: Sequence[Sign]) -> Iterator[Box]:
    """The boxes of a run: one for signs that follow each other on a line."""
    current: Box | None = None
    for sign in signs:
        high = max(sign.bottom - sign.top, 1.0) * _MARGIN
        wide = max(sign.right - sign.left, 1.0) * _MARGIN
        box = Box(sign.page, sign.left - wide, sign.top - high, sign.right + wide, sign.bottom + high)
        if current and current.page == box.page and _joins(current, box):
            current = Box(
                box.page, min(current.left, box.left), min(current.top, box.top), max(current.right, box.right),
                max(current.bottom, box.bottom),
            )  # fmt: skip
            continue
        if current:
            yield current
        current = box
    if current:
        yield current


def _joins(one: Box, other: Box) -> bool:
    same_line = one.top <= (other.top + other.bottom) / 2 <= one.bottom
    return same_line and other.left <= one.right + (one.bottom - one.top) and other.right >= one.left


def look(data: bytes, page: int, *, dpi: int = LOOK_DPI) -> Image.Image:
    """A page as it will be given: without annotations and fields, which never go along."""
    with opened(data) as document:
        return _rendered(document, page - 1, dpi)


def _rendered(document: pypdfium2.PdfDocument, place: int, dpi: int) -> Image.Image:
    page = document[place]
    try:
        scale = min(dpi / 72, _LARGEST_SIDE / max(*page.get_size(), 1.0))
        picture: Image.Image = page.render(scale=scale, may_draw_forms=False, draw_annots=False).to_pil()
        return picture.convert("RGB")
    finally:
        page.close()


def blacken(picture: Image.Image, boxes: Iterable[Box]) -> None:
    """Burn boxes into a picture, whole pixels outwards."""
    draw = ImageDraw.Draw(picture)
    for box in boxes:
        left, right = sorted((box.left, box.right))
        top, bottom = sorted((box.top, box.bottom))
        draw.rectangle(
            (
                int(left * picture.width // SCALE) - 1, int(top * picture.height // SCALE) - 1,
                int(-(-right * picture.width // SCALE)) + 1, int(-(-bottom * picture.height // SCALE)) + 1,
            ),
            fill="black",
        )  # fmt: skip


def redact(data: bytes, phrases: Sequence[str], boxes: Sequence[Box]) -> bytes:
    """The new file. Pages without a hit stay text if it is proven that nothing removed is left in them."""
    with opened(data) as document:
        hidden = [*boxes, *(box for phrase in phrases for hit in find(data, phrase) for box in hit.boxes)]
        touched = {box.page for box in hidden}
        kept = [page for page in range(1, len(document) + 1) if page not in touched]
        removed = _under(document, hidden)
        if kept:
            try:
                return _mixed(document, hidden, kept, phrases, removed)
            except Uncertain:
                pass  # pictures of all pages then
        objects = Objects(_assembled(document, hidden, []))
        objects.thin_out()
        return objects.saved()


def has_text(data: bytes) -> bool:
    """Whether any page has signs that can be read."""
    with opened(data) as document:
        return any(_signs(document, place) for place in range(len(document)))


def _mixed(
    document: pypdfium2.PdfDocument, hidden: Sequence[Box], kept: Sequence[int], phrases: Sequence[str], removed: str
) -> bytes:
    """With the kept pages as text. Raises Uncertain when something speaks against it."""
    objects = Objects(_assembled(document, hidden, kept))
    objects.thin_out()
    made = objects.saved()
    if leftover(objects, phrases, removed, made):
        raise Uncertain("left over")
    with opened(made) as fresh:
        if not all(_look_alike(document, fresh, page - 1) for page in kept):
            raise Uncertain("looks different")
    return made


def _assembled(document: pypdfium2.PdfDocument, hidden: Sequence[Box], kept: Sequence[int]) -> bytes:
    fresh = pypdfium2.PdfDocument.new()
    try:
        for place in range(len(document)):
            old = document[place]
            wide, tall = old.get_size()
            old.close()
            page = fresh.new_page(wide, tall)
            if place + 1 in kept:
                shown = document.page_as_xobject(place, fresh).as_pageobject()
            else:
                shown = _picture(document, fresh, place, [box for box in hidden if box.page == place + 1], (wide, tall))
            page.insert_obj(shown)
            page.gen_content()
            page.close()
        made = io.BytesIO()
        fresh.save(made)
        return made.getvalue()
    except pypdfium2.PdfiumError as error:
        raise Uncertain(str(error)) from None
    finally:
        fresh.close()


def _picture(
    document: pypdfium2.PdfDocument,
    fresh: pypdfium2.PdfDocument,
    place: int,
    boxes: Sequence[Box],
    size: tuple[float, float],
) -> pypdfium2.PdfImage:
    picture = _rendered(document, place, DPI)
    blacken(picture, boxes)
    packed = io.BytesIO()
    picture.save(packed, "JPEG", quality=80)
    image = pypdfium2.PdfImage.new(fresh)
    image.load_jpeg(io.BytesIO(packed.getvalue()), inline=True)
    image.set_matrix(pypdfium2.PdfMatrix().scale(*size))
    return image


def _look_alike(old: pypdfium2.PdfDocument, fresh: pypdfium2.PdfDocument, place: int) -> bool:
    """Whether a page taken over is what it was: rotation, crop and layers must not have come out otherwise."""
    one, other = (_small(document, place) for document in (old, fresh))
    if one.size != other.size:
        return False
    difference = ImageChops.difference(one, other)
    return max(upper for _, upper in difference.getextrema()) <= 40  # type: ignore[misc]


def _small(document: pypdfium2.PdfDocument, place: int) -> Image.Image:
    picture = _rendered(document, place, 72)
    picture.thumbnail((_COARSE * 4, _COARSE * 4))
    return picture


def _under(document: pypdfium2.PdfDocument, hidden: Sequence[Box]) -> str:
    """Every sign that stands under a box."""
    found = []
    for place in sorted({box.page - 1 for box in hidden if 1 <= box.page <= len(document)}):
        boxes = [box for box in hidden if box.page == place + 1]
        for sign in _signs(document, place):
            across, down = (sign.left + sign.right) / 2, (sign.top + sign.bottom) / 2
            if any(box.left <= across <= box.right and box.top <= down <= box.bottom for box in boxes):
                found.append(sign.text)
    return "".join(found)


# What is left over ---------------------------------------------------------------------------------------------------

_FORBIDDEN = frozenset(
    {
        *(b"StructTreeRoot", b"MarkInfo", b"Metadata", b"Names", b"Outlines", b"AcroForm", b"Annots", b"EmbeddedFiles"),
        *(b"EmbeddedFile", b"OpenAction", b"AA", b"JS", b"JavaScript", b"PieceInfo", b"Info", b"Thumb", b"OC"),
        *(b"OCGs", b"OCProperties", b"Dests", b"URI", b"AF", b"Perms", b"DSS", b"Threads"),
    }
)


def leftover(objects: Objects, phrases: Sequence[str], removed: str, made: bytes) -> list[str]:
    """What in a made file still tells something, in words for a developer; empty for a clean one."""
    found = [f"key {key!r}" for facts in objects.dictionaries() for key in facts.keys() & _FORBIDDEN]
    pages = [v for v in objects.all.values() if isinstance(v, dict) and v.get(Name(b"Type")) == Name(b"Page")]
    if len(pages) != count_pages(made):
        found.append("a page outside the page tree")
    with opened(made) as document:
        shown = folded("".join(sign.text for place in range(len(document)) for sign in _signs(document, place)))
    found += ["phrase in the text" for phrase in phrases if folded(phrase) in shown]
    gone = set(folded(removed + "".join(phrases))) - set(shown)
    for stream in objects.streams():
        if stream.facts.get(Name(b"Subtype")) == Name(b"Image"):
            continue  # pixels: what is in them is looked at, not read
        found += _told(stream, phrases, gone)
    found += ["phrase in an object" for facts in objects.dictionaries() for _ in _spoken(facts, phrases)]
    if any(_untold_font(facts) for facts in objects.dictionaries()):
        found.append("a font that does not say what its signs are")
    return found


def _told(stream: Stream, phrases: Sequence[str], gone: set[str]) -> Iterator[str]:
    """Phrases in the bytes of a stream, in whatever encoding; signs that only a font still knows."""
    content = stream.unpacked()
    for phrase in phrases:
        if any(needle in content for needle in needles(phrase)):
            yield "phrase in a stream"
    if b"begincmap" in content:
        codes = b"".join(b"".join(code.split()) + b"|" for code in _CODES.findall(content)).decode()
        if any(sign.encode("utf-16-be").hex() in codes.casefold() for sign in gone):
            yield "a removed sign in a font"
        if b"beginbfrange" in content and gone and _in_ranges(content, gone):
            yield "a removed sign in a font"


_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]{4})>")


def _in_ranges(content: bytes, gone: set[str]) -> bool:
    wanted = {ord(sign) for sign in gone}
    for low, high, first in _RANGE.findall(content):
        start, many = int(first, 16), int(high, 16) - int(low, 16)
        if any(start <= code <= start + many for code in wanted):
            return True
    return False


def needles(phrase: str) -> list[bytes]:
    """A phrase as bytes of a file: in each encoding, plain and in hexadecimal."""
    found = []
    for encoding in ("utf-8", "utf-16-be", "utf-16-le", "gb18030"):
        code = phrase.encode(encoding, errors="ignore")
        if len(code) >= 4:
            found += [code, code.hex().encode(), code.hex().upper().encode()]
    return found


def _spoken(facts: dict[Name, Value], phrases: Sequence[str]) -> Iterator[str]:
    for key, value in facts.items():
        for word in (key, *([value] if isinstance(value, bytes) else [])):
            if any(needle in bytes(word) for phrase in phrases for needle in needles(phrase)):
                yield "phrase"


def _untold_font(facts: dict[Name, Value]) -> bool:
    """A composite font without a map of its signs: its glyphs may be those of what was removed."""
    return facts.get(Name(b"Subtype")) == Name(b"Type0") and Name(b"ToUnicode") not in facts
