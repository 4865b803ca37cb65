"""文书模板 as Word files: every letter goes out and comes back, and is filled in the office's own layout."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Pt
from test_letters import LETTERS, Letter, every_letter, rendered

from gongkai.documents import layout, word
from gongkai_core.letters import Addition, given_lines, render
from gongkai_core.refusals import Refused

pytestmark = pytest.mark.once


def opened(data: bytes) -> Any:
    return docx.Document(io.BytesIO(data))


def saved(document: Any) -> bytes:
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def words_of(data: bytes) -> list[str]:
    return [row.text for row in layout._paragraphs(opened(data)) if row.text.strip()]


def paragraph_of(document: Any, text: str) -> Any:
    return next(row for row in layout._paragraphs(document) if row.text == text)


def add_after(document: Any, given: str, text: str) -> Any:
    """A paragraph typed by an office below a given one, outside its control."""
    beside = document.add_paragraph(text)
    layout._outermost(paragraph_of(document, given)._p).addnext(beside._p)
    return beside


@every_letter
def test_the_given_letter_goes_out_locked_and_comes_back_unchanged(letter: Letter) -> None:
    data = layout.blank(letter)
    assert words_of(data) == list(given_lines(letter))
    locks = [row.get(qn("w:val")) for row in opened(data).element.body.iter(qn("w:lock"))]
    assert locks == ["sdtContentLocked"] * len(given_lines(letter))
    assert layout.additions(data, letter) == ()
    assert data == layout.blank(letter)


@every_letter
def test_filled_in_the_given_layout_it_says_what_the_letter_says(letter: Letter) -> None:
    filled = rendered(letter, letter.printed)
    data = layout.render(filled, layout.blank(letter))
    assert words_of(data) == [block.text for block in filled.blocks if block.text.strip()]
    assert words_of(data) == words_of(word.render(filled))
    assert not list(opened(data).element.body.iter(qn("w:sdt")))


def test_an_offices_paragraph_stands_in_its_place_in_its_own_face() -> None:
    letter = LETTERS["L02"]
    document = opened(layout.blank(letter))
    third = given_lines(letter)[4]
    beside = add_after(document, third, "登记号{case_no}，请来县政务大厅3号窗口办理。")
    beside.runs[0].font.size = Pt(11)
    document.sections[0].header.paragraphs[0].text = "清溪县政务公开办"
    data = saved(document)
    added = layout.additions(data, letter)
    assert added == (Addition(5, "登记号{case_no}，请来县政务大厅3号窗口办理。"),)
    values = {name: f"〈{name}〉" for name in letter.printed} | {"signed_on": "2026年3月2日"}
    whole = render("L02", values, received_on=None, delivered_by="online", additions=added)
    made = layout.render(whole, data)
    at = words_of(made).index("登记号〈case_no〉，请来县政务大厅3号窗口办理。")
    assert words_of(made)[at - 1] == whole.blocks[at - 1].text
    assert paragraph_of(opened(made), words_of(made)[at]).runs[0].font.size == Pt(11)
    assert opened(made).sections[0].header.paragraphs[0].text == "清溪县政务公开办"


def test_a_program_that_drops_the_controls_harms_nothing() -> None:
    letter = LETTERS["L10"]
    document = opened(layout.blank(letter))
    for control in list(document.element.body.iter(qn("w:sdt"))):
        for paragraph in control.find(qn("w:sdtContent")):
            control.addprevious(paragraph)
        control.getparent().remove(control)
    data = saved(document)
    assert layout.additions(data, letter) == ()
    filled = rendered(letter, letter.printed)
    assert words_of(layout.render(filled, data)) == words_of(word.render(filled))


def change(document: Any, letter: Letter) -> None:
    paragraph_of(document, given_lines(letter)[5]).runs[0].text += "（改）"


def delete(document: Any, letter: Letter) -> None:
    gone = layout._outermost(paragraph_of(document, given_lines(letter)[5])._p)
    gone.getparent().remove(gone)


def swap(document: Any, letter: Letter) -> None:
    first, second = (layout._outermost(paragraph_of(document, given_lines(letter)[n])._p) for n in (4, 5))
    second.addnext(first)


def before(document: Any, letter: Letter) -> None:
    document.element.body.insert(0, document.add_paragraph("清溪县政务公开办")._p)


def unknown(document: Any, letter: Letter) -> None:
    add_after(document, given_lines(letter)[5], "请联系{somebody}。")


def table(document: Any, letter: Letter) -> None:
    document.add_table(1, 1)


def header(document: Any, letter: Letter) -> None:
    document.sections[0].header.paragraphs[0].text = "{organ}"


def tracked(document: Any, letter: Letter) -> None:
    beside = add_after(document, given_lines(letter)[5], "另起一段")
    revision = word.element("w:ins", id=1, author="甲")
    beside.runs[0]._r.addprevious(revision)
    revision.append(beside.runs[0]._r)


@pytest.mark.parametrize(
    ("spoil", "code", "told"),
    [
        (change, "given_changed", "找不到"),
        (delete, "given_changed", "找不到"),
        (swap, "given_changed", "找不到"),
        (before, "before_first", "清溪县政务公开办"),
        (unknown, "undeclared_variable", "{somebody}"),
        (table, "tables", "表格"),
        (header, "variable_outside", "{organ}"),
        (tracked, "tracked_changes", "修订"),
    ],
)
def test_what_an_office_may_not_do_is_told(spoil: Any, code: str, told: str) -> None:
    letter = LETTERS["L02"]
    document = opened(layout.blank(letter))
    spoil(document, letter)
    with pytest.raises(Refused, match=told.replace("{", r"\{")) as refused:
        layout.additions(saved(document), letter)
    assert refused.value.refusal.code == code
