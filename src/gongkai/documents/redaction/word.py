"""Redacted .docx: written anew from the parts that show text, with the phrases replaced wherever they stand.

What goes along is a short list; all else stays behind: comments, tracked changes, hidden text, bookmarks, fields and
their links, properties, custom XML, embedded files, charts, macros, names of authors and of saves.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from docx.oxml.ns import nsmap
from lxml import etree  # type: ignore[import-untyped]

from gongkai.documents.redaction import picture
from gongkai.documents.redaction.marking import BLACK, Hit, context, folded, places
from gongkai_core.reading import office
from gongkai_core.reading.archive import Archive
from gongkai_core.reading.paper import Unreadable

DOCUMENT = "word/document.xml"
_W = nsmap["w"]
_R = nsmap["r"]
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_TEXTS = ("header", "footer", "footnotes", "endnotes")
_DRESS = ("styles", "numbering", "settings", "fontTable", "theme")
_TYPES = {
    "document": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    **{
        kind: f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
        for kind in (*_TEXTS, *_DRESS)
    },
    "theme": "application/vnd.openxmlformats-officedocument.theme+xml",
}
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_LONG_NUMBER = 9
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_GONE = frozenset(
    {
        *("del", "moveFrom", "commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef", "proofErr"),
        *("bookmarkStart", "bookmarkEnd", "permStart", "permEnd", "instrText", "delInstrText", "fldChar", "delText"),
        *("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "sdtPr", "sdtEndPr"),
        *("customXmlPr", "smartTagPr", "altChunk", "subDoc", "object", "control", "tblCaption", "tblDescription"),
        *("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblGridChange", "trPrChange", "tcPrChange"),
        *("tblPrExChange", "numberingChange", "cellIns", "cellDel", "cellMerge", "customXmlInsRangeStart", "rt"),
        *("customXmlInsRangeEnd", "customXmlDelRangeStart", "customXmlDelRangeEnd", "embedRegular", "embedBold"),
        *("embedItalic", "embedBoldItalic", "headerSource", "dataBinding", "textpath", "contentPart", "rubyPr"),
    }
)
_UNWRAPPED = frozenset(
    {
        *("ins", "moveTo", "hyperlink", "sdt", "sdtContent", "customXml", "smartTag", "fldSimple"),
        *("ruby", "rubyBase"),
    }
)
_SETTINGS = frozenset(
    {
        *("defaultTabStop", "characterSpacingControl", "evenAndOddHeaders", "compat", "mirrorMargins", "footnotePr"),
        *("endnotePr", "decimalSymbol", "listSeparator", "themeFontLang", "clrSchemeMapping", "noLineBreaksAfter"),
        *(
            "noLineBreaksBefore",
            "drawingGridVerticalSpacing",
            "displayHorizontalDrawingGridEvery",
            "bordersDoNotSurroundHeader",
        ),
    }
)
_DESCRIBING = frozenset({"descr", "title", "alt", "name", "author", "date", "initials", "string", "tooltip", "userId"})
_OFF = ("0", "false", "none", "off")
_PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True, huge_tree=False
)


@dataclass
class _Part:
    name: str
    kind: str
    root: Any
    relations: dict[str, str] = field(default_factory=dict)
    """Relation id → name of the part, of those that go along."""


def find(data: bytes, phrase: str) -> list[Hit]:
    """Every place of a phrase in the text that would go along; a .docx has no pages."""
    hits = []
    for part in _parts(data, keep_pictures=False):
        signs = [sign for _, sign in _signs(part.root)]
        hits += [Hit(0, *context(signs, first, last)) for first, last in places(signs, phrase)]
    return hits


def redact(data: bytes, phrases: Sequence[str], *, keep_pictures: bool) -> bytes:
    """The new file. Raises Unreadable for one that cannot be read."""
    parts = _parts(data, keep_pictures=keep_pictures)
    for part in parts:
        for phrase in sorted(phrases, key=len, reverse=True):
            _replace(part.root, phrase)
        for element in part.root.iter():
            for name, value in element.attrib.items():
                told = [phrase for phrase in phrases if _may_tell(element, phrase) and folded(phrase) in folded(value)]
                if told:
                    element.set(name, _without(value, told))
    return _packed(Archive(data), parts)


def told(data: bytes, phrase: str) -> bool:
    """Whether a phrase stands anywhere in the parts of a file: in their text or in what an attribute says."""
    archive = Archive(data)
    for name in archive.names():
        if not name.endswith((".xml", ".rels")):
            continue
        root = _parsed(archive.read(name))
        text = "".join(root.itertext())
        words = (value for element in root.iter() if _may_tell(element, phrase) for value in element.attrib.values())
        if folded(phrase) in folded(text) or any(folded(phrase) in folded(value) for value in words):
            return True
    return False


def _may_tell(element: Any, phrase: str) -> bool:
    """Whether an attribute of this element may hold the phrase as words: “center” or 12 is how a page is laid out."""
    words = folded(phrase)
    if not words.isascii() or (len(words) >= _LONG_NUMBER and any(sign.isdigit() for sign in words)):
        return True
    return _local(element) in ("lvlText", "name", "aliases", "Relationship")


def _parts(data: bytes, *, keep_pictures: bool) -> list[_Part]:
    """The parts that go along, cleaned."""
    archive = Archive(data)
    if DOCUMENT not in archive:
        raise Unreadable("damaged", "这不是 Word 文档，或者文件已损坏")
    hidden = _hidden_styles(archive)
    found: list[_Part] = []
    waiting = [(DOCUMENT, "document")]
    while waiting:
        name, kind = waiting.pop(0)
        if any(part.name == name for part in found):
            continue
        part = _Part(name, kind, _parsed(archive.read(name)))
        pictures = {}
        for key, link in office.relations(archive, name).items():
            if link.outside or link.target not in archive:
                continue
            if link.kind == "image" and keep_pictures and picture.readable(archive.read(link.target)):
                pictures[key] = link.target
            elif kind == "document" and link.kind in (*_TEXTS, *_DRESS):
                part.relations[key] = link.target
                waiting.append((link.target, link.kind))
        part.relations |= pictures
        _clean(part, hidden, pictures)
        found.append(part)
    return found


def _parsed(content: bytes) -> Any:
    try:
        root = etree.fromstring(content, _PARSER)
    except (etree.XMLSyntaxError, ValueError):
        raise Unreadable("damaged", "文件损坏，打不开；请用原来的软件另存一份再试") from None
    if root.getroottree().docinfo.doctype:
        raise Unreadable("damaged", "文件里有不该有的声明，没有打开")
    return root


def _hidden_styles(archive: Archive) -> set[str]:
    name = "word/styles.xml"
    if name not in archive:
        return set()
    styles = _parsed(archive.read(name)).iter(f"{{{_W}}}style")
    return {
        style.get(f"{{{_W}}}styleId", "") for style in styles if any(map(_on, style.iter(f"{{{_W}}}vanish")))
    }  # fmt: skip


def _on(element: Any) -> bool:
    return (element.get(f"{{{_W}}}val") or "1").lower() not in _OFF


def _local(element: Any) -> str:
    return _split(element.tag)[1] if isinstance(element.tag, str) else ""


@lru_cache(maxsize=4096)
def _split(name: str) -> tuple[str, str]:
    """Namespace and local name; asked for every element and attribute of a file."""
    qualified = etree.QName(name)
    return qualified.namespace or "", qualified.localname


# Cleaning -----------------------------------------------------------------------------------------------------------


def _clean(part: _Part, hidden: set[str], pictures: dict[str, str]) -> None:
    if part.kind == "settings":
        for child in list(part.root):
            if _local(child) not in _SETTINGS:
                part.root.remove(child)
    _drop_deleted_lines(part.root)
    for element in list(part.root.iter()):
        name = _local(element)
        if element is part.root or not name or element.getroottree().getroot() is not part.root:
            continue
        if name in _GONE or (name == "r" and _is_hidden(element, hidden)):
            _remove(element)
        elif name in ("drawing", "pict"):
            _clean_drawing(element, pictures)
    for element in list(part.root.iter()):
        if _local(element) in _UNWRAPPED and element.getparent() is not None and _is_word(element):
            _unwrap(element)
    for element in part.root.iter():
        _clean_attributes(element, part)


def _is_word(element: Any) -> bool:
    return _split(element.tag)[0] in (_W, "http://schemas.openxmlformats.org/officeDocument/2006/math")


def _drop_deleted_lines(root: Any) -> None:
    """Rows and paragraph marks that a tracked change deleted: the row goes, the mark is only a mark."""
    for row in list(root.iter(f"{{{_W}}}tr")):
        if row.find(f"{{{_W}}}trPr/{{{_W}}}del") is not None:
            _remove(row)


def _is_hidden(run: Any, styles: set[str]) -> bool:
    dress = run.find(f"{{{_W}}}rPr")
    if dress is not None:
        vanish = dress.find(f"{{{_W}}}vanish")
        if vanish is not None:
            return _on(vanish)
        style = dress.find(f"{{{_W}}}rStyle")
        if style is not None and style.get(f"{{{_W}}}val") in styles:
            return True
    line = next(run.iterancestors(f"{{{_W}}}p"), None)
    style = line.find(f"{{{_W}}}pPr/{{{_W}}}pStyle") if line is not None else None
    return style is not None and style.get(f"{{{_W}}}val") in styles


def _clean_drawing(element: Any, pictures: dict[str, str]) -> None:
    """Text boxes stay; pictures stay if they were chosen; charts and diagrams have their data elsewhere."""
    keys = [value for inner in element.iter() for name, value in inner.attrib.items() if _split(name)[0] == _R]
    boxes = any(_local(inner) == "txbxContent" for inner in element.iter())
    if not boxes and (not keys or any(key not in pictures for key in keys)):
        _remove(element)
        return
    for inner in list(element.iter()):
        lost = _local(inner) in ("blip", "imagedata", "fill") and any(
            value not in pictures for name, value in inner.attrib.items() if _split(name)[0] == _R
        )
        if lost or _local(inner) in ("hlinkClick", "hlinkHover", "extLst", "svgBlip"):
            _remove(inner)


def _clean_attributes(element: Any, part: _Part) -> None:
    for name in list(element.attrib):
        space, local = _split(name)
        private = local.startswith("rsid") or local in ("paraId", "textId", "author", "date", "initials", "userId")
        if private or (space == _R and element.get(name) not in part.relations):
            del element.attrib[name]
        elif not space and local in _DESCRIBING and _local(element) in ("docPr", "cNvPr", "shape", "rect", "blip"):
            element.set(name, "")


def _remove(element: Any) -> None:
    """Take an element out with all in it; XML's own text between elements is no text of the document."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _unwrap(element: Any) -> None:
    """Put what is in an element in its place. A ruby stands inside a run and holds runs: its text stays, its run goes."""
    parent = element.getparent()
    inner = list(element)
    if _local(element) in ("ruby", "rubyBase") and _local(parent) == "r":
        inner = [piece for run in inner for piece in (run if _local(run) == "r" else [run]) if _local(piece) != "rPr"]
    place = parent.index(element)
    for number, child in enumerate(inner):
        parent.insert(place + number, child)
    parent.remove(element)


