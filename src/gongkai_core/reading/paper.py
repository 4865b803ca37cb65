"""What a reader finds in a file: a paper (公文、表格、网页) as blocks, whatever it was written with."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from gongkai_core.errors import InputError
from gongkai_core.passages import BODY, Passage


class Unreadable(InputError):
    """A file that is not read or not taken; `code` is for programs, the message a whole Chinese sentence."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text; `marks` are of strong, em, u, sup, sub. A newline in the text is a line break."""

    text: str
    marks: tuple[str, ...] = ()
    href: str = ""


Spans = tuple[Span, ...]


def words_of(spans: Spans) -> str:
    return "".join(span.text for span in spans)


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    """1 is the highest below the title."""
    spans: Spans

    @property
    def text(self) -> str:
        return words_of(self.spans)


@dataclass(frozen=True, slots=True)
class Paragraph:
    spans: Spans

    @property
    def text(self) -> str:
        return words_of(self.spans)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list, with the lists inside it."""

    spans: Spans
    inner: tuple[Listing, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    entries: tuple[Entry, ...]
    ordered: bool = False

    @property
    def text(self) -> str:
        return "\n".join(line for entry in self.entries for line in _entry_lines(entry))


def _entry_lines(entry: Entry) -> list[str]:
    return [words_of(entry.spans), *(inner.text for inner in entry.inner)]


@dataclass(frozen=True, slots=True)
class Cell:
    spans: Spans
    across: int = 1
    down: int = 1
    heads: bool = False
    """Whether it heads a column or a row."""

    @property
    def text(self) -> str:
        return words_of(self.spans)


@dataclass(frozen=True, slots=True)
class Table:
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""

    @property
    def text(self) -> str:
        lines = ["\t".join(cell.text.replace("\n", " ") for cell in row) for row in self.rows]
        return "\n".join([self.caption, *lines] if self.caption else lines)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with its bytes, or only its address where the file does not hold it."""

    data: bytes = b""
    alt: str = ""
    source: str = ""

    @property
    def text(self) -> str:
        return ""


Block = Heading | Paragraph | Listing | Table | Picture


@dataclass(frozen=True, slots=True)
class Paper:
    """A file as read. `hidden` is the text that a reader of the printed page would not see."""

    kind: str
    blocks: tuple[Block, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    """What the file says of itself: title, author, dates."""
    hidden: tuple[Passage, ...] = ()
    dangers: tuple[str, ...] = ()
    """What may act on its own in this file (macros, embedded objects…): whole Chinese phrases."""
    title: str = ""
    docno: str = ""
    formed_on: date | None = None

    @property
    def text(self) -> str:
        return "\n".join(block.text for block in self.blocks if block.text)

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Everything that can be read in the file, seen or hidden, with its place."""
        properties = "\n".join(value for _, value in self.facts)
        alts = "\n".join(block.alt for block in self.blocks if isinstance(block, Picture) and block.alt)
        found = (Passage(self.text, BODY), Passage(properties, "文件属性"), Passage(alts, "图片说明"), *self.hidden)
        return tuple(passage for passage in found if passage.text.strip())


@dataclass(slots=True)
class Draft:
    """A paper being read: what readers fill in."""

    kind: str
    blocks: list[Block] = field(default_factory=list)
    facts: list[tuple[str, str]] = field(default_factory=list)
    hidden: list[Passage] = field(default_factory=list)
    dangers: list[str] = field(default_factory=list)

    def hide(self, text: str, where: str) -> None:
        if text.strip():
            self.hidden.append(Passage(text, where))

    def endanger(self, what: str) -> None:
        if what not in self.dangers:
            self.dangers.append(what)

    def fact(self, name: str, value: str) -> None:
        if value.strip():
            self.facts.append((name, value.strip()))
