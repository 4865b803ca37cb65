"""Redaction (遮蔽): what was chosen is gone from the new file, by whatever way somebody looks for it."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest
import typst
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from gongkai.documents import fonts, redaction
from gongkai.documents.redaction import Box, layer, pdf, word
from gongkai.documents.redaction.objects import Name, Objects
from gongkai.documents.redaction.signs import Sign, of_document
from gongkai_core.reading import read
from gongkai_core.refusals import Refused

SECRET, NUMBER = "欧阳若水", "110101199003071233"
W = nsdecls("w")

pytestmark = pytest.mark.once
whole_files = settings(max_examples=400 if settings().max_examples > 1_000 else 25)
"""Each example makes a Word file and takes it apart again: fewer of them."""

needs_fonts = pytest.mark.skipif(not fonts.available(), reason="no Chinese font on this machine")


def printed(*pages: str, title: str = "材料") -> bytes:
    """A tagged PDF, as our own papers are."""
    body = "\n#pagebreak()\n".join(pages)
    head = f'#set document(title: "{title}")\n#set text(font: {json_list(fonts.faces().body)})\n'
    return bytes(typst.compile((head + body).encode(), pdf_standards=["ua-1"]))


def json_list(names: tuple[str, ...]) -> str:
    return "(" + ", ".join(f'"{name}"' for name in names) + ",)"


def raw(data: bytes) -> bytes:
    """A PDF's bytes with every packed stream unpacked: what a tool sees that knows nothing of text."""
    found = [data]
    for place in re.finditer(rb"stream\r?\n", data):
        try:
            found.append(zlib.decompressobj().decompress(data[place.end() :]))
        except zlib.error:
            continue
    return b"\n".join(found)


def assert_gone_from_pdf(made: bytes, phrase: str, *, title: str = "") -> None:
    assert redaction.folded(phrase) not in redaction.folded("".join(p.text for p in read(made, "a.pdf").passages))
    everything = raw(made)
    for encoding in ("utf-8", "utf-16-be", "utf-16-le", "gb18030"):
        code = phrase.encode(encoding)
        assert code not in everything and code.hex().encode() not in everything.lower()
    for key in (b"StructTreeRoot", b"/Metadata", b"/Names", b"/Annots", b"/Outlines", b"/EmbeddedFile"):
        assert key not in everything, key
    with pdf.opened(made) as document:
        assert document.get_metadata_dict(skip_empty=True) == ({"Title": title} if title else {})
    assert made.count(b"startxref") == 1  # written whole, never added to
    with pdf.opened(made) as document:
        assert len(re.findall(rb"/Type\s*/Page(?![A-Za-z])", everything)) == len(document)


def layer_of(made: bytes) -> str:
    """The text of a PDF as it is copied out of it."""
    with pdf.opened(made) as document:
        return "".join(sign.text for sign in of_document(document))


def black(picture: Image.Image, box: Box) -> bool:
    """Whether all within a box is black."""
    part = picture.convert("L").crop(
        (
            int(box.left * picture.width / 1000) + 1, int(box.top * picture.height / 1000) + 1,
            int(box.right * picture.width / 1000) - 1, int(box.bottom * picture.height / 1000) - 1,
        )
    )  # fmt: skip
    return int(part.getextrema()[1]) < 60  # type: ignore[arg-type]


# PDF ----------------------------------------------------------------------------------------------------------------


@needs_fonts
def test_words_are_found_with_their_page_and_context() -> None:
    source = printed("第一页。", f"联系人{SECRET}，电话138-1234-5678。", "最后一页欧阳\n\n若水。")
    hits = redaction.find(source, "pdf", SECRET)
    assert [(hit.page, hit.words.replace(" ", "")) for hit in hits] == [(2, SECRET), (3, SECRET)]
    assert hits[0].before.endswith("联系人") and hits[0].after.startswith("，电话")
    assert len(hits[1].boxes) == 2  # over two lines
    assert [hit.page for hit in redaction.find(source, "pdf", "13812345678")] == [2]


