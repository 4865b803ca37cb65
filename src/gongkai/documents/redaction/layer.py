"""The words that remain on a page that became a picture: which they are, and how they are laid under it, unseen.

A blind reader hears them, everybody can search and copy them. Only what a reader of the picture sees goes along; when
in doubt a word stays behind. The face has one sign for all, and its map tells those that are laid and no others.
"""

from __future__ import annotations

import struct
import unicodedata
import zlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageChops

from gongkai.documents.redaction.marking import BLACK, SCALE, Box
from gongkai.documents.redaction.objects import Name, Objects, Stream, Value, Word
from gongkai.documents.redaction.signs import Area, Sign, as_seen, common, size

GONE = BLACK * 3
"""Said where something was left out, whatever its length: a length may tell a name."""
_DPI = 100
_LARGEST_SIDE = 6_000
_INK = 40
"""Of 255: how much a sign must darken or lighten its place to be seen."""
_SEEN = 0.5
"""Of the width and of the height of a sign's strokes: how much must be seen of them."""
_HIDDEN = 0.2
"""Part of a sign's strokes that black may cover while it can still be read: beside what was found, not drawn, boxes."""
_DEEPEST = 15
"""Forms within forms that are looked through for text."""
_CELL = 10
_GAP = 0.15
"""Of a sign's size: what lies farther apart is no word."""

RIGHT, DOWN, LEFT, UP = (1, 0), (0, 1), (-1, 0), (0, -1)


@dataclass(frozen=True, slots=True)
class Laid:
    """A run of signs on one line."""

    text: str
    area: Area
    heading: tuple[int, int] = RIGHT
    """Where the text runs, as seen: across and down."""


# Which words remain -------------------------------------------------------------------------------------------------


def remaining(
    document: pypdfium2.PdfDocument, place: int, signs: Sequence[Sign], *, drawn: Sequence[Box], found: Sequence[Box]
) -> list[Laid]:
    """What is laid under the picture of a page: its visible words but those that touch a box, in the file's order."""
    marks = [sign for sign in signs if not _blank(sign.text)]
    if not marks:
        return []
    seen = _seen(document, place)
    shown = [sign for sign in marks if seen(sign)]
    touched = _whole_words(marks, {sign for sign in marks if _touches(sign, drawn, found)})
    return list(_runs(signs, _apart(shown) - touched, touched.intersection(shown)))


def _touches(sign: Sign, drawn: Iterable[Box], found: Iterable[Box]) -> bool:
    """A drawn box takes whatever it touches; the margin around what was found, only what it hides."""
    whole = sign.left, sign.top, sign.right, sign.bottom
    strokes = size(sign.ink)
    return any(_meet(whole, area(box)) for box in drawn) or any(
        common(sign.ink, area(box)) > _HIDDEN * strokes if strokes else _meet(whole, area(box)) for box in found
    )


def area(box: Box) -> Area:
    (left, right), (top, bottom) = sorted((box.left, box.right)), sorted((box.top, box.bottom))
    return left, top, right, bottom


def _meet(one: Area, other: Area) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def _whole_words(marks: Sequence[Sign], touched: Collection[Sign]) -> set[Sign]:
    """With all of a word of which a part is touched, in the file's order or in that of the eye."""
    gone = set(touched)
    for order in (marks, as_seen(marks)):
        for word in _words(order):
            if any(sign in gone for sign in word):
                gone.update(word)
    return gone


def _words(order: Iterable[Sign]) -> Iterator[list[Sign]]:
    """Signs that are spelled together; a Chinese sign or a full-width mark stands for itself."""
    word: list[Sign] = []
    for sign in order:
        if word and not (_spelled(sign.text) and _beside(word[-1], sign)):
            yield word
            word = []
        if _spelled(sign.text):
            word.append(sign)
        else:
            yield [sign]
    if word:
        yield word


@lru_cache(maxsize=1 << 14)
def _blank(text: str) -> bool:
    return unicodedata.category(text[0]) in ("Cc", "Cf", "Cn", "Zs", "Zl", "Zp")