# Text ---------------------------------------------------------------------------------------------------------------


def _signs(root: Any) -> Iterator[tuple[tuple[Any, int] | None, str]]:
    """Every sign of a part with where it stands (element, index); breaks as spaces, which compare as nothing."""
    for element in root.iter():
        name = _local(element)
        if name == "t":
            for number, sign in enumerate(element.text or ""):
                yield (element, number), sign
        elif name == "noBreakHyphen":
            yield (element, 0), "-"
        elif name in ("p", "br", "cr", "tab", "tc"):
            yield None, " "


def _replace(root: Any, phrase: str) -> None:
    """Three blocks for each occurrence, whatever its length: a length may tell a name."""
    signs = list(_signs(root))
    found = places([sign for _, sign in signs], phrase)
    changes: dict[Any, dict[int, str]] = {}
    covered: set[int] = set()
    for first, last in found:
        for number in range(first, last):
            place = signs[number][0]
            if number in covered or place is None:
                continue
            element, at = place
            # An occurrence that begins inside another one lies under its blocks already.
            changes.setdefault(element, {})[at] = BLACK * 3 if number == first else ""
            covered.add(number)
    for element, signs_of in changes.items():
        if _local(element) == "noBreakHyphen":
            _remove(element)
            continue
        text = element.text or ""
        element.text = "".join(signs_of.get(number, sign) for number, sign in enumerate(text))