@needs_fonts
def test_a_redacted_pdf_holds_nothing_of_it() -> None:
    source = printed("第一页。", f"联系人{SECRET}，证件号{NUMBER}。", "第三页。", title=f"{SECRET}的材料")
    assert SECRET in "".join(p.text for p in read(source, "a.pdf").passages)
    made = redaction.redact(source, "pdf", [SECRET, NUMBER], [])
    for phrase in (SECRET, NUMBER):
        assert_gone_from_pdf(made.data, phrase)
    page = pdf.look(made.data, 2)
    for hit in redaction.find(source, "pdf", SECRET):
        assert all(black(page, box) for box in hit.boxes)


@needs_fonts
def test_pages_without_a_hit_stay_text_where_their_fonts_tell_nothing() -> None:
    source = printed("甲乙丙丁", "甲乙丁丙", "丙丁")
    made = redaction.redact(source, "pdf", ["乙丙"], [])
    assert not made.as_pictures and "丙丁" in read(made.data, "a.pdf").text
    assert_gone_from_pdf(made.data, "乙丙")


@needs_fonts
def test_a_font_that_still_knows_a_removed_sign_makes_pictures_of_all_pages() -> None:
    source = printed("甲乙", f"联系人{SECRET}")
    made = redaction.redact(source, "pdf", [SECRET], [])
    assert made.as_pictures
    codes = raw(made.data).lower()
    assert not any(sign.encode("utf-16-be").hex().encode() in codes for sign in "欧阳若水")


@needs_fonts
def test_without_marks_a_file_is_only_cleaned() -> None:
    made = redaction.redact(printed("甲乙丙", title=SECRET), "pdf", [], [])
    assert "甲乙丙" in read(made.data, "a.pdf").text
    assert_gone_from_pdf(made.data, SECRET)


PAGE = b"/MediaBox[0 0 300 200]/PieceInfo<</X(old)>>"


def plain(
    *pages: bytes, shared: bytes = b"", extra: bytes = b"", page_keys: bytes = PAGE,
    objects: dict[int, bytes] | None = None,
) -> bytes:  # fmt: skip
    """A hand-made PDF; all pages share one dictionary of resources (object 4)."""
    rows: dict[int, bytes] = {
        1: b"<</Type/Catalog/Pages 2 0 R %b>>" % extra,
        3: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        4: b"<</Font<</F1 3 0 R>> %b>>" % shared,
    }
    kids = []
    for number, content in enumerate(pages):
        page, stream = 100 + 2 * number, 101 + 2 * number
        kids.append(b"%d 0 R" % page)
        rows[page] = b"<</Type/Page/Parent 2 0 R/Resources 4 0 R/Contents %d 0 R %b>>" % (stream, page_keys)
        rows[stream] = b"<</Length %d>>\nstream\n%b\nendstream" % (len(content), content)
    rows[2] = b"<</Type/Pages/Count %d/Kids[%b]>>" % (len(kids), b" ".join(kids))
    rows |= objects or {}
    out, places = b"%PDF-1.7\n", {}
    for number, row in sorted(rows.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, row)
    table = b"".join(b"%d 1\n%010d 00000 n \n" % (number, place) for number, place in sorted(places.items()))
    size = max(places) + 1
    end = b"xref\n0 1\n0000000000 65535 f \n%btrailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return out + end % (table, size, len(out))


def text_at(words: bytes, x: int = 20, y: int = 100) -> bytes:
    return b"BT /F1 12 Tf %d %d Td (%b) Tj ET" % (x, y, words)


def form(words: bytes) -> bytes:
    content = text_at(words)
    head = b"<</Type/XObject/Subtype/Form/BBox[0 0 300 200]/Resources<</Font<</F1 3 0 R>>>>/Length %d>>"
    return (head + b"\nstream\n%b\nendstream") % (len(content), content)


def test_a_page_that_stays_text_brings_nothing_of_the_others_along() -> None:
    """Both pages share their resources: the first one's form must not ride along with the second page."""
    source = plain(
        b"/Fm1 Do", text_at(b"CLEAN PAGE SECRT"), shared=b"/XObject<</Fm1 9 0 R>>", objects={9: form(b"SECRET")}
    )
    assert [hit.page for hit in redaction.find(source, "pdf", "SECRET")] == [1]
    made = redaction.redact(source, "pdf", ["SECRET"], [])
    assert not made.as_pictures and "CLEAN" in read(made.data, "a.pdf").text
    assert_gone_from_pdf(made.data, "SECRET")
    assert b"Fm1" not in raw(made.data)


