"""Papers of registers between signature and arrival: stamped, scanned back, sealed electronically, sent, come back,
sent again, proven, addressed; by the mechanism of answers."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document
from office_samples import pdf

import keys
from freezing import on_day
from gongkai.casework import actions
from gongkai.casework.models import Delivery, RegisterPaper, ReviewCase, Sealing
from gongkai.documents import fonts
from gongkai.documents.blobs import read
from gongkai.documents.certificates import add_certificate
from gongkai.trail.models import Entry

from .conftest import ADDRESS, NAME, World, refused, scan_of
from .over_http import SEALED, signed_in, stamp_over_http
from .test_register_papers import TODAY, closed, do, draft_over_http, page_of, review

__all__ = ["closed", "review"]
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.once,
    pytest.mark.skipif(not fonts.available(), reason="no Chinese font on this machine"),
]
DAY = TODAY.isoformat()


@pytest.fixture
def reply(world: World, review: ReviewCase) -> RegisterPaper:
    """A 复议答复书 that is signed."""
    return signed(world, review, "L34")


def signed(world: World, row: Any, letter: str) -> RegisterPaper:
    paper = draft_over_http(world.staff.lawyer, row, letter)
    assert do(world.staff.head, paper, "sign").status_code == 302
    paper.refresh_from_db()
    return paper


def act(world: World, paper: RegisterPaper, what: str, **data: Any) -> Any:
    answer = do(world.staff.lawyer, paper, what, **data)
    paper.refresh_from_db()
    return answer


def test_a_reply_is_stamped_scanned_compared_and_only_then_sent(world: World, reply: RegisterPaper) -> None:
    lawyer = world.staff.lawyer
    page = page_of(lawyer, reply)
    assert "用印登记" in page and "传回扫描件</h2>" not in page and "还没有用印登记" in page
    assert act(world, reply, "return_scan", scan=SimpleUploadedFile("s.pdf", scan_of(reply))).status_code == 422
    assert act(world, reply, "record_sealing", sealed_on=DAY, **SEALED).status_code == 302
    assert "还没有传回用印后的扫描件" in act(world, reply, "send", method="in_person", sent_on=DAY).content.decode()
    back = SimpleUploadedFile("扫描.pdf", scan_of(reply))
    assert act(world, reply, "return_scan", scan=back).status_code == 302
    sealing = Sealing.objects.get(register_paper=reply)
    assert sealing.agrees and reply.scan == sealing.scan and sealing.scan.sealed
    assert "与审定稿一致" in page_of(lawyer, reply)
    with on_day(TODAY):
        taken = signed_in(lawyer).get(f"{reply.get_absolute_url()}scan/")
    assert taken.content == read(sealing.scan)
    assert act(world, reply, "send", method="in_person", sent_on=DAY, receiver="").status_code == 302
    assert reply.sent_on == TODAY and reply.deliveries.get().delivered_on == TODAY
    verbs = set(Entry.objects.filter(object_id=str(reply.row.public_id)).values_list("verb", flat=True))
    assert {"casework.record_sealing", "casework.return_scan", "casework.send_register_paper"} <= verbs
    assert NAME not in str(list(Entry.objects.values_list("facts", flat=True)))


def test_a_scan_of_another_paper_does_not_let_it_leave(world: World, reply: RegisterPaper) -> None:
    act(world, reply, "record_sealing", sealed_on=DAY, **SEALED)
    act(world, reply, "return_scan", scan=SimpleUploadedFile("扫描.pdf", pdf([(90, 700, "别的文件")])))
    assert "请人工逐页比对" in page_of(world.staff.lawyer, reply)
    assert reply.scan is None
    assert act(world, reply, "send", method="in_person", sent_on=DAY).status_code == 422 and reply.sent_on is None


def test_an_electronic_seal_stands_on_it_and_is_checked(world: World, reply: RegisterPaper) -> None:
    name = "清溪县住房和城乡建设局政府信息公开专用章"
    seal = add_certificate(
        world.bureau, kind="seal", name=name, file=keys.key_file(name), password=keys.PASSWORD, basis="清政办〔2026〕1号",
        by=world.office, today=TODAY,
    )  # fmt: skip
    before = reply.pdf
    assert "电子用印" in page_of(world.staff.lawyer, reply)
    assert act(world, reply, "seal_electronically", certificate=str(seal.public_id)).status_code == 302
    assert reply.pdf != before and read(reply.pdf).startswith(read(before))
    assert "签章有效" in page_of(world.staff.lawyer, reply)
    with refused("sealed"):
        actions.record_sealing(reply, sealed_on=TODAY, **SEALED, by=world.staff.lawyer, today=TODAY)
    check = reverse("casework:register_paper_check", args=[reply.public_id])
    with on_day(TODAY):
        lawyer = signed_in(world.staff.lawyer)
        said = lawyer.post(check, {"file": SimpleUploadedFile("a.pdf", read(reply.pdf))}, follow=True)
        assert "带来的文件：签章有效" in said.content.decode()
        assert signed_in(world.foreign).post(check).status_code == 404
    assert act(world, reply, "send", method="in_person", sent_on=DAY).status_code == 302


def test_a_list_without_a_place_for_the_seal_leaves_as_it_is(world: World, review: ReviewCase) -> None:
    paper = signed(world, review, "L35")
    assert "用印登记" not in page_of(world.staff.lawyer, paper)
    with refused("no_seal"):
        actions.record_sealing(paper, sealed_on=TODAY, **SEALED, by=world.staff.lawyer, today=TODAY)
    assert act(world, paper, "send", method="in_person", sent_on=DAY).status_code == 302


def test_it_comes_back_goes_out_again_and_is_proven(world: World, reply: RegisterPaper) -> None:
    stamp_over_http(world.staff.lawyer, reply, TODAY)
    assert "邮件号" in act(world, reply, "send", method="post", sent_on=DAY).content.decode()
    assert act(world, reply, "send", method="post", sent_on=DAY, tracking="EA1").status_code == 302
    assert "登记送达凭证" in page_of(world.staff.lawyer, reply)
    assert act(world, reply, "confirm_delivery", failed="地址有误").status_code == 302
    page = page_of(world.staff.lawyer, reply)
    assert "退回：地址有误" in page and "再次送达" in page
    assert act(world, reply, "deliver_again", method="in_person", sent_on=DAY).status_code == 302
    rows = list(Delivery.objects.filter(register_paper=reply))
    assert [(row.method, row.delivered_on) for row in rows] == [("post", None), ("in_person", TODAY)]
    url = reverse("casework:delivery_proof", args=[rows[0].public_id, "docx"])
    with on_day(TODAY):
        proof = signed_in(world.staff.lawyer).get(url)
        assert signed_in(world.foreign).get(url).status_code == 404
    words = "\n".join(line.text for line in Document(BytesIO(proof.content)).paragraphs)
    assert "送达回证" in words and "清溪县人民政府" in words and reply.number in words and "EA1" in words


def test_an_envelope_takes_the_address_that_is_typed_and_keeps_it_nowhere(world: World, reply: RegisterPaper) -> None:
    url = reverse("casework:register_paper_address", args=[reply.public_id])
    asked = {"form": "envelope", "purpose": "邮寄复议答复书"}
    with on_day(TODAY):
        lawyer = signed_in(world.staff.lawyer)
        assert "没有通信地址" in lawyer.post(url, asked, follow=True).content.decode()
        made = lawyer.post(url, {**asked, "address": ADDRESS})
        assert signed_in(world.foreign).post(url, asked).status_code == 404
    assert made["Content-Type"] == "application/pdf" and made.content.startswith(b"%PDF")
    note = Entry.objects.get(verb="casework.open_address")
    assert note.facts["purpose"] == "邮寄复议答复书" and ADDRESS not in str(note.facts)


def test_what_was_posted_stands_in_the_days_list_of_who_may_read_it(world: World, reply: RegisterPaper) -> None:
    stamp_over_http(world.staff.lawyer, reply, TODAY)
    act(world, reply, "send", method="post", sent_on=DAY, tracking="EA12")
    url = f"{reverse('casework:posting')}?on={DAY}"
    with on_day(TODAY):
        page = signed_in(world.staff.registrar).get(url).content.decode()
        assert "行政复议答复书" in page and "EA12" in page and "没有地址" in page
        assert signed_in(world.staff.registrar).post(url, {"purpose": "交寄文书"}).content.startswith(b"PK")
        assert "行政复议答复书" not in signed_in(world.staff.statistician).get(url).content.decode()
    assert re.search(r"EA12", page)
