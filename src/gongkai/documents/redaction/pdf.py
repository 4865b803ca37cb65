"""Redacted PDF: pages with a hit become pictures with the boxes burnt in, the others go into a fresh document.

Nothing of the original file is carried over but what its pages show: no structure tree, properties, names,
attachments, annotations or form fields. Under a picture lie the words that are still seen in it (`layer`). Of the
pages that stay text, resources that they do not use are cut away, and fonts that would still tell a removed sign turn
every page into a picture (`leftover`).
"""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import pypdfium2
from PIL import Image, ImageChops, ImageDraw

from gongkai.documents.redaction import layer
from gongkai.documents.redaction.marking import BLACK, SCALE, Box, Hit, context, fold, folded, places
from gongkai.documents.redaction.objects import Name, Objects, Stream, Uncertain, Value
from gongkai.documents.redaction.signs import Sign, as_seen, of_document

DPI = 200
LOOK_DPI = 100
_LARGEST_SIDE = 6_000
"""Pixels of a page's longer side: a page may claim to be a wall."""
_COARSE = 40
"""Pixels of a page's longer side when two renderings are compared."""
LANGUAGE = "zh-CN"
_MARGIN = 0.12
"""Of a sign's size, added around it: strokes reach beyond the sign's own box."""
_CODES = re.compile(rb"<([0-9A-Fa-f\s]*)>")


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
        return hits(of_document(document), phrase)


def hits(written: Sequence[Sign], phrase: str) -> list[Hit]:
    """Every place of a phrase among the signs of a document."""
    found: dict[tuple[Box, ...], Hit] = {}
    for signs in (written, as_seen(written)):
        texts = [sign.text for sign in signs]
        for first, last in places(texts, phrase):
            covered = [sign for sign in signs[first:last] if fold(sign.text)]
            boxes = tuple(_boxes(covered))
            key = tuple(sorted(boxes, key=lambda box: (box.page, box.top, box.left)))
            found.setdefault(key, Hit(covered[0].page, *context(texts, first, last), boxes))
    return sorted(found.values(), key=lambda hit: (hit.page, hit.boxes[0].top, hit.boxes[0].left))


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


@dataclass(frozen=True, slots=True)
class Attempt:
    """A new file, not yet proven clean."""

    data: bytes
    as_pictures: bool
    hidden: tuple[Box, ...]
    removed: str
    """Signs that stood under a box."""


def attempts(data: bytes, phrases: Sequence[str], boxes: Sequence[Box], *, title: str) -> Iterator[Attempt]:
    """New files, the one that tells most first; each is made only when it is asked for.

    Pages without a hit stay text; then all pages become pictures with their words beneath; then pictures alone.
    Raises Uncertain when not even those can be made.
    """
    told = title if not any(folded(phrase) in folded(title) for phrase in phrases) else ""
    with opened(data) as document:
        signs = of_document(document)
        found = [box for phrase in phrases for hit in hits(signs, phrase) for box in hit.boxes]
        source = _Source(document, signs, boxes, found)
        removed = under(signs, source.hidden)
        touched = {box.page for box in source.hidden}
        kept = [page for page in range(1, len(document) + 1) if page not in touched]
        for pages, with_words in ([(kept, True)] if kept else []) + [([], True), ([], False)]:
            try:
                made = source.made(pages, with_words=with_words, title=told)
            except Uncertain:
                if with_words:
                    continue
                raise
            yield Attempt(made, not pages, source.hidden, removed)