def test_signs_drawn_out_of_order_and_out_of_sight_are_found() -> None:
    backwards = b"".join(text_at(sign, 20 + 9 * n) for n, sign in reversed(list(enumerate([b"S", b"E", b"C", b"R"]))))
    unseen = b"3 Tr " + text_at(b"HIDDEN", 20, 50)
    made = redaction.redact(plain(backwards + unseen), "pdf", ["SECR", "HIDDEN"], [])
    assert_gone_from_pdf(made.data, "SECR")
    assert_gone_from_pdf(made.data, "HIDDEN")
    page = pdf.look(made.data, 1)
    assert all(black(page, box) for hit in redaction.find(plain(backwards), "pdf", "SECR") for box in hit.boxes)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_boxes_lie_right_on_pages_that_are_turned_or_cropped(turn: int) -> None:
    keys = b"/MediaBox[-40 -30 300 200]/CropBox[-10 -10 250 190]/Rotate %d" % turn
    source = plain(text_at(b"SECRET WORD"), page_keys=keys)
    (hit,) = redaction.find(source, "pdf", "SECRET")
    assert not black(pdf.look(source, 1), hit.boxes[0])
    made = redaction.redact(source, "pdf", ["SECRET"], [])
    assert black(pdf.look(made.data, 1), hit.boxes[0])
    assert layer_of(made.data).split() == ["███", "WORD"] or layer_of(made.data) == "███WORD"  # in the order of reading


def test_annotations_fields_and_layers_never_go_along() -> None:
    source = plain(
        text_at(b"OPEN"), text_at(b"SECRET"),
        extra=b"/Outlines 8 0 R/OCProperties<</OCGs[]/D<<>>>>",
        page_keys=PAGE + b"/Annots[10 0 R]",
        objects={
            8: b"<</Type/Outlines/Title(SECRET)>>",
            9: form(b"SECRET"),
            10: b"<</Type/Annot/Subtype/FreeText/Rect[9 9 99 99]/Contents(SECRET)/AP<</N 9 0 R>>>>",
        },
    )  # fmt: skip
    made = redaction.redact(source, "pdf", ["SECRET"], [])
    assert_gone_from_pdf(made.data, "SECRET")
    note = pdf.look(made.data, 1).convert("L").crop((10, 145, 140, 268))
    assert redaction.find(made.data, "pdf", "SECRET") == [] and note.getextrema() == (255, 255)


def test_a_box_covers_what_is_only_a_picture() -> None:
    scan = Image.new("RGB", (600, 400), "white")
    ImageDraw.Draw(scan).rectangle((100, 100, 200, 150), fill="red")
    written = io.BytesIO()
    scan.save(written, "PDF")
    box = Box(1, 150, 200, 400, 420)
    made = redaction.redact(written.getvalue(), "pdf", [], [box])
    page = pdf.look(made.data, 1)
    assert black(page, box)
    assert not any(red > 150 and green < 100 for _, (red, green, _) in page.getcolors(10**7) or [])


letters = st.text(alphabet="ABCDEFGHKLMNPRSTUVWXYZ", min_size=3, max_size=9)


@given(phrase=letters, noise=st.lists(letters, max_size=4), at=st.integers(0, 4), gap=st.sampled_from(["", " ", "-"]))
def test_whatever_stands_around_it_a_phrase_never_comes_out(phrase: str, noise: list[str], at: int, gap: str) -> None:
    words = [*noise[:at], gap.join(phrase), *noise[at:]]
    pages = [text_at(word.encode(), 10, 20 + 30 * (n % 5)) for n, word in enumerate(words)]
    source = plain(b"".join(pages[::2]) or b"q Q", b"".join(pages[1::2]) or b"q Q")
    assert redaction.find(source, "pdf", phrase)
    made = redaction.redact(source, "pdf", [phrase], [])
    assert redaction.find(made.data, "pdf", phrase) == []
    assert b"(" + phrase.encode() not in raw(made.data)


# The words under a picture -------------------------------------------------------------------------------------------


