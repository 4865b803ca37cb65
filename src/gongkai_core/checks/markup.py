"""A text in HTML as material: paragraphs on lines, cells parted by tabs, its links and pictures."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from gongkai_core.checks.material import Link, Material, Picture
from gongkai_core.passages import BODY, Passage

_LINES = frozenset(
    [
        *("p", "div", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote"),
        *("table", "caption", "tr", "section", "article"),
    ]
)
_CELLS = frozenset(("td", "th"))
_UNSEEN = frozenset(("script", "style", "template"))


@dataclass(frozen=True, slots=True)
class Marked:
    """What stood in a text in HTML."""

    text: str
    links: list[Link] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)


def read_markup(markup: str, where: str = BODY) -> Marked:
    """The words of a text in HTML with its links and pictures; notes and hidden parts are words as well."""
    reader = _Reader(where)
    try:
        reader.feed(markup)
        reader.close()
    except AssertionError:  # the parser asserts on some malformed declarations; what it has read so far stands
        reader.rawdata = ""
    return Marked("".join(reader.words), reader.links, reader.pictures)


def material_of_html(markup: str) -> Material:
    """A page in HTML as material of one passage."""
    marked = read_markup(markup)
    return Material([Passage(marked.text)], links=marked.links, pictures=marked.pictures)


class _Reader(HTMLParser):
    def __init__(self, where: str) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.links: list[Link] = []
        self.pictures: list[Picture] = []
        self._where, self._unseen = where, 0
        self._link: tuple[str, int] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag in _LINES:
            self.words.append("\n")
        elif tag == "img":
            self.pictures.append(Picture(given.get("src") or "", given.get("alt") or "", self._where))
        elif tag == "a" and "href" in given:
            self._end_link()
            self._link = given["href"] or "", len(self.words)

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in _LINES:
            self.words.append("\n")
        elif tag in _CELLS:
            self.words.append("\t")
        elif tag == "a":
            self._end_link()

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.words.append(data)

    def close(self) -> None:
        super().close()
        self._end_link()

    def _end_link(self) -> None:
        if self._link:
            address, since = self._link
            self.links.append(Link(address, "".join(self.words[since:]).strip(), self._where))
            self._link = None
