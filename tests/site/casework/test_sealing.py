"""打印→用印登记→扫描→比对→送达: the default way of a paper, and the office's word on whether it is a must."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from gongkai.agencies.models import Setting
from gongkai.casework import actions, rules
from gongkai.casework.acts import possible
from gongkai.casework.models import Case, Sealing
from gongkai.casework.progress import sent_notices
from gongkai.documents import fonts, pdf
from gongkai.documents.blobs import read, store

from .conftest import MONDAY, NAME, Maker, World, draft, refused, review
from .test_desk import act, signed_in, today

__all__ = ["today"]
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.once,
    pytest.mark.skipif(not fonts.available(), reason="no Chinese font on this machine"),
]
SEAL: dict[str, Any] = {"seal": "信息公开专用章", "sealed_on": "2026-03-02", "sealed_by": "印管员", "copies": "2"}


@pytest.fixture
def signed(world: World, processing: Maker) -> Case:
    case = review(draft(processing(), world, "refuse.internal_affairs", today=MONDAY), world, today=MONDAY)
    actions.sign(case, by=world.staff.head, today=MONDAY, files=True)
    return Case.objects.get(pk=case.pk)


def send_back(client: Client, case: Case, data: bytes, name: str = "扫描.pdf") -> Any:
    url = reverse("casework:act", args=[case.public_id, "return_scan"])
    return client.post(url, {"scan": SimpleUploadedFile(name, data)})


def picture(pages: int = 1) -> bytes:
    written = io.BytesIO()
    sheets = [Image.new("RGB", (400, 560), "white") for _ in range(pages)]
    sheets[0].save(written, "PDF", save_all=True, append_images=sheets[1:])
    return written.getvalue()


def deliver(case: Case, world: World) -> Case:
    return actions.deliver(case, method="online", by=world.staff.handler, today=MONDAY)


def test_a_paper_goes_from_seal_to_scan_to_delivery(world: World, signed: Case, today: Any) -> None:
    handler, notice = signed_in(world.staff.handler), signed.notices.get()
    with refused("not_sealed"):
        deliver(signed, world)
    with refused("not_sealed"):
        actions.return_scan(signed, scan=notice.pdf, by=world.staff.handler, today=MONDAY)
    page = handler.get(reverse("casework:act", args=[signed.public_id, "record_sealing"])).content.decode()
    assert "清溪县住房和城乡建设局信息公开专用章" in page
    act(handler, signed, "record_sealing", **SEAL)
    with refused("not_scanned"):
        deliver(signed, world)
    assert send_back(handler, signed, read(notice.pdf)).status_code == 302
    sealing = Sealing.objects.get()
    assert sealing.agrees and sealing.pages_approved == sealing.pages_scanned and not sealing.differences
    with refused("compared"):
        actions.accept_scan(signed, remarks="一致", by=world.staff.handler, today=MONDAY)
    shown = handler.get(notice.get_absolute_url()).content.decode()
    assert "与审定稿一致" in shown and "印管员" in shown
    act(handler, signed, "deliver", method="online", sent_on="2026-03-02")
    assert signed.state == "closed"
    notice.refresh_from_db()
    assert notice.scan == sealing.scan and notice.scan.sealed
    assert [row.scan_id for row in sent_notices(signed, MONDAY)] == [sealing.scan_id]


def test_a_scan_that_reads_otherwise_is_shown_and_judged_by_a_person(world: World, signed: Case, today: Any) -> None:
    handler, notice = signed_in(world.staff.handler), signed.notices.get()
    act(handler, signed, "record_sealing", **SEAL)
    letter = notice.rendered
    forged = [block if block.kind != "date" else type(block)(**{**vars_of(block), "text": "2026年3月1日"}) for block in letter.blocks]  # fmt: skip
    other = type(letter)(letter.code, letter.name, letter.kind, tuple(forged), letter.blank_after, {})
    assert send_back(handler, signed, pdf.render(other)).status_code == 302
    sealing = Sealing.objects.get()
    assert sealing.has_words and sealing.differences and not sealing.done
    html = handler.get(notice.get_absolute_url()).content.decode()
    assert "与审定稿不同之处" in html and "【2】" in html
    notice.refresh_from_db()
    assert notice.scan is None  # nobody's until it was judged
    assert handler.get(reverse("casework:notice_file", args=[notice.public_id, "scan"])).status_code == 200
    with refused("not_compared"):
        deliver(signed, world)
    assert possible(signed).count("accept_scan") == 1
    act(handler, signed, "accept_scan", remarks="日期为识别错误，纸质件无误")
    assert deliver(signed, world).state == "closed"


def vars_of(block: Any) -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(block)


def test_a_scan_without_words_is_counted_and_compared_by_a_person(world: World, signed: Case, today: Any) -> None:
    handler, pages = signed_in(world.staff.handler), 0
    act(handler, signed, "record_sealing", **SEAL)
    send_back(handler, signed, picture(pages=7))
    sealing = Sealing.objects.get()
    assert not sealing.has_words and not sealing.pages_agree
    with refused("pages"):
        actions.accept_scan(signed, remarks="已看", by=world.staff.handler, today=MONDAY)
    pages = sealing.pages_approved or 0
    send_back(handler, signed, picture(pages=pages))
    with refused("not_compared"):
        deliver(signed, world)
    actions.accept_scan(signed, remarks="逐页比对一致", by=world.staff.handler, today=MONDAY)
    assert deliver(signed, world).state == "closed"


def test_where_the_office_does_not_ask_for_it_letters_leave_once_signed(world: World, signed: Case) -> None:
    assert rules.SEAL_BEFORE_DELIVERY.default == "是"
    Setting.objects.create(key=rules.SEAL_BEFORE_DELIVERY.key, value="否")
    assert deliver(signed, world).state == "closed"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"sealed_on": "2026-03-01"}, "早于成文日期"),
        ({"sealed_on": "2026-03-03"}, "还没有到"),
        ({"copies": "0"}, "份数"),
    ],
)
def test_odd_entries_are_refused_in_words(
    world: World, signed: Case, today: Any, changes: dict[str, str], words: str
) -> None:
    url = reverse("casework:act", args=[signed.public_id, "record_sealing"])
    answer = signed_in(world.staff.handler).post(url, {**SEAL, **changes})
    assert words in answer.content.decode() and not Sealing.objects.exists()


def test_a_file_that_is_no_scan_is_refused(world: World, signed: Case, today: Any) -> None:
    who: dict[str, Any] = {"by": world.staff.handler, "today": MONDAY}
    actions.record_sealing(signed, **{**SEAL, "sealed_on": MONDAY, "copies": 1}, **who)
    with refused("kind"):
        actions.return_scan(signed, scan=signed.notices.get().docx, **who)
    with refused("damaged"):
        bad = store(b"%PDF-1.7 no pages\n%%EOF", name="bad.pdf", content_type="application/pdf", sealed=True)
        actions.return_scan(signed, scan=bad, **who)


def test_who_may_and_only_once(world: World, signed: Case) -> None:
    facts: dict[str, Any] = {**SEAL, "sealed_on": MONDAY, "copies": 1, "today": MONDAY}
    for user in (world.staff.head, world.staff.lawyer, world.foreign):
        with refused("wrong_role"):
            actions.record_sealing(signed, by=user, **facts)
    actions.record_sealing(signed, by=world.staff.registrar, **facts)
    with refused("sealed"):
        actions.record_sealing(signed, by=world.staff.registrar, **facts)
    assert NAME not in str(Sealing.objects.values().get())


def test_the_differences_are_sealed_in_the_database(world: World, signed: Case) -> None:
    who: dict[str, Any] = {"by": world.staff.handler, "today": MONDAY}
    sealing = actions.record_sealing(signed, **{**SEAL, "sealed_on": MONDAY, "copies": 1}, **who)
    sealing.differences = [{"approved": NAME, "scanned": "别名"}]
    sealing.save()
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT differences_sealed FROM casework_sealing")
        assert NAME not in str(cursor.fetchone())
    assert Sealing.objects.get().differences == [{"approved": NAME, "scanned": "别名"}]
    assert date(2026, 3, 2) == Sealing.objects.get().sealed_on