@needs_fonts
def test_under_a_picture_lie_the_words_that_remain() -> None:
    source = printed(f"第一页，联系人{SECRET}不同意公开。申请人同意，电话13812345678。", "第二页。")
    made = redaction.redact(source, "pdf", [SECRET], [], title="提供的信息1")
    assert made.as_pictures
    told = layer_of(made.data)
    assert "联系人███不同意公开。申请人同意，电话" in "".join(told.split()) and "第二页。" in told
    assert "13812345678" in told  # digits are not torn apart
    for phrase in (SECRET, "欧阳", "若水"):
        assert_gone_from_pdf(made.data, phrase, title="提供的信息1")
    with pdf.opened(made.data) as document, pdf.opened(source) as original:
        (place, *_), (old, *_) = ([s for s in of_document(d) if s.text == "申"] for d in (document, original))
    assert abs(place.left - old.left) < 1 and abs(place.bottom - old.bottom) < 1  # where it is seen
    assert [thing.type for thing in objects_of(made.data, 1)] == [1, 1, 1, 1, 1, 3] or objects_of(made.data, 1)[
        -1
    ].type == 3


def objects_of(made: bytes, page: int) -> list[pypdfium2.PdfObject]:
    with pdf.opened(made) as document:
        return list(document[page - 1].get_objects())


def test_the_words_change_nothing_in_the_picture() -> None:
    source = plain(text_at(b"NAME SECRET END"))
    told, alone = pdf.attempts(source, ["SECRET"], [], title="")
    assert layer_of(told.data) and not layer_of(alone.data)
    assert pdf.look(told.data, 1).tobytes() == pdf.look(alone.data, 1).tobytes()


@pytest.mark.parametrize("page", [b"300 200", b"1200 130", b"200 1200"])
def test_a_word_that_touches_a_drawn_box_is_left_out_whole(page: bytes) -> None:
    source = plain(text_at(b"NAME 138-1234-5678 END"), page_keys=b"/MediaBox[0 0 %b]" % page)
    with pdf.opened(source) as document:
        five = next(sign for sign in of_document(document) if sign.text == "5")
    box = Box(1, five.left + 1, five.top + 1, five.right - 1, five.bottom - 1)
    made = redaction.redact(source, "pdf", [], [box])
    assert layer_of(made.data).split() == ["NAME", "███", "END"]


UNSEEN = {
    "unseen": b"q 3 Tr " + text_at(b"GHOST") + b" Q",
    "in the paper's colour": b"1 1 1 rg " + text_at(b"GHOST"),
    "under a box": text_at(b"GHOST") + b" 0 g 15 90 120 30 re f",
    "mostly under a box": text_at(b"GHOST") + b" 0 g 15 96 120 12 re f 0 g 15 99 120 20 re f",
    "beside the page": text_at(b"GHOST", 500, 100),
    "clipped": b"q 200 150 9 9 re W n " + text_at(b"GHOST") + b" Q",
    "in a form, unseen": b"/Fm1 Do",
}


@pytest.mark.parametrize("way", UNSEEN)
def test_what_nobody_sees_is_not_laid_under_a_picture(way: str) -> None:
    """A box drawn earlier over text, the reading of a scan beneath it: what is under it would come out again."""
    hidden = form(b"GHOST").replace(b"BT", b"BT 3 Tr").replace(b"/Length 36", b"/Length 41")
    source = plain(
        UNSEEN[way] + b" 0 g " + text_at(b"SEEN SECRET", 20, 40), shared=b"/XObject<</Fm1 9 0 R>>", objects={9: hidden}
    )
    made = redaction.redact(source, "pdf", ["SECRET"], [])
    assert layer_of(made.data).split() == ["SEEN", "███"]
    assert_gone_from_pdf(made.data, "GHOST")


def test_of_signs_that_lie_on_one_another_none_is_laid() -> None:
    source = plain(b" ".join([text_at(b"OVER"), text_at(b"BACK"), text_at(b"CLEAR SECRET", 20, 40)]))
    told = layer_of(redaction.redact(source, "pdf", ["SECRET"], []).data)
    assert "CLEAR" in told and not {*"OVBK"} & set(told)


def test_what_would_come_together_anew_leaves_pictures_alone() -> None:
    """AB between A and B is taken away: what remains must not read as the same again."""
    source = plain(b" ".join(text_at(sign, 20 + 9 * n) for n, sign in enumerate([b"A", b"A", b"B", b"B"])))
    made = redaction.redact(source, "pdf", ["AB"], [])
    assert redaction.find(made.data, "pdf", "AB") == []
    made = redaction.redact(plain(text_at(b"KEPT SECRET")), "pdf", ["SECRET", "███"], [])
    assert layer_of(made.data) == ""  # the blocks themselves must not be told


