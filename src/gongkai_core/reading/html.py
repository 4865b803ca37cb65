"""Reads web pages, and what Word and WPS put on the clipboard: structure kept, dress and scripts gone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from gongkai_core.encodings import decode
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

DEEPEST = 150
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
_SILENT = {"script", "style", "noscript", "template", "select", "textarea", "iframe", "object", "svg", "math", "head"}
_RAW = {"script", "style"}
"""Their content is never text."""
_MARKS = {"b": "strong", "strong": "strong", "i": "em", "em": "em", "u": "u", "sup": "sup", "sub": "sub"}
_HEADINGS = {"h1": 1, "h2": 1, "h3": 2, "h4": 3, "h5": 3, "h6": 3}
_BLOCKS = {
    *("p", "div", "section", "article", "header", "footer", "main", "center", "form", "blockquote", "pre", "li"),
    *("dl", "dt", "dd", "figure", "figcaption", "hr", "address", "aside", "nav", "fieldset", "legend", "body", "html"),
    *("ul", "ol", "table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "details", "summary", "title"),
    *_HEADINGS,
}
_CLOSED_BY = {
    "p": _BLOCKS - {"tr", "td", "th", "tbody", "thead"},
    "li": {"li"},
    "dt": {"dt", "dd"},
    "dd": {"dt", "dd"},
    "tr": {"tr", "tbody", "thead", "tfoot"},
    "td": {"td", "th", "tr", "tbody", "tfoot"},
    "th": {"td", "th", "tr", "tbody", "tfoot"},
}
_SCOPES = {"li": {"ul", "ol"}, "tr": {"table"}, "td": {"table"}, "th": {"table"}, "dt": {"dl"}, "dd": {"dl"}}
_SPACE = re.compile(r"[ \t\r\n\f]+")
_WIDE = "\u2e80-\u303f\u3400-\u9fff\uff00-\uffef“”‘’—…"
_BETWEEN_WIDE = re.compile(f"(?<=[{_WIDE}])[ \t]*[\r\n\f]+[ \t\r\n\f]*(?=[{_WIDE}])")
_SPAN_LIMIT = 100


@dataclass(slots=True)
class Node:
    """An element; text stands among the children as bare strings."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)

    def nodes(self) -> Iterator[Node]:
        """This node and all below it, in their order."""
        waiting: list[Node] = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += [child for child in reversed(node.children) if isinstance(child, Node)]

    @property
    def text(self) -> str:
        """Its words on one line."""
        pieces = []
        for node in self.nodes():
            if node.tag not in _SILENT:
                pieces += [child for child in node.children if isinstance(child, str)]
        return " ".join("".join(pieces).split())

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()


class _Tree(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("html")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._close_implied(tag)
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in _VOID and len(self.open) < DEEPEST:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._close_implied(tag)
        self.open[-1].children.append(Node(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self.open) - 1, 0, -1):
            if self.open[place].tag == tag:
                del self.open[place:]
                return
            if self.open[place].tag == "table" and tag not in ("table", "body", "html"):
                return  # a stray end tag never closes the table around it

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)

    def _close_implied(self, tag: str) -> None:
        for place in range(len(self.open) - 1, 0, -1):
            here = self.open[place].tag
            if tag in _CLOSED_BY.get(here, ()):
                del self.open[place:]
                self._close_implied(tag)
                return
            if here in _BLOCKS - {"p"} and not (here in _CLOSED_BY and tag in _SCOPES and here not in _SCOPES[tag]):
                return


def parse(text: str) -> Node:
    """The tree of a page, however badly it was written."""
    tree = _Tree()
    try:
        tree.feed(text)
        tree.close()
    except AssertionError:
        tree.rawdata = ""  # the parser asserts on some malformed declarations; what it has read so far stands
    return tree.root


def read(data: bytes) -> Paper:
    text = decode(data)
    if text is None:
        raise Unreadable("encoding", "网页的编码无法识别，请另存为 UTF-8 编码")
    return read_text(text)


def read_text(text: str) -> Paper:
    """A page or a piece of one as a paper; its <title> and meta tags are facts."""
    root = parse(text)
    draft = Draft("html", blocks=list(blocks_of(root)))
    for node in root.nodes():
        if node.tag == "title":
            draft.fact("标题", node.text)
        elif node.tag == "meta" and node.attributes.get("name"):
            draft.fact(node.attributes["name"], node.attributes.get("content", ""))
        elif "display:none" in node.attributes.get("style", "").replace(" ", "").lower():
            draft.hide(node.text, "不显示的文字")
    draft.hide("\n".join(re.findall(r"<!--(?!\[)(.*?)-->", text, re.S)), "网页注释")
    return Paper(draft.kind, tuple(draft.blocks), tuple(draft.facts), tuple(draft.hidden))


