"""拆分 at registration and 转交 of what names another organ: numbers, clocks, codes, and what the law forbids."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from freezing import on_day
from gongkai.agencies.models import Agency
from gongkai.casework import actions
from gongkai.casework.models import Case, Split

from .conftest import MONDAY, NAME, Maker, World, application, refused
from .over_http import case_page, send, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]
FIRST, SECOND, THIRD = "道路改造的中标通知书", "道路改造的施工合同", "道路改造的监理合同"
FORM = {
    "parts": f"{FIRST}\n\n{SECOND}\r\n\r\n{THIRD}", "reason": "三项信息互不相关", "told_on": "2026-03-02",
    "told_how": "电话",
}  # fmt: skip
GIVEN: dict[str, Any] = {"parts": [FIRST, SECOND], "reason": "互不相关", "told_on": MONDAY, "told_how": "电话"}


def test_each_part_has_its_number_clock_and_code(world: World, scan: Any) -> None:
    received = actions.receive(world.bureau, **application(files=[("application", scan)]))
    case = received.case
    with on_day(MONDAY):
        clerk = signed_in(world.staff.registrar)
        assert "拆分" in clerk.get(case.get_absolute_url()).content.decode()
        page = clerk.post(f"{case.get_absolute_url()}split/", FORM)
        again = clerk.post(f"{case.get_absolute_url()}split/", FORM)
    html = page.content.decode()
    assert page.status_code == 200 and NAME not in html
    assert "已经拆分过" in again.content.decode()
    case.refresh_from_db()
    parts = list(case.split_parts.order_by("pk"))
    assert [case.info_desc, *(part.info_desc for part in parts)] == [FIRST, SECOND, THIRD]
    assert len({case.number, *(part.number for part in parts)}) == 3 and all(part.number in html for part in parts)
    assert "中标通知书" in case.split.whole_text and case.split.whole_text != FIRST
    for part in parts:
        assert part.applicant_id != case.applicant_id and part.applicant.name == NAME
        assert (part.received_on, part.reply_by, part.state) == (MONDAY, case.reply_by, "received")
        assert part.files.get().blob == scan
    actions.register(parts[0], subject="施工合同", by=world.staff.registrar, today=MONDAY)

    with on_day(MONDAY):  # who holds the first code is told the others
        status = Client().post("/apply/status/", {"number": case.number, "code": received.query_code}).content.decode()
    codes = [word for word in status.replace("<", " ").replace("，", " ").split() if word.count("-") == 3]
    assert all(part.number in status for part in parts) and len(codes) >= 2
    with on_day(MONDAY):
        own = Client().post("/apply/status/", {"number": parts[0].number, "code": _code_of(status, parts[0])})
    assert parts[0].number in own.content.decode() and "登记号或者查询码不对" not in own.content.decode()
    assert "拆分自" in case_page(world.staff.registrar, parts[0], MONDAY)


def _code_of(status: str, part: Case) -> str:
    return status.split(f"{part.number}，查询码 ")[1].split("<")[0].strip()


def test_only_before_registration_with_a_reason_and_the_applicant_told(world: World, registered: Maker) -> None:
    who = {"by": world.staff.registrar, "today": MONDAY}
    with refused("wrong_state"):
        actions.split(registered(), **GIVEN, **who)
    case = actions.receive(world.bureau, **application()).case
    with refused("wrong_role"):
        actions.split(case, **GIVEN, by=world.staff.handler, today=MONDAY)
    for change, code in (
        ({"reason": " "}, "split_reason"),
        ({"told_how": ""}, "split_reason"),
        ({"parts": [FIRST, " "]}, "parts"),
        ({"told_on": date(2026, 3, 3)}, "future_date"),
        ({"told_on": date(2026, 3, 1)}, "dates_out_of_order"),
    ):
        with refused(code):
            actions.split(case, **{**GIVEN, **change}, **who)
    assert not Split.objects.exists() and Case.objects.count() == 2
    made = actions.split(case, **GIVEN, **who)
    with refused("split_once"):
        actions.split(made[0].case, **GIVEN, **who)
    with on_day(MONDAY):
        page = signed_in(world.staff.registrar).post(f"{case.get_absolute_url()}split/", {**FORM, "parts": "只有一件"})
    assert page.status_code == 422 and "至少两件" in page.content.decode() and "只有一件" in page.content.decode()


def letter_to(agency: Agency, **changes: Any) -> Case:
    given = {"channel": "post_signed", "signed_on": MONDAY, **changes}
    return actions.receive(agency, **application(**given)).case


def test_what_names_another_organ_is_passed_on_and_comes_in_there_anew(world: World) -> None:
    water = Agency.objects.get(short_name="水利局")
    case = letter_to(world.bureau)
    number, later = case.number, date(2026, 3, 4)
    form = {"to": water.pk, "named": "on", "reason": "信封误投"}
    answer = send(world.staff.registrar, case, "pass_on", later, **form)
    assert answer.status_code == 302 and answer["Location"] == "/desk/casework/"
    case.refresh_from_db()
    assert case.agency == water and case.number != number and case.number.startswith("清水公开")
    assert (case.submitted_on, case.received_on, case.due_on) == (later, None, date(2026, 3, 5))
    row = case.transfers.get()
    assert (row.old_number, row.came_in_on, row.from_agency) == (number, MONDAY, world.bureau)
    with on_day(later):
        assert signed_in(world.staff.registrar).get(case.get_absolute_url()).status_code == 404
    case = actions.register(case, subject="中标通知书", signed_on=later, by=world.foreign, today=later)
    assert case.received_on == later


def test_a_letter_on_paper_is_only_received_and_passed_on(world: World) -> None:
    """What the clerk sees on the form and on the pages after it: no address has to be known."""
    water, clerk = Agency.objects.get(short_name="水利局"), signed_in(world.staff.registrar)
    data = {
        "key": "k-astray", "agency": world.bureau.pk, "channel": "post_signed", "submitted_on": "2026-03-02",
        "signed_on": "2026-03-02", "kind": "natural_person", "name": "村民甲", "address": "滨河镇", "info_desc": "水库图纸",
        "subject": "", "provide_form": "paper", "provide_route": "post", "answering_body": "organ",
    }  # fmt: skip
    with on_day(MONDAY):
        form = clerk.get("/desk/casework/new/").content.decode()
        assert "先收件，不登记" in form and "误送到本机关" in form
        refused_ = clerk.post("/desk/casework/new/", {**data, "then": "register"})
        assert refused_.status_code == 422 and "请填写内容摘要" in refused_.content.decode()
        page = clerk.post("/desk/casework/new/", {**data, "then": "receive"}).content.decode()
        case = Case.objects.get()
        assert "已收件，还没有登记" in page and f"{case.get_absolute_url()}act/pass_on/" in page
        assert (case.state, case.registered_on, case.received_on) == ("received", None, MONDAY)
        assert "转交" in clerk.get(case.get_absolute_url()).content.decode()
        form = clerk.get(f"{case.get_absolute_url()}act/pass_on/").content.decode()
        assert "水利局" in form
        sent = clerk.post(f"{case.get_absolute_url()}act/pass_on/", {"to": water.pk, "named": "on", "reason": "误送"})
        assert sent.status_code == 302
        assert clerk.get(case.get_absolute_url()).status_code == 404
        assert signed_in(world.foreign).get(case.get_absolute_url()).status_code == 200


def test_there_is_no_other_transfer(world: World, registered: Maker) -> None:
    water = Agency.objects.get(short_name="水利局")
    given: dict[str, Any] = {
        "to": water, "named": True, "keeps_day": False, "reason": "误投", "by": world.staff.registrar, "today": MONDAY,
    }  # fmt: skip
    online = actions.receive(world.bureau, **application()).case
    with refused("named_another"):
        actions.pass_on(online, **given)
    case = letter_to(world.bureau)
    with refused("named_another"):
        actions.pass_on(case, **{**given, "named": False})
    with refused("reason"):
        actions.pass_on(case, **{**given, "reason": " "})
    with refused("not_answering"):
        actions.pass_on(case, **{**given, "to": world.bureau})
    with refused("wrong_state"):
        actions.pass_on(registered(channel="post_signed", signed_on=MONDAY), **given)
    actions.pass_on(case, **{**given, "keeps_day": True})
    case.refresh_from_db()
    assert (case.submitted_on, case.signed_on, case.received_on) == (MONDAY, MONDAY, MONDAY)
