"""遮蔽 (区分处理, 条例第三十七条): a new file in which what must not be given is gone, and the proof that it is.

Words typed are found wherever they stand; rectangles cover what no reader can read. The original is never changed.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pypdfium2
from PIL import ImageDraw

from gongkai.documents.redaction import pdf, picture, word
from gongkai.documents.redaction.marking import SCALE, SHORTEST, Box, Hit, folded
from gongkai.documents.redaction.objects import Uncertain
from gongkai_core.reading import read
from gongkai_core.reading.paper import Unreadable
from gongkai_core.refusals import Refusal, Refused

__all__ = ["KINDS", "SCALE", "SHORTEST", "Box", "Hit", "Redacted", "count_pages", "find", "folded", "look", "redact"]

KINDS = ("pdf", "docx", "jpg", "png")
MOST_PAGES = 300
_PREVIEW = 1_600
_ARTICLE = "条例第三十七条"


@dataclass(frozen=True, slots=True)
class Redacted:
    """A new file of the same kind as its original."""

    data: bytes
    kind: str
    as_pictures: bool
    """Whether all pages of a PDF became pictures, because its own text could not be proven clean."""


def count_pages(data: bytes, kind: str) -> int:
    """Pages that can be looked at; none for .docx. Raises Refused for too many or a damaged file."""
    if kind != "pdf":
        return 0 if kind == "docx" else 1
    try:
        pages = pdf.count_pages(data)
    except pypdfium2.PdfiumError:
        raise Refused(Refusal("damaged", "PDF 损坏，打不开；请重新生成一份再试")) from None
    if pages > MOST_PAGES:
        raise Refused(Refusal("too_long", f"文件有 {pages} 页，遮蔽一次最多 {MOST_PAGES} 页；请分成几个文件"))
    return pages


def find(data: bytes, kind: str, phrase: str) -> list[Hit]:
    """Every place of a phrase; a picture has no words that could be found."""
    if kind == "pdf":
        return pdf.find(data, phrase)
    return word.find(data, phrase) if kind == "docx" else []


def look(data: bytes, kind: str, page: int, *, outlined: Sequence[Box] = ()) -> bytes:
    """A page as PNG, as it would be given, with boxes outlined. Raises Unreadable, LookupError for a page not there."""
    if not 1 <= page <= count_pages(data, kind):
        raise LookupError(page)
    shown = pdf.look(data, page) if kind == "pdf" else picture.look(data)
    shown.thumbnail((_PREVIEW, _PREVIEW))
    draw = ImageDraw.Draw(shown)
    for box in outlined:
        sides = (box.left * shown.width, box.top * shown.height, box.right * shown.width, box.bottom * shown.height)
        draw.rectangle(tuple(side / SCALE for side in sides), outline=(200, 16, 46), width=3)
    written = io.BytesIO()
    shown.save(written, "PNG")
    return written.getvalue()


def redact(
    data: bytes,
    kind: str,
    phrases: Sequence[str],
    boxes: Sequence[Box],
    *,
    keep_pictures: bool = False,
    title: str = "",
) -> Redacted:
    """The new file, proven clean; a PDF is given the title. Raises Refused (not_redacted) when it cannot be proven."""
    try:
        if kind == "pdf":
            return _first_clean(pdf.attempts(data, phrases, boxes, title=title), phrases)
        if kind == "docx":
            made = word.redact(data, phrases, keep_pictures=keep_pictures)
        else:
            made, _ = picture.redact(data, boxes, "jpeg" if kind == "jpg" else "png")
        if words := _objection(made, kind, phrases):
            raise Refused(Refusal("not_redacted", words, _ARTICLE))
    except (Unreadable, Uncertain, pypdfium2.PdfiumError) as error:
        words = str(error) if isinstance(error, Unreadable) else "文件的结构读不懂，不能保证遮蔽干净"
        raise Refused(Refusal("not_redacted", f"{words}；请打印后扫描成图片再遮蔽", _ARTICLE)) from None
    return Redacted(made, kind, as_pictures=False)


def _first_clean(attempts: Iterable[pdf.Attempt], phrases: Sequence[str]) -> Redacted:
    """The first attempt against which nothing speaks. Raises Refused, Unreadable, Uncertain when there is none."""
    last: Exception | None = None
    for made in attempts:
        try:
            words = _objection(made.data, "pdf", phrases, made.hidden, made.removed)
        except (Unreadable, Uncertain) as error:
            last = error
            continue
        if not words:
            return Redacted(made.data, "pdf", made.as_pictures)
        last = Refused(Refusal("not_redacted", words, _ARTICLE))
    raise last or Uncertain("no attempt")


def _objection(made: bytes, kind: str, phrases: Sequence[str], hidden: Sequence[Box] = (), removed: str = "") -> str:
    """What speaks against a new file that is read as anybody could read it; empty for a clean one. Raises Unreadable."""
    paper = read(made, f"made.{kind}")
    text = folded("".join(passage.text for passage in paper.passages))
    for phrase in phrases:
        if (folded(phrase) in text and kind != "docx") or (kind == "docx" and word.told(made, phrase)):
            return "遮蔽后的文件里还能读到要遮蔽的内容，没有生成"
    if paper.dangers or (kind == "pdf" and pdf.leftover(made, phrases, hidden, removed)):
        return "遮蔽后的文件里还有原文件的残留，没有生成"
    return ""
