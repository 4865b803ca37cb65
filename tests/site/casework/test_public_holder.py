"""Applicants correct and withdraw their application on the query page, and get a receipt."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document

from citizen import picture
from freezing import on_day
from gongkai.casework import actions, queues
from gongkai.casework.models import ApplicantPaper, Case, FileKind
from gongkai.casework.views import public_holder
from gongkai.documents.blobs import read

from .conftest import ID_NUMBER, MONDAY, NAME, WISH, Maker, World, draft, review
from .test_desk import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]
ASKED, SENT = date(2026, 3, 5), date(2026, 3, 12)
CORRECT, WITHDRAW = "/apply/status/correct/", "/apply/status/withdraw/"
NEW = "滨河镇柳林路2025年道路改造项目第二标段的中标通知书"


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    caches["shared"].clear()


def asked_to_correct(world: World, examining: Maker) -> Case:
    return actions.ask_correction(
        examining(key="k"), items="写明标段", guidance="可以写标段名称", return_by=date(2026, 3, 20), method="online",
        by=world.staff.handler, today=ASKED, files=False,
    )  # fmt: skip


def opened(case: Case, address: str, *, on: date = SENT) -> tuple[Client, dict[str, str]]:
    """The query page, then the form behind its button: a client and the form's hidden values."""
    client = Client()
    with on_day(on):
        page = client.post("/apply/status/", {"number": case.number, "code": actions.query_code_for("k")})
        button = re.search(
            rf'action="{address}"><input type="hidden" name="ticket" value="([^"]+)"', page.content.decode()
        )
        assert button, "the button is there"
        ticket = button[1]
        form = client.post(address, {"ticket": ticket}).content.decode()
    return client, dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))


def send(client: Client, address: str, data: dict[str, Any], *, on: date = SENT) -> str:
    with on_day(on):
        return str(client.post(address, data).content.decode())


def test_a_correction_restarts_the_clock_and_keeps_how_it_read_before(world: World, examining: Maker) -> None:
    case = asked_to_correct(world, examining)
    client, hidden = opened(case, CORRECT)
    data = {**hidden, "info_desc": NEW, "words": "补写了标段", "papers": [picture("欧阳若水.jpg")]}
    receipt = send(client, CORRECT, data)
    assert "补正已收到" in receipt and "2026年4月10日" in receipt and "重新计算" in receipt
    case.refresh_from_db()
    assert (case.state, case.info_desc, case.reply_by) == ("examining", NEW, date(2026, 4, 10))
    paper = ApplicantPaper.objects.get()
    assert (paper.before, paper.text, paper.entered_by) == (WISH, "补写了标段", None)
    file = case.files.get(kind=FileKind.CORRECTION)
    assert file.blob.name == "补正材料1.jpg" and file.blob.sealed
    again = send(client, CORRECT, data)  # pressed twice
    assert "补正已收到" in again and ApplicantPaper.objects.count() == 1
    page = signed_in(world.staff.handler).get(case.get_absolute_url()).content.decode()
    assert "申请人来文" in page and "补正前的申请内容" in page and "网上查询页提交" in page
    with on_day(SENT):
        page = Client().post("/apply/status/", {"number": case.number, "code": actions.query_code_for("k")})
    assert CORRECT not in page.content.decode()  # once only


def test_what_was_written_stays_when_it_is_refused_or_late(world: World, examining: Maker) -> None:
    case = asked_to_correct(world, examining)
    client, hidden = opened(case, CORRECT)
    assert "请写补正后的申请内容" in send(client, CORRECT, hidden)
    program = SimpleUploadedFile("材料.pdf", b"MZ program")
    html = send(client, CORRECT, {**hidden, "info_desc": NEW, "words": "说明", "papers": [program]})
    assert "这是程序" in html and NEW in html and "说明" in html and not ApplicantPaper.objects.exists()
    html = send(client, CORRECT, {**hidden, "info_desc": "\0"})
    assert "error-summary" in html
    late = send(client, CORRECT, {**hidden, "info_desc": NEW}, on=date(2026, 3, 23))
    assert NEW in late and "error-summary" in late and not ApplicantPaper.objects.exists()


