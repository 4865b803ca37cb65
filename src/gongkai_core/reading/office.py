"""What all zipped office files share: relations, properties, and parts that no reader knows but anybody can open."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass

from gongkai_core.reading import xml
from gongkai_core.reading.archive import Archive
from gongkai_core.reading.paper import Draft, Unreadable

_PROPERTIES = {
    "title": "标题",
    "subject": "主题",
    "creator": "作者",
    "lastModifiedBy": "最后保存者",
    "description": "备注",
    "keywords": "关键词",
    "created": "创建时间",
    "modified": "修改时间",
    "Company": "单位",
    "Manager": "主管",
    "Template": "模板",
}
_DULL = ("[content_types].xml", "theme", "styles", "fonttable", "websettings", "_rels/", "numbering", "calcchain")
_EMBEDDED = ("embeddings/", "activex/", "oleobject")


@dataclass(frozen=True, slots=True)
class Relation:
    kind: str
    target: str
    outside: bool


def relations(archive: Archive, part: str) -> dict[str, Relation]:
    """The relations of a part by their id; targets are names in the archive, or addresses when `outside`."""
    folder, name = posixpath.split(part)
    place = posixpath.join(folder, "_rels", f"{name}.rels")
    if place not in archive:
        return {}
    found = {}
    for row in xml.parse(archive.read(place)):
        target, outside = row.get("Target", ""), row.get("TargetMode") == "External"
        if not outside:
            target = posixpath.normpath(posixpath.join(folder, target)).lstrip("/") if target[:1] != "/" else target[1:]
        found[row.get("Id", "")] = Relation(row.get("Type", "").rpartition("/")[2], target, outside)
    return found


def properties(archive: Archive, draft: Draft) -> None:
    """docProps: what the file says of itself."""
    for part in ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"):
        if part not in archive:
            continue
        for element in xml.parse(archive.read(part)):
            value = " ".join("".join(element.itertext()).split())
            name = _PROPERTIES.get(xml.bare(element.tag)) or (element.get("name") if "custom" in part else None)
            if name:
                draft.fact(name, value)


def look_for_dangers(archive: Archive, draft: Draft) -> None:
    """Macros, embedded objects, and anything fetched from elsewhere when the file is opened."""
    for name in archive.names():
        lower = name.lower()
        if lower.endswith(("vbaproject.bin", "vbadata.xml")):
            draft.endanger("含有宏")
        elif any(mark in lower for mark in _EMBEDDED) and "/_rels/" not in lower:
            draft.endanger("含有内嵌对象")
        elif "externallinks/" in lower and lower.endswith(".xml"):
            content = archive.read(name)
            draft.endanger("含有动态数据交换（DDE）" if b"ddeLink" in content else "引用了别的工作簿")
        elif lower.endswith(".rels"):
            _outside(archive, name, draft)
    types = "[Content_Types].xml"
    if types in archive and b"macroEnabled" in archive.read(types):
        draft.endanger("含有宏")


def _outside(archive: Archive, name: str, draft: Draft) -> None:
    for row in xml.parse(archive.read(name)):
        kind = row.get("Type", "").rpartition("/")[2]
        if row.get("TargetMode") == "External" and kind != "hyperlink":
            draft.endanger("引用外部模板" if kind == "attachedTemplate" else "引用了文件以外的内容")
        elif kind in ("aFChunk", "subDocument"):
            draft.endanger("嵌有别的文档")


def other_parts(archive: Archive, known: Iterable[str], draft: Draft) -> None:
    """The text of every XML part that the reader did not read itself: nothing in a file stays unseen."""
    read = {name.lower() for name in known}
    for name in archive.names():
        lower = name.lower()
        if lower in read or not lower.endswith((".xml", ".vml")) or any(word in lower for word in _DULL):
            continue
        try:
            draft.hide(xml.all_text(xml.parse(archive.read(name))), f"文件部件 {name}")
        except Unreadable as refused:
            if refused.code != "damaged":
                raise