def _without(value: str, phrases: Sequence[str]) -> str:
    signs = list(value)
    for phrase in phrases:
        for first, last in reversed(places(signs, phrase)):
            signs[first:last] = [BLACK]
    return "".join(signs)


# Packing ------------------------------------------------------------------------------------------------------------


def _packed(archive: Archive, parts: Sequence[_Part]) -> bytes:
    """A fresh archive: names of our own, nothing but these parts and the pictures they show."""
    names = {part.name: _new_name(part, number) for number, part in enumerate(parts)}
    pictures: dict[str, bytes] = {}
    files: dict[str, bytes] = {}
    for part in parts:
        for target in part.relations.values():
            if target not in names:
                data, kind = picture.rewritten(archive.read(target))
                names[target] = f"word/media/image{len(pictures) + 1}.{kind}"
                pictures[names[target]] = data
    for part in parts:
        name = names[part.name]
        files[name] = etree.tostring(part.root, xml_declaration=True, encoding="UTF-8", standalone=True)
        if part.relations:
            folder, base = posixpath.split(name)
            files[f"{folder}/_rels/{base}.rels"] = _relations(part, names, parts)
    files |= pictures
    files["_rels/.rels"] = _relation_file([("rId1", "officeDocument", "word/document.xml")])
    files["[Content_Types].xml"] = _types(parts, names)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target_file:
        for name in sorted(files, key=lambda name: (name != "[Content_Types].xml", name)):
            info = zipfile.ZipInfo(name, _LONG_AGO)
            info.compress_type = zipfile.ZIP_DEFLATED
            target_file.writestr(info, files[name])
    return written.getvalue()


