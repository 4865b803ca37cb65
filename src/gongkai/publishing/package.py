"""粘贴包: what an item takes along to a superior's platform, its fields in that platform's order.

As a page to copy from, and as a .zip with the plain text, the metadata and the files; equal items give equal bytes.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from gongkai.agencies.office_settings import Declared, declare
from gongkai.design.words import day, minute
from gongkai.documents.blobs import read
from gongkai.publishing.content import plain_text, summary
from gongkai.publishing.models import Item, ItemVersion
from gongkai.publishing.superior import GROUND
from gongkai.publishing.validity import validity_words


def clear_text(body: str) -> str:
    """净文: the words alone, a paragraph a line."""
    return re.sub(r"\s*\n\s*", "\n", plain_text(body)).strip()


Source = Callable[[Item, ItemVersion, date], str]
SOURCES: dict[str, Source] = {
    "标题": lambda item, version, on: version.title,
    "发文字号": lambda item, version, on: version.docno,
    "成文日期": lambda item, version, on: day(version.formed_on),
    "发布机构": lambda item, version, on: item.agency.name,
    "机构代码": lambda item, version, on: item.agency.code,
    "索引号": lambda item, version, on: item.index_no,
    "栏目": lambda item, version, on: version.column.name,
    "主题分类": lambda item, version, on: str(version.get_topic_display()),
    "体裁分类": lambda item, version, on: str(version.get_genre_display()),
    "公开属性": lambda item, version, on: str(version.get_openness_display()),
    "有效性": lambda item, version, on: validity_words(item, on),
    "内容概述": lambda item, version, on: summary(version.body),
    "更正说明": lambda item, version, on: version.correction,
    "签发时间": lambda item, version, on: minute(version.published_at),
    "正文": lambda item, version, on: clear_text(version.body),
    "正文（HTML）": lambda item, version, on: version.body,
}
LONG = ("正文", "正文（HTML）")


def _order(text: str) -> str:
    pairs = [part.strip() for part in re.split(r"[；;\n]+", text) if part.strip()]
    for pair in pairs:
        theirs, _, ours = pair.partition("=")
        if not theirs.strip() or ours.strip() not in SOURCES:
            raise ValueError(pair)
    if not pairs:
        raise ValueError(text)
    return "；".join(pairs)


FIELDS = declare(
    Declared(
        "publishing.superior_fields",
        f"粘贴包的字段次序（上级平台的字段名=本系统的内容，用分号隔开；可用内容：{'、'.join(SOURCES)}）",
        "标题=标题；文号=发文字号；成文日期=成文日期；发文机关=发布机构；索引号=索引号；主题分类=主题分类；体裁=体裁分类；内容概述=内容概述；正文=正文（HTML）",
        GROUND,
        parse=_order,
    )
)


@dataclass(frozen=True)
class Field:
    """One field of the superior's form and what is to be pasted into it."""

    name: str
    text: str
    long: bool


def fields_of(item: Item, version: ItemVersion, *, on: date) -> list[Field]:
    """The fields in the superior's order."""
    pairs = [pair.partition("=") for pair in str(FIELDS.value()).split("；")]
    return [
        Field(theirs.strip(), SOURCES[ours.strip()](item, version, on), ours.strip() in LONG)
        for theirs, _, ours in pairs
    ]


def package(item: Item, version: ItemVersion, *, on: date) -> bytes:
    """净文、元数据、附件 in one .zip."""
    fields = fields_of(item, version, on=on)
    facts = {field.name: field.text for field in fields if not field.long}
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:

        def put(name: str, data: bytes) -> None:
            # A fixed time: the package would otherwise differ each time it is made.
            archive.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)

        put("正文.txt", clear_text(version.body).encode())
        put("正文.html", version.body.encode())
        put("元数据.txt", "".join(f"{name}：{text}\r\n" for name, text in facts.items()).encode())
        put("元数据.json", json.dumps(facts, ensure_ascii=False, indent=1).encode())
        for number, file in enumerate(version.attachments.select_related("blob"), 1):
            folder = "图片" if file.is_picture else "附件"
            put(f"{folder}/{number:02d}-{_safe(file.name)}", read(file.blob))
    return written.getvalue()


def _safe(name: str) -> str:
    """A file's name without what a path could be made of."""
    return re.sub(r'[\x00-\x1f<>:"/\\|?*]', "_", name).strip(". ")[-100:] or "附件"
