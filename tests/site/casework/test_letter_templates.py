"""文书模板 on the desk: taken away, edited, brought back, and in the next letter that leaves."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from gongkai.casework import actions
from gongkai.casework.models import Notice
from gongkai.documents import layout
from gongkai.documents.blobs import read
from gongkai.documents.models import LetterTemplate, template_in_force
from gongkai.trail.models import Entry
from gongkai_core.letters import LETTERS, given_lines

from .conftest import MONDAY

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PAGE = reverse("casework:letter_template", args=["L02"])
FILE = reverse("casework:letter_template_file", args=["L02"])
ADDED = "补正材料可以送县政务大厅3号窗口，登记号为{case_no}。"


def enter(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def body(answer: Any) -> str:
    return str(answer.content.decode())


def edited(data: bytes, text: str = ADDED) -> bytes:
    document = docx.Document(io.BytesIO(data))
    beside = document.add_paragraph(text)
    given = next(row for row in layout._paragraphs(document) if row.text == given_lines(LETTERS["L02"])[5])
    layout._outermost(given._p).addnext(beside._p)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def bring(client: Client, data: bytes) -> Any:
    return client.post(PAGE, {"file": SimpleUploadedFile("补正模板.docx", data)})


def ask(case: Any, handler: Any) -> Notice:
    """The handler asks for a correction; the letter that leaves."""
    case = actions.ask_correction(
        case,
        items="请写明年份",
        guidance="条例第二十九条",
        return_by=date(2026, 3, 24),
        method="online",
        by=handler,
        today=MONDAY,
    )
    return case.notices.get(letter="L02")


def test_an_edited_template_is_used_by_the_next_letter_and_kept_by_the_last(world: Any, examining: Any) -> None:
    office = enter(world.office)
    assert "规定的模板" in body(office.get(reverse("casework:letter_templates")))
    data = edited(office.get(FILE).content)
    answer = bring(office, data)
    assert answer.status_code == 302, body(answer)
    page = body(office.get(PAGE))
    assert ADDED in page
    assert "本地增加" in page
    assert Entry.objects.get(verb="documents.set_letter_template").facts["added"] == 1
    notice = ask(examining(), world.staff.handler)
    said = ADDED.replace("{case_no}", notice.case.number)
    assert said in notice.rendered.text
    assert said in [row.text for row in docx.Document(io.BytesIO(read(notice.docx))).paragraphs]
    assert notice.template == template_in_force("L02")

    assert office.post(reverse("casework:letter_template_drop", args=["L02"])).status_code == 302
    assert template_in_force("L02") is None
    assert said not in ask(examining(), world.staff.handler).rendered.text
    notice.refresh_from_db()
    assert said in notice.rendered.text
    page = body(office.get(PAGE))
    assert "停用" in page
    assert ADDED not in page


def test_what_is_wrong_is_told_on_the_page_and_changes_nothing(world: Any) -> None:
    office = enter(world.office)
    data = office.get(FILE).content
    answer = bring(office, edited(data, "请联系{somebody}。"))
    assert answer.status_code == 422
    assert "{somebody}" in body(answer)
    assert bring(office, b"not a file").status_code == 422
    assert office.post(PAGE).status_code == 422
    assert "用的就是规定的模板" in body(
        office.post(reverse("casework:letter_template_drop", args=["L02"]), follow=True)
    )
    assert not LetterTemplate.objects.exists()


def test_a_second_template_replaces_the_first_which_stays_on_record(world: Any) -> None:
    office = enter(world.office)
    for text in ("第一次增加。", "第二次增加。"):
        assert bring(office, edited(layout.blank(LETTERS["L02"]), text)).status_code == 302
    assert [row.additions[0].text for row in LetterTemplate.objects.all()] == ["第二次增加。", "第一次增加。"]
    assert [row.retired_on is None for row in LetterTemplate.objects.all()] == [True, False]
    # Whoever takes it away again gets the office's own file.
    assert "第二次增加。" in [
        row.text for row in layout._paragraphs(docx.Document(io.BytesIO(office.get(FILE).content)))
    ]


def test_only_the_disclosure_office_has_these_pages(world: Any) -> None:
    clerk = enter(world.staff.handler)
    for name, codes in (("letter_templates", []), ("letter_template", ["L02"]), ("letter_template_file", ["L02"])):
        assert clerk.get(reverse(f"casework:{name}", args=codes)).status_code == 404
    assert clerk.post(reverse("casework:letter_template_drop", args=["L02"])).status_code == 404
    assert enter(world.office).get(reverse("casework:letter_template", args=["L99"])).status_code == 404
