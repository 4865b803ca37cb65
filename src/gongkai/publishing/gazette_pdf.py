"""An issue set in type: cover, contents with page numbers, texts with 文号 and days, in the page of GB/T 9704."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

from gongkai.agencies.models import User
from gongkai.design.words import long_day
from gongkai.documents import page
from gongkai.documents.blobs import read, store
from gongkai.documents.pdf import typeset_with_places
from gongkai.publishing.blocks import Block, blocks_of
from gongkai.publishing.gazette import public_entries
from gongkai.publishing.models import EntryKind, GazetteEntry, GazetteIssue, GazettePrinting
from gongkai.publishing.moments import moment

_TEMPLATE = Path(__file__).parent / "typst" / "gazette.typ"


def set_issue(issue: GazetteIssue) -> tuple[bytes, dict[str, int]]:
    """The PDF of an issue as it stands, and the page of each entry; equal issues give equal bytes.

    Raises FontsMissing without a Chinese face.
    """
    entries = list(
        public_entries(issue).select_related("item__agency", "version").prefetch_related("version__attachments__blob")
    )
    sections = any(entry.kind == EntryKind.SECTION for entry in entries)
    data = {
        "title": f"{issue.name}{issue.numbering}",
        "name": issue.name,
        "numbering": issue.numbering,
        "cover_date": long_day(issue.cover_date),
        "organ": issue.agency.name,
        "sections": sections,
        "entries": [_data(entry, 3 if sections else 2) for entry in _ordered(entries, sections)],
    }
    return typeset_with_places(_TEMPLATE, data)


def print_issue(issue: GazetteIssue, *, by: User, today: date) -> GazettePrinting:
    """Print it and keep the bytes; the caller has asked whether it may be."""
    content, pages = set_issue(issue)
    number = issue.printings.count() + 1
    name = f"{issue.agency.name}公报{issue.year}年第{issue.number}期.pdf"
    return GazettePrinting.objects.create(
        issue=issue,
        number=number,
        blob=store(content, name=name, content_type="application/pdf"),
        pages=pages,
        printed_at=moment(today),
        printed_by=by,
    )


def _ordered(entries: list[GazetteEntry], sections: bool) -> list[GazetteEntry]:
    """In their order. Texts before the first heading stand under 要目: in a tagged PDF no level may be skipped."""
    if not sections or not entries or entries[0].kind == EntryKind.SECTION:
        return entries
    return [GazetteEntry(kind=EntryKind.SECTION, title="要目"), *entries]


def _data(entry: GazetteEntry, level: int) -> dict[str, Any]:
    if entry.kind == EntryKind.SECTION:
        return {"kind": "section", "title": entry.title}
    body = entry.version.body if entry.version else entry.body
    files = entry.version.attachments.all() if entry.version else ()
    pictures = {row.get_absolute_url(): read(row.blob) for row in files if row.is_picture}
    return {
        "kind": "text",
        "key": str(entry.public_id),
        "title": entry.title,
        "docno": entry.docno,
        "blocks": _placed(_levelled(blocks_of(body, pictures), level)),
        "note": _note(entry),
    }


def _note(entry: GazetteEntry) -> str:
    """Whose it is and its days; its files, which stay with the page of the item."""
    if entry.version is None or entry.item is None:
        return ""
    files = [row.name for row in entry.version.attachments.all() if not row.is_picture]
    listed = f"附件（见政府网站）：{'；'.join(files)}。" if files else ""
    parts = [f"发布机构：{entry.item.agency.name}"]
    if entry.version.formed_on:
        parts.append(f"成文日期：{long_day(entry.version.formed_on)}")
    parts.append(f"公开日期：{long_day(entry.item.first_published_at)}")
    return f"{listed}（{'　'.join(parts)}）"


_DAY = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
_SENTENCE = re.compile(r"[，。；：、？！]")


def _placed(blocks: list[Block]) -> list[Block]:
    """The addressee at the margin (主送机关顶格), signature and date at the right (GB/T 9704—2012 7.3.1, 7.3.5)."""
    words = ["".join(run["text"] for run in block["runs"]) if block["kind"] == "p" else "" for block in blocks]
    if words and words[0].endswith("："):
        blocks[0]["flush"] = True
    for place in range(1, len(blocks)):
        signature, day = words[place - 1].strip(), words[place].strip()
        if _DAY.fullmatch(day) and 0 < len(signature) <= 40 and not _SENTENCE.search(signature):
            indents = page.signature(signature, day)
            blocks[place - 1]["right"], blocks[place]["right"] = indents.organ, indents.date
    return blocks


def _levelled(blocks: list[Block], first: int) -> list[Block]:
    """Headings within a text below its title, without a level skipped."""
    last = first - 1
    found = []
    for block in blocks:
        if block["kind"] == "h":
            last = min(first + block["level"] - 1, last + 1)
            block = {**block, "level": last}
        found.append(block)
    return found
