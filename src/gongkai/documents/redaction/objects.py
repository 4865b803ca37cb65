"""The objects of a PDF that PDFium has just written: read, thinned out and written anew.

PDFium saves plainly (a cross-reference table, no object streams, no encryption), so this small reader is enough for
its files and is used for no others. Whatever it does not understand raises `Uncertain`: the caller then gives
pictures of all pages, of which nothing has to be understood.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

LARGEST_STREAM = 200 * 2**20
_SPACE = b"\0\t\n\f\r "
_DELIMITERS = b"()<>[]{}/%"
_NAME = re.compile(rb"/([^\0\t\n\f\r ()<>\[\]{}/%]*)")
_HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
_REFERENCE = re.compile(rb"(\d+)\s+\d+\s+R(?![^\0\t\n\f\r ()<>\[\]{}/%])")
_XREF_ROW = re.compile(rb"(\d{10}) (\d{5}) ([nf])")
DROPPED = frozenset({b"Metadata", b"PieceInfo", b"LastModified", b"StructParents", b"StructParent", b"OPI", b"AF"})
"""What a page's content brings along without being needed to show it."""


class Uncertain(Exception):
    """The file holds something that is not proven to be harmless."""


class Name(bytes):
    """A name, decoded, without its slash."""


class Word(bytes):
    """A number, a keyword or a string, as it stands in the file."""


@dataclass(frozen=True)
class Reference:
    number: int


@dataclass
class Stream:
    facts: dict[Name, Value]
    packed: bytes

    def unpacked(self) -> bytes:
        """Its content; raises Uncertain for a filter that is not read here."""
        filters = self.facts.get(Name(b"Filter"), [])
        filters = filters if isinstance(filters, list) else [filters]
        if not filters:
            return self.packed
        if filters != [Name(b"FlateDecode")] or Name(b"DecodeParms") in self.facts:
            raise Uncertain(f"filter {filters!r}")
        inflate = zlib.decompressobj()
        try:
            content = inflate.decompress(self.packed, LARGEST_STREAM)
        except zlib.error:
            raise Uncertain("damaged stream") from None
        if inflate.unconsumed_tail:
            raise Uncertain("too large")
        return content


Value = dict[Name, "Value"] | list["Value"] | Name | Word | Reference | Stream


