"""主动公开建议 (条例第四十四条第二款): from a citizen or a case, examined, made public by an item or declined; over HTTP."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from freezing import on_day
from gongkai.agencies.actions import appoint
from gongkai.agencies.models import Role, User
from gongkai.casework.actions import openness
from gongkai.casework.models import OpennessSuggestion
from gongkai.publishing import actions as publishing
from gongkai.publishing.models import Column, Item
from gongkai.publishing.skeleton import seed_columns
from gongkai.publishing.vouched import ALL_GATES

from .conftest import BEGIN, NAME, WISH, Maker, World, answer, person, refused
from .over_http import case_page, signed_in
from .test_queues import kinds
from .test_sealed import raw_rows

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]
TODAY = date(2026, 5, 12)
GIVEN = {
    "received_on": "2026-05-06", "source": "来信", "subject": "道路改造中标通知书", "words": WISH, "suggester": NAME,
    "contact": "13812345678",
}  # fmt: skip


def enter(world: World, **changes: str) -> Any:
    with on_day(TODAY):
        form = {"agency": str(world.bureau.pk), **GIVEN, **changes}
        return signed_in(world.staff.registrar).post("/desk/casework/openness-suggestions/new/", form, follow=True)


@pytest.fixture
def row(world: World) -> OpennessSuggestion:
    enter(world)
    return OpennessSuggestion.objects.get()


def act(user: User, row: OpennessSuggestion, name: str, **data: str) -> Any:
    with on_day(TODAY):
        answered = signed_in(user).post(f"{row.get_absolute_url()}act/{name}/", data)
    row.refresh_from_db()
    return answered


def public_item(world: World) -> Item:
    seed_columns()
    reviewer, publisher = person("reviewer", "审核某"), person("publisher", "签发某")
    appoint(reviewer, Role.REVIEWER, world.bureau, by=None, on=BEGIN)
    appoint(publisher, Role.PUBLISHER, world.bureau, by=None, on=BEGIN)
    version = publishing.draft(
        world.bureau, title="中标通知书", column=Column.objects.get(code="A20_01"), body="一、中标单位。",
        by=world.staff.drafter, today=TODAY,
    )  # fmt: skip
    version = publishing.submit(version, by=world.staff.drafter, today=TODAY)
    version = publishing.approve_review(version, by=reviewer, today=TODAY, vouched=ALL_GATES)
    return publishing.sign_and_publish(version, by=publisher, today=TODAY).item


def test_found_right_it_becomes_public_and_is_told(world: World, row: OpennessSuggestion) -> None:
    clerk = world.staff.registrar
    assert row.number == "清建公开公建〔2026〕1号" and kinds(clerk, TODAY) == ["审核建议"]
    assert not [line for line in raw_rows() if NAME in line[1] or WISH in line[1]]
    item = public_item(world)
    assert act(clerk, row, "link_item", index_no=item.index_no).status_code == 422
    assert act(clerk, row, "examine_suggestion", result="accepted", reason="").status_code == 302
    assert kinds(clerk, TODAY) == ["公开并登记"]
    missing = act(clerk, row, "link_item", index_no="无此号")
    assert missing.status_code == 422 and "没有索引号为“无此号”的已公开条目" in missing.content.decode()
    assert act(clerk, row, "link_item", index_no=item.index_no).status_code == 302
    assert row.item == item and row.done and kinds(clerk, TODAY) == []
    assert act(clerk, row, "tell_suggester", on="2026-05-12", way="email").status_code == 302
    with on_day(TODAY):
        page = signed_in(clerk).get(row.get_absolute_url()).content.decode()
        listed = signed_in(clerk).get("/desk/casework/openness-suggestions/").content.decode()
    assert item.index_no in page and "2026-05-12 电子邮件" in page and "欧***" in page and NAME not in page
    assert "已公开" in listed and NAME not in listed
    with refused("public_already"):
        openness.examine_suggestion(row, result="declined", reason="改判", by=clerk, today=TODAY)


def test_declined_it_needs_a_reason_and_is_done(world: World, row: OpennessSuggestion) -> None:
    refusal = act(world.staff.registrar, row, "examine_suggestion", result="declined", reason="")
    assert refusal.status_code == 422 and "须写明理由和依据" in refusal.content.decode() and not row.result
    act(world.staff.registrar, row, "examine_suggestion", result="declined", reason="涉及商业秘密（条例第十五条）")
    assert row.done and kinds(world.staff.registrar, TODAY) == []
    with refused("not_accepted"):
        openness.link_item(row, item=public_item(world), by=world.staff.registrar, today=TODAY)


def test_it_comes_from_a_case_once(world: World, processing: Maker) -> None:
    case = answer(processing(), world, "grant.provide", on=date(2026, 3, 9))
    page = case_page(world.staff.registrar, case, TODAY)
    address = f"/desk/casework/openness-suggestions/new/?case={case.public_id}"
    assert address in page
    with on_day(TODAY):
        form = signed_in(world.staff.registrar).get(address).content.decode()
    assert case.number in form and case.subject in form
    enter(world, case_number=case.number, subject=case.subject, suggester="", contact="")
    row = OpennessSuggestion.objects.get()
    assert row.case == case and row.get_absolute_url() in case_page(world.staff.registrar, case, TODAY)
    again = enter(world, case_number=case.number).content.decode()
    assert "已经登记过主动公开建议" in again and OpennessSuggestion.objects.count() == 1


def test_a_summary_names_nobody(world: World, processing: Maker) -> None:
    assert "不得写当事人的姓名" in enter(world, subject=f"{NAME}要的通知书").content.decode()
    case = answer(processing(), world, "grant.provide", on=date(2026, 3, 9))
    page = enter(world, case_number=case.number, subject=f"{NAME}要的通知书", suggester="").content.decode()
    assert "不得写当事人的姓名" in page and not OpennessSuggestion.objects.exists()


def test_equal_requests_prompt_to_enter_it(world: World, processing: Maker) -> None:
    first = processing()
    second = processing(applicant={"name": "司马青", "id_number": "110101199003079999"})
    for case in (first, second):
        page = case_page(world.staff.registrar, case, TODAY)
        assert "已有 2 个申请人" in page and "登记为主动公开建议" in page