def blocks_of(node: Node) -> Iterator[Block]:
    """The blocks below a node; loose text between blocks is a paragraph of its own."""
    loose: list[Span] = []

    def settled() -> Iterator[Block]:
        if spans := joined(loose):
            yield from (Paragraph(part) for part in _lines(spans))
        loose.clear()

    for child in node.children:
        if isinstance(child, str):
            loose.append(Span(_folded(child)))
        elif child.tag in _SILENT:
            continue
        elif child.tag in _HEADINGS:
            yield from settled()
            pictures: list[Block] = []
            if spans := _spans_of(child, pictures):
                yield Heading(_HEADINGS[child.tag], spans)
            yield from pictures
        elif child.tag in ("ul", "ol"):
            yield from settled()
            if listing := _listing(child):
                yield listing
        elif child.tag == "table":
            yield from settled()
            yield from _table(child)
        elif child.tag == "img":
            yield from settled()
            yield _picture(child)
        elif child.tag in _BLOCKS or _holds_blocks(child):
            yield from settled()
            yield from blocks_of(child)
        else:
            pictures = []
            loose += _inline(child, (), "", pictures)
            if pictures:
                yield from settled()
                yield from pictures
    yield from settled()


def _holds_blocks(node: Node) -> bool:
    return any(inner.tag in _BLOCKS for inner in node.nodes() if inner is not node)


def _folded(text: str) -> str:
    """Blanks as a browser shows them; a line end between two Chinese characters is none."""
    return _SPACE.sub(" ", _BETWEEN_WIDE.sub("", text))


def _lines(spans: Spans) -> Iterator[Spans]:
    """A run of text with two line breaks in a row is two paragraphs."""
    line: list[Span] = []
    for span in spans:
        pieces = re.split(r"\n\s*\n", span.text)
        for place, piece in enumerate(pieces):
            if place and (done := joined(line)):
                yield done
            line = [] if place else line
            line.append(Span(piece, span.marks, span.href))
    if done := joined(line):
        yield done


def _spans_of(node: Node, pictures: list[Block]) -> Spans:
    return joined(span for child in node.children for span in _inline(child, (), "", pictures))


def _inline(node: Node | str, marks: tuple[str, ...], href: str, pictures: list[Block]) -> Iterator[Span]:
    if isinstance(node, str):
        yield Span(_folded(node), marks, href)
        return
    if node.tag in _SILENT:
        return
    if node.tag == "br":
        yield Span("\n", marks, href)
    elif node.tag == "img":
        pictures.append(_picture(node))
    else:
        mark = _MARKS.get(node.tag)
        marks = (*marks, mark) if mark and mark not in marks else marks
        href = node.attributes.get("href", "").strip() if node.tag == "a" else href
        for child in node.children:
            yield from _inline(child, marks, href, pictures)
        if node.tag in _BLOCKS:
            yield Span("\n", marks)


def _picture(node: Node) -> Picture:
    return Picture(alt=" ".join(node.attributes.get("alt", "").split()), source=node.attributes.get("src", "").strip())


def _listing(node: Node) -> Listing | None:
    entries: list[Entry] = []
    for child in node.children:
        if not isinstance(child, Node):
            continue
        if child.tag in ("ul", "ol"):  # Word and old editors nest lists without an entry around them
            inner = _listing(child)
            if inner and entries:
                entries[-1] = Entry(entries[-1].spans, (*entries[-1].inner, inner))
            elif inner:
                entries += inner.entries
            continue
        inner_lists = tuple(
            found for part in child.children if isinstance(part, Node) and part.tag in ("ul", "ol")
            if (found := _listing(part))
        )  # fmt: skip
        rest = Node(child.tag, child.attributes, [
            part for part in child.children if not (isinstance(part, Node) and part.tag in ("ul", "ol"))
        ])  # fmt: skip
        if (spans := _spans_of(rest, [])) or inner_lists:
            entries.append(Entry(spans, inner_lists))
    return Listing(tuple(entries), ordered=node.tag == "ol") if entries else None


def _table(node: Node) -> Iterator[Block]:
    """A table; one with a table inside, or of one cell, is mere layout and yields what it holds."""
    rows = list(_own_rows(node))
    cells = [cell for row in rows for cell in row.children if isinstance(cell, Node) and cell.tag in ("td", "th")]
    if any(inner.tag == "table" for cell in cells for inner in cell.nodes()) or len(cells) == 1:
        for cell in cells:
            yield from blocks_of(cell)
        return
    pictures: list[Block] = []
    found = []
    for row in rows:
        line = tuple(
            Cell(
                _spans_of(cell, pictures),
                _span(cell.attributes.get("colspan")),
                _span(cell.attributes.get("rowspan")),
                cell.tag == "th",
            )
            for cell in row.children
            if isinstance(cell, Node) and cell.tag in ("td", "th")
        )
        if line:
            found.append(line)
    caption = next((child.text for child in node.children if isinstance(child, Node) and child.tag == "caption"), "")
    if any(cell.spans for line in found for cell in line):
        yield Table(tuple(found), caption)
    yield from pictures


def _own_rows(node: Node) -> Iterator[Node]:
    for child in node.children:
        if isinstance(child, Node):
            if child.tag == "tr":
                yield child
            elif child.tag in ("thead", "tbody", "tfoot"):
                yield from _own_rows(child)


def _span(text: str | None) -> int:
    text = (text or "").strip()
    return min(max(int(text), 1), _SPAN_LIMIT) if text.isascii() and text.isdigit() and len(text) < 5 else 1