class Objects:
    """A file's objects by number, and the number of its catalogue."""

    def __init__(self, data: bytes) -> None:
        self.all: dict[int, Value] = {}
        start = data.rfind(b"startxref")
        table = data.find(b"xref", int(data[start + 9 :].split()[0]) if start >= 0 else len(data))
        end = data.find(b"trailer", table)
        if table < 0 or end < 0:
            raise Uncertain("no cross-reference table")
        number = 0
        for line in re.split(rb"\r\n|\r|\n", data[table + 4 : end]):
            if found := _XREF_ROW.match(line):
                if found[3] == b"n" and int(found[1]):
                    self.all[number] = _Reader(data, int(found[1])).object(number)
                number += 1
            elif len(parts := line.split()) == 2:
                number = int(parts[0])
        trailer = _Reader(data, end + len(b"trailer")).value()
        root = trailer.get(Name(b"Root")) if isinstance(trailer, dict) else None
        if not isinstance(root, Reference) or (isinstance(trailer, dict) and Name(b"Encrypt") in trailer):
            raise Uncertain("trailer")
        self.root = root.number
        described = trailer.get(Name(b"Info")) if isinstance(trailer, dict) else None
        self.info = described if isinstance(described, Reference) else None

    def add(self, value: Value) -> Reference:
        """A further object."""
        number = max(self.all) + 1
        self.all[number] = value
        return Reference(number)

    def pages(self) -> list[dict[Name, Value]]:
        """The pages in their order."""
        catalogue = self.resolve(Reference(self.root))
        waiting = [catalogue.get(Name(b"Pages"), [])] if isinstance(catalogue, dict) else []
        found: list[dict[Name, Value]] = []
        while waiting:
            node = self.resolve(waiting.pop())
            if isinstance(node, dict) and len(found) <= len(self.all):
                kids = self.resolve(node.get(Name(b"Kids")))
                waiting += reversed(kids) if isinstance(kids, list) else []
                found += [node] if node.get(Name(b"Type")) == Name(b"Page") else []
        return found

    def describe(self, *, title: str, language: str) -> None:
        """Say what the file is called and in which language it speaks: all that it tells of itself."""
        catalogue = self.resolve(Reference(self.root))
        assert isinstance(catalogue, dict)
        catalogue[Name(b"Lang")] = Word(b"(%b)" % language.encode("ascii"))
        if title:
            words = b"\xfe\xff" + title.encode("utf-16-be", errors="ignore")
            self.info = self.add({Name(b"Title"): Word(b"<%b>" % words.hex().upper().encode())})
            catalogue[Name(b"ViewerPreferences")] = {Name(b"DisplayDocTitle"): Word(b"true")}

    def resolve(self, value: Value | None) -> Value | None:
        seen = 0
        while isinstance(value, Reference) and seen < 50:
            value, seen = self.all.get(value.number), seen + 1
        return value

    def streams(self) -> Iterator[Stream]:
        return (value for value in self.all.values() if isinstance(value, Stream))

    def dictionaries(self) -> Iterator[dict[Name, Value]]:
        """Every dictionary, at whatever depth."""
        waiting: list[Value] = list(self.all.values())
        while waiting:
            value = waiting.pop()
            if isinstance(value, Stream):
                value = value.facts
            if isinstance(value, dict):
                yield value
                waiting += value.values()
            elif isinstance(value, list):
                waiting += value

    def thin_out(self) -> None:
        """Keep of each content's resources what it names, drop private data, then whatever nothing leads to."""
        self.info = None
        for facts in self.dictionaries():
            for key in DROPPED & facts.keys():
                del facts[Name(key)]
        for value in list(self.all.values()):
            if isinstance(value, Stream) and Name(b"Resources") in value.facts:
                value.facts[Name(b"Resources")] = self._named(value.facts[Name(b"Resources")], value.unpacked())
            elif isinstance(value, dict) and value.get(Name(b"Type")) == Name(b"Page"):
                content = b"\n".join(stream.unpacked() for stream in self._contents(value))
                value[Name(b"Resources")] = self._named(value.get(Name(b"Resources"), {}), content)
        self._merge()
        reached = self._reached()
        self.all = {number: value for number, value in self.all.items() if number in reached}

    def _contents(self, page: dict[Name, Value]) -> list[Stream]:
        found = self.resolve(page.get(Name(b"Contents"), []))
        parts = found if isinstance(found, list) else [found]
        streams = [self.resolve(part) for part in parts]
        if not all(isinstance(stream, Stream) for stream in streams):
            raise Uncertain("contents")
        return [stream for stream in streams if isinstance(stream, Stream)]

    def _named(self, resources: Value, content: bytes) -> dict[Name, Value]:
        """The resources that a content names."""
        names = {_decoded(name) for name in _NAME.findall(content)}
        found = self.resolve(resources)
        if not isinstance(found, dict):
            raise Uncertain("resources")
        kept: dict[Name, Value] = {}
        for category, entries in found.items():
            rows = self.resolve(entries)
            if isinstance(rows, dict):
                kept[category] = {name: value for name, value in rows.items() if name in names}
        for form in map(self.resolve, _values(kept.get(Name(b"XObject"), {}))):
            # A form without resources of its own would use the page's: what it names is not looked through here.
            facts = form.facts if isinstance(form, Stream) else {}
            if facts.get(Name(b"Subtype")) == Name(b"Form") and Name(b"Resources") not in facts:
                raise Uncertain("form without resources")
        for font in map(self.resolve, _values(kept.get(Name(b"Font"), {}))):
            if not isinstance(font, dict) or font.get(Name(b"Subtype")) == Name(b"Type3"):
                raise Uncertain("font")
        return kept

    def _merge(self) -> None:
        """One object for equal ones: each page was brought in with fonts and pictures of its own."""
        while True:
            first: dict[bytes, int] = {}
            same: dict[int, int] = {}
            for number, value in self.all.items():
                if isinstance(value, dict) and value.get(Name(b"Type")) in (Name(b"Page"), Name(b"Pages")):
                    continue
                earlier = first.setdefault(written(value), number)
                if earlier != number:
                    same[number] = earlier
            if not same:
                return
            self.all = {number: _redirected(value, same) for number, value in self.all.items() if number not in same}

    def _reached(self) -> set[int]:
        reached: set[int] = set()
        waiting: list[Value] = [Reference(self.root)]
        while waiting:
            value = waiting.pop()
            if isinstance(value, Reference):
                if value.number not in reached and value.number in self.all:
                    reached.add(value.number)
                    waiting.append(self.all[value.number])
            elif isinstance(value, Stream):
                waiting += value.facts.values()
            else:
                waiting += _values(value)
        return reached

    def saved(self) -> bytes:
        """The file: a table, every object, nothing else; no identifier, and properties only by `describe`."""
        parts = [b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"]
        places: dict[int, int] = {}
        size = len(parts[0])
        for number in sorted(self.all):
            places[number] = size
            parts.append(b"%d 0 obj\n%b\nendobj\n" % (number, written(self.all[number])))
            size += len(parts[-1])
        last = max(self.all)
        rows = [
            b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n"
            for number in range(last + 1)
        ]
        parts.append(b"xref\n0 %d\n%b" % (last + 1, b"".join(rows)))
        info = b"/Info %d 0 R" % self.info.number if self.info else b""
        end = b"trailer\n<</Size %d/Root %d 0 R%b>>\nstartxref\n%d\n%%%%EOF\n"
        parts.append(end % (last + 1, self.root, info, size))
        return b"".join(parts)


def written(value: Value) -> bytes:
    """A value as it stands in a file."""
    if isinstance(value, Name):
        return b"/" + b"".join(
            b"#%02X" % sign if sign in _SPACE + _DELIMITERS + b"#" or not 33 <= sign <= 126 else bytes([sign])
            for sign in value
        )
    if isinstance(value, Word):
        return bytes(value)
    if isinstance(value, Reference):
        return b"%d 0 R" % value.number
    if isinstance(value, list):
        return b"[" + b" ".join(map(written, value)) + b"]"
    if isinstance(value, Stream):
        facts = {**value.facts, Name(b"Length"): Word(b"%d" % len(value.packed))}
        return written(facts) + b"\nstream\n" + value.packed + b"\nendstream"
    return b"<<" + b" ".join(written(key) + b" " + written(inner) for key, inner in value.items()) + b">>"


def _values(value: Value | None) -> list[Value]:
    if isinstance(value, dict):
        return list(value.values())
    return list(value) if isinstance(value, list) else []


def _redirected(value: Value, same: dict[int, int]) -> Value:
    if isinstance(value, Reference):
        return Reference(same.get(value.number, value.number))
    if isinstance(value, list):
        return [_redirected(inner, same) for inner in value]
    if isinstance(value, dict):
        return {key: _redirected(inner, same) for key, inner in value.items()}
    if isinstance(value, Stream):
        return Stream({key: _redirected(inner, same) for key, inner in value.facts.items()}, value.packed)
    return value


def _decoded(name: bytes) -> Name:
    return Name(_HEX.sub(lambda code: bytes([int(code[1], 16)]), name))


class _Reader:
    def __init__(self, data: bytes, at: int) -> None:
        self.data, self.at = data, at

    def object(self, number: int) -> Value:
        head = re.compile(rb"\s*(\d+)\s+\d+\s+obj").match(self.data, self.at)
        if head is None or int(head[1]) != number:
            raise Uncertain("object number")
        self.at = head.end()
        value = self.value()
        self._skip()
        if not self.data.startswith(b"stream", self.at):
            return value
        length = value.get(Name(b"Length")) if isinstance(value, dict) else None
        if not isinstance(value, dict) or not isinstance(length, Word) or not length.isdigit():
            raise Uncertain("stream length")
        start = self.at + len(b"stream")
        start += 2 if self.data.startswith(b"\r\n", start) else 1
        end = start + int(length)
        if not self.data[end : end + 20].lstrip().startswith(b"endstream"):
            raise Uncertain("stream end")
        return Stream(value, self.data[start:end])

    def value(self, depth: int = 0) -> Value:
        if depth > 100:
            raise Uncertain("too deep")
        self._skip()
        data, at = self.data, self.at
        if data.startswith(b"<<", at):
            return self._dictionary(depth)
        if data.startswith(b"[", at):
            return self._list(depth)
        if data.startswith(b"(", at):
            return self._string()
        if data.startswith(b"<", at):
            end = data.find(b">", at)
            self.at = end + 1
            return Word(data[at : end + 1])
        if found := _NAME.match(data, at):
            self.at = found.end()
            return _decoded(found[1])
        if found := _REFERENCE.match(data, at):
            self.at = found.end()
            return Reference(int(found[1]))
        end = at
        while end < len(data) and data[end] not in _SPACE + _DELIMITERS:
            end += 1
        if end == at:
            raise Uncertain("token")
        self.at = end
        return Word(data[at:end])

    def _skip(self) -> None:
        while self.at < len(self.data) and self.data[self.at] in _SPACE:
            self.at += 1

    def _dictionary(self, depth: int) -> dict[Name, Value]:
        self.at += 2
        found: dict[Name, Value] = {}
        while True:
            self._skip()
            if self.data.startswith(b">>", self.at):
                self.at += 2
                return found
            key = self.value(depth + 1)
            if not isinstance(key, Name):
                raise Uncertain("key")
            found[key] = self.value(depth + 1)

    def _list(self, depth: int) -> list[Value]:
        self.at += 1
        found: list[Value] = []
        while True:
            self._skip()
            if self.data.startswith(b"]", self.at):
                self.at += 1
                return found
            found.append(self.value(depth + 1))

    def _string(self) -> Word:
        at, open_ = self.at, 0
        while at < len(self.data):
            sign = self.data[at]
            if sign == 0x5C:  # a backslash takes the next sign with it
                at += 1
            elif sign == 0x28:
                open_ += 1
            elif sign == 0x29:
                open_ -= 1
                if open_ == 0:
                    break
            at += 1
        word = Word(self.data[self.at : at + 1])
        self.at = at + 1
        return word
