"""The report as .docx: cover, headings that Word can navigate, tables with merged cells, chart pictures."""

from __future__ import annotations

import io
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from gongkai.annualreport import pictures
from gongkai.annualreport.content import Block, Box, Document, Heading, Paragraph, Picture, Table
from gongkai.documents import fonts, page
from gongkai.documents import word as office

WIDTH = 156  # millimetres of the type area
COVER_SIZE = 25  # points: the second line of every title fits the type area
KAI, SONG = "楷体_GB2312", "宋体"
DRAFTED = RGBColor(0x8A, 0x5A, 0x00)
# Widths of the label columns, in millimetres; the figures share the rest.
LABELS = {"t2": (48,), "t3": (12, 24, 44), "t4": (), "t14": (106, 20)}
SIZES = {"t2": 12.0, "t3": 9.0, "t4": 9.0, "t14": 10.5}


def render(document: Document) -> bytes:
    """Equal documents give equal bytes. Without a Chinese face a chart is given as a table of its figures."""
    paper = office.paper(document.title)
    _heading_styles(paper)
    _cover(paper, document)
    for paragraph in document.preamble:
        _paragraph(paper, paragraph)
    for block in document.blocks:
        _block(paper, block)
    organ, day = document.signed
    place = page.signature(organ, day)
    for text, right in ((organ, place.organ), (day, place.date)):
        line = paper.add_paragraph(text)
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        line.paragraph_format.right_indent = Pt(right * page.SIZE_BODY)
        line.paragraph_format.space_before = Pt(page.PITCH) if text == organ else Pt(0)
        line.paragraph_format.keep_with_next = text == organ
    return office.packed(paper)


def _heading_styles(paper: Any) -> None:
    for level, face in ((1, office.HEADING), (2, KAI)):
        style = paper.styles[f"Heading {level}"]
        office.set_face(style, face, page.SIZE_BODY, color=RGBColor(0, 0, 0))
        style.paragraph_format.space_before = Pt(0)
        style.paragraph_format.space_after = Pt(0)
        style.paragraph_format.first_line_indent = Pt(2 * page.SIZE_BODY)
        style.paragraph_format.keep_with_next = True


def _cover(paper: Any, document: Document) -> None:
    """Title, organ and day on a page of their own; a draft says so."""
    title = paper.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_before = Mm(55)
    title.paragraph_format.line_spacing = Pt(44)
    whose, what = document.title_lines
    run = title.add_run(whose)
    run.add_break()
    run.add_text(what)
    office.set_face(run, office.TITLE, COVER_SIZE)
    if document.draft:
        mark = paper.add_paragraph()
        mark.alignment = WD_ALIGN_PARAGRAPH.CENTER
        office.set_face(mark.add_run("（草稿）"), KAI, page.SIZE_BODY)
    for text, before in ((document.organ, Mm(95)), (document.signed[1], Pt(0))):
        line = paper.add_paragraph()
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        line.paragraph_format.space_before = before
        office.set_face(line.add_run(text), office.BODY, page.SIZE_BODY)
    paper.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)


def _block(paper: Any, block: Block) -> None:
    if isinstance(block, Heading):
        paper.add_paragraph(block.text, style=f"Heading {block.level}")
    elif isinstance(block, Paragraph):
        _paragraph(paper, block)
    elif isinstance(block, Table):
        _table(paper, block)
    else:
        _picture(paper, block)


def _paragraph(paper: Any, paragraph: Paragraph) -> None:
    line = paper.add_paragraph()
    line.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    office.indent_first_line(line)
    run = line.add_run(paragraph.text)
    if paragraph.drafted:
        run.font.color.rgb = DRAFTED


def _picture(paper: Any, picture: Picture) -> None:
    chart = picture.chart
    if not fonts.available():
        rows = ((Box(chart.title, header=True), Box(chart.unit, header=True)),)
        rows += tuple((Box(label), Box(str(value))) for label, value in chart.rows)
        _table(paper, Table("t2", chart.title, 2, rows, 1, ()))
        return
    line = paper.add_paragraph()
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    line.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    line.paragraph_format.keep_with_next = True
    drawn = line.add_run().add_picture(io.BytesIO(pictures.png(chart)), width=Mm(135))
    drawn._inline.docPr.set("descr", chart.alt)
    drawn._inline.docPr.set("name", f"图{picture.number}")
    caption = paper.add_paragraph()
    caption.alignment = WD_ALIGN_PARAGRAPH.CENTER
    office.set_face(caption.add_run(f"图{picture.number}　{chart.title}（单位：{chart.unit}）"), KAI, 12)


