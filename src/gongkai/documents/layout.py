"""文书模板 as Word files: made for an office to edit, read back with what it added, and filled with a letter.

The given lines lie in locked content controls; Word and WPS keep them, and reading back looks at their words, so that
nothing hangs on a program's good will. What an office changes freely: faces, spacing, headers and footers, pictures,
and paragraphs of its own between the given ones.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from gongkai.documents import page, word
from gongkai_core.letters import Addition, Block, Letter, RenderedLetter, check_additions, given_lines
from gongkai_core.letters.rendering import kinds_of_lines
from gongkai_core.refusals import Refusal, Refused

_BRACES = re.compile(r"\{[^{}]*\}")
_SHOWN = 24


def blank(letter: Letter) -> bytes:
    """The letter as it is given, for an office to begin its own template with."""
    document = word.paper(letter.name)
    nowhere = page.Signature(4, 4)
    for text, kind in zip(given_lines(letter), kinds_of_lines(letter), strict=True):
        for _ in range(page.BLANK_BEFORE.get(kind, 0)):
            document.add_paragraph()
        line = word.add_block(document, Block(kind, text), nowhere)
        _lock(line._p)
    return word.packed(document)


def _lock(paragraph: Any) -> None:
    """Put a paragraph into a content control whose content can be neither changed nor deleted."""
    control, properties, content = (word.element(name) for name in ("w:sdt", "w:sdtPr", "w:sdtContent"))
    properties.append(word.element("w:alias", val="规定的文字"))
    properties.append(word.element("w:lock", val="sdtContentLocked"))
    paragraph.addprevious(control)
    content.append(paragraph)
    control.extend([properties, content])


def additions(data: bytes, letter: Letter) -> tuple[Addition, ...]:
    """What an office added in its edited file. Raises Refused: given words changed, a variable unknown, …"""
    document = docx.Document(io.BytesIO(data))
    _refuse_unsuited(document)
    given = list(given_lines(letter))
    found, after = [], 0
    for paragraph in _paragraphs(document):
        text = paragraph.text.strip()
        if not text:
            continue
        if after < len(given) and text == given[after].strip():
            after += 1
        elif after == 0:
            raise Refused(Refusal("before_first", f"“{_cut(text)}”写在了规定的第一行之前，请移到它后面，或者写进页眉"))
        else:
            found.append(Addition(after, text))
    if after < len(given):
        raise Refused(
            Refusal("given_changed", f"规定的文字不能改动、删去或者换序：找不到“{_cut(given[after])}”", "文书格式")
        )
    check_additions(letter, found)
    return tuple(found)


def _refuse_unsuited(document: Any) -> None:
    body = document.element.body
    if any(True for _ in body.iter(qn("w:ins"), qn("w:del"), qn("w:moveFrom"), qn("w:moveTo"))):
        raise Refused(Refusal("tracked_changes", "文件里还有修订，请先全部接受或者拒绝，再上传"))
    if any(True for _ in body.iter(qn("w:tbl"), qn("w:txbxContent"))):
        raise Refused(Refusal("tables", "正文里不能有表格和文本框，它们里面的文字不会随文书替换"))
    outside = [
        *(part for section in document.sections for part in (section.header, section.footer)),
        *(part for section in document.sections for part in (section.first_page_header, section.first_page_footer)),
    ]
    for part in outside:
        text = "".join(paragraph.text for paragraph in part.paragraphs)
        if name := _BRACES.search(text):
            raise Refused(Refusal("variable_outside", f"页眉页脚里的变量不会替换：{name.group()}"))


def render(letter: RenderedLetter, template: bytes) -> bytes:
    """The letter in the office's own layout: each paragraph of the template takes what its line became."""
    document = docx.Document(io.BytesIO(template))
    document.core_properties.title = letter.title or letter.name
    document.core_properties.author = document.core_properties.last_modified_by = ""
    place = page.signature(letter.signature, letter.signed_on)
    number = 0
    for paragraph in list(_paragraphs(document)):
        if not paragraph.text.strip():
            continue
        number += 1
        outermost = _outermost(paragraph._p)
        for block in (block for block in letter.blocks if block.line == number):
            outermost.addprevious(_filled(paragraph, block, place))
        outermost.getparent().remove(outermost)
    return word.packed(document)


def _paragraphs(document: Any) -> Iterator[Paragraph]:
    """The body's paragraphs in order, those inside content controls too."""
    for paragraph in document.element.body.iter(qn("w:p")):
        yield Paragraph(paragraph, document)


def _outermost(paragraph: Any) -> Any:
    """The content control that holds this paragraph alone, or itself."""
    content = paragraph.getparent()
    alone = content.tag == qn("w:sdtContent") and len(content) == 1
    return content.getparent() if alone else paragraph


def _filled(paragraph: Paragraph, block: Block, place: page.Signature) -> Any:
    """A copy of the template's paragraph in the face of its first words, with the words of the letter."""
    copy = deepcopy(paragraph._p)
    runs = [run for run in copy.iter(qn("w:r")) if run.find(qn("w:t")) is not None]
    face = deepcopy(runs[0].find(qn("w:rPr"))) if runs and runs[0].find(qn("w:rPr")) is not None else None
    for child in list(copy):
        if child.tag != qn("w:pPr"):
            copy.remove(child)
    line = Paragraph(copy, paragraph._parent)
    run = line.add_run(block.text)
    if face is not None:
        run._r.insert(0, face)
    if block.kind in ("signature", "date"):
        right = place.organ if block.kind == "signature" else place.date
        line.paragraph_format.right_indent = Pt(right * page.SIZE_BODY)
    return copy


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