@lru_cache(maxsize=1 << 14)
def _spelled(text: str) -> bool:
    """Whether a sign is one of several that make a word: letters, digits and whatever is put between them."""
    sign = text[0]
    if 0x21 <= ord(sign) < 0x7F or "HANGUL" in unicodedata.name(sign, ""):
        return True
    kind = unicodedata.category(sign)
    return kind[0] in "LMN" and not (kind == "Lo" and unicodedata.east_asian_width(sign) in "WF")


def _beside(one: Sign, other: Sign) -> bool:
    """Whether two signs touch, in whatever direction the text runs."""
    across = _GAP * max((one.bottom - one.top) / one.page_shape, one.right - one.left)
    down = across * one.page_shape
    grown = one.left - across, one.top - down, one.right + across, one.bottom + down
    return one.page == other.page and _meet(grown, (other.left, other.top, other.right, other.bottom))


def _heading(one: Sign, other: Sign) -> tuple[int, int] | None:
    """Whereto the text runs from a sign to the next one; nothing when they do not stand in one line."""
    if not _beside(one, other):
        return None
    across, down = (other.left + other.right) / 2, (other.top + other.bottom) / 2
    if one.top <= down <= one.bottom:
        return RIGHT if other.left >= one.left else LEFT
    if one.left <= across <= one.right:
        return DOWN if other.top >= one.top else UP
    return None


def _seen(document: pypdfium2.PdfDocument, place: int) -> Callable[[Sign], bool]:
    """Whether a sign is seen: the page looks otherwise where its strokes are when its text is left away.

    So text that is drawn unseen, in the paper's colour, under a picture or under an older box is not told.
    """
    page = document[place]
    try:
        whole = _grey(page)
        for thing in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=_DEEPEST):
            pdfium.FPDFTextObj_SetTextRenderMode(thing.raw, pdfium.FPDF_TEXTRENDERMODE_INVISIBLE)
        ink = ImageChops.difference(whole, _grey(page)).point([0] * _INK + [255] * (256 - _INK))
    finally:
        page.close()
    across, down = ink.width / SCALE, ink.height / SCALE

    def seen(sign: Sign) -> bool:
        left, top, right, bottom = sign.ink[0] * across, sign.ink[1] * down, sign.ink[2] * across, sign.ink[3] * down
        part = max(int(left), 0), max(int(top), 0), min(int(right) + 1, ink.width), min(int(bottom) + 1, ink.height)
        if part[0] >= part[2] or part[1] >= part[3] or not (box := ink.crop(part).getbbox()):
            return False
        return box[2] - box[0] >= _SEEN * (right - left) and box[3] - box[1] >= _SEEN * (bottom - top)

    return seen


def _grey(page: pypdfium2.PdfPage) -> Image.Image:
    scale = min(_DPI / 72, _LARGEST_SIDE / max(*page.get_size(), 1.0))
    shown: Image.Image = page.render(scale=scale, grayscale=True, may_draw_forms=False, draw_annots=False).to_pil()
    return shown.convert("L")


