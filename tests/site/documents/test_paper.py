"""Letters on paper: the same words as the core's letter, in Word and PDF, and no empty boxes."""

from __future__ import annotations

import io
import re
from datetime import date
from typing import Any

import docx
import pytest
from docx.shared import Mm

from gongkai.documents import fonts, page, pdf, word
from gongkai_core.letters import LETTERS, RenderedLetter, render

ORGAN = "清河县自然资源和规划局"
TEXT = "2025年度城区老旧小区改造项目的立项批复“及附图”"


@pytest.fixture
def letter() -> RenderedLetter:
    values: dict[str, Any] = {name: f"〈{name}〉" for name in LETTERS["L02"].printed}
    values |= {
        "organ": ORGAN,
        "title": "政府信息公开申请补正告知书",
        "docno": "清自然资公开补〔2026〕7号",
        "addressee": "王㛃珺",
        "request_text": TEXT,
        "signed_on": date(2026, 3, 20),
        "received_on": date(2026, 3, 2),
    }
    return render("L02", values, received_on=date(2026, 3, 2))


@pytest.fixture
def needs_fonts() -> None:
    if not fonts.available():
        pytest.skip(f"{fonts.PACKAGE} is not installed")


@pytest.fixture
def no_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_families", lambda paths: frozenset({"DejaVu Sans", "Libertinus Serif"}))


def pages(data: bytes) -> int:
    """Pages of a PDF, as its page tree counts them."""
    return int(re.findall(rb"/Type/Pages/Count (\d+)", data)[0])


def test_word_says_what_the_letter_says(letter: RenderedLetter) -> None:
    document = docx.Document(io.BytesIO(word.render(letter)))
    printed = [line.text for line in document.paragraphs if line.text]
    assert printed == [block.text for block in letter.blocks]
    assert document.core_properties.title == letter.title


def test_word_page_and_faces_are_those_of_the_standard(letter: RenderedLetter) -> None:
    document = docx.Document(io.BytesIO(word.render(letter)))
    section = document.sections[0]
    measured = (section.top_margin, section.left_margin, section.right_margin)
    for value, millimetres in zip(measured, (37, 28, 26), strict=True):
        assert abs(value - Mm(millimetres)) < Mm(0.1)
    assert 'w:eastAsia="仿宋_GB2312"' in document.styles["Normal"].element.xml
    title = next(line for line in document.paragraphs if line.text == letter.title)
    assert 'w:eastAsia="方正小标宋简体"' in title._p.xml
    assert 'w:type="lines"' in section._sectPr.xml
    assert "charSpace" not in section._sectPr.xml
    body = next(line for line in document.paragraphs if TEXT in line.text)
    assert 'w:firstLineChars="200"' in body._p.xml


def test_equal_letters_give_equal_bytes(letter: RenderedLetter, needs_fonts: None) -> None:
    assert word.render(letter) == word.render(letter)
    assert pdf.render(letter) == pdf.render(letter)


def test_pdf_is_tagged_and_titled(letter: RenderedLetter, needs_fonts: None) -> None:
    data = pdf.render(letter)
    assert data.startswith(b"%PDF-")
    assert pages(data) == 1
    assert b"pdfuaid:part>1<" in data
    assert letter.title.encode() in data  # XMP is stored plain, so that archives can read it


@pytest.mark.parametrize("code", sorted(LETTERS))
def test_every_letter_prints(code: str, needs_fonts: None) -> None:
    values = {name: f"〈{name}〉" for name in LETTERS[code].printed if not name.startswith("remedy")}
    remedy = ["如不服本决定，可以申请行政复议。"] if "remedy" in LETTERS[code].printed else []
    if "remedy_withheld" in LETTERS[code].printed:
        remedy = ["对不予公开的部分，应当先申请行政复议。", "对其余部分，可以申请行政复议。"]
    triggers = LETTERS[code].triggers
    rendered = render(
        code,
        values,
        received_on=date(2026, 3, 2),
        outcome=triggers[0] if LETTERS[code].remedy == "by_outcome" else None,
        remedy=remedy,
        delivered_by="in_person",
    )
    assert pdf.render(rendered).startswith(b"%PDF-")
    assert word.render(rendered).startswith(b"PK")


def test_without_fonts_nothing_is_printed_and_the_package_is_named(letter: RenderedLetter, no_fonts: None) -> None:
    assert not fonts.available()
    with pytest.raises(fonts.FontsMissing, match="fonts-noto-cjk"):
        pdf.render(letter)
    assert word.render(letter).startswith(b"PK")


def test_a_substitute_is_named_and_an_official_face_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_families", lambda paths: frozenset({"Noto Serif CJK SC", "黑体"}))
    assert fonts.faces().note == "本件字体：仿宋_GB2312以Noto Serif CJK SC代替，方正小标宋简体以Noto Serif CJK SC代替"
    monkeypatch.setattr(fonts, "_families", lambda paths: frozenset({"仿宋_GB2312", "方正小标宋简体", "黑体"}))
    assert fonts.faces().note == ""


@pytest.mark.parametrize(
    ("organ", "expected"),
    [("清河县人民政府", (3.75, 4)), ("清河县自然资源和规划局政府信息公开工作办公室", (2, 9.75))],
)
def test_date_stands_four_characters_from_the_right_unless_the_organ_is_long(
    organ: str, expected: tuple[float, float]
) -> None:
    place = page.signature(organ, "2026年3月20日")
    assert page.width("2026年3月20日") == 6.5
    assert (place.organ, place.date) == expected
