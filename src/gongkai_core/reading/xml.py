"""XML of foreign files: no document type, so neither entities nor addresses; bounded depth and size."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from gongkai_core.reading.paper import Unreadable

DEEPEST = 200
MOST_NODES = 2_000_000


def parse(data: bytes) -> Element:
    """The root element, names without their namespaces. Raises Unreadable."""
    builder = TreeBuilder()
    depth = nodes = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, nodes
        depth, nodes = depth + 1, nodes + 1
        if depth > DEEPEST or nodes > MOST_NODES:
            raise Unreadable("too_deep", "文件的结构层次过深或者过大，不是正常保存的文件")
        builder.start(bare(name), {bare(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(bare(name))

    def refuse(*_: object) -> None:
        raise Unreadable("entity", "文件里有外部引用或者实体定义，没有打开")

    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = parser.ExternalEntityRefHandler = refuse  # type: ignore[assignment]
    try:
        parser.Parse(data, True)
        return builder.close()
    except (expat.ExpatError, UnicodeError, LookupError, ValueError, AssertionError):
        raise Unreadable("damaged", "文件损坏，打不开；请用原来的软件另存一份再试") from None


def bare(name: str) -> str:
    return name.rpartition("}")[2]


def all_text(root: Element) -> str:
    """Every text of a part, one line per element that holds some."""
    return "\n".join(text for text in (part.strip() for part in root.itertext()) if text)


def attribute_texts(root: Element, *names: str) -> Iterator[str]:
    for element in root.iter():
        for name in names:
            if value := element.get(name):
                yield value
