"""Reads .docx: the text as it stands on the page, and what does not: comments, tracked changes, hidden text."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from gongkai_core.reading import office, xml
from gongkai_core.reading.archive import Archive
from gongkai_core.reading.numerals import ListNumbers
from gongkai_core.reading.paper import (
    Block,
    Cell,
    Draft,
    Entry,
    Heading,
    Listing,
    Paper,
    Paragraph,
    Picture,
    Span,
    Spans,
    Table,
    Unreadable,
)
from gongkai_core.reading.spans import joined

DOCUMENT = "word/document.xml"
_NOTES = {
    "comments": "批注",
    "commentsExtended": "批注",
    "footnotes": "脚注",
    "endnotes": "尾注",
    "header": "页眉",
    "footer": "页脚",
}
_MARKS = {"b": "strong", "i": "em", "u": "u"}
_FIELDS = ("DDE", "DDEAUTO", "INCLUDETEXT", "INCLUDEPICTURE", "LINK", "IMPORT")
_OFF = ("0", "false", "none", "off")


def read(data: bytes) -> Paper:
    archive = Archive(data)
    if DOCUMENT not in archive:
        raise Unreadable("damaged", "这不是 Word 文档，或者文件已损坏")
    return _Reader(archive).paper()


class _Reader:
    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.draft = Draft("docx")
        self.relations = office.relations(archive, DOCUMENT)
        self.levels = self._heading_levels()
        self.numbers = ListNumbers(self._part("word/numbering.xml"))
        self.bullets: list[tuple[int, Spans]] = []

    def paper(self) -> Paper:
        draft = self.draft
        office.look_for_dangers(self.archive, draft)
        body = xml.parse(self.archive.read(DOCUMENT)).find("body")
        blocks = list(self._blocks(body)) if body is not None else []
        draft.blocks = list(_gathered(blocks))
        self._notes()
        office.properties(self.archive, draft)
        return Paper(draft.kind, tuple(draft.blocks), tuple(draft.facts), tuple(draft.hidden), tuple(draft.dangers))

    def _part(self, name: str) -> Element | None:
        return xml.parse(self.archive.read(name)) if name in self.archive else None

    def _heading_levels(self) -> dict[str, int]:
        """Styles that are headings, by their id: told by the outline level or by the built-in name."""
        styles = self._part("word/styles.xml")
        levels = {}
        for style in styles if styles is not None else ():
            outline = style.find("./pPr/outlineLvl")
            named = (_value(style.find("name")) or "").lower().removeprefix("heading ")
            if outline is not None and (_value(outline) or "").isdigit():
                levels[style.get("styleId", "")] = int(_value(outline) or 0) + 1
            elif named.isdigit():
                levels[style.get("styleId", "")] = int(named)
        return {style: level for style, level in levels.items() if level <= 6}

    # Blocks -----------------------------------------------------------------------------------------------------

    def _blocks(self, parent: Element) -> Iterator[Block]:
        for element in parent:
            if element.tag == "p":
                yield from self._paragraph(element)
            elif element.tag == "tbl":
                yield self._table(element)
            elif element.tag in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"):
                yield from self._blocks(element)
            elif element.tag in ("del", "moveFrom"):
                self.draft.hide(xml.all_text(element), "修订删除")

    def _paragraph(self, element: Element) -> Iterator[Block]:
        pictures: list[Block] = []
        boxes: list[Block] = []
        spans = joined(self._spans(element, pictures, boxes))
        style = element.find("pPr")
        if spans:
            level = self._level(style)
            number = self.numbers.next(style, self._style_of(style))
            if number.bullet:
                yield Listing((Entry(spans),), ordered=False)
            elif level:
                yield Heading(level, joined((Span(number.text), *spans)))
            else:
                yield Paragraph(joined((Span(number.text), *spans)))
        yield from pictures
        yield from boxes

    def _style_of(self, style: Element | None) -> str:
        return _value(style.find("pStyle")) or "" if style is not None else ""

    def _level(self, style: Element | None) -> int:
        if style is None:
            return 0
        outline = _value(style.find("outlineLvl")) or ""
        if outline.isdigit() and int(outline) < 6:
            return int(outline) + 1
        return self.levels.get(self._style_of(style), 0)

    def _table(self, element: Element) -> Table:
        rows: list[list[Cell]] = []
        open_cells: dict[int, tuple[int, int]] = {}  # column → where the cell that runs down began
        for line in _rows(element):
            row: list[Cell] = []
            heads = line.find("./trPr/tblHeader") is not None
            column = 0
            for place in _cells(line):
                style = place.find("tcPr")
                across = int(_value(style.find("gridSpan")) or 1) if style is not None else 1
                merge = style.find("vMerge") if style is not None else None
                if merge is not None and (_value(merge) or "continue") == "continue" and column in open_cells:
                    at, index = open_cells[column]
                    above = rows[at][index]
                    rows[at][index] = Cell(above.spans, above.across, above.down + 1, above.heads)
                else:
                    row.append(Cell(self._cell(place), min(across, 63), 1, heads))
                    open_cells.pop(column, None)
                    if merge is not None:
                        open_cells[column] = (len(rows), len(row) - 1)
                column += across
            rows.append(row)
        return Table(tuple(tuple(row) for row in rows if row))

    def _cell(self, place: Element) -> Spans:
        spans: list[Span] = []
        for block in self._blocks(place):
            if isinstance(block, Picture):
                continue
            spans += [Span("\n")] if spans else []
            spans += block.spans if isinstance(block, Paragraph | Heading) else [Span(block.text)]
        return joined(spans)

    # Inline -----------------------------------------------------------------------------------------------------

    def _spans(self, parent: Element, pictures: list[Block], boxes: list[Block], href: str = "") -> Iterator[Span]:
        for element in parent:
            tag = element.tag
            if tag == "r":
                yield from self._run(element, pictures, boxes, href)
            elif tag == "hyperlink":
                link = self.relations.get(element.get("id", ""))
                yield from self._spans(element, pictures, boxes, link.target if link and link.outside else "")
            elif tag in ("del", "moveFrom"):
                self.draft.hide(
                    "".join(part.text or "" for part in element.iter() if part.tag in ("delText", "t")), "修订删除"
                )
            elif tag == "fldSimple":
                self._field(element.get("instr", ""))
                yield from self._spans(element, pictures, boxes, href)
            elif tag in ("ins", "moveTo", "smartTag", "sdt", "sdtContent", "customXml", "dir", "bdo"):
                yield from self._spans(element, pictures, boxes, href)
            elif tag in ("oMath", "oMathPara"):
                yield Span("".join(part.text or "" for part in element.iter("t")), (), href)

    def _run(self, run: Element, pictures: list[Block], boxes: list[Block], href: str) -> Iterator[Span]:
        style = run.find("rPr")
        marks = _marks(style)
        pieces = []
        for part in run:
            if part.tag in ("t", "delText"):
                pieces.append(part.text or "")
            elif part.tag in ("tab", "ptab"):
                pieces.append("\t")
            elif part.tag in ("br", "cr"):
                pieces.append("\n" if part.get("type") != "page" else "")
            elif part.tag == "noBreakHyphen":
                pieces.append("-")
            elif part.tag == "instrText":
                self._field(part.text or "")
            elif part.tag in ("drawing", "pict", "object"):
                self._drawing(part, pictures, boxes)
            elif part.tag == "AlternateContent":
                choice = part.find("Choice")
                self._drawing(choice if choice is not None else part, pictures, boxes)
        text = "".join(pieces)
        if style is not None and _on(style.find("vanish")):
            self.draft.hide(text, "隐藏文字")
        elif text:
            yield Span(text, marks, href)

    def _field(self, instruction: str) -> None:
        word = instruction.strip().split(" ", 1)[0].upper()
        self.draft.hide(instruction, "域代码")
        if word in ("DDE", "DDEAUTO"):
            self.draft.endanger("含有动态数据交换（DDE）")
        elif word in _FIELDS:
            self.draft.endanger("引用了文件以外的内容")

    def _drawing(self, part: Element, pictures: list[Block], boxes: list[Block]) -> None:
        alt = next(xml.attribute_texts(part, "descr", "alt"), "")
        for element in part.iter():
            key = (
                element.get("embed")
                if element.tag == "blip"
                else element.get("id")
                if element.tag == "imagedata"
                else None
            )
            link = self.relations.get(key or "")
            if link and not link.outside and link.target in self.archive:
                pictures.append(Picture(self.archive.read(link.target), alt, link.target))
        for box in part.iter("txbxContent"):
            boxes += self._blocks(box)

    def _notes(self) -> None:
        """Comments, notes, headers and footers, then every other part."""
        known = [DOCUMENT, "word/settings.xml"]
        for link in self.relations.values():
            if link.outside:
                self.draft.hide(link.target, "链接地址")
            elif where := _NOTES.get(link.kind):
                known.append(link.target)
                part = self._part(link.target)
                if part is None:
                    continue
                lines = [
                    "".join(piece.text or "" for piece in line.iter() if piece.tag in ("t", "delText"))
                    for line in part.iter("p")
                ]
                self.draft.hide("\n".join(filter(str.strip, lines)), where)
        office.other_parts(self.archive, known, self.draft)


def _gathered(blocks: list[Block]) -> Iterator[Block]:
    """Bullets that follow each other are one list."""
    entries: list[Entry] = []
    for block in blocks:
        if isinstance(block, Listing):
            entries += block.entries
            continue
        if entries:
            yield Listing(tuple(entries))
            entries = []
        yield block
    if entries:
        yield Listing(tuple(entries))


def _rows(table: Element) -> Iterator[Element]:
    for element in table:
        if element.tag == "tr":
            yield element
        elif element.tag in ("sdt", "sdtContent", "ins"):
            yield from _rows(element)


def _cells(row: Element) -> Iterator[Element]:
    for element in row:
        if element.tag == "tc":
            yield element
        elif element.tag in ("sdt", "sdtContent"):
            yield from _cells(element)


def _value(element: Element | None) -> str | None:
    return element.get("val") if element is not None else None


def _on(element: Element | None) -> bool:
    return element is not None and (element.get("val") or "1").lower() not in _OFF


def _marks(style: Element | None) -> tuple[str, ...]:
    if style is None:
        return ()
    marks = [mark for tag, mark in _MARKS.items() if _on(style.find(tag))]
    raised = _value(style.find("vertAlign"))
    marks += {"superscript": ["sup"], "subscript": ["sub"]}.get(raised or "", [])
    return tuple(marks)
