"""The report as tagged PDF (PDF/UA-1), set by typst."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from gongkai.annualreport import pictures
from gongkai.annualreport.content import Block, Document, Heading, Paragraph, Table
from gongkai.documents import pdf as office

_TEMPLATE = Path(__file__).parent / "typst" / "report.typ"


def render(document: Document) -> bytes:
    """Equal documents give equal bytes. Raises FontsMissing without a Chinese face."""
    data = {
        "title": document.title,
        "title_lines": list(document.title_lines),
        "organ": document.organ,
        "draft": document.draft,
        "signed": list(document.signed),
        "blocks": [_data(block) for block in (*document.preamble, *document.blocks)],
    }
    return office.typeset(_TEMPLATE, data)


def _data(block: Block) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"kind": block.kind, "level": block.level, "text": block.text}
    if isinstance(block, Paragraph):
        return {"kind": block.kind, "text": block.text, "drafted": block.drafted}
    if isinstance(block, Table):
        rows = [
            [
                {
                    "text": box.text,
                    "figure": bool(box.cell),
                    "header": box.header,
                    "rowspan": box.rowspan,
                    "colspan": box.colspan,
                    "indent": box.indent,
                }
                for box in row
            ]
            for row in block.rows
        ]
        return {
            "kind": block.kind,
            "id": block.id,
            "title": block.title,
            "columns": block.columns,
            "head": block.head_rows,
            "rows": rows,
            "notes": list(block.notes),
        }
    chart = block.chart
    return {
        "kind": block.kind,
        "svg": pictures.svg(chart),
        "alt": chart.alt,
        "caption": f"图{block.number}　{chart.title}（单位：{chart.unit}）",
    }
