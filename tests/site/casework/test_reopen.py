"""重新答复: after a review or a judgment the case is answered anew, on a clock of its own, and counted only once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from freezing import on_day
from gongkai.agencies.ledger import Period, Scope
from gongkai.casework import actions, clock
from gongkai.casework.actions import remedies
from gongkai.casework.figures import figures
from gongkai.casework.models import Case, Redecision, ReviewCase

from .conftest import MONDAY, Maker, World, answer, application, refused
from .over_http import act, answer_over_http, case_page, send
from .test_queues import kinds
from .test_sealed import raw_rows

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ANSWERED, DECIDED, ORDER_IN = date(2026, 3, 9), date(2026, 5, 28), date(2026, 6, 1)
LAST = date(2026, 6, 30)  # twenty working days after the first of June 2026


@pytest.fixture
def refused_case(world: World, processing: Maker, scan: Any) -> Case:
    case = processing(files=[("application", scan)])
    return answer(case, world, "refuse.internal_affairs", on=ANSWERED)


def reviewed(case: Case, world: World, outcome: str = "revoked") -> ReviewCase:
    who = {"by": world.staff.lawyer, "today": DECIDED}
    row = remedies.enter_review(
        case.agency,
        docket="清府复〔2026〕7号",
        review_body="清溪县人民政府",
        filed_on=date(2026, 4, 1),
        cases=[case],
        **who,
    )
    return remedies.decide_review(row, outcome=outcome, closed_on=DECIDED, **who) if outcome else row


def reopened(case: Case, order: Any, world: World, **changes: Any) -> Redecision:
    given = {"received_on": ORDER_IN, "by": world.staff.handler, "today": ORDER_IN, **changes}
    return actions.reopen(case, order=order, **given)


def test_from_the_order_to_the_archive_over_http(world: World, refused_case: Case) -> None:
    case, staff = refused_case, world.staff
    delivery = case.notices.get().deliveries.get()
    assert delivery.delivered_on
    act(staff.registrar, case, "archive", date(2026, 3, 20))
    counted = (case.counted_on, case.counted_year, case.counted_outcome, case.counted_timely)
    order = reviewed(case, world)

    form = {
        "order": str(order.public_id),
        "received_on": "2026-06-01",
        "unit": "days",
        "reason": "撤销原答复，重新作出",
    }
    act(staff.handler, case, "reopen", ORDER_IN, **form)
    assert (case.state, case.reply_by, case.due_on, case.archived_on) == ("processing", LAST, LAST, None)
    assert not case.decisions.filter(active=True).exists()
    page = case_page(staff.handler, case, ORDER_IN)
    assert "重新答复 · 办理中" in page and order.docket in page and order.get_absolute_url() in page

    case = answer_over_http(case, world, "grant.provide", date(2026, 6, 10))
    assert case.state == "closed" and case.decisions.count() == 2
    assert case.decisions.get(active=True).redecision == order.redecisions.get()
    assert (case.counted_on, case.counted_year, case.counted_outcome, case.counted_timely) == counted
    anew = order.redecisions.get()
    anew.refresh_from_db()
    assert (anew.replied_on, anew.outcome, anew.timely) == (date(2026, 6, 10), "grant.provide", "ontime")
    letter = case.notices.get(decision__active=True).rendered
    assert letter.title.endswith("（重新答复）") and letter.number
    assert not case.notices.get(decision__active=False).rendered.title.endswith("（重新答复）")
    act(staff.registrar, case, "archive", date(2026, 6, 12))
    assert case.state == "archived"


def test_the_year_counts_the_case_once(world: World, refused_case: Case) -> None:
    period, scope = Period.of_year(2026), Scope(world.bureau, whole_region=False)
    before = {
        cell: figure.value for cell, figure in figures(period, scope).items() if cell.startswith(("t3.", "t14.3"))
    }
    order = reviewed(refused_case, world)
    reopened(refused_case, order, world)
    refused_case.refresh_from_db()
    answer(refused_case, world, "grant.provide", on=date(2026, 6, 10))
    after = {cell: figure.value for cell, figure in figures(period, scope).items() if cell in before}
    assert after == before


def test_only_a_result_that_wants_it_and_only_once(world: World, refused_case: Case, registered: Maker) -> None:
    case = refused_case
    pending = reviewed(case, world, outcome="")
    with refused("ordered_to_redo"):
        reopened(case, pending, world)
    remedies.decide_review(pending, outcome="upheld", closed_on=DECIDED, by=world.staff.lawyer, today=DECIDED)
    pending.refresh_from_db()
    with refused("ordered_to_redo"):
        reopened(case, pending, world)
    with refused("ordered_to_redo"):
        reopened(case, None, world, reason="  ")
    remedies.decide_review(
        pending, outcome="ordered", closed_on=DECIDED, reason="登记有误", by=world.staff.lawyer, today=DECIDED
    )
    pending.refresh_from_db()
    with refused("dates_out_of_order"):
        reopened(case, pending, world, received_on=date(2026, 3, 31))
    with refused("future_date"):
        reopened(case, pending, world, received_on=date(2026, 6, 2))
    with refused("wrong_role"):
        reopened(case, pending, world, by=world.staff.head)
    reopened(case, pending, world)
    case.refresh_from_db()
    with refused("wrong_state"):
        reopened(case, pending, world)
    case = answer(case, world, "grant.provide", on=date(2026, 6, 10))
    with refused("ordered_to_redo"):
        reopened(case, pending, world)
    other = registered()
    with refused("wrong_state"):
        reopened(other, None, world, reason="自行纠正")


def test_the_orders_own_term_holds_and_cannot_be_lengthened(world: World, refused_case: Case) -> None:
    case = refused_case
    reopened(case, reviewed(case, world), world, term=15)
    case.refresh_from_db()
    assert case.reply_by == case.longest_reply_by == date(2026, 6, 16)
    with refused("extension_in_time"):
        actions.propose_extension(case, reason="数量较多", by=world.staff.handler, today=ORDER_IN)
    actions.ask(
        case, "third_party", name="某公司", question="投标文件", method="in_person", delivered_on=ORDER_IN,
        by=world.staff.handler, today=ORDER_IN, files=False,
    )  # fmt: skip
    case.refresh_from_db()
    assert (case.state, case.reply_by, case.open_ended) == ("waiting_third_party", date(2026, 6, 16), False)
    (inquiry,) = case.inquiries.all()
    actions.answered(inquiry, on=date(2026, 6, 5), opinion="agree", by=world.staff.handler, today=date(2026, 6, 5))
    case.refresh_from_db()
    answer(case, world, "grant.provide", on=date(2026, 6, 17))
    assert case.redecisions.get().timely == "overdue"
    case.refresh_from_db()
    assert case.counted_timely == "ontime"


def test_without_a_term_questions_stop_the_new_clock_and_old_ones_do_not(world: World, processing: Maker) -> None:
    case = processing()
    actions.ask(
        case, "agency", name="某局", question="投标文件", basis="条例第十一条", method="post", by=world.staff.handler,
        today=MONDAY, files=False,
    )  # fmt: skip
    case.refresh_from_db()
    case = actions.resume(case, reason="多次催询未复", by=world.staff.handler, today=date(2026, 3, 5))
    case = answer(case, world, "refuse.internal_affairs", on=ANSWERED)
    reopened(case, None, world, reason="原答复适用条款有误")
    case.refresh_from_db()
    assert (case.reply_by, case.open_ended) == (LAST, False)
    assert clock.running(case) == []
    actions.propose_extension(case, reason="数量较多", by=world.staff.handler, today=ORDER_IN)
    actions.agree_extension(case, by=world.staff.head, today=ORDER_IN)
    case = actions.extend(case, method="online", by=world.staff.handler, today=ORDER_IN, files=False)
    assert case.reply_by_original == LAST and case.reply_by > LAST


def test_an_abandonment_that_was_set_aside_is_gone(world: World, examining: Maker) -> None:
    case = actions.ask_correction(
        examining(), items="写明年度", guidance="可以写项目名称", return_by=date(2026, 3, 20), method="online",
        by=world.staff.handler, today=MONDAY, files=False,
    )  # fmt: skip
    case = actions.abandon(case, by=world.staff.handler, today=date(2026, 3, 23))
    case = answer(case, world, "other.no_amend", on=date(2026, 3, 24))
    reopened(case, reviewed(case, world), world)
    case.refresh_from_db()
    assert case.abandoned_on is None and case.reply_by == LAST
    answer(case, world, "grant.provide", on=date(2026, 6, 10))


def test_what_was_typed_stays_when_it_is_refused(world: World, refused_case: Case) -> None:
    page = send(
        world.staff.handler, refused_case, "reopen", ORDER_IN, order="own", received_on="2026-06-01", unit="days"
    )
    assert page.status_code == 422 and "自行纠正的须写明理由" in page.content.decode()
    page = send(
        world.staff.handler, refused_case, "reopen", ORDER_IN, order="own", received_on="2026-06-09", unit="days",
        reason="原答复有误",
    )  # fmt: skip
    assert "还没有到" in page.content.decode() and "原答复有误" in page.content.decode()
    refused_case.refresh_from_db()
    assert refused_case.state == "closed" and not Redecision.objects.exists()


def test_the_applicant_reads_that_it_is_answered_anew(world: World) -> None:
    received = actions.receive(world.bureau, **application())
    case = actions.register(received.case, subject="通知书", by=world.staff.registrar, today=MONDAY)
    case = actions.assign(case, handler=world.staff.handler, by=world.staff.registrar, today=MONDAY)
    case = actions.start_examination(case, by=world.staff.handler, today=MONDAY)
    case = answer(case, world, "refuse.internal_affairs", on=ANSWERED)
    reopened(case, reviewed(case, world), world)
    with on_day(ORDER_IN):
        page = Client().post("/apply/status/", {"number": case.number, "code": received.query_code}).content.decode()
    assert "重新办理" in page and "2026年6月30日" in page and "超过期限" not in page


def test_set_aside_again_it_is_answered_a_third_time(world: World, refused_case: Case) -> None:
    case, lawyer = refused_case, world.staff.lawyer
    reopened(case, reviewed(case, world), world)
    case.refresh_from_db()
    case = answer(case, world, "refuse.process_info", on=date(2026, 6, 10))
    suit = remedies.enter_lawsuit(
        case.agency, docket="（2026）清行初3号", court="清溪县人民法院", filed_on=date(2026, 7, 1), cases=[case], by=lawyer,
        today=date(2026, 9, 1),
    )  # fmt: skip
    suit = remedies.decide_lawsuit(
        suit, judged_on=date(2026, 8, 20), outcome="ordered", closed_on=date(2026, 9, 1), by=lawyer,
        today=date(2026, 9, 1),
    )  # fmt: skip
    later = date(2026, 9, 2)
    anew = reopened(case, suit, world, received_on=later, today=later, term=15, term_in_workdays=True)
    case.refresh_from_db()
    assert case.reply_by == anew.due_on and clock.running(case) == []
    case = answer(case, world, "grant.provide", on=date(2026, 9, 10))
    assert [row.outcome for row in case.redecisions.all()] == ["refuse.process_info", "grant.provide"]
    assert case.decisions.count() == 3 and case.counted_outcome == "refuse.internal_affairs"


def test_an_order_waits_for_the_handler_and_the_office(world: World, refused_case: Case) -> None:
    order = reviewed(refused_case, world)
    assert kinds(world.staff.handler, ORDER_IN) == kinds(world.office, ORDER_IN) == ["重新答复"]
    reopened(refused_case, order, world)
    assert kinds(world.staff.handler, ORDER_IN) == ["办理"] and kinds(world.office, ORDER_IN) == []


def test_what_a_person_wrote_of_it_is_sealed(world: World, refused_case: Case) -> None:
    reopened(refused_case, None, world, reason="欧阳若水所申请的信息应当公开")
    assert not [row for row in raw_rows() if "欧阳若水" in row[1]]