def _table(paper: Any, table: Table) -> None:
    element = _element("w:tbl")
    element.append(_properties(table))
    widths = _widths(table)
    grid = _element("w:tblGrid")
    for width in widths:
        grid.append(_element("w:gridCol", w=round(width * 56.7)))
    element.append(grid)
    covered: dict[tuple[int, int], Box] = {}
    for at, boxes in enumerate(table.rows):
        element.append(_row(table, at, boxes, widths, covered))
    paper.element.body.insert_element_before(element, "w:sectPr")
    if not table.notes:
        paper.add_paragraph()  # two tables that touch would be one
    for number, note in enumerate(table.notes):
        line = paper.add_paragraph()
        line.paragraph_format.line_spacing = Pt(16)
        line.paragraph_format.space_before = Pt(4 if number == 0 else 0)
        line.paragraph_format.space_after = Pt(10 if number == len(table.notes) - 1 else 0)
        office.set_face(line.add_run(note), SONG, 10.5)


def _properties(table: Table) -> Any:
    properties = _element("w:tblPr")
    properties.append(_element("w:tblW", w=round(WIDTH * 56.7), type="dxa"))
    properties.append(_element("w:jc", val="center"))
    borders = _element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(_element(f"w:{side}", val="single", sz=4, space=0, color="000000"))
    properties.append(borders)
    properties.append(_element("w:tblLayout", type="fixed"))
    margins = _element("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(_element(f"w:{side}", w=60, type="dxa"))
    properties.append(margins)
    properties.append(_element("w:tblCaption", val=table.title))
    return properties


def _widths(table: Table) -> list[float]:
    labels = LABELS.get(table.id, ())[: table.columns - 1]
    rest = table.columns - len(labels)
    return [*labels, *[(WIDTH - sum(labels)) / rest] * rest]


def _row(
    table: Table, at: int, boxes: tuple[Box, ...], widths: list[float], covered: dict[tuple[int, int], Box]
) -> Any:
    """One row; `covered` remembers boxes that reach down into later rows."""
    row = _element("w:tr")
    properties = _element("w:trPr")
    properties.append(_element("w:cantSplit"))
    properties.append(_element("w:trHeight", val=round(SIZES[table.id] * 32), hRule="atLeast"))
    if at < table.head_rows:
        properties.append(_element("w:tblHeader"))
    row.append(properties)
    waiting, column = list(boxes), 0
    while column < table.columns:
        if (at, column) in covered:
            box, merge = covered[at, column], "continue"
        else:
            box = waiting.pop(0)
            merge = "restart" if box.rowspan > 1 else ""
            for down in range(1, box.rowspan):
                covered[at + down, column] = box
        width = sum(widths[column : column + box.colspan])
        row.append(_cell(table, box, width, merge))
        column += box.colspan
    return row


def _cell(table: Table, box: Box, width: float, merge: str) -> Any:
    cell = _element("w:tc")
    properties = _element("w:tcPr")
    properties.append(_element("w:tcW", w=round(width * 56.7), type="dxa"))
    if box.colspan > 1:
        properties.append(_element("w:gridSpan", val=box.colspan))
    if merge:
        properties.append(_element("w:vMerge", val=merge))
    properties.append(_element("w:vAlign", val="center"))
    cell.append(properties)
    line = _element("w:p")
    shape = _element("w:pPr")
    shape.append(_element("w:spacing", line=round(SIZES[table.id] * 24), lineRule="exact"))
    if box.indent:
        shape.append(_element("w:ind", left=round(box.indent * SIZES[table.id] * 20)))
    shape.append(_element("w:jc", val="center" if box.cell or box.header or table.id == "t4" else "left"))
    line.append(shape)
    if merge != "continue" and box.text:
        line.append(_text(box, SIZES[table.id]))
    cell.append(line)
    return cell


def _text(box: Box, size: float) -> Any:
    run = _element("w:r")
    properties = _element("w:rPr")
    faces = _element("w:rFonts", ascii=SONG, hAnsi=SONG, eastAsia=SONG, hint="eastAsia")
    properties.append(faces)
    if box.header:
        properties.append(_element("w:b"))
    properties.append(_element("w:spacing", val=0))
    properties.append(_element("w:sz", val=round(size * 2)))
    run.append(properties)
    text = OxmlElement("w:t")
    text.text = box.text
    run.append(text)
    return run


def _element(name: str, **attributes: str | int) -> Any:
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), str(value))
    return element
