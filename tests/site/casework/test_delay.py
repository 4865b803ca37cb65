"""延迟答复 (条例第三十五条): told to the applicant, kept beside the last day, no event of the clock."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from freezing import on_day
from gongkai.casework import actions
from gongkai.casework.models import Case
from gongkai.casework.queues import tasks

from .conftest import MONDAY, Maker, World, answer, application, refused
from .over_http import act, case_page, send, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]
DUE, AGREED = date(2026, 3, 30), date(2026, 5, 15)


def explained(case: Case, world: World, *, reasonable: bool = True) -> Case:
    """Asked for reasons, and given them."""
    by = world.staff.handler
    inquiry = actions.ask_reason(
        case, answer_by=date(2026, 3, 12), method="online", by=by, today=date(2026, 3, 3), files=False
    )
    actions.reason_received(
        inquiry, on=date(2026, 3, 9), reasonable=reasonable, words="课题研究", by=by, today=date(2026, 3, 9)
    )
    case.refresh_from_db()
    return case


def test_an_agreed_day_is_told_and_followed_by_lists_and_lamps(world: World, examining: Maker) -> None:
    case = explained(examining(), world)
    handler, day = world.staff.handler, date(2026, 3, 10)
    act(handler, case, "agree_delay", day, delayed_by="2026-05-15", method="online", sent_on="2026-03-10")
    assert (case.state, case.reply_by, case.due_on, case.agreed_reply_on) == ("examining", DUE, AGREED, AGREED)
    assert "不晚于2026年5月15日（含当日）答复" in case.notices.get(letter="L21").rendered.text
    assert not case.clock_events.exists()
    later = date(2026, 4, 20)
    with on_day(later):
        page = signed_in(handler).get("/desk/casework/").content.decode()
    assert "延迟答复至 5 月 15 日" in page and "lamp-red" not in page
    (task,) = tasks(handler, on=later)
    assert task.due == AGREED and task.days_left is not None and task.days_left > 0
    assert "延迟答复至" in case_page(handler, case, later)
    case = answer(case, world, "other.not_gov_info", on=later)
    assert case.counted_timely == "extended"


def test_after_the_agreed_day_it_is_overdue(world: World, examining: Maker) -> None:
    case = explained(examining(), world)
    actions.agree_delay(
        case, delayed_by=AGREED, method="online", by=world.staff.handler, today=date(2026, 3, 10), files=False
    )
    case.refresh_from_db()
    assert answer(case, world, "other.not_gov_info", on=date(2026, 5, 18)).counted_timely == "overdue"


def test_it_needs_good_reasons_a_later_day_and_a_letter_in_time(world: World, examining: Maker) -> None:
    by, day = world.staff.handler, date(2026, 3, 10)
    asked: dict[str, object] = {"method": "online", "by": by, "files": False}
    unreasonable = explained(examining(), world, reasonable=False)
    with refused("reason_accepted"):
        actions.agree_delay(unreasonable, delayed_by=AGREED, today=day, **asked)
    case = explained(examining(), world)
    with refused("delayed_by"):
        actions.agree_delay(case, delayed_by=DUE, today=day, **asked)
    with refused("delay_in_time"):
        actions.agree_delay(case, delayed_by=AGREED, today=date(2026, 3, 31), **asked)
    actions.agree_delay(case, delayed_by=AGREED, today=day, **asked)
    case.refresh_from_db()
    with refused("delay_once"):
        actions.agree_delay(case, delayed_by=date(2026, 6, 1), today=day, **asked)
    assert case.notices.filter(letter="L21").count() == 1


def test_an_extension_is_still_told_before_the_lawful_last_day(world: World, examining: Maker) -> None:
    case = explained(examining(), world)
    day = date(2026, 3, 10)
    actions.agree_delay(case, delayed_by=AGREED, method="online", by=world.staff.handler, today=day, files=False)
    case.refresh_from_db()
    with refused("extension_in_time"):
        actions.propose_extension(case, reason="数量较多", by=world.staff.handler, today=date(2026, 3, 31))


def test_the_same_applicants_counts_are_in_view(world: World, examining: Maker) -> None:
    case = examining()
    page = case_page(world.staff.handler, case, MONDAY)
    assert "本月 1 件，本年 1 件" in page and "可以要求说明理由" not in page
    actions.receive(world.bureau, **application(today=date(2026, 1, 5)))
    for _ in range(10):
        actions.receive(world.bureau, **application(info_desc="另一件"))
    actions.receive(world.bureau, **application(applicant={"name": "慕容秋", "id_number": "110101199003074477"}))
    page = case_page(world.staff.handler, case, MONDAY)
    assert "本月 11 件，本年 12 件" in page and "可以要求说明理由" in page
    form = send(world.staff.handler, case, "ask_reason", MONDAY).content.decode()
    assert "本月 11 件" in form


def test_the_applicant_reads_the_agreed_day(world: World) -> None:
    received = actions.receive(world.bureau, **application())
    case = actions.register(received.case, subject="通知书", by=world.staff.registrar, today=MONDAY)
    case = actions.assign(case, handler=world.staff.handler, by=world.staff.registrar, today=MONDAY)
    case = explained(actions.start_examination(case, by=world.staff.handler, today=MONDAY), world)
    actions.agree_delay(
        case, delayed_by=AGREED, method="online", by=world.staff.handler, today=date(2026, 3, 10), files=False
    )
    with on_day(date(2026, 4, 20)):
        page = Client().post("/apply/status/", {"number": case.number, "code": received.query_code}).content.decode()
    assert "延迟答复，不晚于" in page and "2026年5月15日" in page and "超过期限" not in page


def test_others_who_ask_the_same_are_a_reason_to_publish(world: World, examining: Maker) -> None:
    case = examining()
    actions.receive(world.bureau, **application())  # the same applicant once more
    assert "纳入主动公开" not in case_page(world.staff.handler, case, MONDAY)
    actions.receive(world.bureau, **application(applicant={"name": "慕容秋", "id_number": "110101199003074477"}))
    assert "已有 2 个申请人向本机关申请相同的信息" in case_page(world.staff.handler, case, MONDAY)