def _apart(signs: Sequence[Sign]) -> set[Sign]:
    """Without signs that lie on one another: of equal ones the first stays, of others nobody knows which is seen."""
    cells: defaultdict[tuple[int, int], list[Sign]] = defaultdict(list)
    lost: set[Sign] = set()
    before: Sign | None = None
    for sign in signs:
        left, top, right, bottom = (int(side // _CELL) for side in sign.ink)
        near = [(x, y) for x in range(left, right + 1) for y in range(top, bottom + 1)]
        for other in {other for cell in near for other in cells[cell] if _covers(sign, other)}:
            if other is before and other.ink == sign.ink:
                continue  # a ligature: two signs of one shape
            lost.update((sign,) if sign.text == other.text else (sign, other))
        for cell in near:
            cells[cell].append(sign)
        before = sign
    return set(signs) - lost


def _covers(one: Sign, other: Sign) -> bool:
    return 2 * common(one.ink, other.ink) > min(size(one.ink), size(other.ink))


def _runs(signs: Iterable[Sign], kept: Collection[Sign], told: Collection[Sign]) -> Iterator[Laid]:
    """Signs that follow each other as one run, a space after it where one stood; three blocks for what is left out."""
    run: list[Sign] = []
    within = False
    for sign in signs:
        if sign in kept and run and _goes_on(run, sign):
            run.append(sign)
            continue
        blank = _blank(sign.text)
        if run:
            yield _laid(run, " " if blank else "")
        run = [sign] if sign in kept else []
        if sign in told and not within:
            yield replace(_laid([sign]), text=GONE)
        within = within if blank else sign in told
    if run:
        yield _laid(run)


def _goes_on(run: Sequence[Sign], sign: Sign) -> bool:
    heading = _heading(run[-1], sign)
    same = len(run) == 1 or heading == _heading(run[0], run[1])
    return heading is not None and same and _spelled(run[0].text) == _spelled(sign.text)


def _laid(run: Sequence[Sign], end: str = "") -> Laid:
    place = (
        min(s.left for s in run), min(s.top for s in run), max(s.right for s in run), max(s.bottom for s in run)
    )  # fmt: skip
    heading = _heading(run[0], run[1]) if len(run) > 1 else None
    return Laid("".join(sign.text for sign in run) + end, place, heading or RIGHT)


# How they are laid --------------------------------------------------------------------------------------------------

_FONT = Name(b"Words")
_DESCENT = 0.2
_BEYOND = 0xD800
"""First code for signs beyond the basic plane: a code has two bytes, and no sign stands at these."""
_MOST_BEYOND = 0x800


def lay(objects: Objects, pages: Mapping[int, Sequence[Laid]]) -> None:
    """Put words under what pages (numbered from 0) show."""
    signs = {sign for runs in pages.values() for run in runs for sign in run.text}
    beyond = sorted(sign for sign in signs if ord(sign) > 0xFFFF)[:_MOST_BEYOND]
    codes = {sign: ord(sign) for sign in signs if ord(sign) <= 0xFFFF}
    codes |= {sign: _BEYOND + number for number, sign in enumerate(beyond)}
    font = objects.add(_font(objects, codes)) if codes else None
    for place, page in enumerate(objects.pages()):
        if font is None or not pages.get(place):
            continue
        content = _content(pages[place], codes, _measures(page))
        resources = objects.resolve(page.get(Name(b"Resources"), {}))
        page[Name(b"Resources")] = {**(resources if isinstance(resources, dict) else {}), Name(b"Font"): {_FONT: font}}
        shown = page.get(Name(b"Contents"), [])
        page[Name(b"Contents")] = [objects.add(packed(content)), *(shown if isinstance(shown, list) else [shown])]


def _measures(page: Mapping[Name, Value]) -> tuple[float, float]:
    box = page[Name(b"MediaBox")]
    assert isinstance(box, list)
    wide, tall = (float(bytes(side)) for side in box[2:] if isinstance(side, Word))
    return wide, tall


def _content(runs: Iterable[Laid], codes: Mapping[str, int], measures: tuple[float, float]) -> bytes:
    """Text in render mode 3, each run stretched over its place."""
    wide, tall = measures
    lines = [b"q BT 3 Tr"]
    for run in runs:
        told = [codes[sign] for sign in run.text if sign in codes]
        left, right = (side * wide / SCALE for side in (run.area[0], run.area[2]))
        top, bottom = (tall - side * tall / SCALE for side in (run.area[1], run.area[3]))
        long, high = (right - left, top - bottom) if run.heading in (RIGHT, LEFT) else (top - bottom, right - left)
        many = len(told) - run.text.endswith(" ")
        if many < 1 or high <= 0 or long <= 0:
            continue
        over = _DESCENT * high
        start = {
            RIGHT: (left, bottom + over), DOWN: (left + over, top), LEFT: (right, top - over), UP: (right - over, bottom)
        }[run.heading]  # fmt: skip
        x, y = run.heading[0], -run.heading[1]
        lines.append(
            b"/%b %.2f Tf %.1f Tz %d %d %d %d %.2f %.2f Tm (%b) Tj"
            % (
                _FONT,
                high,
                100 * long / (many * high),
                x,
                y,
                -y,
                x,
                *start,
                _escaped(struct.pack(f">{len(told)}H", *told)),
            )
        )
    return b"\n".join([*lines, b"ET Q"])


def _escaped(text: bytes) -> bytes:
    """As it stands between parentheses. Not in hexadecimal: four digits of it would often read as a year removed."""
    for sign, written in ((b"\\", b"\\\\"), (b"(", b"\\("), (b")", b"\\)"), (b"\r", b"\\r"), (b"\n", b"\\n")):
        text = text.replace(sign, written)
    return text


def packed(content: bytes, **facts: Value) -> Stream:
    named = {Name(key.encode()): value for key, value in facts.items()}
    return Stream({**named, Name(b"Filter"): Name(b"FlateDecode")}, zlib.compress(content, 9))


def _font(objects: Objects, codes: Mapping[str, int]) -> dict[Name, Value]:
    """A face of one sign for every code, and the map that tells what each code stands for."""
    face = _face()
    descriptor = objects.add(
        _facts(
            Type=Name(b"FontDescriptor"), FontName=Name(b"Words"), Flags=Word(b"5"), ItalicAngle=Word(b"0"),
            Ascent=Word(b"800"), Descent=Word(b"-200"), CapHeight=Word(b"800"), StemV=Word(b"80"),
            FontBBox=[Word(b"0"), Word(b"-200"), Word(b"1000"), Word(b"800")],
            FontFile2=objects.add(packed(face, Length1=Word(b"%d" % len(face)))),
        )
    )  # fmt: skip
    system = _facts(Registry=Word(b"(Adobe)"), Ordering=Word(b"(Identity)"), Supplement=Word(b"0"))
    descendant = objects.add(
        _facts(
            Type=Name(b"Font"), Subtype=Name(b"CIDFontType2"), BaseFont=Name(b"Words"), CIDSystemInfo=system,
            FontDescriptor=descriptor, DW=Word(b"1000"),
            CIDToGIDMap=objects.add(packed(bytes(2 * (max(codes.values()) + 1)))),
        )
    )  # fmt: skip
    return _facts(
        Type=Name(b"Font"), Subtype=Name(b"Type0"), BaseFont=Name(b"Words"), Encoding=Name(b"Identity-H"),
        DescendantFonts=[descendant], ToUnicode=objects.add(packed(_map(codes))),
    )  # fmt: skip


def _facts(**facts: Value) -> dict[Name, Value]:
    return {Name(key.encode()): value for key, value in facts.items()}


def _map(codes: Mapping[str, int]) -> bytes:
    rows = [b"<%04X> <%b>" % (code, sign.encode("utf-16-be").hex().upper().encode()) for sign, code in codes.items()]
    rows.sort()
    blocks = [rows[start : start + 100] for start in range(0, len(rows), 100)]
    return b"\n".join(
        [
            b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            b"/CMapName /Words def /CMapType 2 def",
            b"1 begincodespacerange <0000> <FFFF> endcodespacerange",
            *(b"%d beginbfchar\n%b\nendbfchar" % (len(block), b"\n".join(block)) for block in blocks),
            b"endcmap CMapName currentdict /CMap defineresource pop end end",
        ]
    )


@lru_cache(maxsize=1)
def _face() -> bytes:
    """A TrueType face of one sign, a square of 1000 units: readers pass over signs that have no size."""
    square = struct.pack(">hhhhhHH4B4h4h", 1, 0, -200, 1000, 800, 3, 0, *[1] * 4, 0, 0, 1000, 0, -200, 1000, 0, -1000)
    measures = (0x10000, 0x10000, 0, 0x5F0F3CF5, 0, 1000, 0, 0, 0, -200, 1000, 800, 0, 8, 2, 0, 0)
    tables = {
        b"glyf": square + bytes(-len(square) % 4),
        b"head": struct.pack(">IIIIHHqqhhhhHHhhh", *measures),
        b"hhea": struct.pack(">IhhhH11hH", 0x10000, 800, -200, 0, 1000, 0, 0, 1000, 1, *[0] * 7, 1),
        b"hmtx": struct.pack(">Hh", 1000, 0),
        b"loca": struct.pack(">HH", 0, (len(square) + 3) // 4 * 2),
        b"maxp": struct.pack(">I14H", 0x10000, 1, 4, 1, 0, 0, 2, *[0] * 8),
    }
    head, body = struct.pack(">IHHHH", 0x10000, len(tables), 64, 2, 16 * len(tables) - 64), b""
    for name, table in sorted(tables.items()):
        at = 12 + 16 * len(tables) + len(body)
        padded = table + bytes(-len(table) % 4)
        total = sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF
        head += struct.pack(">4sIII", name, total, at, len(table))
        body += padded
    return head + body