def test_title_and_language_are_said_and_nothing_else() -> None:
    source = plain(text_at(b"OPEN SECRET"), extra=b"/Lang(en)/Outlines 8 0 R", objects={8: b"<</Title(SECRET)>>"})
    made = redaction.redact(source, "pdf", ["SECRET"], [], title="提供的信息1").data
    with pdf.opened(made) as document:
        assert document.get_metadata_dict(skip_empty=True) == {"Title": "提供的信息1"}
    assert b"/Lang (zh-CN)" in made and b"(en)" not in made
    assert_gone_from_pdf(made, "SECRET", title="提供的信息1")
    untitled = redaction.redact(source, "pdf", ["SECRET", "信息"], [], title="提供的信息1").data
    with pdf.opened(untitled) as document:
        assert document.get_metadata_dict(skip_empty=True) == {}


@needs_fonts
def test_digits_of_a_code_are_not_taken_for_a_year() -> None:
    """The codes of 舂 and 一 in hexadecimal are 8202 4E00: the words would be lost for nothing."""
    made = redaction.redact(printed("2024年的米，舂一遍。"), "pdf", ["2024"], [])
    assert "舂一遍" in layer_of(made.data)


def test_an_escaped_phrase_in_a_stream_is_seen() -> None:
    """A phrase that stands in a stream in the file's own way of writing is found by the proof."""
    phrase = "\u5c28\u290d\u0a28"
    clean = redaction.redact(plain(text_at(b"OPEN")), "pdf", [], []).data
    objects = Objects(clean)
    kept = objects.add(layer.packed(b"(" + layer._escaped(phrase.encode("utf-16-be")) + b")"))
    next(iter(objects.pages()))[Name(b"Old")] = kept
    assert pdf.leftover(clean, [phrase]) == [] and pdf.leftover(objects.saved(), [phrase]) == ["phrase in a stream"]


@needs_fonts
def test_signs_beyond_the_basic_plane_are_found_and_laid() -> None:
    rare = "\U00020bb7"
    source = printed(f"联系人{rare}田，{rare}野家。")
    assert len(redaction.find(source, "pdf", f"{rare}田")) == 1
    made = redaction.redact(source, "pdf", [f"{rare}田"], [])
    assert f"{rare}野家" in layer_of(made.data) and f"{rare}野家" in read(made.data, "a.pdf").text


words_apart = st.lists(
    st.tuples(
        st.text(alphabet="ABCDEFGHKLMNPRSTUVWXYZ0123456789-", min_size=2, max_size=9), st.integers(0, 3), st.integers(0, 8)
    ),
    min_size=1, max_size=12, unique_by=lambda row: row[1:],
)  # fmt: skip
some_boxes = st.lists(st.tuples(*[st.integers(0, 1000)] * 4).map(lambda side: Box(1, *side)), min_size=1, max_size=4)


@given(rows=words_apart, boxes=some_boxes, turn=st.sampled_from([0, 90, 180, 270]))
def test_whatever_a_box_touches_is_gone_and_the_rest_is_told(
    rows: list[tuple[str, int, int]], boxes: list[Box], turn: int
) -> None:
    texts = [f"Q{words}{number}Q" for number, (words, _, _) in enumerate(rows)]
    drawn = (text_at(text.encode(), 10 + 120 * x, 10 + 22 * y) for text, (_, x, y) in zip(texts, rows, strict=True))
    source = plain(b" ".join(drawn), page_keys=b"/MediaBox[0 0 500 220]/Rotate %d" % turn)
    with pdf.opened(source) as document:
        signs = of_document(document)
    made = redaction.redact(source, "pdf", [], boxes)
    with pdf.opened(made.data) as document:
        fresh = of_document(document)
    assert set(pdf.under(fresh, boxes)) <= {*"█ \r\n"}
    told = set("".join(sign.text for sign in fresh).replace("█", " ").split())
    for text in texts:
        places = [signs[at : at + len(text)] for at in range(len(signs)) if spelled(signs[at : at + len(text)]) == text]
        touched = any(layer._touches(sign, boxes, []) for sign in places[0])
        assert (text in told) is not touched, (text, told)
        if touched:
            assert_gone_from_pdf(made.data, text)


