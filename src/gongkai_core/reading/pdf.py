"""Reads PDF: all its text, also what lies under something else, its tables, and what it would do when opened."""

from __future__ import annotations

import ctypes
import re
import zlib
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium

from gongkai_core.passages import Passage
from gongkai_core.reading import layout
from gongkai_core.reading.grid import Rule
from gongkai_core.reading.layout import Mark, Page
from gongkai_core.reading.paper import Draft, Paper, Unreadable

MOST_PAGES = 2_000
_FACTS = {"Title": "标题", "Author": "作者", "Subject": "主题", "Keywords": "关键词", "CreationDate": "创建时间"}
_DANGERS = {
    b"JavaScript": "含有脚本",
    b"JS": "含有脚本",
    b"Launch": "会启动别的程序",
    b"EmbeddedFile": "夹带了别的文件",
    b"EmbeddedFiles": "夹带了别的文件",
    b"RichMedia": "含有多媒体程序",
    b"XFA": "含有动态表单",
    b"GoToE": "夹带了别的文件",
    b"SubmitForm": "会向外发送数据",
    b"ImportData": "引用了文件以外的内容",
}
_NAME = re.compile(rb"/([A-Za-z0-9#]{2,60})(?![A-Za-z0-9#])")
_HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
_OBJECT_STREAM = re.compile(rb"/Type\s*/ObjStm.{0,500}?stream\r?\n", re.S)
_UNPACKED = 50 * 2**20


def read(data: bytes) -> Paper:
    draft = Draft("pdf")
    _look_for_dangers(data, draft)
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise Unreadable("encrypted", "PDF 设了打开口令，无法检查；请取消口令后再上传") from None
        raise Unreadable("damaged", "PDF 损坏，打不开；请重新生成一份再试") from None
    try:
        if len(document) > MOST_PAGES:
            raise Unreadable("too_long", f"PDF 有 {len(document)} 页，超过 {MOST_PAGES} 页")
        for name, value in document.get_metadata_dict(skip_empty=True).items():
            draft.fact(_FACTS.get(name, name), value)
        if document.count_attachments():
            draft.endanger("夹带了别的文件")
        pages = [_page(document, place, draft) for place in range(len(document))]
    except pypdfium2.PdfiumError:
        raise Unreadable("damaged", "PDF 损坏，有的页打不开；请重新生成一份再试") from None
    finally:
        document.close()
    blocks = tuple(layout.blocks(pages))
    if not any(page.marks for page in pages):
        draft.fact("说明", "没有文字层，是扫描件")
    return Paper(draft.kind, blocks, tuple(draft.facts), tuple(draft.hidden), tuple(draft.dangers))


def _page(document: pypdfium2.PdfDocument, place: int, draft: Draft) -> Page:
    page = document[place]
    height = page.get_height()
    text = page.get_textpage()
    try:
        marks = list(_marks(text, height))
        rules = list(_rules(page, height))
        for words in _annotations(page):
            draft.hidden.append(Passage(words, f"第 {place + 1} 页批注"))
        return Page(marks, rules)
    finally:
        text.close()
        page.close()


def signs(text: pypdfium2.PdfTextPage) -> Iterator[tuple[int, str]]:
    """The signs of a page with their place in PDFium's count; one beyond the basic plane comes in two halves."""
    upper = 0
    for place in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text.raw, place)
        if 0xD800 <= code < 0xDC00:
            upper = code
            continue
        if upper and 0xDC00 <= code < 0xE000:
            code = 0x10000 + (upper - 0xD800) * 0x400 + code - 0xDC00
        upper = 0
        if code and not 0xD800 <= code < 0xE000 and code <= 0x10FFFF:
            yield place, chr(code)


def _marks(text: pypdfium2.PdfTextPage, height: float) -> Iterator[Mark]:
    raw = text.raw
    box = pdfium.FS_RECTF()
    base, across = ctypes.c_double(), ctypes.c_double()
    for place, sign in signs(text):
        if sign <= " " or sign.isspace():
            continue
        # The loose box is as wide as the sign's advance. A sign's own height tells nothing (一, —): its line is told
        # by where it stands and by the size of the face.
        pdfium.FPDFText_GetLooseCharBox(raw, place, box)
        pdfium.FPDFText_GetCharOrigin(raw, place, across, base)
        size = pdfium.FPDFText_GetFontSize(raw, place) or 10.0
        level = height - base.value
        yield Mark(sign, box.left, level - 0.8 * size, box.right, level + 0.2 * size)


def _rules(page: pypdfium2.PdfPage, height: float) -> Iterator[Rule]:
    for thing in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=3):
        left, bottom, right, top = thing.get_bounds()
        box = Rule(left, height - top, right, height - bottom)
        wide, tall = right - left, top - bottom
        if tall < 2.5:
            yield Rule(box.left, (box.top + box.bottom) / 2, box.right, (box.top + box.bottom) / 2)
        elif wide < 2.5:
            yield Rule((box.left + box.right) / 2, box.top, (box.left + box.right) / 2, box.bottom)
        elif pdfium.FPDFPath_CountSegments(thing) <= 6 and _stroked(thing):
            yield Rule(box.left, box.top, box.right, box.top)
            yield Rule(box.left, box.bottom, box.right, box.bottom)
            yield Rule(box.left, box.top, box.left, box.bottom)
            yield Rule(box.right, box.top, box.right, box.bottom)


def _stroked(thing: pypdfium2.PdfObject) -> bool:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(pdfium.FPDFPath_GetDrawMode(thing, mode, stroke)) and bool(stroke.value)


def _annotations(page: pypdfium2.PdfPage) -> Iterator[str]:
    for place in range(pdfium.FPDFPage_GetAnnotCount(page)):
        note = pdfium.FPDFPage_GetAnnot(page, place)
        if not note:
            continue
        try:
            needed = pdfium.FPDFAnnot_GetStringValue(note, b"Contents", None, 0)
            if needed > 2:
                buffer = ctypes.create_string_buffer(needed)
                pdfium.FPDFAnnot_GetStringValue(
                    note, b"Contents", ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), needed
                )
                words = buffer.raw.decode("utf-16-le", errors="replace").rstrip("\0")
                if words.strip():
                    yield words
        finally:
            pdfium.FPDFPage_CloseAnnot(note)


def _look_for_dangers(data: bytes, draft: Draft) -> None:
    """Names of actions, in the open or in packed object streams; a name may be written in hexadecimal."""
    _names(data, draft)
    unpacked = 0
    for found in _OBJECT_STREAM.finditer(data):
        inflate = zlib.decompressobj()
        try:
            content = inflate.decompress(data[found.end() :], _UNPACKED - unpacked)
        except zlib.error:
            continue
        unpacked += len(content)
        if unpacked >= _UNPACKED:
            raise Unreadable("bomb", f"PDF 展开后超过 {_UNPACKED // 2**20} MB，没有打开")
        _names(content, draft)
    end = data.rfind(b"%%EOF")
    if end < 0 or len(data) - end > 2_048:
        raise Unreadable("polyglot", "PDF 的末尾夹带了别的内容或者不完整，请重新生成一份")


def _names(content: bytes, draft: Draft) -> None:
    for found in set(_NAME.findall(content)):
        name = _HEX.sub(lambda code: bytes([int(code[1], 16)]), found)
        if what := _DANGERS.get(name):
            draft.endanger(what)