@dataclass
class _Source:
    """The original with what is to be hidden; a page is rendered once, however many files are attempted."""

    document: pypdfium2.PdfDocument
    signs: Sequence[Sign]
    drawn: Sequence[Box]
    found: Sequence[Box]
    _pictures: dict[int, bytes] = field(default_factory=dict)
    _words: dict[int, list[layer.Laid]] = field(default_factory=dict)

    @property
    def hidden(self) -> tuple[Box, ...]:
        return (*self.drawn, *self.found)

    def made(self, kept: Collection[int], *, with_words: bool, title: str) -> bytes:
        """The new file with these pages as text. Raises Uncertain when something speaks against it."""
        objects = Objects(self._assembled(kept))
        objects.thin_out()
        if with_words:
            pictured = [place for place in range(len(self.document)) if place + 1 not in kept]
            layer.lay(objects, {place: self._remaining(place) for place in pictured})
        objects.describe(title=title, language=LANGUAGE)
        made = objects.saved()
        with opened(made) as fresh:
            if not all(_look_alike(self.document, fresh, page - 1) for page in kept):
                raise Uncertain("looks different")
        return made

    def _assembled(self, kept: Collection[int]) -> bytes:
        fresh = pypdfium2.PdfDocument.new()
        try:
            for place in range(len(self.document)):
                old = self.document[place]
                wide, tall = old.get_size()
                old.close()
                page = fresh.new_page(wide, tall)
                if place + 1 in kept:
                    shown = self.document.page_as_xobject(place, fresh).as_pageobject()
                else:
                    shown = self._image(fresh, place, (wide, tall))
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

    def _image(self, fresh: pypdfium2.PdfDocument, place: int, size: tuple[float, float]) -> pypdfium2.PdfImage:
        image = pypdfium2.PdfImage.new(fresh)
        image.load_jpeg(io.BytesIO(self._picture(place)), inline=True)
        image.set_matrix(pypdfium2.PdfMatrix().scale(*size))
        return image

    def _picture(self, place: int) -> bytes:
        if place not in self._pictures:
            picture = _rendered(self.document, place, DPI)
            blacken(picture, [box for box in self.hidden if box.page == place + 1])
            packed = io.BytesIO()
            picture.save(packed, "JPEG", quality=80)
            self._pictures[place] = packed.getvalue()
        return self._pictures[place]

    def _remaining(self, place: int) -> list[layer.Laid]:
        if place not in self._words:
            drawn, found = ([box for box in boxes if box.page == place + 1] for boxes in (self.drawn, self.found))
            signs = [sign for sign in self.signs if sign.page == place + 1]
            self._words[place] = layer.remaining(self.document, place, signs, drawn=drawn, found=found)
        return self._words[place]


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


def under(signs: Iterable[Sign], hidden: Sequence[Box]) -> str:
    """Every sign whose middle lies under a box."""
    boxes = [(box.page, layer.area(box)) for box in hidden]
    found = []
    for sign in signs:
        across, down = (sign.left + sign.right) / 2, (sign.top + sign.bottom) / 2
        if any(
            page == sign.page and left <= across <= right and top <= down <= bottom
            for page, (left, top, right, bottom) in boxes
        ):
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


def leftover(made: bytes, phrases: Sequence[str], hidden: Sequence[Box] = (), removed: str = "") -> list[str]:
    """What in a made file still tells something, in words for a developer; empty for a clean one. Raises Uncertain."""
    objects = Objects(made)
    with opened(made) as document:
        signs = of_document(document)
    found = [f"key {key!r}" for facts in objects.dictionaries() for key in facts.keys() & _FORBIDDEN]
    found += _out_of_place(objects, count_pages(made))
    found += ["phrase in the text" for phrase in phrases if hits(signs, phrase)]
    if folded(under(signs, hidden)).strip(BLACK):
        found.append("a sign under a box")
    gone = set(folded(removed + "".join(phrases))) - set(folded("".join(sign.text for sign in signs)))
    for stream in objects.streams():
        if stream.facts.get(Name(b"Subtype")) == Name(b"Image"):
            continue  # pixels: what is in them is looked at, not read
        found += _told(stream, phrases, gone)
    found += ["phrase in an object" for facts in objects.dictionaries() for _ in _spoken(facts, phrases)]
    if any(_untold_font(facts) for facts in objects.dictionaries()):
        found.append("a font that does not say what its signs are")
    return found


def _out_of_place(objects: Objects, many: int) -> Iterator[str]:
    properties = objects.resolve(objects.info)
    if isinstance(properties, dict) and properties.keys() != {Name(b"Title")}:
        yield "properties"
    pages = [v for v in objects.all.values() if isinstance(v, dict) and v.get(Name(b"Type")) == Name(b"Page")]
    if len(pages) != many:
        yield "a page outside the page tree"


_ESCAPED = re.compile(rb"\\([nr()\\])")
_ESCAPES = {b"n": b"\n", b"r": b"\r"}


def _told(stream: Stream, phrases: Sequence[str], gone: set[str]) -> Iterator[str]:
    """Phrases in the bytes of a stream, in whatever encoding; signs that only a font still knows."""
    content = stream.unpacked()
    plain = _ESCAPED.sub(lambda sign: _ESCAPES.get(sign[1], sign[1]), content)
    for phrase in phrases:
        if any(needle in content or needle in plain for needle in needles(phrase)):
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