def spelled(signs: Sequence[Sign]) -> str:
    return "".join(sign.text for sign in signs)


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_in_words(data: bytes) -> None:
    for kind in ("pdf", "docx", "png"):
        with pytest.raises(Refused) as caught:
            redaction.redact(b"%PDF-1.7\n" + data if kind == "pdf" else data, kind, ["甲乙"], [])
        assert len(caught.value.refusal.message) > 6


# Word ---------------------------------------------------------------------------------------------------------------


def packed(document: Any) -> bytes:
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def run(text: str, dress: str = "") -> str:
    return f'<w:r><w:rPr>{dress}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


WAYS: dict[str, Callable[[Any, list[str]], None]] = {
    "in runs": lambda line, parts: [line.add_run(part) for part in parts] and None,
    "inserted": lambda line, parts: line._p.append(
        parse_xml(f'<w:ins {W} w:id="1" w:author="{SECRET}">{"".join(map(run, parts))}</w:ins>')
    ),
    "deleted": lambda line, parts: line._p.append(
        parse_xml(f'<w:del {W} w:id="2"><w:r><w:delText>{"".join(parts)}</w:delText></w:r></w:del>')
    ),
    "hidden": lambda line, parts: line._p.append(
        parse_xml(run("".join(parts), "<w:vanish/>").replace("<w:r>", f"<w:r {W}>", 1))
    ),
    "in a text box": lambda line, parts: line._p.append(
        parse_xml(
            f'<w:r {W}><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" alt="{SECRET}"><v:textbox>'
            f"<w:txbxContent><w:p>{''.join(map(run, parts))}</w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
        )
    ),
    "in a link": lambda line, parts: line._p.append(
        parse_xml(f'<w:hyperlink {W} w:tooltip="{SECRET}" w:anchor="{SECRET}">{"".join(map(run, parts))}</w:hyperlink>')
    ),
    "in a field": lambda line, parts: line._p.append(
        parse_xml(f'<w:fldSimple {W} w:instr="REF {SECRET}">{"".join(map(run, parts))}</w:fldSimple>')
    ),
    "in a control": lambda line, parts: line._p.append(
        parse_xml(
            f'<w:sdt {W}><w:sdtPr><w:alias w:val="{SECRET}"/></w:sdtPr><w:sdtContent>{"".join(map(run, parts))}'
            "</w:sdtContent></w:sdt>"
        )
    ),
    "over breaks": lambda line, parts: line._p.append(
        parse_xml(f"<w:r {W}>" + "<w:br/>".join(f"<w:t>{part}</w:t>" for part in parts) + "</w:r>")
    ),
    "with a soft hyphen": lambda line, parts: line._p.append(
        parse_xml(f"<w:r {W}>" + "<w:softHyphen/>".join(f"<w:t>{part}</w:t>" for part in parts) + "</w:r>")
    ),
    "with a ruby": lambda line, parts: line._p.append(
        parse_xml(
            f"<w:r {W}><w:ruby><w:rt>{run(SECRET)}</w:rt><w:rubyBase>{''.join(map(run, parts))}</w:rubyBase></w:ruby></w:r>"
        )
    ),
    "in a bookmark": lambda line, parts: line._p.append(
        parse_xml(f'<w:bookmarkStart {W} w:id="7" w:name="{SECRET}"/>')
    ),
}


def cut(phrase: str, places: list[int]) -> list[str]:
    edges = sorted({0, len(phrase), *(place % len(phrase) for place in places)})
    return [phrase[a:b] for a, b in pairwise(edges)]


