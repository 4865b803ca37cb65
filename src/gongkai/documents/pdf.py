"""PDF with typst: letters here, other papers through `typeset`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst

from gongkai.documents import fonts, page
from gongkai_core.letters import RenderedLetter

_TEMPLATE = Path(__file__).parent / "typst" / "letter.typ"
_ROOT = Path(__file__).parent.parent
# A compiler keeps its fonts and caches between papers (5 to 10 times faster) and works on one at a time.
_ONE_AT_A_TIME = Lock()


def render(letter: RenderedLetter) -> bytes:
    """The letter as PDF/UA-1 in the page of GB/T 9704; equal letters give equal bytes.

    Raises FontsMissing without a Chinese face. The seal's place stays free: 打印→用印登记 is the default
    (domain-spec §11, 43).
    """
    place = page.signature(letter.signature, letter.signed_on)
    data = {
        "title": letter.title or letter.name,
        "blocks": [
            {"kind": block.kind, "text": block.text, "blank": blank}
            for block, blank in zip(letter.blocks, page.blank_lines(letter), strict=True)
        ],
        "blank_after": letter.blank_after,
        "right": {"signature": place.organ, "date": place.date},
    }
    return typeset(_TEMPLATE, data)


def typeset(template: Path, data: Mapping[str, Any]) -> bytes:
    """Compile a typst template of this package to tagged PDF (PDF/UA-1).

    The template reads `json(bytes(sys.inputs.data))`: `data` (JSON values; `title` is required by PDF/UA)
    and under `faces` the families for body, title and heading and the note on substitutes. Raises
    FontsMissing without a Chinese face, RuntimeError (typst's own) for a template that fails.
    """
    return typeset_with_places(template, data)[0]


def typeset_with_places(template: Path, data: Mapping[str, Any]) -> tuple[bytes, dict[str, int]]:
    """The same, and the page on which each place named by the template stands.

    A template names places as `#context [#metadata((key: …, page: …)) <place>]`.
    """
    faces = fonts.faces()
    chosen = {
        "body": list(faces.body),
        "title": list(faces.title),
        "heading": list(faces.heading),
        "note": faces.note,
    }
    inputs = {"data": json.dumps({**data, "faces": chosen}, ensure_ascii=False)}
    with _ONE_AT_A_TIME:
        compiler = _compiler(fonts.folders())
        printed = compiler.compile(input=str(template), format="pdf", sys_inputs=inputs, pdf_standards=["ua-1"])
        places = json.loads(compiler.query("<place>", field="value"))
    return bytes(printed), {place["key"]: place["page"] for place in places}


@lru_cache(maxsize=1)
def _compiler(font_paths: tuple[str, ...]) -> typst.Compiler:
    return typst.Compiler(root=str(_ROOT), font_paths=fonts.installed())
