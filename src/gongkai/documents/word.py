"""Word files with python-docx: letters here; `paper`, `set_face` and `packed` serve other papers too."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from gongkai.documents import page
from gongkai_core.letters import Block, RenderedLetter

# The office's machines have these; the file only names them (GB/T 9704—2012 appendix).
BODY, TITLE, HEADING = "仿宋_GB2312", "方正小标宋简体", "黑体"
RED = RGBColor(0xC8, 0x10, 0x2E)
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


def render(letter: RenderedLetter) -> bytes:
    """The letter as .docx in the page of GB/T 9704; equal letters give equal bytes."""
    document = paper(letter.title or letter.name)
    place = page.signature(letter.signature, letter.signed_on)
    signed = [number for number, block in enumerate(letter.blocks) if block.kind in ("signature", "date")]
    for number, (block, blank) in enumerate(zip(letter.blocks, page.blank_lines(letter), strict=True)):
        for _ in range(blank):
            document.add_paragraph()
        add_block(document, block, place)
        if signed and signed[0] - 1 <= number < signed[-1]:
            document.paragraphs[-1].paragraph_format.keep_with_next = True
    for _ in range(letter.blank_after):
        document.add_paragraph()
    return packed(document)


def paper(title: str) -> Any:
    """An empty document in the page of GB/T 9704: type area, lines, faces, page numbers, title in its properties."""
    document = docx.Document()
    document.core_properties.title = title
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.core_properties.language = "zh-CN"
    document.core_properties.created = document.core_properties.modified = datetime(2000, 1, 1, tzinfo=UTC)
    _set_page(document.sections[0])
    normal = document.styles["Normal"]
    set_face(normal, BODY, page.SIZE_BODY)
    squeeze = element("w:spacing", val=round(page.SQUEEZE * 20))
    _insert(normal.element.get_or_add_rPr(), squeeze, before=("w:w", "w:kern", "w:position", "w:sz", "w:szCs"))
    normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    normal.paragraph_format.line_spacing = Pt(page.PITCH)
    normal.paragraph_format.widow_control = True
    _number_pages(document)
    return document


def set_face(target: Any, face: str, size: float, *, bold: bool = False, color: RGBColor | None = None) -> None:
    """Give a run or a style its face (Chinese and Latin alike), size in points, weight and colour."""
    target.font.name = face
    target.font.size = Pt(size)
    target.font.bold = bold
    if color is not None:
        target.font.color.rgb = color
    faces = target.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("eastAsia", "hAnsi", "cs"):
        faces.set(qn(f"w:{kind}"), face)
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        faces.attrib.pop(qn(f"w:{theme}"), None)  # a theme's face would win over ours
    # Without the hint Word takes “” from the Latin side, half as wide.
    faces.set(qn("w:hint"), "eastAsia")


def packed(document: Any) -> bytes:
    """The document's bytes, with the archive's times fixed so that equal content gives equal bytes."""
    written = io.BytesIO()
    document.save(written)
    fixed = io.BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, _LONG_AGO)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, source.read(name))
    return fixed.getvalue()


def _set_page(section: Any) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(page.TOP), Mm(page.BOTTOM)
    section.left_margin, section.right_margin = Mm(page.LEFT), Mm(page.RIGHT)
    section.footer_distance = Mm(25)
    # type="linesAndChars" with a negative charSpace gives 14 characters a line in LibreOffice 7.4.
    for grid in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(grid)
    section._sectPr.append(element("w:docGrid", type="lines", linePitch=round(page.PITCH * 20)))


def _number_pages(document: Any) -> None:
    """— 2 — at the outer edge; the first page of a letter bears no number (GB/T 9704 10.1)."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    document.settings.odd_and_even_pages_header_footer = True
    for footer, alignment in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        line = footer.paragraphs[0]
        line.alignment = alignment
        line.paragraph_format.left_indent = line.paragraph_format.right_indent = Pt(page.SIZE_BODY)
        _run(line, "— ", "宋体", page.SIZE_PAGE_NUMBER)
        field = element("w:fldSimple", instr="PAGE")
        number = _run(line, "1", "宋体", page.SIZE_PAGE_NUMBER)
        number._r.addprevious(field)
        field.append(number._r)
        _run(line, " —", "宋体", page.SIZE_PAGE_NUMBER)


def add_block(document: Any, block: Block, place: page.Signature) -> Paragraph:
    """Append one block of a letter in its face and place."""
    line: Paragraph = document.add_paragraph()
    if block.kind == "letterhead":
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        line.paragraph_format.line_spacing = Pt(40)
        line.paragraph_format.space_after = Pt(page.PITCH / 2)
        _run(line, block.text, TITLE, page.SIZE_LETTERHEAD, color=RED)
        _rule_below(line)
    elif block.kind == "title":
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        line.paragraph_format.line_spacing = Pt(34)
        _run(line, block.text, TITLE, page.SIZE_TITLE)
    elif block.kind in ("signature", "date"):
        right = place.organ if block.kind == "signature" else place.date
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        line.paragraph_format.right_indent = Pt(right * page.SIZE_BODY)
        line.add_run(block.text)
    else:
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER if block.kind == "number" else WD_ALIGN_PARAGRAPH.JUSTIFY
        if block.kind in ("paragraph", "remedy", "closing"):
            indent_first_line(line)
        line.add_run(block.text)
    return line


def indent_first_line(line: Paragraph) -> None:
    """首行空二字, counted in characters where the reader can count them."""
    line.paragraph_format.first_line_indent = Pt(2 * page.SIZE_BODY)
    line._p.get_or_add_pPr().get_or_add_ind().set(qn("w:firstLineChars"), "200")


def _run(line: Paragraph, text: str, face: str, size: float, color: RGBColor | None = None) -> Any:
    run = line.add_run(text)
    set_face(run, face, size, color=color)
    return run


def _rule_below(line: Paragraph) -> None:
    """The red double line of a letter, thick above thin (GB/T 9704 10.1)."""
    borders = element("w:pBdr")
    borders.append(element("w:bottom", val="thickThinSmallGap", sz=24, space=6, color="C8102E"))
    _insert(line._p.get_or_add_pPr(), borders, before=("w:shd", "w:spacing", "w:ind", "w:jc"))


def _insert(parent: Any, child: Any, before: Sequence[str]) -> None:
    """Put `child` where the schema wants it: Word refuses properties out of order."""
    for sibling in parent:
        if sibling.tag in {qn(name) for name in before}:
            sibling.addprevious(child)
            return
    parent.append(child)


def element(name: str, **attributes: str | int) -> Any:
    """A new element of WordprocessingML with its attributes."""
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    return made