def everything_in(data: bytes) -> str:
    archive = zipfile.ZipFile(io.BytesIO(data))
    texts = [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
    return "\n".join([*archive.namelist(), *texts, *(re.sub(r"<[^>]*>|\s", "", text) for text in texts)])


@pytest.mark.slow
@whole_files
@given(
    ways=st.lists(st.sampled_from(sorted(WAYS)), min_size=1, max_size=6),
    places=st.lists(st.integers(0, 9), max_size=3),
    where=st.sampled_from(["body", "cell", "header", "footer"]),
)
def test_a_phrase_never_comes_out_of_a_word_file(ways: list[str], places: list[int], where: str) -> None:
    document = docx.Document()
    document.core_properties.author = document.core_properties.title = SECRET
    line = {
        "body": document.add_paragraph,
        "cell": lambda: document.add_table(1, 1).cell(0, 0).paragraphs[0],
        "header": lambda: document.sections[0].header.paragraphs[0],
        "footer": lambda: document.sections[0].footer.paragraphs[0],
    }[where]()
    for way in ways:
        line.add_run("，联系人")
        WAYS[way](line, cut(SECRET, places))
    made = redaction.redact(packed(document), "docx", [SECRET], [])
    assert SECRET not in everything_in(made.data)
    assert not word.told(made.data, SECRET) and redaction.find(made.data, "docx", SECRET) == []
    docx.Document(io.BytesIO(made.data))  # Word's own structure holds
    shown = "".join(p.text for p in read(made.data, "a.docx").passages)
    seen = [way for way in ways if way not in ("deleted", "hidden", "in a bookmark")]
    assert shown.count("，联系人") == len(ways)
    if where in ("body", "cell"):  # of a header's text box the reader tells twice
        assert shown.count("███") == len(seen)


def test_comments_properties_and_unknown_parts_stay_behind() -> None:
    document = docx.Document()
    line = document.add_paragraph("甲乙")
    document.add_comment(line.runs, text=SECRET, author=SECRET)
    source = packed(document)
    with zipfile.ZipFile(io.BytesIO(source)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts["customXml/item1.xml"] = f"<a>{SECRET}</a>".encode()
    parts["docProps/custom.xml"] = f"<a>{SECRET}</a>".encode()
    odd = io.BytesIO()
    with zipfile.ZipFile(odd, "w") as new:
        for name, content in parts.items():
            new.writestr(name, content)
    made = redaction.redact(odd.getvalue(), "docx", [SECRET], [])
    names = zipfile.ZipFile(io.BytesIO(made.data)).namelist()
    assert not [name for name in names if "comment" in name or "customXml" in name or "docProps" in name]
    assert SECRET not in everything_in(made.data)


def photo(kind: str = "JPEG") -> bytes:
    picture = Image.new("RGB", (400, 200), "white")
    ImageDraw.Draw(picture).rectangle((40, 40, 120, 80), fill="red")
    exif = Image.Exif()
    exif[0x010E] = SECRET
    written = io.BytesIO()
    picture.save(written, kind, exif=exif)
    return written.getvalue()


def test_pictures_in_word_go_along_only_when_chosen_and_without_properties() -> None:
    document = docx.Document()
    document.add_picture(io.BytesIO(photo()))
    source = packed(document)
    without, kept = (redaction.redact(source, "docx", [SECRET], [], keep_pictures=keep) for keep in (False, True))
    assert "media" not in "".join(zipfile.ZipFile(io.BytesIO(without.data)).namelist())
    (name,) = [n for n in zipfile.ZipFile(io.BytesIO(kept.data)).namelist() if "media" in n]
    inner = zipfile.ZipFile(io.BytesIO(kept.data)).read(name)
    assert SECRET.encode() not in inner and Image.open(io.BytesIO(inner)).size == (400, 200)


# Pictures -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "form_"), [("jpg", "JPEG"), ("png", "PNG")])
def test_boxes_are_burnt_into_a_picture_and_its_properties_are_gone(kind: str, form_: str) -> None:
    made = redaction.redact(photo(form_), kind, [], [Box(1, 80, 150, 350, 450)]).data
    picture = Image.open(io.BytesIO(made))
    assert picture.format == form_ and not picture.getexif() and SECRET.encode() not in made
    assert black(picture.convert("RGB"), Box(1, 90, 180, 300, 400))
    assert not any(red > 150 and green < 100 for _, (red, green, _) in picture.convert("RGB").getcolors(10**6) or [])


def test_a_page_that_is_not_there_is_not_shown() -> None:
    with pytest.raises(LookupError):
        redaction.look(photo(), "jpg", 2)
    assert redaction.look(photo(), "jpg", 1).startswith(b"\x89PNG")


def test_the_small_reader_writes_what_it_read(tmp_path: Path) -> None:
    fresh = pypdfium2.PdfDocument.new()
    fresh.new_page(100, 100)
    written = io.BytesIO()
    fresh.save(written)
    objects = Objects(written.getvalue())
    again = Objects(objects.saved())
    assert again.saved() == objects.saved()
    assert [v for v in again.all.values() if isinstance(v, dict) and v.get(Name(b"Type")) == Name(b"Page")]
