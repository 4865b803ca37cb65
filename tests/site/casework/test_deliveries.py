"""Delivery: the proof, addresses on paper alone, letters that come back, the day that counts."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from docx import Document
from python_calamine import CalamineWorkbook

from gongkai.casework import actions
from gongkai.casework.models import Case, Delivery
from gongkai.documents import fonts
from gongkai.trail.models import Entry
from gongkai_core.reading import read as read_paper

from .conftest import ADDRESS, ID_NUMBER, MONDAY, NAME, PHONE, Maker, World, draft, refused, review, sealed
from .test_desk import signed_in, today

__all__ = ["today"]
pytestmark = [pytest.mark.django_db, pytest.mark.once]
TUESDAY, FRIDAY = date(2026, 3, 3), date(2026, 3, 6)
needs_fonts = pytest.mark.skipif(not fonts.available(), reason="no Chinese font on this machine")


@pytest.fixture
def signed(world: World, processing: Maker) -> Case:
    case = processing(provide_form="paper", provide_route="post")
    case = review(draft(case, world, "refuse.internal_affairs", today=MONDAY), world, today=MONDAY)
    actions.sign(case, by=world.staff.head, today=MONDAY, files=False)
    return sealed(case, world, on=MONDAY)


@pytest.fixture
def posted(world: World, signed: Case) -> Delivery:
    actions.deliver(signed, method="post", tracking="EA1", by=world.staff.handler, today=MONDAY)
    return Delivery.objects.get(notice__case=signed)


def test_a_letter_that_comes_back_goes_out_again_and_the_day_that_counts_stays(
    world: World, posted: Delivery, today: Any
) -> None:
    handler, case = signed_in(world.staff.handler), posted.notice.case
    again = reverse("casework:act_on", args=[case.public_id, "deliver_again", posted.public_id])
    with refused("not_failed"):
        actions.deliver_again(posted, method="in_person", sent_on=MONDAY, by=world.staff.handler, today=MONDAY)
    today(FRIDAY)
    confirm = reverse("casework:act_on", args=[case.public_id, "confirm_delivery", posted.public_id])
    assert handler.post(confirm, {"failed": "原址查无此人"}).status_code == 302
    page = handler.get(case.get_absolute_url()).content.decode()
    assert "退回：原址查无此人" in page and again in page
    kept = handler.post(again, {"method": "post", "sent_on": "2026-03-06"})  # no tracking number
    assert "邮件号" in kept.content.decode() and posted.notice.deliveries.count() == 1
    assert handler.post(again, {"method": "in_person", "sent_on": "2026-03-06", "receiver": NAME}).status_code == 302
    case.refresh_from_db()
    assert (case.counted_on, case.counted_timely) == (MONDAY, "ontime")
    attempts = list(posted.notice.deliveries.all())
    assert [(row.method, row.delivered_on) for row in attempts] == [("post", None), ("in_person", FRIDAY)]
    assert posted.notice.sent_on == MONDAY
    shown = handler.get(posted.notice.get_absolute_url()).content.decode()
    assert "原址查无此人" in shown and "EA1" in shown and shown.count("送达回证") >= 2
    posted.refresh_from_db()
    with refused("sent_again"):
        actions.deliver_again(posted, method="in_person", sent_on=FRIDAY, by=world.staff.handler, today=FRIDAY)


@pytest.mark.parametrize(
    ("code", "given"),
    [
        ("future_date", {"sent_on": date(2026, 3, 9)}),
        ("dates_out_of_order", {"sent_on": date(2026, 3, 1)}),
        ("dates_out_of_order", {"sent_on": FRIDAY, "delivered_on": TUESDAY}),
        ("tracking", {"sent_on": FRIDAY}),
    ],
)
def test_a_second_sending_is_checked_as_the_first(
    world: World, posted: Delivery, code: str, given: dict[str, Any]
) -> None:
    who: dict[str, Any] = {"by": world.staff.handler, "today": FRIDAY}
    actions.confirm_delivery(posted, failed="退回", **who)
    posted.refresh_from_db()
    with refused(code):
        actions.deliver_again(posted, method="post", **given, **who)
    for user in (world.staff.head, world.office, world.foreign):
        with refused("needs_role"):
            actions.deliver_again(posted, method="in_person", sent_on=FRIDAY, by=user, today=FRIDAY)


def test_the_proof_names_letter_and_addressee_and_leaves_room_to_sign(
    world: World, posted: Delivery, today: Any
) -> None:
    file = signed_in(world.staff.handler).get(reverse("casework:delivery_proof", args=[posted.public_id, "docx"]))
    words = "\n".join(line.text for line in Document(io.BytesIO(file.content)).paragraphs)
    assert "送达回证" in words and f"受送达人：{NAME}" in words and posted.notice.number in words and "EA1" in words
    assert "签收人（签名或者盖章）：" in words and "no-store" in file["Cache-Control"]
    assert Entry.objects.filter(verb="casework.open_notice", facts__file="送达回证").count() == 1
    for user, status in ((world.foreign, 404), (world.staff.statistician, 302)):
        answer = signed_in(user).get(reverse("casework:delivery_proof", args=[posted.public_id, "docx"]))
        assert answer.status_code == status
    assert (
        signed_in(world.staff.handler)
        .get(reverse("casework:delivery_proof", args=[posted.public_id, "exe"]))
        .status_code
        == 404
    )


@needs_fonts
@pytest.mark.parametrize("form", ["label", "envelope"])
def test_an_address_is_printed_for_a_purpose_and_kept_nowhere(
    world: World, signed: Case, today: Any, home: Path, form: str
) -> None:
    notice = signed.notices.get()
    url = reverse("casework:notice_address", args=[notice.public_id])
    handler = signed_in(world.staff.handler)
    before = {path: path.read_bytes() for path in (home / "blobs").rglob("*") if path.is_file()}
    printed = handler.post(url, {"form": form, "purpose": "邮寄答复"})
    assert printed["Content-Type"] == "application/pdf" and "no-store" in printed["Cache-Control"]
    words = "".join(read_paper(printed.content, "a.pdf").text.split())
    assert NAME in words and ADDRESS in words and "清溪县住房和城乡建设局" in words and ID_NUMBER not in words
    assert {path: path.read_bytes() for path in (home / "blobs").rglob("*") if path.is_file()} == before
    opened = Entry.objects.get(verb="casework.open_personal_data")
    assert opened.facts["purpose"] == "邮寄答复" and ADDRESS not in str(opened.facts)
    for wrong in (
        {"form": form, "purpose": ""},
        {"form": "poster", "purpose": "邮寄"},
        {"form": form, "purpose": "寄"},
    ):
        assert handler.post(url, wrong).status_code == 302
    assert signed_in(world.foreign).post(url, {"form": form, "purpose": "邮寄答复"}).status_code == 404
    assert signed_in(world.staff.secrecy).post(url, {"form": form, "purpose": "邮寄答复"}).status_code == 302
    assert Entry.objects.filter(verb="casework.open_personal_data").count() == 1


def test_the_days_post_is_listed_masked_and_exported_for_a_purpose(
    world: World, signed: Case, posted: Delivery, today: Any
) -> None:
    url = reverse("casework:posting")
    clerk = signed_in(world.staff.registrar)
    page = clerk.get(url).content.decode()
    assert "EA1" in page and NAME not in page and ADDRESS not in page and PHONE not in page
    file = clerk.post(url, {"purpose": "交寄文书"})
    rows = CalamineWorkbook.from_filelike(io.BytesIO(file.content)).get_sheet_by_index(0).to_python()
    assert rows[1][1:4] == [NAME, PHONE, ADDRESS] and rows[1][8] == "EA1" and "no-store" in file["Cache-Control"]
    assert Entry.objects.filter(verb="casework.open_personal_data", facts__purpose="交寄文书").count() == 1
    assert "EA1" not in clerk.get(url, {"on": "2026-03-03"}).content.decode()
    for odd in ({"on": "x"}, {"on": "2026-03-02", "agency": "x"}):
        assert clerk.get(url, odd).status_code == 200
    assert "EA1" not in signed_in(world.foreign).get(url).content.decode()
    assert signed_in(world.staff.drafter).get(url).status_code == 404


def test_a_signed_answer_that_waits_for_the_post_is_on_the_list(world: World, signed: Case, today: Any) -> None:
    page = signed_in(world.staff.registrar).get(reverse("casework:posting")).content.decode()
    assert signed.notices.get().number in page and "待发出" in page


def test_a_list_bears_no_more_people_than_one_may_open_alone(
    world: World, signed: Case, today: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice = signed.notices.get()
    with refused("too_many"):
        actions.open_addresses([notice] * 51, purpose="交寄文书", by=world.staff.registrar, today=MONDAY)
    assert not Entry.objects.filter(verb="casework.open_personal_data").exists()