def _new_name(part: _Part, number: int) -> str:
    folder = "word/theme/" if part.kind == "theme" else "word/"
    return DOCUMENT if part.kind == "document" else f"{folder}{part.kind}{number}.xml"


def _relations(part: _Part, names: dict[str, str], parts: Sequence[_Part]) -> bytes:
    kinds = {row.name: row.kind for row in parts}
    rows = [
        (key, kinds.get(target, "image"), posixpath.relpath(names[target], "word"))
        for key, target in part.relations.items()
    ]
    return _relation_file(rows)


def _relation_file(rows: Sequence[tuple[str, str, str]]) -> bytes:
    root = etree.Element(f"{{{_RELATIONS}}}Relationships", nsmap={None: _RELATIONS})
    for key, kind, target in rows:
        etree.SubElement(root, f"{{{_RELATIONS}}}Relationship", Id=key, Type=f"{_RELATION}/{kind}", Target=target)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _types(parts: Sequence[_Part], names: dict[str, str]) -> bytes:
    space = "http://schemas.openxmlformats.org/package/2006/content-types"
    root = etree.Element(f"{{{space}}}Types", nsmap={None: space})
    for ending, kind in (
        ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
        ("xml", "application/xml"),
        ("png", "image/png"),
        ("jpeg", "image/jpeg"),
    ):
        etree.SubElement(root, f"{{{space}}}Default", Extension=ending, ContentType=kind)
    for part in parts:
        etree.SubElement(root, f"{{{space}}}Override", PartName=f"/{names[part.name]}", ContentType=_TYPES[part.kind])
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