def test_when_the_check_is_too_long_ago_number_and_code_are_asked_again(world: World, examining: Maker) -> None:
    case = asked_to_correct(world, examining)
    client, hidden = opened(case, CORRECT)
    stale = {**hidden, "ticket": "made:up", "info_desc": NEW}
    html = send(client, CORRECT, stale)
    assert public_holder.AGAIN in html and NEW in html and 'name="code"' in html
    wrong = send(client, CORRECT, {**stale, "number": case.number, "code": "A" * 24})
    assert "登记号或者查询码不对" in wrong and NEW in wrong and not ApplicantPaper.objects.exists()
    unknown = send(client, CORRECT, {**stale, "number": "清建公开申〔2026〕99号", "code": "A" * 24})
    assert "登记号或者查询码不对" in unknown
    right = send(client, CORRECT, {**stale, "number": case.number, "code": actions.query_code_for("k")})
    assert "补正已收到" in right and ApplicantPaper.objects.count() == 1


def test_a_withdrawal_closes_the_case_and_leaves_a_paper(world: World, processing: Maker) -> None:
    case = processing(key="k")
    client, hidden = opened(case, WITHDRAW)
    assert "请勾选" in send(client, WITHDRAW, {**hidden, "tail": ID_NUMBER[-4:]})
    wrong = send(client, WITHDRAW, {**hidden, "tail": "0000", "sure": "on"})
    assert public_holder.WRONG_TAIL in wrong
    case.refresh_from_db()
    assert case.state == "processing"
    receipt = send(client, WITHDRAW, {**hidden, "tail": ID_NUMBER[-4:], "sure": "on"})
    assert "申请已撤回" in receipt and NAME not in receipt
    case.refresh_from_db()
    assert (case.state, case.counted_on, case.counted_outcome) == ("withdrawn", SENT, "other.withdrawn")
    blob = case.files.get(kind=FileKind.WITHDRAWAL).blob
    words = "\n".join(line.text for line in Document(BytesIO(read(blob))).paragraphs)
    assert blob.sealed and case.number in words and NAME in words and "申请撤回" in words
    assert "申请已撤回" in send(client, WITHDRAW, {**hidden, "tail": ID_NUMBER[-4:], "sure": "on"})
    (task,) = [task for task in queues.tasks(world.staff.handler, on=SENT) if task.kind == "告知终止办理"]
    assert task.note == "申请人网上撤回"
    actions.notify_end(case, method="online", by=world.staff.handler, today=SENT, files=False)
    assert not queues.tasks(world.staff.handler, on=SENT)


def test_an_answer_that_is_signed_can_no_longer_be_withdrawn(world: World, processing: Maker) -> None:
    case = processing(key="k")
    client, hidden = opened(case, WITHDRAW, on=date(2026, 3, 9))
    case = review(draft(case, world, "grant.provide", today=date(2026, 3, 9)), world, today=date(2026, 3, 9))
    actions.sign(case, by=world.staff.head, today=date(2026, 3, 9), files=False)
    html = send(client, WITHDRAW, {**hidden, "tail": ID_NUMBER[-4:], "sure": "on"}, on=date(2026, 3, 9))
    assert "error-summary" in html and not ApplicantPaper.objects.exists()
    with on_day(date(2026, 3, 9)):
        page = Client().post("/apply/status/", {"number": case.number, "code": actions.query_code_for("k")})
    assert WITHDRAW not in page.content.decode()


def test_guessing_the_end_of_the_number_is_stopped(world: World, processing: Maker) -> None:
    client, hidden = opened(processing(key="k"), WITHDRAW)
    answers = [send(client, WITHDRAW, {**hidden, "tail": f"{n:04d}", "sure": "on"}) for n in range(12)]
    assert "次数太多" in answers[-1]


def test_without_a_ticket_there_is_only_the_query_page(world: World) -> None:
    for address in (CORRECT, WITHDRAW):
        assert Client().get(address).headers["Location"] == "/apply/status/"
        assert Client().post(address, {"ticket": "made:up"}).headers["Location"] == "/apply/status/"


def test_a_correction_entered_by_a_clerk_keeps_the_old_text_too(world: World, examining: Maker) -> None:
    case = asked_to_correct(world, examining)
    actions.correction_received(case, on=SENT, info_desc=NEW, by=world.staff.registrar, today=SENT)
    paper = ApplicantPaper.objects.get()
    assert paper.before == WISH and paper.entered_by == world.staff.registrar and paper.received_on == SENT
    assert MONDAY < SENT
